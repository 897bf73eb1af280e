//! Derivatives of functions that can only be asked for values.

use kit::{InputError, Matrix, check};

/// The forward difference of f at x: the slope of the chord from x to x + h.
///
/// ```text
/// D₊f(x) = (f(x + h) − f(x)) / h
/// ```
///
/// * `f`: asked at x and x + h, nowhere else.
/// * `h`: the step, in the unit of x.
/// * Returns the slope of the chord, up to rounding, whether or not h was chosen well.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` or `"h"`, the first that applies;
/// * [`InputError::OutOfRange`] with `name` `"h"` if h ≤ 0, or if h is lost in rounding: x + h = x;
/// * [`InputError::NotFinite`] with `name` `"f"`, `index` 0, if f is not finite where it is asked.
///
/// ```
/// # use katas::m03_calculus::derivative::forward_difference;
/// assert_eq!(forward_difference(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(5.5));
/// ```
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn forward_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// The central difference of f at x: the slope of the chord from x − h to x + h.
///
/// * `f`: asked at x − h and x + h, nowhere else.
/// * `h`: half the width of the chord, in the unit of x.
/// * Returns the slope of the chord, up to rounding. It is the derivative itself wherever f is a parabola.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` or `"h"`, the first that applies;
/// * [`InputError::OutOfRange`] with `name` `"h"` if h ≤ 0, or if h is lost in rounding: x + h = x or x − h = x;
/// * [`InputError::NotFinite`] with `name` `"f"`, `index` 0, if f is not finite where it is asked.
///
/// ```
/// # use katas::m03_calculus::derivative::central_difference;
/// assert_eq!(central_difference(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(5.0));
/// ```
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn central_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// The second derivative of f at x from the values at x − h, x and x + h.
///
/// * `f`: asked at those three points, nowhere else.
/// * `h`: the distance of neighboring points, in the unit of x. Below 10⁻¹⁵⁰ h² leaves the normal numbers: what is
///   returned there is left open.
/// * Returns the bend of the parabola through the three points, up to rounding: its second derivative. It is f″(x)
///   itself wherever f is a polynomial of degree at most 3.
///
/// # Errors
///
/// As [`central_difference`].
///
/// ```
/// # use katas::m03_calculus::derivative::second_derivative;
/// assert_eq!(second_derivative(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(2.0));
/// ```
///
/// Source: Burden and Faires, *Numerical Analysis*, 9th ed., §4.1.
pub fn second_derivative(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// One step of Richardson's extrapolation from the central differences D(h) and D(h/2) of f at x.
///
/// ```text
/// D(h) = f′(x) + c·h² + d·h⁴ + …        with c and d that do not depend on h
/// ```
///
/// * `f`: asked at x ± h and x ± h/2, nowhere else.
/// * `h`: the larger half-width, in the unit of x.
/// * Returns the combination of D(h) and D(h/2) in which f′(x) counts once and c·h² cancels, up to rounding. It is
///   f′(x) itself wherever f is a polynomial of degree at most 4.
///
/// # Errors
///
/// As [`central_difference`], and [`InputError::OutOfRange`] with `name` `"h"` also if h/2 is lost in rounding.
///
/// ```
/// # use katas::m03_calculus::derivative::richardson;
/// assert_eq!(richardson(&|x| x * x * x, 1.0, 0.5), Ok(3.0));
/// ```
///
/// Source: Burden and Faires, *Numerical Analysis*, 9th ed., §4.2.
pub fn richardson(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// The gradient of f at x: its slope along each axis, by differences with a step of your choice.
///
/// ```text
/// gᵢ ≈ ∂f/∂xᵢ
/// ```
///
/// * `f`: a function of n numbers that varies along axis i over lengths of about sᵢ = max(1, |xᵢ|).
/// * `x`: a point of n coordinates, sizes 0, 10⁻¹² and 10⁹ side by side; n may be 0.
/// * Returns n slopes. Let S be the largest of |f|, sᵢ|f′|, sᵢ²|f″| and sᵢ³|f‴| along the axis within sᵢ/100 of x.
///   Then each slope is right to
///
/// ```text
/// |gᵢ − ∂f/∂xᵢ| ≤ 10⁻⁶·S/sᵢ
/// ```
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index` at which x is not finite;
/// * [`InputError::NotFinite`] with `name` `"f"` and the first `index` i along whose axis f gives no finite slope.
///
/// ```
/// # use katas::m03_calculus::derivative::gradient;
/// let slopes = gradient(&|x| x[0] * x[1], &[2.0, 3.0])?;
/// assert!((slopes[0] - 3.0).abs() < 1e-6 && (slopes[1] - 2.0).abs() < 1e-6);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn gradient(f: &dyn Fn(&[f64]) -> f64, x: &[f64]) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// The Jacobian of f at x: the slope of each component along each axis, by differences with a step of your choice.
///
/// ```text
/// Jᵢⱼ ≈ ∂fᵢ/∂xⱼ
/// ```
///
/// * `f`: a function of n numbers that gives m numbers.
/// * `x`: a point of n coordinates; n may be 0.
/// * Returns an m×n matrix, m being the length of f(x). Its entries are right as those of [`gradient`] are.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index` at which x is not finite;
/// * [`InputError::LengthMismatch`] if f gives m numbers at x (`left`) and another number of them nearby (`right`);
/// * [`InputError::NotFinite`] with `name` `"f"` and as `index` a component i of f that gives no finite slope.
///
/// ```
/// # use katas::m03_calculus::derivative::jacobian;
/// let turned = jacobian(&|x| vec![-x[1], x[0]], &[2.0, 3.0])?;
/// assert_eq!(turned.shape(), (2, 2));
/// assert!((turned[(0, 1)] + 1.0).abs() < 1e-6 && (turned[(1, 0)] - 1.0).abs() < 1e-6);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn jacobian(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Result<Matrix, InputError> {
    todo!()
}
