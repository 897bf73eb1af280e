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
    todo!()
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
    todo!()
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
    todo!()
}
