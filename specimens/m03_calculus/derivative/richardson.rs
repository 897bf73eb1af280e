use kit::InputError;

use super::finite_derivative;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m03_calculus::derivative as reference;

type Difference = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn richardson(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    answering::<Difference>(
        module_path!(),
        reference::richardson,
        &[
            wheat(
                "four_thirds_and_one_third",
                "weighs both differences as the formula is printed",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0)
                },
            ),
            wheat(
                "five_points",
                "adds the four values with their weights (five-point formula)",
                |f, x, h| {
                    usable(x, h)?;
                    let k = h / 2.0;
                    finite_derivative((f(x - h) - 8.0 * f(x - k) + 8.0 * f(x + k) - f(x + h)) / (12.0 * k))
                },
            ),
            wheat("line_to_zero", "draws the line through D over h² and reads it off at 0", |f, x, h| {
                usable(x, h)?;
                let points = [h, h / 2.0].map(|h| (h * h, central(f, x, h)));
                let slope = (points[0].1 - points[1].1) / (points[0].0 - points[1].0);
                finite_derivative(points[1].1 - slope * points[1].0)
            }),
            chaff("mean", "two estimates are best averaged", |f, x, h| {
                usable(x, h)?;
                finite_derivative((central(f, x, h / 2.0) + central(f, x, h)) / 2.0)
            }),
            chaff("first_order", "halving the step halves the error: 2D(h/2) − D(h)", |f, x, h| {
                usable(x, h)?;
                finite_derivative(2.0 * central(f, x, h / 2.0) - central(f, x, h))
            }),
            chaff("smaller_step_only", "the better of the two estimates is the answer", |f, x, h| {
                usable(x, h)?;
                finite_derivative(central(f, x, h / 2.0))
            }),
            chaff("exchanged", "the weight 4/3 belongs to the wide difference", |f, x, h| {
                usable(x, h)?;
                finite_derivative((4.0 * central(f, x, h) - central(f, x, h / 2.0)) / 3.0)
            }),
            chaff("over_4", "4D(h/2) − D(h) is divided by the sum of the weights' sizes", |f, x, h| {
                usable(x, h)?;
                finite_derivative((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 5.0)
            }),
            chaff("double_step", "the other step is 2h", |f, x, h| {
                usable(x, h)?;
                finite_derivative((4.0 * central(f, x, h) - central(f, x, 2.0 * h)) / 3.0)
            }),
            chaff("forward", "forward differences can be extrapolated with the same weights", |f, x, h| {
                usable(x, h)?;
                let forward = |h: f64| (f(x + h) - f(x)) / h;
                finite_derivative((4.0 * forward(h / 2.0) - forward(h)) / 3.0)
            }),
            chaff("two_rounds", "extrapolating once more cannot hurt", |f, x, h| {
                usable(x, h)?;
                let once = |h: f64| (4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0;
                finite_derivative((16.0 * once(h / 2.0) - once(h)) / 15.0)
            }),
            chaff("lost_step", "a step that is not 0 moves x", |f, x, h| {
                if h > 0.0 {
                    finite_derivative(central(f, x, h / 2.0))
                } else {
                    reference::richardson(f, x, h)
                }
            }),
            chaff("half_step_lost", "if h moves x, so does h/2", |f, x, h| {
                reference::central_difference(&|_| 0.0, x, h)?;
                finite_derivative((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0)
            }),
            chaff("nan_returned", "a NaN speaks for itself", |f, x, h| {
                usable(x, h)?;
                Ok((4.0 * central(f, x, h / 2.0) - central(f, x, h)) / 3.0)
            }),
            chaff("h_first", "h is looked at before x", |f, x, h| {
                if h.is_finite() {
                    return reference::richardson(f, x, h);
                }
                Err(InputError::NotFinite { name: "h", index: 0 })
            }),
            chaff("small_is_lost", "a step below 10⁻¹² is lost", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::richardson(f, x, h)
            }),
            chaff("large_is_wrong", "a step of 1 is too large to be meant", |f, x, h| {
                usable(x, h)?;
                if h >= 1.0 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a smaller step" });
                }
                reference::richardson(f, x, h)
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
