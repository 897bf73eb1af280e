use kit::InputError;

use super::finite_derivative;
use crate::reference::m03_calculus::derivative as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Difference = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn second_derivative(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    answering::<Difference>(
        module_path!(),
        reference::second_derivative,
        &[
            wheat(
                "over_h_squared",
                "adds the three values with their weights and divides by h²",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / (h * h))
                },
            ),
            wheat(
                "difference_of_quotients",
                "takes the difference of both difference quotients",
                |f, x, h| {
                    usable(x, h)?;
                    let middle = f(x);
                    let (right, left) = ((f(x + h) - middle) / h, (middle - f(x - h)) / h);
                    finite_derivative((right - left) / h)
                },
            ),
            wheat(
                "mean_of_neighbors",
                "compares the mean of the neighbors with the middle value",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative(2.0 * ((f(x + h) + f(x - h)) / 2.0 - f(x)) / h.powi(2))
                },
            ),
            chaff("over_h", "The second difference is divided by h, not by h².", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / h)
            }),
            chaff("middle_once", "f(x) has the coefficient −1.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x) + f(x - h)) / (h * h))
            }),
            chaff("middle_added", "f(x) has the coefficient +2.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) + 2.0 * f(x) + f(x - h)) / (h * h))
            }),
            chaff("over_4h_squared", "The second difference is divided by 4h².", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / (2.0 * h).powi(2))
            }),
            chaff(
                "central_twice",
                "Two central differences with the step size h use the points x ± h only.",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative((f(x + 2.0 * h) - 2.0 * f(x) + f(x - 2.0 * h)) / (4.0 * h * h))
                },
            ),
            chaff("one_sided", "Both secants may be to the right of x.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + 2.0 * h) - 2.0 * f(x + h) + f(x)) / (h * h))
            }),
            chaff("upside_down", "The order of the two difference quotients does not matter.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((2.0 * f(x) - f(x + h) - f(x - h)) / (h * h))
            }),
            chaff(
                "first_derivative",
                "The second derivative is the first derivative.",
                reference::central_difference,
            ),
            chaff(
                "too_small_a_step",
                "A step size that is good for f′ is good for f″: 10⁻⁸.",
                |f, x, h| {
                    usable(x, h)?;
                    let h = 1e-8_f64;
                    finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / (h * h))
                },
            ),
            chaff("lost_step", "A step that is not 0 always changes x.", |f, x, h| {
                if h > 0.0 {
                    finite_derivative(((f(x + h) - f(x)) - (f(x) - f(x - h))) / h / h)
                } else {
                    reference::second_derivative(f, x, h)
                }
            }),
            chaff("nan_returned", "A quotient that is NaN may be returned.", |f, x, h| {
                usable(x, h)?;
                Ok((f(x + h) - 2.0 * f(x) + f(x - h)) / (h * h))
            }),
            chaff("small_is_lost", "A step size below 10⁻¹² is lost in rounding.", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::second_derivative(f, x, h)
            }),
            chaff("large_is_wrong", "A step size of 1 or more is invalid.", |f, x, h| {
                usable(x, h)?;
                if h >= 1.0 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a smaller step" });
                }
                reference::second_derivative(f, x, h)
            }),
            chaff(
                "not_too_small",
                "A step size below 10⁻⁵ is increased because of rounding errors.",
                |f, x, h| {
                    usable(x, h)?;
                    reference::second_derivative(f, x, h.max(1e-5))
                },
            ),
        ],
    )(f, x, h)
}

fn usable(x: f64, h: f64) -> Result<(), InputError> {
    reference::second_derivative(&|_| 0.0, x, h).map(|_| ())
}
