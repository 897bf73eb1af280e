//! Roles exchanged: here you write the property-based test (the law).

use kit::{Dense, Matrix};

/// A gradient check of other implementations: decides whether a candidate's backpropagation returns the gradient of a
/// layer of sigmoid neurons.
///
/// The loss is that of [`super::neuron::backward`]:
///
/// ```formula
/// L(W, b) = Σᵢ Σ꜀ (σ(W꜀·xᵢ + b꜀) − tᵢ꜀)² / 2m
/// ```
///
/// The candidate takes the layer (k×n weights, k biases), m×n samples and m×k targets, and returns the gradient in
/// the form of a layer. You choose the numbers, and may call it as often as you like.
///
/// * `candidate`: the function under test. It may be called with m, n and k from 1 to 8 and entries up to 4 in
///   absolute value. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected.** Correct ones may compute in any way, by finite differences too:
///     their partial derivatives are within 10⁻⁷ of the exact ones.
///   * **These must be rejected**: another shape; a gradient without σ′, or with σ′ evaluated at p or at 0; the sum
///     over the samples instead of the mean, or the mean over the outputs as well; a factor of 2 or ½; the opposite
///     sign; transposed weights, which show in the shape or, where k = n, in the numbers; a gradient of 0 for the
///     biases, or for one of them; weights' gradients without the inputs; one sample, neuron or feature left out or
///     used for all; the gradient at the layer after a step of 0.01; a NaN.
///
/// ```
/// # use katas::m06_perceptron::laws::accepts_backward;
/// assert!(!accepts_backward(|layer, _, _| layer.clone()));
/// ```
///
/// In Python: `torch.autograd.gradcheck(f, inputs)`, or `scipy.optimize.check_grad(func, grad, x0)`.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2.
pub fn accepts_backward(candidate: fn(&Dense, &Matrix, &Matrix) -> Dense) -> bool {
    todo!()
}
