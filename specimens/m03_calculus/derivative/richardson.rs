use kit::InputError;

use super::finite_derivative;
use crate::reference::m03_calculus::derivative as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Difference = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn richardson(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    answering::<Difference>(
        module_path!(),
        reference::richardson,
        &[
            wheat(
                "four_thirds_and_one_third",
                "computes (4D(h/2) − D(h))/3 with separate weights",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0)
                },
            ),
            wheat("five_points", "five-point formula", |f, x, h| {
                usable(x, h)?;
                let k = h / 2.0;
                finite_derivative((f(x - h) - 8.0 * f(x - k) + 8.0 * f(x + k) - f(x + h)) / (12.0 * k))
            }),
            wheat("line_to_zero", "extrapolates the line through D over h² to 0", |f, x, h| {
                usable(x, h)?;
                let points = [h, h / 2.0].map(|h| (h * h, central(f, x, h)));
                let slope = (points[0].1 - points[1].1) / (points[0].0 - points[1].0);
                finite_derivative(points[1].1 - slope * points[1].0)
            }),
            chaff("mean", "The best combination of two approximations is their mean.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((central(f, x, h / 2.0) + central(f, x, h)) / 2.0)
            }),
            chaff("first_order", "Halving the step size halves the error: 2D(h/2) − D(h).", |f, x, h| {
                usable(x, h)?;
                finite_derivative(2.0 * central(f, x, h / 2.0) - central(f, x, h))
            }),
            chaff(
                "smaller_step_only",
                "The result is the central difference with the smaller step size.",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative(central(f, x, h / 2.0))
                },
            ),
            chaff("exchanged", "The weight 4/3 belongs to the larger step size.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((4.0 * central(f, x, h) - central(f, x, h / 2.0)) / 3.0)
            }),
            chaff("over_4", "4D(h/2) − D(h) is divided by 4.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 5.0)
            }),
            chaff("double_step", "The other step size is 2h.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((4.0 * central(f, x, h) - central(f, x, 2.0 * h)) / 3.0)
            }),
            chaff("forward", "Forward differences can be extrapolated with the same weights.", |f, x, h| {
                usable(x, h)?;
                let forward = |h: f64| (f(x + h) - f(x)) / h;
                finite_derivative((4.0 * forward(h / 2.0) - forward(h)) / 3.0)
            }),
            chaff("two_rounds", "A second extrapolation is right as well.", |f, x, h| {
                usable(x, h)?;
                let once = |h: f64| (4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0;
                finite_derivative((16.0 * once(h / 2.0) - once(h)) / 15.0)
            }),
            chaff("lost_step", "A step that is not 0 always changes x.", |f, x, h| {
                if h > 0.0 {
                    finite_derivative(central(f, x, h / 2.0))
                } else {
                    reference::richardson(f, x, h)
                }
            }),
            chaff("half_step_lost", "If h changes x, h/2 does too.", |f, x, h| {
                reference::central_difference(&|_| 0.0, x, h)?;
                finite_derivative((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0)
            }),
            chaff("nan_returned", "A result that is NaN may be returned.", |f, x, h| {
                usable(x, h)?;
                Ok((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0)
            }),
            chaff("small_is_lost", "A step size below 10⁻¹² is lost in rounding.", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::richardson(f, x, h)
            }),
            chaff("large_is_wrong", "A step size of 1 or more is invalid.", |f, x, h| {
                usable(x, h)?;
                if h >= 1.0 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a smaller step" });
                }
                reference::richardson(f, x, h)
            }),
            chaff("flat", "Where the difference with h is 0 the function is flat.", |f, x, h| {
                let derivative = reference::richardson(f, x, h)?;
                Ok(if f(x + h) == f(x - h) { 0.0 } else { derivative })
            }),
        ],
    )(f, x, h)
}

fn central(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    (f(x + h) - f(x - h)) / (2.0 * h)
}

fn usable(x: f64, h: f64) -> Result<(), InputError> {
    reference::richardson(&|_| 0.0, x, h).map(|_| ())
}
