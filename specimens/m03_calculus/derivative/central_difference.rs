use kit::InputError;

use super::finite_derivative;
use crate::reference::m03_calculus::derivative as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Difference = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn central_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    answering::<Difference>(
        module_path!(),
        reference::central_difference,
        &[
            wheat("width_really_taken", "divides by the width after rounding", |f, x, h| {
                usable(x, h)?;
                let (before, after) = (x - h, x + h);
                finite_derivative((f(after) - f(before)) / (after - before))
            }),
            wheat("halved_last", "halves the quotient", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / h / 2.0)
            }),
            wheat("two_terms", "multiplies both values by weights before it subtracts", |f, x, h| {
                usable(x, h)?;
                let weight = 0.5 / h;
                finite_derivative(weight * f(x + h) - weight * f(x - h))
            }),
            chaff("over_h", "The difference is divided by h.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / h)
            }),
            chaff("one_sided", "The forward difference is the same up to rounding error.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x)) / h)
            }),
            chaff("backward_sign", "The order of the two values does not matter.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x - h) - f(x + h)) / (2.0 * h))
            }),
            chaff("half_a_step", "h is the whole width, so the points are x ± h/2.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h / 2.0) - f(x - h / 2.0)) / h)
            }),
            chaff("precedence", "`/ 2.0 * h` divides by 2h.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / 2.0 * h)
            }),
            chaff("own_step", "The step size 10⁻⁵ is used for every h.", |f, x, h| {
                usable(x, h)?;
                finite_derivative((f(x + 1e-5) - f(x - 1e-5)) / 2e-5)
            }),
            chaff(
                "too_small_a_step",
                "A smaller step size is always more accurate, so h is reduced.",
                |f, x, h| {
                    usable(x, h)?;
                    let h = h * 1e-10;
                    finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
                },
            ),
            chaff("extrapolated", "A formula of higher order is right as well.", |f, x, h| {
                usable(x, h)?;
                finite_derivative(
                    (8.0 * (f(x + h) - f(x - h)) - (f(x + 2.0 * h) - f(x - 2.0 * h))) / (12.0 * h),
                )
            }),
            chaff("lost_step", "A step that is not 0 always changes x.", |f, x, h| {
                if h > 0.0 {
                    finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
                } else {
                    reference::central_difference(f, x, h)
                }
            }),
            chaff("lost_on_one_side", "If x + h = x, then x − h = x.", |f, x, h| {
                reference::forward_difference(&|_| 0.0, x, h)?;
                finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
            }),
            chaff("negative_step", "A negative step size is valid.", |f, x, h| {
                reference::central_difference(f, x, if h == 0.0 { h } else { h.abs() })
            }),
            chaff("nan_returned", "A quotient that is NaN may be returned.", |f, x, h| {
                usable(x, h)?;
                Ok((f(x + h) - f(x - h)) / (2.0 * h))
            }),
            chaff("parabola_only", "f is always x² + 3x + 2.", |_, x, h| {
                usable(x, h).map(|()| 2.0 * x + 3.0)
            }),
            chaff("small_is_lost", "A step size below 10⁻¹² is lost in rounding.", |f, x, h| {
                usable(x, h)?;
                if h < 1e-12 {
                    return Err(InputError::OutOfRange { name: "h", got: h, wanted: "a larger step" });
                }
                reference::central_difference(f, x, h)
            }),
            chaff("least_step", "A step size below 10⁻¹⁰⁰ is no better than that.", |f, x, h| {
                usable(x, h)?;
                reference::central_difference(f, x, h.max(1e-100))
            }),
            chaff("large_is_wrong", "A step size of 1 or more is invalid.", |f, x, h| {
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
