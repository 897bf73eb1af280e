//! Adversarial robustness: how well a network withstands an attack, as a number and in two figures.
//!
//! Networks are those of [`super::adversarial`]: tanh between the layers, softmax after the last. The *predicted
//! class* of a network is the one with the largest logit, the first of several.

use kit::figure::{Figure, Layer};
use kit::{Dense, InputError, Matrix, check};

use super::adversarial::fgsm;

/// Attack success rate: the fraction of the correct predictions that an attack turned into wrong ones.
///
/// ```formula
/// rate = |{i : correct before and wrong after}| / |{i : correct before}|
/// ```
///
/// A sample that the network misclassified before the attack does not count, whatever becomes of it.
///
/// * `network`: the layers from front to back, at least one.
/// * `x`: m×n samples before the attack, one per row; `labels`: their m true classes. `attacked`: m×n, the
///   adversarial examples made from them.
/// * Returns a fraction from 0 to 1.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if `attacked` does not have the shape of x; `left` is the shape of x;
/// * [`InputError::LengthMismatch`] if there is not one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no layer;
/// * those of [`Dense::accepts`] for each layer and its input, for x and for `attacked`;
/// * [`InputError::UnknownClass`] with the index of a label for which the last layer has no output;
/// * [`InputError::TooFew`] with `wanted` 1 if no sample was classified correctly before: there is nothing to
///   attack.
///
/// ```
/// # use katas::boss::robustness::attack_success_rate;
/// # use kit::{Dense, Matrix};
/// let sides = Dense { weights: Matrix::from_rows([[-1.0], [1.0]]), bias: vec![0.0, 0.0] };
/// let (x, attacked) = (Matrix::from_rows([[-1.0], [0.5], [2.0]]), Matrix::from_rows([[-2.0], [-0.5], [1.0]]));
/// assert_eq!(attack_success_rate(&[sides], &x, &[1, 1, 1], &attacked), Ok(0.5));
/// ```
///
/// In Python: `correct = model(x).argmax(1) == labels`, then `(model(attacked).argmax(1) !=
/// labels)[correct].float().mean()`.
///
/// Source: Carlini and Wagner, *Towards Evaluating the Robustness of Neural Networks*, IEEE Symposium on Security and
/// Privacy 2017.
pub fn attack_success_rate(
    network: &[Dense],
    x: &Matrix,
    labels: &[usize],
    attacked: &Matrix,
) -> Result<f64, InputError> {
    use super::adversarial::forward;

    check::same_shape(x.shape(), attacked.shape())?;
    check::same_length(x.rows(), labels.len())?;
    let ((_, before), (_, after)) = (forward(network, x)?, forward(network, attacked)?);
    check::labels(labels, before.cols())?;
    let correct_before: Vec<usize> =
        (0..labels.len()).filter(|&i| argmax(before.row(i)) == labels[i]).collect();
    check::at_least(1, correct_before.len())?;
    let fooled = correct_before.iter().filter(|&&i| argmax(after.row(i)) != labels[i]).count();
    Ok(fooled as f64 / correct_before.len() as f64)
}

