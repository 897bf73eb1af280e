//! A network with one hidden layer: the gradient is backpropagated through the output weights to the hidden units.

use kit::{Dense, InputError, Matrix, check};

/// Backward pass of a multilayer perceptron with one hidden layer (tanh) and a sigmoid output layer: the gradients of
/// the loss with respect to both layers, by backpropagation.
///
/// ```formula
/// hᵢ = tanh(V·xᵢ + a)        hidden layer: V and a
/// pᵢ = σ(W·hᵢ + b)           output layer: W and b
/// L  = Σᵢ Σ꜀ (pᵢ꜀ − tᵢ꜀)² / 2m
/// ```
///
/// * `hidden`: V, q×n, and a, q biases of the q hidden units. `output`: W, k×q, and b, k biases.
/// * `x`: m×n, one sample per row. `targets`: t, m×k.
/// * Returns the gradients of the hidden layer and of the output layer, each in the form of its layer.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the targets are not m×k; `left` is (m, k);
/// * [`InputError::TooFew`] if there is no sample;
/// * those of [`Dense::accepts`], for `hidden` and x, and for `output` and the m×q matrix of all hᵢ;
/// * [`InputError::NotFinite`] with `name` `"targets"`, with `index` in row-major order.
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
/// In Python: `loss.backward()` in PyTorch for
/// `torch.nn.Sequential(torch.nn.Linear(n, q), torch.nn.Tanh(), torch.nn.Linear(q, k), torch.nn.Sigmoid())`.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2; Goodfellow, Bengio and Courville, *Deep Learning*, §6.1
/// and §6.5.
pub fn two_layer_backward(
    hidden: &Dense,
    output: &Dense,
    x: &Matrix,
    targets: &Matrix,
) -> Result<[Dense; 2], InputError> {
    check::same_shape((x.rows(), output.weights.rows()), targets.shape())?;
    check::at_least(1, x.rows())?;
    hidden.accepts(x)?;
    let z = |i: usize, q: usize| {
        hidden.weights.row(q).iter().zip(x.row(i)).map(|(w, x)| w * x).sum::<f64>() + hidden.bias[q]
    };
    let h = Matrix::from_fn(x.rows(), hidden.bias.len(), |i, q| z(i, q).tanh());
    let p = super::neuron::forward(output, &h)?;
    check::finite("targets", targets.as_slice())?;
    let delta = Matrix::from_fn(x.rows(), p.cols(), |i, c| {
        (p[(i, c)] - targets[(i, c)]) * p[(i, c)] * (1.0 - p[(i, c)]) / x.rows() as f64
    });
    // Backpropagated through the weights, then through the activation function: tanh′ = 1 − h².
    let delta_hidden = Matrix::from_fn(x.rows(), h.cols(), |i, q| {
        let carried: f64 = (0..p.cols()).map(|c| delta[(i, c)] * output.weights[(c, q)]).sum();
        carried * (1.0 - h[(i, q)] * h[(i, q)])
    });
    Ok([parameter_gradient(&delta_hidden, x), parameter_gradient(&delta, &h)])
}

/// The gradient of a layer's parameters, from the gradient δ of its sums, m×k, and its inputs, m×n.
fn parameter_gradient(delta: &Matrix, inputs: &Matrix) -> Dense {
    let (m, k) = delta.shape();
    let along = |c: usize, j: usize| (0..m).map(|i| delta[(i, c)] * inputs[(i, j)]).sum();
    let weights = Matrix::from_fn(k, inputs.cols(), along);
    Dense { weights, bias: (0..k).map(|c| (0..m).map(|i| delta[(i, c)]).sum()).collect() }
}
