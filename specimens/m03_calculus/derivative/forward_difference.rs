use kit::InputError;

use super::finite_derivative;
use crate::reference::m03_calculus::derivative as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Difference = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn forward_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    answering::<Difference>(
        module_path!(),
        reference::forward_difference,
        &[
            wheat("step_really_taken", "divides by the step after rounding", |f, x, h| {
                usable(x, h)?;
                let next = x + h;
                finite_derivative((f(next) - f(x)) / (next - x))
            }),
            wheat("divided_first", "divides both values before it subtracts", |f, x, h| {
                usable(x, h)?;
                finite_derivative(f(x + h) / h - f(x) / h)
            }),
            wheat("reciprocal", "multiplies by −1/h, with the values exchanged", |f, x, h| {
                usable(x, h)?;
                finite_derivative(-(1.0 / h) * (f(x) - f(x + h)))
            }),
            chaff("backward", "The backward difference from x − h to x is the same.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x) - f(x - h)) / h)
            }),
            chaff("backward_sign", "The order of the two values does not matter.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x) - f(x + h)) / h)
            }),
            chaff(
                "central",
                "The central difference is more accurate, so it is right here too.",
                |f, x, h| {
                    usable(x, h)?;
                    finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
                },
            ),
            chaff("over_2h", "The difference is divided by 2h.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x)) / (2.0 * h))
            }),
            chaff("not_divided", "The difference of the values is the derivative.", |f, x, h| {
                usable(x, h)?;
                finite_derivative(f(x + h) - f(x))
            }),
            chaff("tiny_difference", "A difference below 10⁻³⁰⁰ is a rounding error.", |f, x, h| {
                usable(x, h)?;
                let difference = f(x + h) - f(x);
                if difference.abs() < 1e-300 { Ok(0.0) } else { finite_derivative(difference / h) }
            }),
            chaff("own_step", "The step size 10⁻⁸ is used for every h.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + 1e-8) - f(x)) / 1e-8)
            }),
            chaff("step_relative", "h is relative to x.", |f, x, h| {
                usable(x, h)?;
                let h = h * x.abs().max(1.0);
                finite_derivative((f(x + h) - f(x)) / h)
            }),
            chaff("lost_step", "A step that is not 0 always changes x.", |f, x, h| {
                if h > 0.0 {
                    finite_derivative((f(x + h) - f(x)) / h)
                } else {
                    reference::forward_difference(f, x, h)
                }
            }),
            chaff("negative_step", "A negative step size is valid.", |f, x, h| {
                if h < 0.0 {
                    finite_derivative((f(x + h) - f(x)) / h)
                } else {
                    reference::forward_difference(f, x, h)
                }
            }),
            chaff("nan_returned", "A quotient that is NaN may be returned.", |f, x, h| {
                usable(x, h)?;
                Ok((f(x + h) - f(x)) / h)
            }),
            chaff("infinity_returned", "An infinite quotient may be returned.", |f, x, h| {
                usable(x, h)?;
                let slope = (f(x + h) - f(x)) / h;
                if slope.is_nan() { finite_derivative(slope) } else { Ok(slope) }
            }),
            chaff("infinite_step", "Only NaN has to be rejected, not infinity.", |f, x, h| {
                if h.is_infinite() { Ok(0.0) } else { reference::forward_difference(f, x, h) }
            }),
            chaff("zero", "The derivative is 0.", |_, x, h| usable(x, h).map(|()| 0.0)),
            chaff("small_is_lost", "A step size below 10⁻¹² is lost in rounding.", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::forward_difference(f, x, h)
            }),
            chaff("large_is_wrong", "A step size of 1 or more is invalid.", |f, x, h| {
                usable(x, h)?;
                if h >= 1.0 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a smaller step" });
                }
                reference::forward_difference(f, x, h)
            }),
        ],
    )(f, x, h)
}

fn usable(x: f64, h: f64) -> Result<(), InputError> {
    reference::forward_difference(&|_| 0.0, x, h).map(|_| ())
}
