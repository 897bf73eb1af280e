use kit::InputError;

use crate::reference::m03_calculus::descent as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Minimum = fn(f64, f64, f64) -> Result<[f64; 2], InputError>;

/// The kata, answered by a specimen.
pub fn minimum_of_quadratic(a: f64, b: f64, c: f64) -> Result<[f64; 2], InputError> {
    answering::<Minimum>(
        module_path!(),
        reference::minimum_of_quadratic,
        &[
            wheat("descends_from_0", "gradient descent with η = 1/4a", |a, b, c| {
                usable(a, b, c)?;
                let x = (0..60).fold(0.0, |x, _| x - (2.0 * a * x + b) / (4.0 * a));
                Ok([x, a * x * x + b * x + c])
            }),
            wheat(
                "descends_from_1",
                "gradient descent from 1 with η = 0.3/a until the steps are short",
                |a, b, c| {
                    usable(a, b, c)?;
                    let (mut x, mut step) = (1.0_f64, 1.0_f64);
                    for _ in 0..200 {
                        if step.abs() <= 1e-12 * x.abs() {
                            break;
                        }
                        step = 0.3 / a * (2.0 * a * x + b);
                        x -= step;
                    }
                    Ok([x, (a * x + b) * x + c])
                },
            ),
            wheat("vertex", "completes the square", |a, b, c| {
                usable(a, b, c)?;
                Ok([-b / (2.0 * a), c - b * b / (4.0 * a)])
            }),
            wheat("secant_on_the_derivative", "finds the zero of the derivative by a secant", |a, b, c| {
                reference::minimum_of_quadratic(a, b, c)?;
                let unit = if b == 0.0 { 1.0 } else { b.abs() / a };
                let slope = |x: f64| 2.0 * a * x + b;
                let (left, right) = (slope(-unit), slope(unit));
                let x = unit * (left + right) / (left - right);
                Ok([x, c + b * x / 2.0])
            }),
            chaff("fixed_rate", "A learning rate of 0.1 and 1000 steps suit every parabola.", |a, b, c| {
                usable(a, b, c)?;
                let x = (0..1000).fold(0.0, |x, _| x - 0.1 * (2.0 * a * x + b));
                Ok([x, a * x * x + b * x + c])
            }),
            chaff("tiny_rate", "A very small learning rate always converges.", |a, b, c| {
                usable(a, b, c)?;
                let x = (0..1000).fold(0.0, |x, _| x - 1e-4 * (2.0 * a * x + b));
                Ok([x, a * x * x + b * x + c])
            }),
            chaff("stops_early", "Two digits are enough.", |a, b, c| {
                usable(a, b, c)?;
                let x = (0..8).fold(0.0, |x, _| x - (2.0 * a * x + b) / (4.0 * a));
                Ok([x, a * x * x + b * x + c])
            }),
            chaff("sign", "The minimizer is b/2a.", |a, b, c| reference::minimum_of_quadratic(a, -b, c)),
            chaff("half_the_curvature", "The derivative of ax² is ax.", |a, b, c| {
                usable(a, b, c)?;
                let x = -b / a;
                Ok([x, a * x * x + b * x + c])
            }),
            chaff("precedence", "`-b / 2.0 * a` divides by 2a.", |a, b, c| {
                usable(a, b, c)?;
                let x = -b / 2.0 * a;
                Ok([x, a * x * x + b * x + c])
            }),
            chaff("without_c", "c does not affect the minimum value.", |a, b, c| {
                reference::minimum_of_quadratic(a, b, c).map(|[x, value]| [x, value - c])
            }),
            chaff("exchanged", "The minimum value comes first.", |a, b, c| {
                reference::minimum_of_quadratic(a, b, c).map(|[x, value]| [value, x])
            }),
            chaff("vertex_of_any", "The vertex is the minimum for every a.", |a, b, c| {
                if a < 0.0 {
                    Ok([-b / (2.0 * a), c - b * b / (4.0 * a)])
                } else {
                    reference::minimum_of_quadratic(a, b, c)
                }
            }),
            chaff("nearly_a_line", "A coefficient a below 10⁻¹² is a rounding error.", |a, b, c| {
                if a.is_finite() && b.is_finite() && c.is_finite() && a <= 1e-12 {
                    return Err(InputError::OutOfRange { name: "a", got: a, wanted: "a number > 0" });
                }
                reference::minimum_of_quadratic(a, b, c)
            }),
            chaff("line_is_flat", "For a = 0 the minimizer is 0.", |a, b, c| {
                if a == 0.0 { Ok([0.0, c]) } else { reference::minimum_of_quadratic(a, b, c) }
            }),
            chaff(
                "not_finite_computed",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |a, b, c| {
                    if a.is_finite() && b.is_finite() && c.is_finite() {
                        return reference::minimum_of_quadratic(a, b, c);
                    }
                    Ok([-b / (2.0 * a), c - b * b / (4.0 * a)])
                },
            ),
            chaff("no_steep_ones", "A coefficient a above 10⁹ is invalid.", |a, b, c| {
                usable(a, b, c)?;
                if a > 1e9 {
                    return Err(InputError::OutOfRange { name: "a", got: a, wanted: "a smaller number" });
                }
                reference::minimum_of_quadratic(a, b, c)
            }),
        ],
    )(a, b, c)
}

fn usable(a: f64, b: f64, c: f64) -> Result<(), InputError> {
    reference::minimum_of_quadratic(a, b, c).map(|_| ())
}
