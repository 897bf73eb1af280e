//! The exercise turned round: here you write the law.

use kit::{Dense, Matrix};

/// Decides whether somebody's backpropagation finds the gradient of a layer of logistic neurons.
///
/// The loss is that of [`super::neuron::backward`]:
///
/// ```text
/// L(W, b) = Σᵢ Σ꜀ (σ(W꜀·xᵢ + b꜀) − tᵢ꜀)² / 2m
/// ```
///
/// The claimed function takes the layer (k×n weights, k biases), m×n samples and m×k targets, and returns the slopes in
/// the form of a layer. You choose the numbers, and may call it as often as you like.
///
/// * `claimed`: what is to be judged. It may be asked for m, n and k from 1 to 8 and entries up to 4 in size. There it
///   neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected.** Right ones may compute in any way, by differences too: their slopes are within
///     10⁻⁷ of the true ones.
///   * **These must be rejected**: another shape; the slopes without σ′, or with σ′ taken at p or at 0; the sum over samples
///     for the mean, or the mean over the outputs as well; a factor of 2 or ½; the other sign; weights transposed, which
///     shows in the shape or, where k = n, in the numbers; biases, or one of them, without slope; weights without their
///     inputs; one sample, neuron or feature left out or standing for all; the slopes at the layer after a step of 0.01; a NaN.
///
/// ```
/// # use katas::m06_perceptron::laws::accepts_backward;
/// # use kit::{Dense, Matrix};
/// assert!(!accepts_backward(|layer, _, _| layer.clone()));
/// ```
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2.
pub fn accepts_backward(claimed: fn(&Dense, &Matrix, &Matrix) -> Dense) -> bool {
    todo!()
}
