use kit::figure::{Figure, Layer};
use kit::{Dense, InputError, Matrix};

use super::{logits, says};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::robustness as reference;

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
                "the attacked image is the first and what the second shows",
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
                "p by the distances of the logits, one over their sum",
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
                "where nothing changes the perturbation is 0",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, epsilon| {
                        if epsilon > 0.0 { delta.abs() / epsilon } else { 0.0 }
                    })
                },
            ),
            chaff(
                "not_scaled",
                "the change as it is, around gray",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, _| 0.5 + delta / 2.0)
                },
            ),
            chaff("no_half", "gray and δ/ε", |network, image, label, epsilon, names| {
                changed(network, image, label, epsilon, names, |delta, epsilon| {
                    if epsilon > 0.0 { 0.5 + delta / epsilon } else { 0.5 }
                })
            }),
            chaff("nothing_over_nothing", "ε is never 0", |network, image, label, epsilon, names| {
                changed(network, image, label, epsilon, names, |delta, epsilon| 0.5 + delta / (2.0 * epsilon))
            }),
            chaff(
                "signs_before_cutting",
                "the perturbation is ε·sign, also where the range cut it off",
                |network, image, label, epsilon, names| {
                    changed(network, image, label, epsilon, names, |delta, _| {
                        if delta == 0.0 { 0.5 } else { 0.5 + delta.signum() / 2.0 }
                    })
                },
            ),
            chaff(
                "upside_down",
                "the first row of an image is the lowest",
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
                "pixels reach the network column after column",
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
                "label_for_answer",
                "the first image is what its label says",
                |network, image, label, epsilon, names| {
                    labeled(network, image, label, epsilon, names, |_, _, names| {
                        names.first().copied().unwrap_or_default().to_owned()
                    })
                },
            ),
            chaff(
                "share_for_percent",
                "a probability is a share",
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
                "the third image is the attack on the second",
                |network, image, label, epsilon, names| {
                    reference::adversarial_figure(network, image, label, epsilon, names)?;
                    reference::adversarial_figure(network, image, label, 2.0 * epsilon, names)
                },
            ),
            chaff(
                "one_above_the_other",
                "images stand in a column",
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
                "the change can be seen by comparing",
                |network, image, label, epsilon, names| {
                    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    figure.layers.remove(1);
                    Ok(figure)
                },
            ),
            chaff(
                "what_it_says_in_the_title",
                "the title names the network's answer",
                |network, image, label, epsilon, names| {
                    let figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    let said = names[says(network, image.as_slice())];
                    Ok(Figure { title: format!("{said} under attack, ε = {epsilon}"), ..figure })
                },
            ),
            chaff(
                "spare_names",
                "more names than classes do no harm",
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
                "an image without pixels is an empty picture",
                |network, image, label, epsilon, names| match reference::adversarial_figure(
                    network, image, label, epsilon, names,
                ) {
                    Err(InputError::TooFew { .. }) => Ok(Figure::new("", "", "")),
                    answer => answer,
                },
            ),
            chaff("nan_drawn", "a NaN is black", |network, image, label, epsilon, names| {
                match reference::adversarial_figure(network, image, label, epsilon, names) {
                    Err(InputError::NotFinite { .. }) => Ok(Figure::new("", "", "")),
                    answer => answer,
                }
            }),
            chaff(
                "columns_looked_at",
                "an image with columns has pixels",
                |network, image, label, epsilon, names| {
                    if image.rows() == 0 && image.cols() > 0 {
                        return Ok(Figure::new("", "", ""));
                    }
                    reference::adversarial_figure(network, image, label, epsilon, names)
                },
            ),
            chaff(
                "epsilon_rounded",
                "three decimals of ε are enough",
                |network, image, label, epsilon, names| {
                    let f = reference::adversarial_figure(network, image, label, epsilon, names)?;
                    Ok(Figure {
                        title: format!(
                            "{} under attack, ε = {}",
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