/// Figure of an adversarial example: the image, the perturbation, and the attacked image, with their predictions.
///
/// * `network`: one output per class. `image`: r×c pixels from 0 (black) to 1 (white); the network takes them row
///   after row. `label`: the true class of the image. `epsilon`: ε, as for [`fgsm`], which makes the attack.
///   `class_names`: one per class.
/// * Returns a figure with the title `Adversarial example for 3, ε = 0.2` (the name of the label; ε as `{}` writes
///   it), axes without labels, one unit equally long on both, and three images, each c wide and r high, their lower
///   left corners at (0, 0), (1.25·c, 0) and (2.5·c, 0):
///   1. the image, labeled with the predicted class and its probability in percent: `3 (98 %)`;
///   2. `perturbation`: ½ + δ/2ε for each pixel's change δ, gray where nothing changed; ½ everywhere if ε is 0;
///   3. the attacked image, labeled like the first.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixel;
/// * those of [`fgsm`];
/// * [`InputError::LengthMismatch`] if there is not one name per class; `left` is the number of classes.
///
/// ```
/// # use katas::boss::robustness::adversarial_figure;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[4.0, 4.0], [-4.0, -4.0]]), bias: vec![-3.0, 3.0] };
/// let figure = adversarial_figure(&[layer], &Matrix::from_rows([[0.5], [0.5]]), 0, 0.25, &["light", "dark"])?;
/// assert_eq!(figure.title, "Adversarial example for light, ε = 0.25");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.subplots(1, 3)` and `ax.imshow(x_adv - x, cmap="gray", vmin=-epsilon,
/// vmax=epsilon)`.
///
/// Source: Goodfellow, Shlens and Szegedy, *Explaining and Harnessing Adversarial Examples*, ICLR 2015, figure 1.
pub fn adversarial_figure(
    network: &[Dense],
    image: &Matrix,
    label: usize,
    epsilon: f64,
    class_names: &[&str],
) -> Result<Figure, InputError> {
    use super::adversarial::forward;

    let ((rows, cols), before) = (image.shape(), image.as_slice());
    check::at_least(1, before.len())?;
    let after = fgsm(network, before, label, epsilon)?;
    let gray =
        |(x, x_new): (&f64, &f64)| if epsilon > 0.0 { 0.5 + (x_new - x) / (2.0 * epsilon) } else { 0.5 };
    let perturbation = before.iter().zip(&after).map(gray).collect();
    let prediction = |pixels: &[f64]| {
        let (_, z) = forward(network, &Matrix::new(1, pixels.len(), pixels.to_vec())?)?;
        check::same_length(z.cols(), class_names.len())?;
        let winner = argmax(z.row(0));
        let sum: f64 = z.row(0).iter().map(|z_c| (z_c - z[(0, winner)]).exp()).sum();
        Ok::<_, InputError>(format!("{} ({:.0} %)", class_names[winner], 100.0 / sum))
    };
    let (label_before, label_after) = (prediction(before)?, prediction(&after)?);
    let title = format!("Adversarial example for {}, ε = {epsilon}", class_names[label]);
    let mut figure = Figure::new(&title, "", "").with_equal_axes();
    let pictures =
        [(label_before, before.to_vec()), ("perturbation".to_owned(), perturbation), (label_after, after)];
    for (k, (label, pixels)) in pictures.into_iter().enumerate() {
        let (at, size) = ([1.25 * (k * cols) as f64, 0.0], [cols as f64, rows as f64]);
        let pixels = Matrix::new(rows, cols, pixels)?;
        figure.layers.push(Layer::Image { label, at, size, pixels, color: false });
    }
    Ok(figure)
}

/// Figure of the attack success rate against ε: a curve for each network.
///
/// * `networks`: each with its name, at least one. `x`: m×n samples with pixels from 0 to 1, one per row; `labels`:
///   m.
/// * `epsilons`: ε of each attack, at least one.
/// * Returns a figure with the title `Success rate of FGSM`, the axes `ε` and `success rate`, and a line for each
///   network, labeled with its name, through (ε, [`attack_success_rate`]) for each ε in turn, each sample attacked
///   by [`fgsm`].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no network, no ε or no sample;
/// * those of [`fgsm`] for a network, ε and sample that it rejects, and those of [`attack_success_rate`].
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
/// In Python: `matplotlib.pyplot.plot(epsilons, [success_rate(fgsm(x, e)) for e in epsilons])`.
///
/// Source: Carlini and Wagner, *Towards Evaluating the Robustness of Neural Networks*, IEEE Symposium on Security and
/// Privacy 2017.
pub fn success_figure(
    networks: &[(&str, &[Dense])],
    x: &Matrix,
    labels: &[usize],
    epsilons: &[f64],
) -> Result<Figure, InputError> {
    check::same_length(x.rows(), labels.len())?;
    for length in [networks.len(), epsilons.len(), labels.len()] {
        check::at_least(1, length)?;
    }
    let mut figure = Figure::new("Success rate of FGSM", "ε", "success rate");
    for (name, network) in networks {
        let mut through = Vec::with_capacity(epsilons.len());
        for &epsilon in epsilons {
            let rows = (0..labels.len()).map(|i| fgsm(network, x.row(i), labels[i], epsilon));
            let attacked =
                Matrix::new(labels.len(), x.cols(), rows.collect::<Result<Vec<_>, _>>()?.concat())?;
            through.push([epsilon, attack_success_rate(network, x, labels, &attacked)?]);
        }
        figure.layers.push(Layer::Line { label: (*name).to_owned(), through });
    }
    Ok(figure)
}

fn argmax(z: &[f64]) -> usize {
    (1..z.len()).fold(0, |best, c| if z[c] > z[best] { c } else { best })
}
