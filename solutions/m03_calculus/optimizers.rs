//! Optimizers with a state: gradient descent with momentum, and Adam with an adaptive learning rate per coordinate.

use kit::{InputError, check};

/// Gradient descent with momentum: the path of the iterates, with a velocity v that accumulates past gradients.
///
/// ```formula
/// vₖ₊₁ = β·vₖ + ∇f(xₖ)        v₀ = 0
/// xₖ₊₁ = xₖ − η·vₖ₊₁
/// ```
///
/// * `gradient`: ∇f, a function that returns n numbers for a point of n coordinates.
/// * `start`: the initial point x₀, n ≥ 1 finite coordinates.
/// * `learning_rate`: η > 0, finite.
/// * `beta`: the momentum coefficient β in \[0, 1), the fraction of the velocity that is kept.
/// * `steps`: the number of iterations; 0 steps give x₀ alone.
/// * Returns x₀, x₁, …: `steps` + 1 points.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if the start is empty;
/// * [`InputError::NotFinite`] with `name` `"start"` and the first `index`, or with `name` `"learning_rate"` or
///   `"beta"` and `index` 0;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` if η ≤ 0, or `"beta"` if β is outside \[0, 1);
/// * [`InputError::LengthMismatch`] if the gradient has another length (`right`) than the point (`left`, n);
/// * [`InputError::NotFinite`] with `name` `"path"` and as `index` the number k of the first point xₖ that is not
///   finite.
///
/// ```
/// # use katas::m03_calculus::optimizers::momentum;
/// let path = momentum(&|x| vec![2.0 * x[0]], &[8.0], 0.25, 0.5, 3);
/// assert_eq!(path, Ok(vec![vec![8.0], vec![4.0], vec![0.0], vec![-2.0]]));
/// ```
///
/// In Python: `torch.optim.SGD(params, lr=learning_rate, momentum=beta)`.
///
/// Source: Goh, *Why Momentum Really Works*, Distill, 2017; the idea is Polyak's, 1964.
pub fn momentum(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    beta: f64,
    steps: usize,
) -> Result<Vec<Vec<f64>>, InputError> {
    check::at_least(1, start.len())?;
    check::finite("start", start)?;
    check::finite_number("learning_rate", learning_rate)?;
    check::finite_number("beta", beta)?;
    check::positive("learning_rate", learning_rate)?;
    check::in_range("beta", beta, (0.0..1.0).contains(&beta), "a number ≥ 0 and < 1")?;
    let mut v = vec![0.0; start.len()];
    walk(gradient, start, steps, |_, i, g| {
        v[i] = beta * v[i] + g;
        learning_rate * v[i]
    })
}

/// Adam: the path of the iterates, with an adaptive step size for each coordinate from the moments of its past
/// gradients.
///
/// ```formula
/// gₖ = ∇f(xₖ₋₁)                   for k = 1, 2, …, each line coordinate by coordinate
/// mₖ = β₁·mₖ₋₁ + (1 − β₁)·gₖ      m₀ = 0,  β₁ = 0.9
/// vₖ = β₂·vₖ₋₁ + (1 − β₂)·gₖ²     v₀ = 0,  β₂ = 0.999
/// xₖ = xₖ₋₁ − η·m̂ₖ / (√v̂ₖ + ε)   ε = 10⁻⁸
/// ```
///
/// * mₖ and vₖ are exponential moving averages of the gradients and of their squares (first and second moment); their
///   weights do not sum to 1 while k is small. m̂ₖ and v̂ₖ are bias-corrected: divided by the sum of their weights, so
///   that equal gradients g, g, … give m̂ₖ = g and v̂ₖ = g² from the first step on.
/// * `gradient`: ∇f, a function that returns n numbers for a point of n coordinates.
/// * `start`: the initial point x₀, n ≥ 1 finite coordinates.
/// * `learning_rate`: η > 0, finite, about the size of a step in each coordinate.
/// * `steps`: the number of iterations; 0 steps give x₀ alone.
/// * Returns x₀, x₁, …: `steps` + 1 points.
///
/// # Errors
///
/// As [`momentum`], without `beta`.
///
/// ```
/// # use katas::m03_calculus::optimizers::adam;
/// let path = adam(&|x| vec![2.0 * x[0], 100.0], &[3.0, 5.0], 0.5, 1)?;
/// assert!((path[1][0] - 2.5).abs() < 1e-8 && (path[1][1] - 4.5).abs() < 1e-8);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.optim.Adam(params, lr=learning_rate)`, whose defaults are `betas=(0.9, 0.999)` and `eps=1e-08`.
///
/// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization*, ICLR 2015, algorithm 1.
pub fn adam(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    steps: usize,
) -> Result<Vec<Vec<f64>>, InputError> {
    const BETA: [f64; 2] = [0.9, 0.999];
    const EPSILON: f64 = 1e-8;
    check::at_least(1, start.len())?;
    check::finite("start", start)?;
    check::finite_number("learning_rate", learning_rate)?;
    check::positive("learning_rate", learning_rate)?;
    let (mut m, mut v) = (vec![0.0; start.len()], vec![0.0; start.len()]);
    walk(gradient, start, steps, |k, i, g| {
        m[i] = BETA[0] * m[i] + (1.0 - BETA[0]) * g;
        v[i] = BETA[1] * v[i] + (1.0 - BETA[1]) * g * g;
        // The sum of the weights of k gradients: (1 − β)(1 + β + … + βᵏ⁻¹).
        let [in_m, in_v] = BETA.map(|beta| 1.0 - beta.powf(k as f64));
        learning_rate * (m[i] / in_m) / ((v[i] / in_v).sqrt() + EPSILON)
    })
}

/// Takes steps; `step(k, i, g)` is how much coordinate i decreases in step k = 1, 2, … if its partial derivative is g.
fn walk(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    steps: usize,
    mut step: impl FnMut(usize, usize, f64) -> f64,
) -> Result<Vec<Vec<f64>>, InputError> {
    let mut path = vec![start.to_vec()];
    for k in 1..=steps {
        let mut x = path[k - 1].clone();
        let g = gradient(&x);
        check::same_length(x.len(), g.len())?;
        for (i, x) in x.iter_mut().enumerate() {
            *x -= step(k, i, g[i]);
        }
        if x.iter().any(|x| !x.is_finite()) {
            return Err(InputError::NotFinite { name: "path", index: k });
        }
        path.push(x);
    }
    Ok(path)
}
