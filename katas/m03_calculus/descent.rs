//! The way downhill: steps against the gradient, and how long they may be.

use kit::{InputError, check};

/// The path of gradient descent: from each point a step against the gradient there.
///
/// ```text
/// xₖ₊₁ = xₖ − η·∇f(xₖ)
/// ```
///
/// * `gradient`: ∇f, which gives n numbers for a point of n coordinates.
/// * `start`: x₀, n ≥ 1 finite coordinates.
/// * `learning_rate`: η > 0.
/// * `steps`: how many steps at most.
/// * `tolerance`: ≥ 0. The path ends early, at the first point where no entry of the gradient exceeds it in size; with
///   0 only where the gradient vanishes.
/// * Returns x₀, x₁, …: `steps` + 1 points or, if the tolerance ends the path, fewer. 0 steps give x₀ alone. A path
///   that grows is returned as well, as long as its numbers are finite.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if the start is empty;
/// * [`InputError::NotFinite`] with `name` `"start"` and the first `index`, or `"learning_rate"`, or `"tolerance"`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` if η ≤ 0, or `"tolerance"` if that is negative;
/// * [`InputError::LengthMismatch`] if the gradient has another length (`right`) than the point (`left`, n);
/// * [`InputError::NotFinite`] with `name` `"path"` and as `index` the number k of the first point xₖ that is not finite.
///
/// ```
/// # use katas::m03_calculus::descent::gradient_descent;
/// let path = gradient_descent(&|x| vec![2.0 * x[0]], &[8.0], 0.25, 3, 0.0);
/// assert_eq!(path, Ok(vec![vec![8.0], vec![4.0], vec![2.0], vec![1.0]]));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn gradient_descent(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    steps: usize,
    tolerance: f64,
) -> Result<Vec<Vec<f64>>, InputError> {
    todo!()
}

/// Where the parabola f(x) = ax² + bx + c is lowest, and how low.
///
/// * `a` > 0, `b`, `c`: its coefficients.
/// * Returns \[x\*, f(x\*)\], each right to within 10⁻⁹·max(1, |value|). Descend or calculate: the laws see the answer
///   only. Whoever descends needs a learning rate that suits every `a`.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"a"`, `"b"` or `"c"`, the first that applies;
/// * [`InputError::OutOfRange`] with `name` `"a"` if a ≤ 0: a line or a parabola upside down has no lowest point.
///
/// ```
/// # use katas::m03_calculus::descent::minimum_of_quadratic;
/// let [x, lowest] = minimum_of_quadratic(1.0, 3.0, 2.0)?;
/// assert!((x + 1.5).abs() < 1e-9 && (lowest + 0.25).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn minimum_of_quadratic(a: f64, b: f64, c: f64) -> Result<[f64; 2], InputError> {
    todo!()
}

/// Whether gradient descent with this learning rate settles at the lowest point of a bowl, from wherever it starts.
///
/// The bowl is f(x) = ½·(L₁x₁² + … + Lₙxₙ²). A rate that lets a single coordinate swing for ever does not settle.
///
/// * `learning_rate`: η > 0.
/// * `curvatures`: L₁ … Lₙ > 0, n ≥ 1, the second derivatives along the axes of the bowl.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if there is no curvature;
/// * [`InputError::NotFinite`] with `name` `"learning_rate"`, or `"curvatures"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` if η ≤ 0, or `"curvatures"` and the first one ≤ 0.
///
/// ```
/// # use katas::m03_calculus::descent::is_stable_learning_rate;
/// assert_eq!(is_stable_learning_rate(0.5, &[3.0, 1.0]), Ok(true));
/// assert_eq!(is_stable_learning_rate(1.0, &[3.0, 1.0]), Ok(false));
/// ```
///
/// Source: Goh, *Why Momentum Really Works*, Distill, 2017.
pub fn is_stable_learning_rate(learning_rate: f64, curvatures: &[f64]) -> Result<bool, InputError> {
    todo!()
}

/// How long a step against the gradient should be, by backtracking: 1, ½, ¼, … until f falls enough.
///
/// ```text
/// f(x − t·g) ≤ f(x) − c·t·‖g‖²
/// ```
///
/// * `f`: a function of n numbers. Where it is NaN or infinite, it has not fallen.
/// * `x`: a point of n ≥ 1 coordinates.
/// * `slope`: g, the gradient of f at x.
/// * `c` in (0, 1): which share of the fall that the slope promises is enough.
/// * Returns the first t of 1, ½, ¼, … for which the inequality holds (Armijo's condition); 1 where g = 0.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `x` (`left`) and `slope` (`right`) differ in length;
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if both are empty;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"slope"` and the first `index`, or `"c"`, or `"f"` for f(x);
/// * [`InputError::OutOfRange`] with `name` `"c"` outside (0, 1);
/// * [`InputError::NotConverged`] with `steps` 60 if even 2⁻⁶⁰ is too long; the residual is that last t.
///
/// ```
/// # use katas::m03_calculus::descent::line_search;
/// assert_eq!(line_search(&|x| 4.0 * x[0] * x[0], &[1.0], &[8.0], 0.5), Ok(0.125));
/// ```
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §3.1.
pub fn line_search(f: &dyn Fn(&[f64]) -> f64, x: &[f64], slope: &[f64], c: f64) -> Result<f64, InputError> {
    todo!()
}
