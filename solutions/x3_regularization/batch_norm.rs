//! Batch normalization: each feature is brought to mean 0 and variance 1 over the batch, then scaled and shifted.

use kit::{InputError, Matrix, check};

/// What batch normalization remembers of the batches that it has seen, for evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningStatistics {
    /// The running mean of each feature.
    pub mean: Vec<f64>,
    /// The running variance of each feature, at least 0.
    pub variance: Vec<f64>,
}

/// Batch normalization in training: the forward pass, and the new running statistics.
///
/// For each feature j, over the n samples of the batch:
///
/// ```formula
/// μⱼ = (1/n)·Σᵢ xᵢⱼ   σⱼ² = (1/n)·Σᵢ (xᵢⱼ − μⱼ)²
/// x̂ᵢⱼ = (xᵢⱼ − μⱼ) / √(σⱼ² + ε)   yᵢⱼ = γⱼ·x̂ᵢⱼ + βⱼ
/// running mean ← (1 − α)·running mean + α·μⱼ
/// running variance ← (1 − α)·running variance + α·σⱼ²·n/(n − 1)
/// ```
///
/// The batch is normalized with the biased variance σ² (divided by n); the running variance takes up the unbiased one (divided by
/// n − 1), as in PyTorch. The variance comes from the differences to the mean: E\[x²\] − μ² loses all digits where a feature
/// is far from 0, as 10⁸ with a deviation of 1.
///
/// * `x`: n×d activations, n at least 2 (with one sample the unbiased variance is 0/0), d at least 1.
/// * `gamma`, `beta`: scale γ and shift β, d numbers each. `running`: the statistics so far, d numbers each.
/// * `momentum`: α, from 0 (nothing changes) to 1 (only this batch counts). `epsilon`: ε, from 10⁻³⁰ to 1.
/// * Returns y, n×d, and the new running statistics. x̂ has the mean 0 and the variance σ²/(σ² + ε), just below 1; that of a
///   constant feature is 0, and its y is β.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples, or with `wanted` 1 if there is no feature;
/// * [`InputError::LengthMismatch`] unless γ, β and the running statistics have d numbers each; `left` is d;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"gamma"`, `"beta"`, `"mean"` or `"variance"` and the first
///   `index`, in row-major order;
/// * [`InputError::OutOfRange`] with such a name and the first entry that is above 10⁶⁰ in size, with `"variance"` and the first
///   negative one, or with `"momentum"` or `"epsilon"`.
///
/// ```
/// # use katas::x3_regularization::batch_norm::{RunningStatistics, batch_norm};
/// # use kit::Matrix;
/// let start = RunningStatistics { mean: vec![0.0], variance: vec![1.0] };
/// let x = Matrix::from_rows([[2.0], [6.0]]);
/// let (y, running) = batch_norm(&x, &[3.0], &[1.0], &start, 0.5, 1e-30)?;
/// assert_eq!(y, Matrix::from_rows([[-2.0], [4.0]]));
/// assert_eq!(running, RunningStatistics { mean: vec![2.0], variance: vec![4.5] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.batch_norm(x, mean, variance, gamma, beta, training=True, momentum=momentum, eps=epsilon)`.
///
/// Source: Ioffe and Szegedy, *Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate
/// Shift*, ICML (2015), algorithms 1 and 2.
pub fn batch_norm(
    x: &Matrix,
    gamma: &[f64],
    beta: &[f64],
    running: &RunningStatistics,
    momentum: f64,
    epsilon: f64,
) -> Result<(Matrix, RunningStatistics), InputError> {
    let (n, d) = x.shape();
    check::at_least(2, n)?;
    check_layer(x, gamma, beta, epsilon)?;
    check_running(d, running)?;
    check::in_range("momentum", momentum, (0.0..=1.0).contains(&momentum), "0 to 1")?;
    let (mut y, mut new) = (Matrix::zeros(n, d), running.clone());
    for j in 0..d {
        let column: Vec<f64> = (0..n).map(|i| x[(i, j)]).collect();
        let (mean, variance) = moments(&column);
        for i in 0..n {
            y[(i, j)] = gamma[j] * (x[(i, j)] - mean) / (variance + epsilon).sqrt() + beta[j];
        }
        let unbiased = variance * n as f64 / (n - 1) as f64;
        new.mean[j] = (1.0 - momentum) * running.mean[j] + momentum * mean;
        new.variance[j] = (1.0 - momentum) * running.variance[j] + momentum * unbiased;
    }
    Ok((y, new))
}

