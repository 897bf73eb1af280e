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
    use super::neuron::{forward, loss};

    // Three samples, square and not, no sum so large that σ is flat.
    [(3, 2, 2), (3, 2, 3), (2, 3, 2)].into_iter().all(|(m, n, k)| {
        let layer = Dense {
            weights: Matrix::from_fn(k, n, layer_entry),
            bias: (0..k).map(|c| layer_entry(c, 5)).collect(),
        };
        let (x, targets) = (Matrix::from_fn(m, n, sample_entry), Matrix::from_fn(m, k, layer_entry));
        let got = candidate(&layer, &x, &targets);
        got.weights.shape() == (k, n)
            && got.bias.len() == k
            && (0..k * (n + 1)).all(|entry| {
                let (c, j) = (entry / (n + 1), entry % (n + 1));
                let claim = if j < n { got.weights[(c, j)] } else { got.bias[c] };
                let at = |h: f64| {
                    let mut moved = layer.clone();
                    if j < n {
                        moved.weights[(c, j)] += h
                    } else {
                        moved.bias[c] += h
                    }
                    forward(&moved, &x).and_then(|p| loss(&p, &targets)).unwrap_or(f64::NAN)
                };
                // Central differences err by about h², and by ε/h.
                (claim - (at(1e-4) - at(-1e-4)) / 2e-4).abs() < 1e-6
            })
    })
}

/// Numbers without any symmetry, between −1 and 1.
fn layer_entry(i: usize, j: usize) -> f64 {
    ((7 * i + 3 * j + 2) % 9) as f64 / 4.0 - 1.0
}

fn sample_entry(i: usize, j: usize) -> f64 {
    layer_entry(j + 1, i)
}
