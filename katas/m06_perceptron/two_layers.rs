//! Two layers: the blame for an error goes back through the weights that carried it forward.

use kit::{Dense, InputError, Matrix, check};

/// The gradient of the loss of a network with one hidden layer, by backpropagation.
///
/// ```text
/// hᵢ = tanh(V·xᵢ + a)        hidden layer: V and a
/// pᵢ = σ(W·hᵢ + b)           output layer: W and b
/// L  = Σᵢ Σ꜀ (pᵢ꜀ − tᵢ꜀)² / 2m
/// ```
///
/// * `hidden`: V, q×n, and a, q numbers. `output`: W, k×q, and b, k numbers.
/// * `x`: m×n, one sample a row. `targets`: t, m×k.
/// * Returns the slopes of the hidden layer and those of the output layer, each in the form of its layer.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the targets are not m×k; `left` is (m, k);
/// * [`InputError::TooFew`] if there is no sample;
/// * those of [`Dense::accepts`], for `hidden` and x, and for `output` and the m×q matrix of all hᵢ;
/// * [`InputError::NotFinite`] with `name` `"targets"`, counted row after row.
///
/// ```
/// # use katas::m06_perceptron::two_layers::two_layer_backward;
/// # use kit::{Dense, Matrix};
/// let hidden = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
/// let output = Dense { weights: Matrix::from_rows([[2.0]]), bias: vec![0.0] };
/// let (x, targets) = (Matrix::from_rows([[3.0]]), Matrix::from_rows([[1.0]]));
/// let [first, second] = two_layer_backward(&hidden, &output, &x, &targets)?;
/// assert_eq!(first, Dense { weights: Matrix::from_rows([[-0.75]]), bias: vec![-0.25] });
/// assert_eq!(second, Dense { weights: Matrix::from_rows([[0.0]]), bias: vec![-0.125] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2; Goodfellow, Bengio and Courville, *Deep Learning*, §6.1
/// and §6.5.
pub fn two_layer_backward(
    hidden: &Dense,
    output: &Dense,
    x: &Matrix,
    targets: &Matrix,
) -> Result<[Dense; 2], InputError> {
    todo!()
}