/// Batch normalization in evaluation: normalizes with the running statistics instead of those of the batch.
///
/// ```formula
/// yᵢⱼ = γⱼ·(xᵢⱼ − mⱼ) / √(vⱼ + ε) + βⱼ
/// ```
///
/// with the running mean m and the running variance v. This is one fixed affine function per feature: the answer for a sample
/// does not depend on the others, and nothing changes.
///
/// * `x`: n×d activations, n and d at least 1; a single sample is enough.
/// * `gamma`, `beta`, `running`, `epsilon`: as in [`batch_norm`].
/// * Returns y, n×d.
///
/// # Errors
///
/// Those of [`batch_norm`] for these arguments; [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature.
///
/// ```
/// # use katas::x3_regularization::batch_norm::{RunningStatistics, batch_norm_evaluate};
/// # use kit::Matrix;
/// let running = RunningStatistics { mean: vec![2.0], variance: vec![3.0] };
/// let y = batch_norm_evaluate(&Matrix::from_rows([[8.0]]), &[5.0], &[1.0], &running, 1.0)?;
/// assert_eq!(y, Matrix::from_rows([[16.0]]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.batch_norm(x, mean, variance, gamma, beta, training=False, eps=epsilon)`.
///
/// Source: Ioffe and Szegedy, *Batch Normalization*, ICML (2015), algorithm 2, line 11.
pub fn batch_norm_evaluate(
    x: &Matrix,
    gamma: &[f64],
    beta: &[f64],
    running: &RunningStatistics,
    epsilon: f64,
) -> Result<Matrix, InputError> {
    check_layer(x, gamma, beta, epsilon)?;
    check_running(x.cols(), running)?;
    Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| {
        gamma[j] * (x[(i, j)] - running.mean[j]) / (running.variance[j] + epsilon).sqrt() + beta[j]
    }))
}

/// Backward pass of [`batch_norm`] in training: the gradients with respect to x, γ and β.
///
/// The mean and the variance depend on all samples of the batch, so each xᵢⱼ changes the whole column of y, and the gradient
/// is that of all three ways: directly, through μ and through σ².
///
/// * `grad_output`: ∂L/∂y, n×d. `x`: the n×d activations that the forward pass took, n at least 2, d at least 1.
/// * `gamma`: γ, d numbers. `epsilon`: ε, from 10⁻³⁰ to 1.
/// * Returns ∂L/∂x, n×d; ∂L/∂γ, d numbers; ∂L/∂β, d numbers. Each column of ∂L/∂x sums to 0.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples, or with `wanted` 1 if there is no feature;
/// * [`InputError::ShapeMismatch`] unless the upstream gradient has the shape of x; `left` is the shape of x;
/// * [`InputError::LengthMismatch`] unless γ has d numbers; `left` is d;
/// * [`InputError::NotFinite`] with `name` `"grad_output"`, `"x"` or `"gamma"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with such a name and the first entry that is above 10⁶⁰ in size, or with `"epsilon"`.
///
/// ```
/// # use katas::x3_regularization::batch_norm::batch_norm_backward;
/// # use kit::Matrix;
/// let (grad_output, x) = (Matrix::from_rows([[3.0], [0.0]]), Matrix::from_rows([[3.0], [5.0]]));
/// let (dx, dgamma, dbeta) = batch_norm_backward(&grad_output, &x, &[2.0], 1.0)?;
/// // x̂ = ∓1/√2: two samples can move apart only, and ε alone lets x̂ grow by that.
/// assert!((dx[(0, 0)] - 1.06066).abs() < 1e-5 && (dx[(1, 0)] + 1.06066).abs() < 1e-5);
/// assert!((dgamma[0] + 2.12132).abs() < 1e-5 && dbeta == [3.0]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.autograd.grad(y, (x, gamma, beta), grad_output)` after `y = torch.nn.functional.batch_norm(…)`.
///
/// Source: Ioffe and Szegedy, *Batch Normalization*, ICML (2015), §3, the six equations after algorithm 1.
pub fn batch_norm_backward(
    grad_output: &Matrix,
    x: &Matrix,
    gamma: &[f64],
    epsilon: f64,
) -> Result<(Matrix, Vec<f64>, Vec<f64>), InputError> {
    let (n, d) = x.shape();
    check::at_least(2, n)?;
    check::same_shape(x.shape(), grad_output.shape())?;
    check_layer(x, gamma, &vec![0.0; d], epsilon)?;
    check_numbers("grad_output", grad_output.as_slice())?;
    let (mut dx, mut dgamma, mut dbeta) = (Matrix::zeros(n, d), vec![0.0; d], vec![0.0; d]);
    for j in 0..d {
        let column: Vec<f64> = (0..n).map(|i| x[(i, j)]).collect();
        let g: Vec<f64> = (0..n).map(|i| grad_output[(i, j)]).collect();
        dbeta[j] = g.iter().sum();
        dgamma[j] = normalized(&column, epsilon).iter().zip(&g).map(|(x_hat, g)| x_hat * g).sum();
        let scaled: Vec<f64> = g.iter().map(|g| gamma[j] * g).collect();
        for (i, dx_i) in normalized_backward(&scaled, &column, epsilon).into_iter().enumerate() {
            dx[(i, j)] = dx_i;
        }
    }
    Ok((dx, dgamma, dbeta))
}

