//! How well a network withstands an attack, in a number and in two pictures.
//!
//! Networks are those of [`super::adversarial`]: tanh between the layers, softmax behind the last. What a network *says* is
//! the class with the largest logit, the first of several.

use kit::figure::{Figure, Layer};
use kit::{Dense, InputError, Matrix, check};

use super::adversarial::fgsm;

/// The share of the right answers that an attack turned into wrong ones.
///
/// ```text
/// rate = |{i : right before and wrong after}| / |{i : right before}|
/// ```
///
/// A sample that the network got wrong before is not to the attacker's credit and does not count, whatever becomes of it.
///
/// * `network`: the layers from front to back, at least one.
/// * `x`: m×n samples before the attack, one a row; `labels`: what they are, m of them. `attacked`: m×n, the same samples
///   after it.
/// * Returns a share from 0 to 1.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if `attacked` has not the shape of x; `left` is the shape of x;
/// * [`InputError::LengthMismatch`] if there is not one label a sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no layer;
/// * those of [`Dense::accepts`] for each layer in turn and what reaches it, first for x, then for `attacked`;
/// * [`InputError::UnknownClass`] with the first label for which the last layer has no output;
/// * [`InputError::TooFew`] with `wanted` 1 if no sample was right before: there is nothing to fool.
///
/// ```
/// # use katas::boss::robustness::attack_success_rate;
/// # use kit::{Dense, Matrix};
/// let sides = Dense { weights: Matrix::from_rows([[-1.0], [1.0]]), bias: vec![0.0, 0.0] };
/// let (x, attacked) = (Matrix::from_rows([[-1.0], [0.5], [2.0]]), Matrix::from_rows([[-2.0], [-0.5], [1.0]]));
/// assert_eq!(attack_success_rate(&[sides], &x, &[1, 1, 1], &attacked), Ok(0.5));
/// ```
///
/// Source: Carlini and Wagner, *Toward Evaluating the Robustness of Neural Networks*, IEEE Symposium on Security and
/// Privacy 2017.
pub fn attack_success_rate(
    network: &[Dense],
    x: &Matrix,
    labels: &[usize],
    attacked: &Matrix,
) -> Result<f64, InputError> {
    todo!()
}

/// The picture of one attack: what was seen, what was changed, and what is seen now.
///
/// * `network`: one output a class. `image`: r×c pixels from 0 (black) to 1 (white); the network takes them row after row.
///   `label`: what the image shows. `epsilon`: ε, as for [`fgsm`], which makes the attack. `class_names`: one a class.
/// * Returns a figure with the title `3 under attack, ε = 0.2` (the name of the label; ε as `{}` writes it), axes without
///   labels, one unit equally long on both, and three images, each c wide and r high, their lower left corners at (0, 0),
///   (1.25·c, 0) and (2.5·c, 0):
///   1. the image, labeled with what the network says and how likely that is to it, in percent: `3 (98 %)`;
///   2. `perturbation`: ½ + δ/2ε for each pixel's change δ, gray where nothing changed; ½ everywhere if ε is 0;
///   3. the attacked image, labeled like the first.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixel;
/// * those of [`fgsm`];
/// * [`InputError::LengthMismatch`] if there is not one name a class; `left` is the number of classes.
///
/// ```
/// # use katas::boss::robustness::adversarial_figure;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[4.0, 4.0], [-4.0, -4.0]]), bias: vec![-3.0, 3.0] };
/// let figure = adversarial_figure(&[layer], &Matrix::from_rows([[0.5], [0.5]]), 0, 0.25, &["light", "dark"])?;
/// assert_eq!(figure.title, "light under attack, ε = 0.25");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Goodfellow, Shlens and Szegedy, *Explaining and Harnessing Adversarial Examples*, ICLR 2015, figure 1.
pub fn adversarial_figure(
    network: &[Dense],
    image: &Matrix,
    label: usize,
    epsilon: f64,
    class_names: &[&str],
) -> Result<Figure, InputError> {
    todo!()
}

/// How many right answers fall, the further an attack may go: a curve for each network.
///
/// * `networks`: each with its name, at least one. `x`: m×n samples with pixels from 0 to 1, one a row; `labels`: m.
/// * `epsilons`: ε of each attack, at least one.
/// * Returns a figure with the title `Fooled by the fast gradient sign`, the axes `ε` and `success rate`, and a line for each
///   network, labeled with its name, through (ε, [`attack_success_rate`]) for each ε in turn, each sample attacked by
///   [`fgsm`].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no network, no ε or no sample;
/// * those of [`fgsm`] for the first network, ε and sample that it rejects, and those of [`attack_success_rate`].
///
/// ```
/// # use katas::boss::robustness::success_figure;
/// # use kit::figure::Layer;
/// # use kit::{Dense, Matrix};
/// let layer = [Dense { weights: Matrix::from_rows([[-1.0], [1.0]]), bias: vec![0.5, -0.5] }];
/// let figure = success_figure(&[("sides", &layer)], &Matrix::from_rows([[0.75]]), &[1], &[0.0, 0.5])?;
/// let line = Layer::Line { label: "sides".to_owned(), through: vec![[0.0, 0.0], [0.5, 1.0]] };
/// assert_eq!(figure.layers, [line]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Carlini and Wagner, *Toward Evaluating the Robustness of Neural Networks*, IEEE Symposium on Security and
/// Privacy 2017.
pub fn success_figure(
    networks: &[(&str, &[Dense])],
    x: &Matrix,
    labels: &[usize],
    epsilons: &[f64],
) -> Result<Figure, InputError> {
    todo!()
}
