//! Adversarial examples: a change too small for an eye to notice, and the network predicts another class.
//!
//! A network is a slice of layers: a multilayer perceptron with tanh as the activation function after each layer
//! but the last, and softmax after the last. One layer alone is softmax regression. Pixels are numbers from 0 to 1.

use kit::{Dense, InputError, Matrix, check};

/// The gradient of the loss with respect to the input, by backpropagation.
///
/// ```formula
/// h = x;    h ← tanh(W·h + b) for each layer but the last;    z = W·h + b for the last
/// L(x) = −ln p_label    with p = softmax(z), that is L(x) = ln(e^z₀ + … + e^zₖ₋₁) − z_label
/// ```
///
/// * `network`: the layers from front to back, at least one; the last has one output per class, k of them.
/// * `x`: n numbers, of any size. `label`: the true class of x, whatever the network predicts.
/// * Returns ∂L/∂x, n partial derivatives. Logits as far apart as 1000 and −1000 must not give NaN; where the
///   network is so overconfident that p_label is 1, the gradient is 0.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no layer;
/// * those of [`Dense::accepts`] for each layer and its input: x, as one row, or the activations of the layer
///   before;
/// * [`InputError::UnknownClass`] with `index` 0 if the last layer has no output for the label;
/// * [`InputError::NotFinite`] with `name` `"logits"` and a class whose z is not finite: the numbers are
///   too large.
///
/// ```
/// # use katas::boss::adversarial::input_gradient;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[1.0, 0.0], [0.0, 2.0]]), bias: vec![0.0, 0.0] };
/// assert_eq!(input_gradient(&[layer], &[0.0, 0.0], 0), Ok(vec![-0.5, 1.0]));
/// ```
///
/// In Python: `x.requires_grad_()`, `torch.nn.functional.cross_entropy(network(x[None]), label[None]).backward()`,
/// then `x.grad`.
///
/// Source: Szegedy and others, *Intriguing properties of neural networks*, ICLR 2014; Nielsen, *Neural Networks and
/// Deep Learning*, ch. 2.
pub fn input_gradient(network: &[Dense], x: &[f64], label: usize) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// FGSM, the fast gradient sign method: an adversarial example by one step of ε for each pixel, in the direction in
/// which the loss grows.
///
/// ```formula
/// x′ᵢ = clip(xᵢ + ε·sign(∂L/∂xᵢ), 0, 1)    with sign(0) = 0
/// ```
///
/// * `network`, `label`: as for [`input_gradient`]. `x`: n pixels from 0 to 1. `epsilon`: ε ≥ 0, however large.
/// * Returns x′, n pixels from 0 to 1, none further than ε from its original, up to rounding. Where a partial
///   derivative is below 10⁻⁶ in size, any of the three signs will do; but a pixel whose weights in the first layer
///   are all 0 has the derivative 0.
///
/// # Errors
///
/// * Those of [`input_gradient`];
/// * [`InputError::OutOfRange`] with `name` `"x"`, a pixel outside that range, and `wanted` `"0 to 1"`;
/// * [`InputError::NotFinite`] with `name` `"epsilon"`;
/// * [`InputError::OutOfRange`] with `name` `"epsilon"`, `wanted` `"a number ≥ 0"`.
///
/// ```
/// # use katas::boss::adversarial::fgsm;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[1.0, 0.0], [0.0, 2.0]]), bias: vec![0.0, 0.0] };
/// assert_eq!(fgsm(&[layer], &[0.5, 0.875], 0, 0.25), Ok(vec![0.25, 1.0]));
/// ```
///
/// In Python: `(x + epsilon * x.grad.sign()).clamp(0, 1)`.
///
/// Source: Goodfellow, Shlens and Szegedy, *Explaining and Harnessing Adversarial Examples*, ICLR 2015.
pub fn fgsm(network: &[Dense], x: &[f64], label: usize, epsilon: f64) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// PGD, projected gradient descent (here: ascent): an adversarial example by many small steps, each projected back
/// into the ε-ball around x.
///
/// ```formula
/// x⁽⁰⁾ = x;    x⁽ᵗ⁺¹⁾ᵢ = clip(clip(x⁽ᵗ⁾ᵢ + α·sign(∂L/∂xᵢ at x⁽ᵗ⁾), xᵢ − ε, xᵢ + ε), 0, 1)    with sign(0) = 0
/// ```
///
/// * `network`, `x`, `label`, `epsilon`: as for [`fgsm`]. `step`: the step size α > 0. `steps`: the number of
///   steps; 0 gives x.
/// * Returns the iterate, x⁽⁰⁾ to x⁽ˢᵗᵉᵖˢ⁾, with the largest loss; any of them if several have it. So the loss is
///   never below that of x, it never falls with more steps, and with α ≥ ε it is never below that of [`fgsm`], the
///   first step. This holds for the loss only: with three classes or more a larger loss may come with a prediction
///   that was wrong and is now correct. For partial derivatives that are nearly 0 the same holds as there.
///
/// The start is x itself; the method of the source starts at random points near x.
///
/// # Errors
///
/// * Those of [`fgsm`];
/// * [`InputError::NotFinite`] with `name` `"step"`;
/// * [`InputError::OutOfRange`] with `name` `"step"`, `wanted` `"a number > 0"`.
///
/// ```
/// # use katas::boss::adversarial::pgd;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[1.0, 0.0], [0.0, 2.0]]), bias: vec![0.0, 0.0] };
/// assert_eq!(pgd(&[layer], &[0.5, 0.875], 0, 0.25, 0.125, 3), Ok(vec![0.25, 1.0]));
/// ```
///
/// In Python: no single call; repeat `x_adv = x_adv + step * grad.sign()`, then `x_adv = torch.min(torch.max(x_adv, x
/// - epsilon), x + epsilon).clamp(0, 1)`.
///
/// Source: Madry and others, *Towards Deep Learning Models Resistant to Adversarial Attacks*, ICLR 2018, §2.1.
pub fn pgd(
    network: &[Dense],
    x: &[f64],
    label: usize,
    epsilon: f64,
    step: f64,
    steps: usize,
) -> Result<Vec<f64>, InputError> {
    todo!()
}
