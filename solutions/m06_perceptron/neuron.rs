//! A fully connected layer of sigmoid neurons: forward pass, loss function, backward pass.

use kit::{Dense, InputError, Matrix, check};

/// Forward pass of a fully connected (dense) layer with the sigmoid activation function.
///
/// ```formula
/// pᵢ꜀ = σ(zᵢ꜀)    with zᵢ꜀ = W꜀·xᵢ + b꜀ and σ(z) = 1 / (1 + e⁻ᶻ)
/// ```
///
/// * `layer`: W, the k×n weights, one neuron per row, and b, k biases.
/// * `x`: the samples, m×n, one sample per row; m and n may be 0.
/// * Returns the m×k activations, between 0 and 1, one sample per row, one neuron per column. Saturation is exact: z
///   = 1000 gives 1.
///
/// # Errors
///
/// Those of [`Dense::accepts`]: the layer is empty, the sample width does not match it, or a value is not finite.
///
/// ```
/// # use katas::m06_perceptron::neuron::forward;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[1.0, -2.0], [0.0, 1000.0]]), bias: vec![0.0, 0.0] };
/// assert_eq!(forward(&layer, &Matrix::from_rows([[2.0, 1.0]])), Ok(Matrix::from_rows([[0.5, 1.0]])));
/// ```
///
/// In Python: `torch.sigmoid(torch.nn.Linear(n, k)(x))`, or `scipy.special.expit(x @ W.T + b)`.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 1.
pub fn forward(layer: &Dense, x: &Matrix) -> Result<Matrix, InputError> {
    layer.accepts(x)?;
    let z = |i: usize, c: usize| {
        layer.weights.row(c).iter().zip(x.row(i)).map(|(w, x)| w * x).sum::<f64>() + layer.bias[c]
    };
    Ok(Matrix::from_fn(x.rows(), layer.bias.len(), |i, c| 1.0 / (1.0 + (-z(i, c)).exp())))
}

/// The squared-error loss of a network: half the squared distance between outputs (predictions) and targets, averaged
/// over the samples.
///
/// ```formula
/// L = Σᵢ Σ꜀ (pᵢ꜀ − tᵢ꜀)² / 2m
/// ```
///
/// * `outputs`: p, m×k, one sample per row. `targets`: t, of the same shape.
/// * Returns the loss: summed over the k outputs of a sample, halved, averaged over the m samples.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the two differ in shape;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"outputs"` or `"targets"`, with `index` in row-major order.
///
/// ```
/// # use katas::m06_perceptron::neuron::loss;
/// # use kit::Matrix;
/// let (outputs, targets) = (Matrix::from_rows([[0.5], [1.0]]), Matrix::from_rows([[1.0], [1.0]]));
/// assert_eq!(loss(&outputs, &targets), Ok(0.0625));
/// ```
///
/// In Python: `((p - t) ** 2).sum(axis=1).mean() / 2`; `torch.nn.functional.mse_loss(p, t)` averages over all m·k
/// entries and has no ½.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 1.
pub fn loss(outputs: &Matrix, targets: &Matrix) -> Result<f64, InputError> {
    check::same_shape(outputs.shape(), targets.shape())?;
    check::at_least(1, outputs.rows())?;
    check::finite("outputs", outputs.as_slice())?;
    check::finite("targets", targets.as_slice())?;
    let squares = outputs.as_slice().iter().zip(targets.as_slice()).map(|(p, t)| (p - t) * (p - t));
    Ok(squares.sum::<f64>() / (2.0 * outputs.rows() as f64))
}

/// Backward pass of a layer of sigmoid neurons: the gradient of the loss with respect to its weights and biases, by
/// backpropagation.
///
/// The loss as a function of the layer's parameters is
///
/// ```formula
/// L(W, b) = Σᵢ Σ꜀ (σ(W꜀·xᵢ + b꜀) − tᵢ꜀)² / 2m
/// ```
///
/// * `layer`: W, k×n, and b, k biases. `x`: m×n, one sample per row. `targets`: t, m×k.
/// * Returns (∂L/∂W, ∂L/∂b) in the form of a layer: k×n and k partial derivatives. Where a neuron is saturated (σ is
///   flat), they are 0, however wrong its output is: the vanishing gradient.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the targets are not m×k; `left` is (m, k);
/// * [`InputError::TooFew`] if there is no sample;
/// * those of [`Dense::accepts`];
/// * [`InputError::NotFinite`] with `name` `"targets"`, with `index` in row-major order.
///
/// ```
/// # use katas::m06_perceptron::neuron::backward;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] };
/// let gradient = backward(&layer, &Matrix::from_rows([[2.0, -1.0]]), &Matrix::from_rows([[1.0]]))?;
/// assert_eq!(gradient, Dense { weights: Matrix::from_rows([[-0.25, 0.125]]), bias: vec![-0.125] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `loss.backward()` in PyTorch, then `layer.weight.grad` and `layer.bias.grad`.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2; Rumelhart, Hinton and Williams, *Learning
/// representations by back-propagating errors*, Nature 323 (1986).
pub fn backward(layer: &Dense, x: &Matrix, targets: &Matrix) -> Result<Dense, InputError> {
    check::same_shape((x.rows(), layer.weights.rows()), targets.shape())?;
    check::at_least(1, x.rows())?;
    let p = forward(layer, x)?;
    check::finite("targets", targets.as_slice())?;
    let samples = x.rows();
    // δ = ∂L/∂z: the error, times the derivative σ′ = p·(1 − p) of the activation function.
    let delta = |i: usize, c: usize| {
        let p = p[(i, c)];
        (p - targets[(i, c)]) * p * (1.0 - p) / samples as f64
    };
    let delta = Matrix::from_fn(samples, layer.bias.len(), delta);
    let along = |c: usize, input: &dyn Fn(usize) -> f64| (0..samples).map(|i| delta[(i, c)] * input(i)).sum();
    let weights = Matrix::from_fn(delta.cols(), x.cols(), |c, j| along(c, &|i| x[(i, j)]));
    Ok(Dense { weights, bias: (0..delta.cols()).map(|c| along(c, &|_| 1.0)).collect() })
}
