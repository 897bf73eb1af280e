use kit::InputError;

use super::finite_derivative;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m03_calculus::derivative as reference;

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
            wheat("slopes_of_chords", "takes the difference of both chords' slopes", |f, x, h| {
                usable(x, h)?;
                let middle = f(x);
                let (right, left) = ((f(x + h) - middle) / h, (middle - f(x - h)) / h);
                finite_derivative((right - left) / h)
            }),
            wheat("mean_of_neighbors", "compares the mean of the neighbors with the middle", |f, x, h| {
                usable(x, h)?;
                finite_derivative(2.0 * ((f(x + h) + f(x - h)) / 2.0 - f(x)) / h.powi(2))
            }),
            chaff("over_h", "the difference is divided by h once", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / h)
            }),
            chaff("middle_once", "the middle counts once", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x) + f(x - h)) / (h * h))
            }),
            chaff("middle_added", "the middle is added twice", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) + 2.0 * f(x) + f(x - h)) / (h * h))
            }),
            chaff("over_4h_squared", "both widths are 2h", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / (2.0 * h).powi(2))
            }),
            chaff(
                "central_twice",
                "two central differences of half-width h use the neighbors of x too",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative((f(x + 2.0 * h) - 2.0 * f(x) + f(x - 2.0 * h)) / (4.0 * h * h))
                },
            ),
            chaff("one_sided", "the two chords may both lie to the right of x", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + 2.0 * h) - 2.0 * f(x + h) + f(x)) / (h * h))
            }),
            chaff("upside_down", "the order of the chords does not matter", |f, x, h| {
                usable(x, h)?;
                finite_derivative((2.0 * f(x) - f(x + h) - f(x - h)) / (h * h))
            }),
            chaff("first_derivative", "the second derivative is the slope", reference::central_difference),
            chaff(
                "too_small_a_step",
                "a step that is good for f′ is good for f″: 10⁻⁸",
                |f, x, h| {
                    usable(x, h)?;
                    let h = 1e-8_f64;
                    finite_derivative((f(x + h) - 2.0 * f(x) + f(x - h)) / (h * h))
                },
            ),
            chaff("lost_step", "a step that is not 0 moves x", |f, x, h| {
                if h > 0.0 {
                    finite_derivative(((f(x + h) - f(x)) - (f(x) - f(x - h))) / h / h)
                } else {
                    reference::second_derivative(f, x, h)
                }
            }),
            chaff("nan_returned", "a NaN speaks for itself", |f, x, h| {
                usable(x, h)?;
                Ok((f(x + h) - 2.0 * f(x) + f(x - h)) / (h * h))
            }),
            chaff("h_first", "h is looked at before x", |f, x, h| {
                if h.is_finite() {
                    return reference::second_derivative(f, x, h);
                }
                Err(InputError::NotFinite { name: "h", index: 0 })
            }),
            chaff("small_is_lost", "a step below 10⁻¹² is lost", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::second_derivative(f, x, h)
            }),
            chaff("large_is_wrong", "a step of 1 is too large to be meant", |f, x, h| {
                usable(x, h)?;
                if h >= 1.0 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a smaller step" });
                }
                reference::second_derivative(f, x, h)
            }),
            chaff(
                "not_too_small",
                "a step below 10⁻⁵ is made larger, for the sake of rounding",
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
