use kit::InputError;

use super::finite_derivative;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m03_calculus::derivative as reference;

type Difference = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn central_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    answering::<Difference>(
        module_path!(),
        reference::central_difference,
        &[
            wheat("width_really_taken", "divides by the width that is left after rounding", |f, x, h| {
                usable(x, h)?;
                let (before, after) = (x - h, x + h);
                finite_derivative((f(after) - f(before)) / (after - before))
            }),
            wheat("halved_last", "halves the quotient", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / h / 2.0)
            }),
            wheat("two_terms", "weighs both values before it subtracts", |f, x, h| {
                usable(x, h)?;
                let weight = 0.5 / h;
                finite_derivative(weight * f(x + h) - weight * f(x - h))
            }),
            chaff("over_h", "the difference is divided by h, the distance from x", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / h)
            }),
            chaff("one_sided", "the forward difference is the same up to rounding", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x)) / h)
            }),
            chaff("backward_sign", "the order of the two values does not matter", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x - h) - f(x + h)) / (2.0 * h))
            }),
            chaff("half_a_step", "h is the whole width, so one goes h/2 to each side", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h / 2.0) - f(x - h / 2.0)) / h)
            }),
            chaff("precedence", "/ 2.0 * h divides by 2h", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / 2.0 * h)
            }),
            chaff("own_step", "a good step is 10⁻⁵, whatever h is given", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + 1e-5) - f(x - 1e-5)) / 2e-5)
            }),
            chaff("too_small_a_step", "the smaller the step, the better, so h is made smaller", |f, x, h| {
                usable(x, h)?;
                let h = h * 1e-10;
                finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
            }),
            chaff("extrapolated", "a better formula of higher order is right as well", |f, x, h| {
                usable(x, h)?;
                finite_derivative(
                    (8.0 * (f(x + h) - f(x - h)) - (f(x + 2.0 * h) - f(x - 2.0 * h))) / (12.0 * h),
                )
            }),
            chaff("lost_step", "a step that is not 0 moves x", |f, x, h| {
                if h > 0.0 {
                    finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
                } else {
                    reference::central_difference(f, x, h)
                }
            }),
            chaff("lost_on_one_side", "if x + h is not x, x − h is not x either", |f, x, h| {
                reference::forward_difference(&|_| 0.0, x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
            }),
            chaff("negative_step", "a negative step gives the same quotient", |f, x, h| {
                reference::central_difference(f, x, if h == 0.0 { h } else { h.abs() })
            }),
            chaff("nan_returned", "a NaN speaks for itself", |f, x, h| {
                usable(x, h)?;
                Ok((f(x + h) - f(x - h)) / (2.0 * h))
            }),
            chaff("parabola_only", "f is always x² + 3x + 2", |_, x, h| {
                usable(x, h).map(|()| 2.0 * x + 3.0)
            }),
            chaff("h_first", "h is looked at before x", |f, x, h| {
                if h.is_finite() {
                    return reference::central_difference(f, x, h);
                }
                Err(InputError::NotFinite { name: "h", index: 0 })
            }),
            chaff("small_is_lost", "a step below 10⁻¹² is lost", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::central_difference(f, x, h)
            }),
            chaff("large_is_wrong", "a step of 1 is too large to be meant", |f, x, h| {
                usable(x, h)?;
                if h >= 1.0 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a smaller step" });
                }
                reference::central_difference(f, x, h)
            }),
        ],
    )(f, x, h)
}

fn usable(x: f64, h: f64) -> Result<(), InputError> {
    reference::central_difference(&|_| 0.0, x, h).map(|_| ())
}
