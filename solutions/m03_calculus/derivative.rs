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
    usable_step(x, h, &[x, x + h])?;
    finite_derivative((f(x + h) - f(x)) / h)
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
    usable_step(x, h, &[x - h, x, x + h])?;
    finite_derivative((f(x + h) - f(x - h)) / (2.0 * h))
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
    usable_step(x, h, &[x - h, x, x + h])?;
    let middle = f(x);
    // Divided twice: h² vanishes for h below 1e-162.
    finite_derivative(((f(x + h) - middle) - (middle - f(x - h))) / h / h)
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
    usable_step(x, h, &[x - h / 2.0, x, x + h / 2.0])?;
    let [wide, narrow] = [h, h / 2.0].map(|h| (f(x + h) - f(x - h)) / (2.0 * h));
    // Of the form narrow + correction: 4·narrow alone could overflow.
    finite_derivative(narrow + (narrow - wide) / 3.0)
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
    check::finite("x", x)?;
    let partial = |i: usize| {
        let [before, after] = neighbors(x[i]);
        (f(&moved(x, i, after)) - f(&moved(x, i, before))) / (after - before)
    };
    let gradient: Vec<f64> = (0..x.len()).map(partial).collect();
    check::finite("f", &gradient)?;
    Ok(gradient)
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
    check::finite("x", x)?;
    let m = f(x).len();
    let mut jacobian = Matrix::zeros(m, x.len());
    for j in 0..x.len() {
        let ends = neighbors(x[j]);
        let [before, after] = ends.map(|end| f(&moved(x, j, end)));
        check::same_length(m, before.len())?;
        check::same_length(m, after.len())?;
        let column: Vec<f64> = (0..m).map(|i| (after[i] - before[i]) / (ends[1] - ends[0])).collect();
        check::finite("f", &column)?;
        (0..m).for_each(|i| jacobian[(i, j)] = column[i]);
    }
    Ok(jacobian)
}

/// Whether x and h are numbers, and the points that h leads to lie apart and in order: h > 0, and not lost in rounding.
fn usable_step(x: f64, h: f64, points: &[f64]) -> Result<(), InputError> {
    check::finite_number("x", x)?;
    check::finite_number("h", h)?;
    let apart = points.is_sorted_by(|left, right| left < right);
    check::in_range("h", h, apart, "a step > 0 that is not lost when added to x")
}

fn finite_derivative(value: f64) -> Result<f64, InputError> {
    check::finite_number("f", value)?;
    Ok(value)
}

/// The two ends of the chord through x.
fn neighbors(x: f64) -> [f64; 2] {
    // Truncation grows as h², rounding as ε/h: together they are least near h = ∛ε, in the unit in which x is about 1.
    let h = f64::EPSILON.cbrt() * x.abs().max(1.0);
    // The caller divides by the width that is left after rounding, not by 2h.
    [x - h, x + h]
}

fn moved(x: &[f64], i: usize, to: f64) -> Vec<f64> {
    let mut moved = x.to_vec();
    moved[i] = to;
    moved
}
