//! Gradient descent, its learning rate and its step size.

use kit::{InputError, check};

/// Gradient descent: the path of the iterates, each a step in the direction of the negative gradient.
///
/// ```formula
/// xₖ₊₁ = xₖ − η·∇f(xₖ)
/// ```
///
/// * `gradient`: ∇f, a function that returns n numbers for a point of n coordinates.
/// * `start`: the initial point x₀, n ≥ 1 finite coordinates.
/// * `learning_rate`: η > 0, finite.
/// * `steps`: the maximum number of iterations.
/// * `tolerance`: ≥ 0, the stopping criterion. The path ends at the first point where the absolute value of every entry
///   of the gradient is at most this; with 0 only where the gradient vanishes.
/// * Returns x₀, x₁, …: `steps` + 1 points or, if the stopping criterion is met, fewer. 0 steps give x₀ alone. A path
///   that diverges is returned as well, as long as its numbers are finite.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if the start is empty;
/// * [`InputError::NotFinite`] with `name` `"start"` and the first `index`, or with `name` `"learning_rate"` or
///   `"tolerance"` and `index` 0;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` if η ≤ 0, or `"tolerance"` if it is negative;
/// * [`InputError::LengthMismatch`] if the gradient has another length (`right`) than the point (`left`, n);
/// * [`InputError::NotFinite`] with `name` `"path"` and as `index` the number k of the first point xₖ that is not
///   finite.
///
/// ```
/// # use katas::m03_calculus::descent::gradient_descent;
/// let path = gradient_descent(&|x| vec![2.0 * x[0]], &[8.0], 0.25, 3, 0.0);
/// assert_eq!(path, Ok(vec![vec![8.0], vec![4.0], vec![2.0], vec![1.0]]));
/// ```
///
/// In Python: `torch.optim.SGD(params, lr=learning_rate)`, one `step()` per iteration.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn gradient_descent(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    steps: usize,
    tolerance: f64,
) -> Result<Vec<Vec<f64>>, InputError> {
    check::at_least(1, start.len())?;
    check::finite("start", start)?;
    check::finite_number("learning_rate", learning_rate)?;
    check::finite_number("tolerance", tolerance)?;
    check::positive("learning_rate", learning_rate)?;
    check::not_negative("tolerance", tolerance)?;
    let (n, mut path) = (start.len(), vec![start.to_vec()]);
    for k in 0..steps {
        let g = gradient(&path[k]);
        check::same_length(n, g.len())?;
        // A NaN is below no tolerance: it propagates to the next point and is reported there.
        if g.iter().all(|g| g.abs() <= tolerance) {
            break;
        }
        let next: Vec<f64> = path[k].iter().zip(&g).map(|(x, g)| x - learning_rate * g).collect();
        if next.iter().any(|x| !x.is_finite()) {
            return Err(InputError::NotFinite { name: "path", index: k + 1 });
        }
        path.push(next);
    }
    Ok(path)
}

/// The minimum of a quadratic function f(x) = ax² + bx + c: the minimizer x\* and the minimum value f(x\*).
///
/// * `a` > 0, `b`, `c`: its coefficients, a from 10⁻¹⁰⁰ to 10¹⁰⁰. The absolute values of b, c, x\* and f(x\*) are at
///   most 10¹⁰⁰.
/// * Returns \[x\*, f(x\*)\]: x\* with an error of at most δ = 10⁻⁹·max(1, |x\*|), f(x\*) with one of at most
///   10⁻⁹·max(1, |f(x\*)|, 10⁻³·|c|) + a·δ², where a·δ² is what an error of δ in x\* adds to f. Use gradient descent or
///   the closed form: the laws see the result only. Gradient descent needs a learning rate that suits every `a`.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"a"`, `"b"` or `"c"` and `index` 0 if that number is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"a"` if a ≤ 0: f is not strictly convex and has no unique minimum.
///
/// ```
/// # use katas::m03_calculus::descent::minimum_of_quadratic;
/// let [x, lowest] = minimum_of_quadratic(1.0, 3.0, 2.0)?;
/// assert!((x + 1.5).abs() < 1e-9 && (lowest + 0.25).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `scipy.optimize.minimize_scalar(f)`; closed form: `-b / (2 * a)`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn minimum_of_quadratic(a: f64, b: f64, c: f64) -> Result<[f64; 2], InputError> {
    check::finite_number("a", a)?;
    check::finite_number("b", b)?;
    check::finite_number("c", c)?;
    check::positive("a", a)?;
    // One Newton step from 0, which is gradient descent with η = 1/f″: −f′(0)/f″.
    let x = -b / a / 2.0;
    Ok([x, c + b * x / 2.0])
}

