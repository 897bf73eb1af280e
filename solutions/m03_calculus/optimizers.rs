//! Descents that remember: with momentum, and with a rate of its own for each coordinate.

use kit::{InputError, check};

/// The path of gradient descent with momentum: a heavy ball, which keeps part of its speed.
///
/// ```text
/// vₖ₊₁ = β·vₖ + ∇f(xₖ)        v₀ = 0
/// xₖ₊₁ = xₖ − η·vₖ₊₁
/// ```
///
/// * `gradient`: ∇f, which gives n numbers for a point of n coordinates.
/// * `start`: x₀, n ≥ 1 finite coordinates.
/// * `learning_rate`: η > 0.
/// * `beta`: β in \[0, 1), the share of the speed that is kept.
/// * `steps`: how many steps; 0 steps give x₀ alone.
/// * Returns x₀, x₁, …: `steps` + 1 points.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if the start is empty;
/// * [`InputError::NotFinite`] with `name` `"start"` and the first `index`, or `"learning_rate"`, or `"beta"`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` if η ≤ 0, or `"beta"` if β lies outside \[0, 1);
/// * [`InputError::LengthMismatch`] if the gradient has another length (`right`) than the point (`left`, n);
/// * [`InputError::NotFinite`] with `name` `"path"` and as `index` the number k of the first point xₖ that is not finite.
///
/// ```
/// # use katas::m03_calculus::optimizers::momentum;
/// let path = momentum(&|x| vec![2.0 * x[0]], &[8.0], 0.25, 0.5, 3);
/// assert_eq!(path, Ok(vec![vec![8.0], vec![4.0], vec![0.0], vec![-2.0]]));
/// ```
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
    walk(gradient, start, steps, |_, i, slope| {
        v[i] = beta * v[i] + slope;
        learning_rate * v[i]
    })
}

/// The path of Adam: each coordinate moves at a rate of its own, set by the sizes of its past slopes.
///
/// ```text
/// gₖ = ∇f(xₖ₋₁)                   for k = 1, 2, …, each line coordinate by coordinate
/// mₖ = β₁·mₖ₋₁ + (1 − β₁)·gₖ      m₀ = 0,  β₁ = 0.9
/// vₖ = β₂·vₖ₋₁ + (1 − β₂)·gₖ²     v₀ = 0,  β₂ = 0.999
/// xₖ = xₖ₋₁ − η·m̂ₖ / (√v̂ₖ + ε)   ε = 10⁻⁸
/// ```
///
/// * mₖ and vₖ are weighted means of the slopes and of their squares, whose weights do not yet add up to 1 while k is
///   small. m̂ₖ and v̂ₖ are the same means divided by the sum of their weights, so that equal slopes g, g, … give m̂ₖ = g
///   and v̂ₖ = g² from the first step on.
/// * `gradient`: ∇f, which gives n numbers for a point of n coordinates.
/// * `start`: x₀, n ≥ 1 finite coordinates.
/// * `learning_rate`: η > 0, about the length of a step in each coordinate.
/// * `steps`: how many steps; 0 steps give x₀ alone.
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
    walk(gradient, start, steps, |k, i, slope| {
        m[i] = BETA[0] * m[i] + (1.0 - BETA[0]) * slope;
        v[i] = BETA[1] * v[i] + (1.0 - BETA[1]) * slope * slope;
        // The weights of k slopes: (1 − β)(1 + β + … + βᵏ⁻¹).
        let [in_m, in_v] = BETA.map(|beta| 1.0 - beta.powf(k as f64));
        learning_rate * (m[i] / in_m) / ((v[i] / in_v).sqrt() + EPSILON)
    })
}

/// Takes steps; `step` says how far coordinate i moves down in step k = 1, 2, … where its slope is this.
fn walk(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    steps: usize,
    mut step: impl FnMut(usize, usize, f64) -> f64,
) -> Result<Vec<Vec<f64>>, InputError> {
    let mut path = vec![start.to_vec()];
    for k in 1..=steps {
        let mut x = path[k - 1].clone();
        let slope = gradient(&x);
        check::same_length(x.len(), slope.len())?;
        for (i, x) in x.iter_mut().enumerate() {
            *x -= step(k, i, slope[i]);
        }
        if x.iter().any(|x| !x.is_finite()) {
            return Err(InputError::NotFinite { name: "path", index: k });
        }
        path.push(x);
    }
    Ok(path)
}
