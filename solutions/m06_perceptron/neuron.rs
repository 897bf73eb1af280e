//! One layer of neurons: what it says, how wrong that is, and which way would be better.

use kit::{Dense, InputError, Matrix, check};

/// The outputs of a layer of neurons with the logistic function.
///
/// ```text
/// pᵢ꜀ = σ(zᵢ꜀)    with zᵢ꜀ = W꜀·xᵢ + b꜀ and σ(z) = 1 / (1 + e⁻ᶻ)
/// ```
///
/// * `layer`: W, k×n, one neuron a row, and b, k numbers.
/// * `x`: m×n, one sample a row; m and n may be 0.
/// * Returns m×k outputs between 0 and 1, one sample a row, one neuron a column. A neuron may be as sure as it likes:
///   z = 1000 gives 1.
///
/// # Errors
///
/// Those of [`Dense::accepts`]: the layer is none, the samples do not fit it, or a number is not finite.
///
/// ```
/// # use katas::m06_perceptron::neuron::forward;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[1.0, -2.0], [0.0, 1000.0]]), bias: vec![0.0, 0.0] };
/// assert_eq!(forward(&layer, &Matrix::from_rows([[2.0, 1.0]])), Ok(Matrix::from_rows([[0.5, 1.0]])));
/// ```
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 1.
pub fn forward(layer: &Dense, x: &Matrix) -> Result<Matrix, InputError> {
    layer.accepts(x)?;
    let z = |i: usize, c: usize| {
        layer.weights.row(c).iter().zip(x.row(i)).map(|(w, x)| w * x).sum::<f64>() + layer.bias[c]
    };
    Ok(Matrix::from_fn(x.rows(), layer.bias.len(), |i, c| 1.0 / (1.0 + (-z(i, c)).exp())))
}

/// Half the squared distance between what a network says and what it should, the mean over the samples.
///
/// ```text
/// L = Σᵢ Σ꜀ (pᵢ꜀ − tᵢ꜀)² / 2m
/// ```
///
/// * `outputs`: p, m×k, one sample a row. `targets`: t, of the same shape.
/// * Returns the loss: summed over the k outputs of a sample, halved, averaged over the m samples.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the two differ in shape;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"outputs"` or `"targets"`, the first that applies; entries are counted row
///   after row.
///
/// ```
/// # use katas::m06_perceptron::neuron::loss;
/// # use kit::Matrix;
/// let (outputs, targets) = (Matrix::from_rows([[0.5], [1.0]]), Matrix::from_rows([[1.0], [1.0]]));
/// assert_eq!(loss(&outputs, &targets), Ok(0.0625));
/// ```
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

/// The gradient of the loss with respect to the layer, by backpropagation.
///
/// The loss as a function of the layer's parameters is
///
/// ```text
/// L(W, b) = Σᵢ Σ꜀ (σ(W꜀·xᵢ + b꜀) − tᵢ꜀)² / 2m
/// ```
///
/// * `layer`: W, k×n, and b, k numbers. `x`: m×n, one sample a row. `targets`: t, m×k.
/// * Returns (∂L/∂W, ∂L/∂b) in the form of a layer: k×n slopes and k. Where a neuron is so sure that σ is flat, the
///   slope is 0, however wrong it is.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the targets are not m×k; `left` is (m, k);
/// * [`InputError::TooFew`] if there is no sample;
/// * those of [`Dense::accepts`];
/// * [`InputError::NotFinite`] with `name` `"targets"`, counted row after row.
///
/// ```
/// # use katas::m06_perceptron::neuron::backward;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] };
/// let slopes = backward(&layer, &Matrix::from_rows([[2.0, -1.0]]), &Matrix::from_rows([[1.0]]))?;
/// assert_eq!(slopes, Dense { weights: Matrix::from_rows([[-0.25, 0.125]]), bias: vec![-0.125] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2; Rumelhart, Hinton and Williams, *Learning
/// representations by back-propagating errors*, Nature 323 (1986).
pub fn backward(layer: &Dense, x: &Matrix, targets: &Matrix) -> Result<Dense, InputError> {
    check::same_shape((x.rows(), layer.weights.rows()), targets.shape())?;
    check::at_least(1, x.rows())?;
    let p = forward(layer, x)?;
    check::finite("targets", targets.as_slice())?;
    let samples = x.rows();
    // δ = ∂L/∂z: the error, times the slope σ′ = p·(1 − p) of the bend that the error comes back through.
    let delta = |i: usize, c: usize| {
        let p = p[(i, c)];
        (p - targets[(i, c)]) * p * (1.0 - p) / samples as f64
    };
    let delta = Matrix::from_fn(samples, layer.bias.len(), delta);
    let along = |c: usize, input: &dyn Fn(usize) -> f64| (0..samples).map(|i| delta[(i, c)] * input(i)).sum();
    let weights = Matrix::from_fn(delta.cols(), x.cols(), |c, j| along(c, &|i| x[(i, j)]));
    Ok(Dense { weights, bias: (0..delta.cols()).map(|c| along(c, &|_| 1.0)).collect() })
}