/// Whether gradient descent with this learning rate converges to the minimum of a quadratic function, from every
/// initial point.
///
/// The function is f(x) = ½·(L₁x₁² + … + Lₙxₙ²). If a single coordinate oscillates without converging, the learning
/// rate is not stable.
///
/// * `learning_rate`: η > 0, finite.
/// * `curvatures`: L₁ … Lₙ > 0, n ≥ 1, the second derivatives along the axes, which are the eigenvalues of the Hessian.
/// * Returns `true` if it converges, `false` if it oscillates or diverges. Where a product ηL is below 10⁻¹⁵, so that
///   1 − ηL may round to 1, either answer is right.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if there is no curvature;
/// * [`InputError::NotFinite`] with `name` `"learning_rate"` and `index` 0, or with `name` `"curvatures"` and the first
///   `index`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` if η ≤ 0, or `"curvatures"` and the first one ≤ 0.
///
/// ```
/// # use katas::m03_calculus::descent::is_stable_learning_rate;
/// assert_eq!(is_stable_learning_rate(0.5, &[3.0, 1.0]), Ok(true));
/// assert_eq!(is_stable_learning_rate(1.0, &[3.0, 1.0]), Ok(false));
/// ```
///
/// In Python: no single call; `learning_rate * numpy.linalg.eigvalsh(hessian).max() < 2`.
///
/// Source: Goh, *Why Momentum Really Works*, Distill, 2017.
pub fn is_stable_learning_rate(learning_rate: f64, curvatures: &[f64]) -> Result<bool, InputError> {
    check::at_least(1, curvatures.len())?;
    check::finite_number("learning_rate", learning_rate)?;
    check::finite("curvatures", curvatures)?;
    check::positive("learning_rate", learning_rate)?;
    check::all_in_range("curvatures", curvatures, |curvature| curvature > 0.0, "numbers > 0")?;
    Ok(curvatures.iter().all(|curvature| learning_rate * curvature < 2.0))
}

/// Backtracking line search: the step size along the negative gradient, the first of 1, ½, ¼, … that decreases f
/// enough.
///
/// ```formula
/// f(x − t·g) ≤ f(x) − c·t·‖g‖²
/// ```
///
/// * `f`: a function of n numbers. A trial point where it is NaN or infinite is not accepted.
/// * `x`: a point of n ≥ 1 coordinates.
/// * `gradient`: g, the gradient of f at x.
/// * `c` in (0, 1): the fraction of the decrease predicted by the gradient that is sufficient.
/// * Returns the first t of 1, ½, ¼, … for which the inequality (the Armijo condition, sufficient decrease) holds; 1 if
///   g = 0.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `x` (`left`) and `gradient` (`right`) differ in length;
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if both are empty;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"gradient"` and the first `index`, or with `name` `"c"`, or `"f"`
///   for f(x), and `index` 0;
/// * [`InputError::OutOfRange`] with `name` `"c"` outside (0, 1);
/// * [`InputError::NotConverged`] with `steps` 60 if even t = 2⁻⁶⁰ is too large; the residual is that last t.
///
/// ```
/// # use katas::m03_calculus::descent::line_search;
/// assert_eq!(line_search(&|x| 4.0 * x[0] * x[0], &[1.0], &[8.0], 0.5), Ok(0.125));
/// ```
///
/// In Python: `scipy.optimize.line_search(f, fprime, x, -g)`, which asks for the Wolfe conditions, Armijo's and one
/// more.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., §3.1.
pub fn line_search(
    f: &dyn Fn(&[f64]) -> f64,
    x: &[f64],
    gradient: &[f64],
    c: f64,
) -> Result<f64, InputError> {
    check::same_length(x.len(), gradient.len())?;
    check::at_least(1, x.len())?;
    check::finite("x", x)?;
    check::finite("gradient", gradient)?;
    check::finite_number("c", c)?;
    let here = f(x);
    check::finite_number("f", here)?;
    check::in_range("c", c, c > 0.0 && c < 1.0, "a number > 0 and < 1")?;
    let squared_norm: f64 = gradient.iter().map(|g| g * g).sum();
    let mut t = 1.0;
    for _ in 0..=HALVINGS {
        let trial: Vec<f64> = x.iter().zip(gradient).map(|(x, g)| x - t * g).collect();
        let there = f(&trial);
        if there.is_finite() && there <= here - c * t * squared_norm {
            return Ok(t);
        }
        t /= 2.0;
    }
    Err(InputError::NotConverged { steps: HALVINGS, residual: 2.0 * t })
}

/// Beyond this a step of ordinary size changes no ordinary x.
const HALVINGS: usize = 60;
