//! Numerical differentiation: derivatives of functions by finite differences of their values.

use kit::{InputError, Matrix, check};

/// The forward difference of f at x, a finite-difference approximation of f′(x) of order 1: the slope of the secant
/// from x to x + h.
///
/// ```formula
/// D₊f(x) = (f(x + h) − f(x)) / h
/// ```
///
/// * `f`: evaluated at x and x + h, nowhere else. Where finite values are beyond 10³⁰⁰ in size the result is left open.
/// * `x`: the point, finite.
/// * `h`: the step size, in the unit of x, finite and positive.
/// * Returns the slope of the secant, up to rounding error, for any h, also for a badly chosen one.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` or `"h"`, `index` 0, if that number is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"h"` if h ≤ 0, or if h is lost in rounding: x + h = x;
/// * [`InputError::NotFinite`] with `name` `"f"`, `index` 0, if f is not finite where it is evaluated, or if the
///   quotient overflows.
///
/// ```
/// # use katas::m03_calculus::derivative::forward_difference;
/// assert_eq!(forward_difference(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(5.5));
/// ```
///
/// In Python: no single call; `scipy.optimize.approx_fprime(x, f, h)` uses forward differences.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn forward_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// The central difference of f at x, a finite-difference approximation of f′(x) of order 2: the slope of the secant
/// from x − h to x + h.
///
/// * `f`: evaluated at x − h and x + h, nowhere else. Where finite values are beyond 10³⁰⁰ in size the result is left
///   open.
/// * `x`: the point, finite.
/// * `h`: the step size, half the width of the secant, in the unit of x, finite and positive. Above 10³⁰⁰ the result is
///   left open.
/// * Returns the slope of the secant, up to rounding error. It equals the derivative if f is a polynomial of degree at
///   most 2.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` or `"h"`, `index` 0, if that number is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"h"` if h ≤ 0, or if h is lost in rounding: x + h = x or x − h = x;
/// * [`InputError::NotFinite`] with `name` `"f"`, `index` 0, if f is not finite where it is evaluated, or if the
///   quotient overflows.
///
/// ```
/// # use katas::m03_calculus::derivative::central_difference;
/// assert_eq!(central_difference(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(5.0));
/// ```
///
/// In Python: no single call; `(f(x + h) - f(x - h)) / (2 * h)`; on a grid `numpy.gradient(y, h)`.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn central_difference(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// The second derivative of f at x by a central second difference of the values at x − h, x and x + h.
///
/// * `f`: evaluated at those three points, nowhere else. Where finite values are beyond 10³⁰⁰ in size the result is left
///   open.
/// * `x`: the point, finite.
/// * `h`: the step size, the distance of neighboring points, in the unit of x. Below 10⁻¹⁵⁰ and above 10¹⁵⁰, where h² is
///   not a normal number, the result is left open.
/// * Returns the second derivative of the parabola through the three points, up to rounding error. It equals f″(x) if f
///   is a polynomial of degree at most 3.
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
/// In Python: no single call; `(f(x + h) - 2 * f(x) + f(x - h)) / h**2`; on a grid `numpy.diff(y, n=2) / h**2`.
///
/// Source: Burden and Faires, *Numerical Analysis*, 9th ed., §4.1.
pub fn second_derivative(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// Richardson extrapolation, one step: the derivative of f at x from the central differences D(h) and D(h/2), of order
/// 4.
///
/// ```formula
/// D(h) = f′(x) + c·h² + d·h⁴ + …        with c and d that do not depend on h
/// ```
///
/// * `f`: evaluated at x ± h and x ± h/2, nowhere else. Where finite values are beyond 10³⁰⁰ in size the result is left
///   open.
/// * `x`: the point, finite.
/// * `h`: the larger step size, in the unit of x. Below 10⁻¹⁵⁰ and above 10¹⁵⁰, where h² is not a normal number, the
///   result is left open.
/// * Returns the linear combination of D(h) and D(h/2) in which f′(x) has the coefficient 1 and c·h² cancels, up to
///   rounding error. It equals f′(x) if f is a polynomial of degree at most 4.
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
/// In Python: no single call; `scipy.differentiate.derivative(f, x)` (SciPy 1.15 or later) uses differences of high
/// order (8 by default) and halves the step until it converges.
///
/// Source: Burden and Faires, *Numerical Analysis*, 9th ed., §4.2.
pub fn richardson(f: &dyn Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, InputError> {
    todo!()
}

/// The numerical gradient of f at x: all its partial derivatives, by finite differences with a step size of your
/// choice.
///
/// ```formula
/// gᵢ ≈ ∂f/∂xᵢ
/// ```
///
/// * `f`: a function of n numbers that varies along axis i over lengths of about sᵢ = max(1, |xᵢ|).
/// * `x`: a point of n coordinates, whose magnitudes may differ (0, 10⁻¹² and 10⁹ in one point); n may be 0.
/// * Returns n partial derivatives. Let S be the largest of |f|, sᵢ|f′|, sᵢ²|f″| and sᵢ³|f‴| along the axis within
///   sᵢ/100 of x. Then the error of each is at most
///
/// ```formula
/// |gᵢ − ∂f/∂xᵢ| ≤ 10⁻⁶·S/sᵢ
/// ```
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index` at which x is not finite;
/// * [`InputError::NotFinite`] with `name` `"f"` and the first `index` i along whose axis the quotient is not finite.
///
/// ```
/// # use katas::m03_calculus::derivative::gradient;
/// let g = gradient(&|x| x[0] * x[1], &[2.0, 3.0])?;
/// assert!((g[0] - 3.0).abs() < 1e-6 && (g[1] - 2.0).abs() < 1e-6);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `scipy.optimize.approx_fprime(x, f)`, by forward differences with a step of 1.5·10⁻⁸; exact:
/// `torch.func.grad(f)(x)`.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn gradient(f: &dyn Fn(&[f64]) -> f64, x: &[f64]) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// The Jacobian matrix of f at x: the partial derivatives of all components, by finite differences with a step size of
/// your choice.
///
/// ```formula
/// Jᵢⱼ ≈ ∂fᵢ/∂xⱼ
/// ```
///
/// * `f`: a function of n numbers that returns m numbers.
/// * `x`: a point of n coordinates; n may be 0.
/// * Returns an m×n matrix, m being the length of f(x); row i is the gradient of component i. Its entries are as
///   accurate as those of [`gradient`].
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index` at which x is not finite;
/// * [`InputError::LengthMismatch`] if f returns m numbers at x (`left`) and another number of them nearby (`right`);
/// * [`InputError::NotFinite`] with `name` `"f"` and as `index` a component i of f with a quotient that is not finite.
///
/// ```
/// # use katas::m03_calculus::derivative::jacobian;
/// let j = jacobian(&|x| vec![-x[1], x[0]], &[2.0, 3.0])?;
/// assert_eq!(j.shape(), (2, 2));
/// assert!((j[(0, 1)] + 1.0).abs() < 1e-6 && (j[(1, 0)] - 1.0).abs() < 1e-6);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `scipy.optimize.approx_fprime(x, f)` for a vector-valued f; exact: `torch.func.jacrev(f)(x)`.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §8.1.
pub fn jacobian(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Result<Matrix, InputError> {
    todo!()
}