/// Mean and biased variance, the latter from the differences to the mean.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n)
}

/// x̂ = (x − μ) / √(σ² + ε).
pub(super) fn normalized(values: &[f64], epsilon: f64) -> Vec<f64> {
    let (mean, variance) = moments(values);
    values.iter().map(|x| (x - mean) / (variance + epsilon).sqrt()).collect()
}

/// ∂L/∂x from ∂L/∂x̂: what is left of it without its mean and without its part along x̂, divided by √(σ² + ε).
pub(super) fn normalized_backward(grad: &[f64], values: &[f64], epsilon: f64) -> Vec<f64> {
    let (n, x_hat) = (values.len() as f64, normalized(values, epsilon));
    let deviation = (moments(values).1 + epsilon).sqrt();
    let mean = grad.iter().sum::<f64>() / n;
    let along = grad.iter().zip(&x_hat).map(|(g, x_hat)| g * x_hat).sum::<f64>() / n;
    grad.iter().zip(&x_hat).map(|(g, x_hat)| (g - mean - x_hat * along) / deviation).collect()
}

/// The checks that all normalization layers share.
pub(super) fn check_layer(x: &Matrix, gamma: &[f64], beta: &[f64], epsilon: f64) -> Result<(), InputError> {
    check::at_least(1, x.rows().min(x.cols()))?;
    check::same_length(x.cols(), gamma.len())?;
    check::same_length(x.cols(), beta.len())?;
    check_numbers("x", x.as_slice())?;
    check_numbers("gamma", gamma)?;
    check_numbers("beta", beta)?;
    check::in_range("epsilon", epsilon, (1e-30..=1.0).contains(&epsilon), "10⁻³⁰ to 1")
}

fn check_running(features: usize, running: &RunningStatistics) -> Result<(), InputError> {
    check::same_length(features, running.mean.len())?;
    check::same_length(features, running.variance.len())?;
    check_numbers("mean", &running.mean)?;
    check_numbers("variance", &running.variance)?;
    check::all_in_range("variance", &running.variance, |variance| variance >= 0.0, "at least 0")
}

/// Finite, and such that squares and products of a few are finite.
pub(super) fn check_numbers(name: &'static str, values: &[f64]) -> Result<(), InputError> {
    check::finite(name, values)?;
    check::all_in_range(name, values, |value| value.abs() <= 1e60, "at most 10⁶⁰ in size")
}
