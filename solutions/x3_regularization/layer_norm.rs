//! Layer normalization: each sample is brought to mean 0 and variance 1 over its features, then scaled and shifted.

use kit::{InputError, Matrix, check};

/// Layer normalization: the forward pass, the same in training and in evaluation.
///
/// For each sample i, over its d features:
///
/// ```formula
/// μᵢ = (1/d)·Σⱼ xᵢⱼ   σᵢ² = (1/d)·Σⱼ (xᵢⱼ − μᵢ)²
/// yᵢⱼ = γⱼ·(xᵢⱼ − μᵢ) / √(σᵢ² + ε) + βⱼ
/// ```
///
/// The statistics are those of a row, γ and β belong to a column. A sample is normalized by itself, so the batch may have any
/// size. Adding a constant to all features of a sample changes nothing; multiplying them by a positive number changes
/// nothing but the weight of ε. The variance comes from the differences to the mean, as in batch normalization.
///
/// * `x`: n×d activations, n and d at least 1. With d = 1 each y is β.
/// * `gamma`, `beta`: scale γ and shift β, d numbers each. `epsilon`: ε, from 10⁻³⁰ to 1.
/// * Returns y, n×d.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::LengthMismatch`] unless γ and β have d numbers each; `left` is d;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"gamma"` or `"beta"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with such a name and the first entry that is above 10⁶⁰ in size, or with `"epsilon"`.
///
/// ```
/// # use katas::x3_regularization::layer_norm::layer_norm;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 3.0], [70.0, 50.0]]);
/// let y = layer_norm(&x, &[1.0, 5.0], &[0.0, 1.0], 1e-30)?;
/// assert_eq!(y, Matrix::from_rows([[-1.0, 6.0], [1.0, -4.0]]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.layer_norm(x, (d,), gamma, beta, eps=epsilon)`.
///
/// Source: Ba, Kiros and Hinton, *Layer Normalization*, arXiv:1607.06450 (2016), §3.
pub fn layer_norm(x: &Matrix, gamma: &[f64], beta: &[f64], epsilon: f64) -> Result<Matrix, InputError> {
    use super::batch_norm::{check_layer, normalized};

    check_layer(x, gamma, beta, epsilon)?;
    let rows: Vec<Vec<f64>> = (0..x.rows()).map(|i| normalized(x.row(i), epsilon)).collect();
    Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| gamma[j] * rows[i][j] + beta[j]))
}

/// Backward pass of [`layer_norm`]: the gradients with respect to x, γ and β.
///
/// γ is inside of what is averaged here: the gradient with respect to x̂ is ∂L/∂yᵢⱼ·γⱼ, with another γ for each entry of a row.
/// ∂L/∂γ and ∂L/∂β are sums over the samples.
///
/// * `grad_output`: ∂L/∂y, n×d. `x`: the n×d activations that the forward pass took, n and d at least 1.
/// * `gamma`: γ, d numbers. `epsilon`: ε, from 10⁻³⁰ to 1.
/// * Returns ∂L/∂x, n×d; ∂L/∂γ, d numbers; ∂L/∂β, d numbers. Each row of ∂L/∂x sums to 0.
///
/// # Errors
///
/// * Those of [`layer_norm`] for these arguments, with `name` `"grad_output"` for the upstream gradient;
/// * [`InputError::ShapeMismatch`] unless the upstream gradient has the shape of x; `left` is the shape of x.
///
/// ```
/// # use katas::x3_regularization::layer_norm::layer_norm_backward;
/// # use kit::Matrix;
/// let (grad_output, x) = (Matrix::from_rows([[3.0, 0.0]]), Matrix::from_rows([[3.0, 5.0]]));
/// let (dx, dgamma, dbeta) = layer_norm_backward(&grad_output, &x, &[2.0, 7.0], 1.0)?;
/// assert!((dx[(0, 0)] - 1.06066).abs() < 1e-5 && (dx[(0, 1)] + 1.06066).abs() < 1e-5);
/// assert!((dgamma[0] + 2.12132).abs() < 1e-5 && dgamma[1] == 0.0 && dbeta == [3.0, 0.0]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.autograd.grad(y, (x, gamma, beta), grad_output)` after `y = torch.nn.functional.layer_norm(…)`.
///
/// Source: Ba, Kiros and Hinton, *Layer Normalization*, arXiv:1607.06450 (2016), §3; the derivation is that of Ioffe and
/// Szegedy, *Batch Normalization*, ICML (2015), §3, along the other axis.
pub fn layer_norm_backward(
    grad_output: &Matrix,
    x: &Matrix,
    gamma: &[f64],
    epsilon: f64,
) -> Result<(Matrix, Vec<f64>, Vec<f64>), InputError> {
    use super::batch_norm::{check_layer, check_numbers, normalized, normalized_backward};

    let (n, d) = x.shape();
    check::same_shape(x.shape(), grad_output.shape())?;
    check_layer(x, gamma, &vec![0.0; d], epsilon)?;
    check_numbers("grad_output", grad_output.as_slice())?;
    let (mut dx, mut dgamma, mut dbeta) = (Matrix::zeros(n, d), vec![0.0; d], vec![0.0; d]);
    for i in 0..n {
        let g = grad_output.row(i);
        let x_hat = normalized(x.row(i), epsilon);
        let scaled: Vec<f64> = g.iter().zip(gamma).map(|(g, gamma)| g * gamma).collect();
        let row = normalized_backward(&scaled, x.row(i), epsilon);
        for j in 0..d {
            dx[(i, j)] = row[j];
            dgamma[j] += g[j] * x_hat[j];
            dbeta[j] += g[j];
        }
    }
    Ok((dx, dgamma, dbeta))
}
