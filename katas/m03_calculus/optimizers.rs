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
    todo!()
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
    todo!()
}
