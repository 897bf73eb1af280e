use kit::figure::{Figure, Layer};
use kit::{Dense, InputError, Matrix};

use super::{logits, says};
use crate::reference::boss::robustness as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{changed, drawn_from_the_right, labeled, pixels, pixels_mut};

type Drawn = Result<Figure, InputError>;

type AdversarialFigure = fn(&[Dense], &Matrix, usize, f64, &[&str]) -> Drawn;

/// The kata, answered by a specimen.
pub fn adversarial_figure(
    network: &[Dense],
    image: &Matrix,
    label: usize,
    epsilon: f64,
    class_names: &[&str],
) -> Drawn {
    answering::<AdversarialFigure>(
        module_path!(),
        reference::adversarial_figure,
        &[
            wheat(
                "from_the_change",
                "the attacked image is the image plus the perturbation",
                |network, image, label, epsilon, names| {
                    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    let change = pixels(&figure, 1).clone();
                    *pixels_mut(&mut figure, 2) = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
                        (image[(i, j)] + (change[(i, j)] - 0.5) * 2.0 * epsilon).clamp(0.0, 1.0)
                    });
                    Ok(figure)
                },
            ),
            wheat(
                "probability_as_one_over",
                "p by differences of the logits, one over their sum",
                |network, image, label, epsilon, names| {
                    labeled(network, image, label, epsilon, names, |network, pixels, names| {
                        let (z, class) = (logits(network, pixels), says(network, pixels));
                        let p = 1.0 / z.iter().rev().map(|other| (other - z[class]).exp()).sum::<f64>();
                        format!("{} ({:.0} %)", names[class], p * 100.0)
                    })
                },
            ),
            chaff(
                "change_is_black",
                "No change is black (0) instead of gray.",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, epsilon| {
                        if epsilon > 0.0 { delta.abs() / epsilon } else { 0.0 }
                    })
                },
            ),
            chaff(
                "not_scaled",
                "The perturbation is not scaled by ε.",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, _| 0.5 + delta / 2.0)
                },
            ),
            chaff(
                "no_half",
                "The perturbation is drawn as ½ + δ/ε, without the factor 2.",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, epsilon| {
                        if epsilon > 0.0 { 0.5 + delta / epsilon } else { 0.5 }
                    })
                },
            ),
            chaff("nothing_over_nothing", "ε is never 0.", |network, image, label, epsilon, names| {
                changed(network, image, label, epsilon, names, |delta, epsilon| 0.5 + delta / (2.0 * epsilon))
            }),
            chaff(
                "signs_before_clipping",
                "The perturbation is ε·sign, before clipping.",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, _| {
                        if delta == 0.0 { 0.5 } else { 0.5 + delta.signum() / 2.0 }
                    })
                },
            ),
            chaff(
                "upside_down",
                "The first row of an image is the bottom one.",
                |network, image, label, epsilon, names| {
                    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    for k in 0..3 {
                        let upright = pixels(&figure, k).clone();
                        let (rows, cols) = upright.shape();
                        *pixels_mut(&mut figure, k) =
                            Matrix::from_fn(rows, cols, |i, j| upright[(rows - 1 - i, j)]);
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "column_after_column",
                "The network takes the pixels column after column.",
                |network, image, label, epsilon, names| {
                    reference::adversarial_figure(network, image, label, epsilon, names)?;
                    let turn = |m: &Matrix| Matrix::from_fn(m.cols(), m.rows(), |i, j| m[(j, i)]);
                    let mut figure =
                        reference::adversarial_figure(network, &turn(image), label, epsilon, names)?;
                    for k in 0..3 {
                        let (turned, (rows, cols)) = (pixels(&figure, k).clone(), image.shape());
                        *pixels_mut(&mut figure, k) = turn(&turned);
                        if let Layer::Image { at, size, .. } = &mut figure.layers[k] {
                            (*at, *size) = ([1.25 * (k * cols) as f64, 0.0], [cols as f64, rows as f64]);
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "label_for_prediction",
                "The image is labeled with its true class, not with the prediction.",
                |network, image, label, epsilon, names| {
                    labeled(network, image, label, epsilon, names, |_, _, names| {
                        names.first().copied().unwrap_or_default().to_owned()
                    })
                },
            ),
            chaff(
                "share_for_percent",
                "A probability is shown as a fraction, not in percent.",
                |network, image, label, epsilon, names| {
                    labeled(network, image, label, epsilon, names, |network, pixels, names| {
                        let (z, class) = (logits(network, pixels), says(network, pixels));
                        let p = 1.0 / z.iter().map(|other| (other - z[class]).exp()).sum::<f64>();
                        format!("{} ({p:.2})", names[class])
                    })
                },
            ),
            chaff(
                "attacked_twice",
                "The third image is attacked twice.",
                |network, image, label, epsilon, names| {
                    reference::adversarial_figure(network, image, label, epsilon, names)?;
                    reference::adversarial_figure(network, image, label, 2.0 * epsilon, names)
                },
            ),
            chaff(
                "one_above_the_other",
                "The images stand below each other.",
                |network, image, label, epsilon, names| {
                    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    for layer in &mut figure.layers {
                        if let Layer::Image { at, .. } = layer {
                            at.swap(0, 1);
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "two_images",
                "The perturbation need not be shown.",
                |network, image, label, epsilon, names| {
                    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    figure.layers.remove(1);
                    Ok(figure)
                },
            ),
            chaff(
                "prediction_in_the_title",
                "The title names the predicted class.",
                |network, image, label, epsilon, names| {
                    let figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    let said = names[says(network, image.as_slice())];
                    Ok(Figure { title: format!("Adversarial example for {said}, ε = {epsilon}"), ..figure })
                },
            ),
            chaff(
                "spare_names",
                "More class names than classes are valid.",
                |network, image, label, epsilon, names| {
                    let k = network.last().map_or(0, |layer| layer.bias.len());
                    reference::adversarial_figure(
                        network,
                        image,
                        label,
                        epsilon,
                        &names[..names.len().min(k)],
                    )
                },
            ),
            chaff(
                "nothing_drawn",
                "An image without pixels gives an empty figure.",
                |network, image, label, epsilon, names| match reference::adversarial_figure(
                    network, image, label, epsilon, names,
                ) {
                    Err(InputError::TooFew { .. }) => Ok(Figure::new("", "", "")),
                    answer => answer,
                },
            ),
            chaff("nan_drawn", "A NaN pixel is drawn.", |network, image, label, epsilon, names| {
                match reference::adversarial_figure(network, image, label, epsilon, names) {
                    Err(InputError::NotFinite { .. }) => Ok(Figure::new("", "", "")),
                    answer => answer,
                }
            }),
            chaff(
                "columns_looked_at",
                "An image with columns has pixels, even without rows.",
                |network, image, label, epsilon, names| {
                    if image.rows() == 0 && image.cols() > 0 {
                        return Ok(Figure::new("", "", ""));
                    }
                    reference::adversarial_figure(network, image, label, epsilon, names)
                },
            ),
            chaff(
                "epsilon_rounded",
                "ε is rounded to three decimals.",
                |network, image, label, epsilon, names| {
                    let f = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    Ok(Figure {
                        title: format!(
                            "Adversarial example for {}, ε = {}",
                            names[label],
                            (epsilon * 1000.0).round() / 1000.0
                        ),
                        ..f
                    })
                },
            ),
            wheat("drawn_from_the_right", "layer by layer, from the last to the first", drawn_from_the_right),
        ],
    )(network, image, label, epsilon, class_names)
}
