//! Training a layer: one step of gradient descent, and many.

use kit::{Dense, InputError, Matrix, check};

use super::neuron::{backward, forward, loss};

/// One step of gradient descent: moves every parameter against its gradient.
///
/// ```formula
/// W ← W − η·∂L/∂W,    b ← b − η·∂L/∂b
/// ```
///
/// * `layer`: W, k×n, and b, k biases. `gradient`: ∂L/∂W and ∂L/∂b, of the same shape.
/// * `learning_rate`: η > 0, a hyperparameter.
/// * Returns the layer after the step.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless the layer has one bias per row, and the gradient as many biases as the
///   layer (then `left` is the layer's number);
/// * [`InputError::ShapeMismatch`] if the weights' shapes differ; `left` is the layer's;
/// * [`InputError::NotFinite`] with `name` `"weights"`, `"bias"`, `"gradient.weights"`, `"gradient.bias"` or
///   `"learning_rate"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"`, `wanted` `"a number > 0"`.
///
/// ```
/// # use katas::m06_perceptron::training::update;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[1.0, 2.0]]), bias: vec![0.0] };
/// let gradient = Dense { weights: Matrix::from_rows([[4.0, 0.0]]), bias: vec![-2.0] };
/// let want = Dense { weights: Matrix::from_rows([[-1.0, 2.0]]), bias: vec![1.0] };
/// assert_eq!(update(&layer, &gradient, 0.5), Ok(want));
/// ```
///
/// In Python: `torch.optim.SGD(layer.parameters(), lr=learning_rate).step()`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn update(layer: &Dense, gradient: &Dense, learning_rate: f64) -> Result<Dense, InputError> {
    todo!()
}

/// Trains a layer of sigmoid neurons by full-batch gradient descent on L(W, b).
///
/// Gradient descent starts at the given layer and takes exactly the given number of steps:
///
/// ```formula
/// W ← W − η·∂L/∂W,    b ← b − η·∂L/∂b    (both gradients at the old W and b)
/// L(W, b) = Σᵢ Σ꜀ (σ(W꜀·xᵢ + b꜀) − tᵢ꜀)² / 2m
/// ```
///
/// * `layer`: the initial layer: W, k×n, and b, k biases. `x`: m×n, one sample per row. `targets`: t, m×k.
/// * `learning_rate`: η > 0. `steps`: the number of steps; 0 returns the initial layer. Both are hyperparameters.
/// * Returns the layer after the last step, and the losses before the first step and after each: `steps` + 1 of them.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the targets are not m×k; `left` is (m, k);
/// * [`InputError::TooFew`] if there is no sample;
/// * those of [`Dense::accepts`];
/// * [`InputError::NotFinite`] with `name` `"targets"` or `"learning_rate"`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"`, `wanted` `"a number > 0"`;
/// * [`InputError::NotConverged`] with the given `steps` and an infinite `residual` if a parameter is not finite in
///   the end: the descent diverged, the samples or the learning rate are too large.
///
/// ```
/// # use katas::m06_perceptron::training::train;
/// # use kit::{Dense, Matrix};
/// let start = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
/// let (x, targets) = (Matrix::from_rows([[2.0]]), Matrix::from_rows([[1.0]]));
/// let (trained, losses) = train(&start, &x, &targets, 1.0, 1)?;
/// assert_eq!(trained, Dense { weights: Matrix::from_rows([[0.25]]), bias: vec![0.125] });
/// assert!(losses[0] == 0.125 && losses[1] < 0.125);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; in PyTorch `steps` times `optimizer.zero_grad()`, `loss.backward()`, `optimizer.step()`
/// with `torch.optim.SGD` on all samples at once.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 1.
pub fn train(
    layer: &Dense,
    x: &Matrix,
    targets: &Matrix,
    learning_rate: f64,
    steps: usize,
) -> Result<(Dense, Vec<f64>), InputError> {
    todo!()
}
