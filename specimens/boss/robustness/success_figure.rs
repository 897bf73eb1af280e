use kit::figure::{Figure, Layer};
use kit::{Dense, InputError, Matrix, check};

use super::says;
use crate::reference::boss::adversarial::{fgsm, pgd};
use crate::reference::boss::robustness as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{attack_on_attack, by, points, redrawn};

type Drawn = Result<Figure, InputError>;

type SuccessFigure = fn(&[(&str, &[Dense])], &Matrix, &[usize], &[f64]) -> Drawn;

/// The kata, answered by a specimen.
pub fn success_figure(
    networks: &[(&str, &[Dense])],
    x: &Matrix,
    labels: &[usize],
    epsilons: &[f64],
) -> Drawn {
    answering::<SuccessFigure>(
        module_path!(),
        reference::success_figure,
        &[
            wheat(
                "sample_by_sample",
                "attacks sample after sample, and counts",
                |networks, x, labels, epsilons| {
                    by(networks, x, labels, epsilons, |network, x, labels, epsilon| {
                        let right: Vec<usize> =
                            (0..labels.len()).filter(|&i| says(network, x.row(i)) == labels[i]).collect();
                        let falls = |i: usize| {
                            Ok(says(network, &fgsm(network, x.row(i), labels[i], epsilon)?) != labels[i])
                        };
                        let fallen =
                            right.iter().map(|&i| falls(i)).collect::<Result<Vec<bool>, InputError>>()?;
                        Ok(fallen.iter().filter(|fallen| **fallen).count() as f64 / right.len() as f64)
                    })
                },
            ),
            wheat(
                "from_the_last_epsilon",
                "computes from right to left, and reverses the line",
                |networks, x, labels, epsilons| {
                    reference::success_figure(networks, x, labels, epsilons)?;
                    let mirrored: Vec<f64> = epsilons.iter().rev().copied().collect();
                    let mut figure = reference::success_figure(networks, x, labels, &mirrored)?;
                    for layer in &mut figure.layers {
                        if let Layer::Line { through, .. } = layer {
                            through.reverse();
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff("accuracy", "The curve shows the robust accuracy.", |networks, x, labels, epsilons| {
                points(networks, x, labels, epsilons, |[epsilon, rate]| [epsilon, 1.0 - rate])
            }),
            chaff("percent", "The rate is in percent.", |networks, x, labels, epsilons| {
                points(networks, x, labels, epsilons, |[epsilon, rate]| [epsilon, 100.0 * rate])
            }),
            chaff("axes_exchanged", "ε is on the vertical axis.", |networks, x, labels, epsilons| {
                points(networks, x, labels, epsilons, |[epsilon, rate]| [rate, epsilon])
            }),
            chaff(
                "of_all_samples",
                "The curve shows the error rate after the attack.",
                |networks, x, labels, epsilons| {
                    by(networks, x, labels, epsilons, |network, x, labels, epsilon| {
                        let wrong = |i: &usize| {
                            fgsm(network, x.row(*i), labels[*i], epsilon)
                                .is_ok_and(|a| says(network, &a) != labels[*i])
                        };
                        Ok((0..labels.len()).filter(wrong).count() as f64 / labels.len() as f64)
                    })
                },
            ),
            chaff(
                "first_network_attacked",
                "Adversarial examples for one network are used for all.",
                |networks, x, labels, epsilons| {
                    let figure = reference::success_figure(networks, x, labels, epsilons)?;
                    let first = networks[0].1;
                    let transferred = |network: &[Dense], epsilon: f64| {
                        let rows = (0..labels.len()).map(|i| fgsm(first, x.row(i), labels[i], epsilon));
                        let rows = rows.collect::<Result<Vec<_>, _>>()?.concat();
                        reference::attack_success_rate(
                            network,
                            x,
                            labels,
                            &Matrix::new(x.rows(), x.cols(), rows)?,
                        )
                    };
                    redrawn(figure, networks, transferred)
                },
            ),
            chaff(
                "first_network_only",
                "Only the first network has a curve.",
                |networks, x, labels, epsilons| {
                    let mut figure = reference::success_figure(networks, x, labels, epsilons)?;
                    figure.layers.truncate(1);
                    Ok(figure)
                },
            ),
            chaff("attack_on_attack", "Each ε attacks the result of the one before.", attack_on_attack),
            chaff("projected_gradient", "The attack is PGD.", |networks, x, labels, epsilons| {
                by(networks, x, labels, epsilons, |network, x, labels, epsilon| {
                    let rows =
                        (0..labels.len()).map(|i| pgd(network, x.row(i), labels[i], epsilon, 0.125, 3));
                    let rows = rows.collect::<Result<Vec<_>, _>>()?.concat();
                    reference::attack_success_rate(
                        network,
                        x,
                        labels,
                        &Matrix::new(x.rows(), x.cols(), rows)?,
                    )
                })
            }),
            chaff("sorted", "The values of ε are sorted.", |networks, x, labels, epsilons| {
                reference::success_figure(networks, x, labels, epsilons)?;
                let mut sorted = epsilons.to_vec();
                sorted.sort_by(f64::total_cmp);
                reference::success_figure(networks, x, labels, &sorted)
            }),
            chaff(
                "made_to_rise",
                "A success rate never falls as ε grows.",
                |networks, x, labels, epsilons| {
                    let mut figure = reference::success_figure(networks, x, labels, epsilons)?;
                    for layer in &mut figure.layers {
                        if let Layer::Line { through, .. } = layer {
                            (1..through.len())
                                .for_each(|k| through[k][1] = through[k][1].max(through[k - 1][1]));
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff("dots", "The curve is a layer of points.", |networks, x, labels, epsilons| {
                let mut figure = reference::success_figure(networks, x, labels, epsilons)?;
                for layer in &mut figure.layers {
                    if let Layer::Line { label, through } = layer.clone() {
                        *layer = Layer::Points { label, at: through };
                    }
                }
                Ok(figure)
            }),
            chaff("unnamed", "The curves need no labels.", |networks, x, labels, epsilons| {
                let unnamed: Vec<(&str, &[Dense])> =
                    networks.iter().map(|(_, network)| ("", *network)).collect();
                reference::success_figure(&unnamed, x, labels, epsilons)
            }),
            chaff("axes_unnamed", "The axes need no labels.", |networks, x, labels, epsilons| {
                let figure = reference::success_figure(networks, x, labels, epsilons)?;
                Ok(Figure { x: Default::default(), ..figure })
            }),
            chaff(
                "nothing_drawn",
                "Without networks, ε or samples the figure is empty.",
                |networks, x, labels, epsilons| match reference::success_figure(networks, x, labels, epsilons)
                {
                    Err(InputError::TooFew { .. }) if networks.is_empty() || epsilons.is_empty() => {
                        Ok(Figure::new("Success rate of FGSM", "ε", "success rate"))
                    }
                    answer => answer,
                },
            ),
            chaff(
                "rejected_is_withstood",
                "A sample that FGSM rejects counts as withstood.",
                |networks, x, labels, epsilons| match reference::success_figure(networks, x, labels, epsilons)
                {
                    Err(InputError::OutOfRange { .. } | InputError::NotFinite { .. }) => {
                        Ok(Figure::new("Success rate of FGSM", "ε", "success rate"))
                    }
                    answer => answer,
                },
            ),
            wheat(
                "counted_at_once",
                "finds the correct predictions once per network",
                |networks, x, labels, epsilons| {
                    let (m, n) = x.shape();
                    check::same_length(m, labels.len())?;
                    check::at_least(1, m * networks.len() * epsilons.len())?;
                    let mut lines = Vec::new();
                    for (name, network) in networks {
                        let right: Vec<bool> = (0..m)
                            .map(|i| {
                                fgsm(network, x.row(i), labels[i], epsilons[0])
                                    .map(|_| says(network, x.row(i)) == labels[i])
                            })
                            .collect::<Result<_, _>>()?;
                        let known = right.iter().filter(|right| **right).count();
                        let mut through = Vec::new();
                        for &epsilon in epsilons {
                            let mut fooled = 0;
                            for i in 0..m {
                                let x = fgsm(network, &x.as_slice()[i * n..(i + 1) * n], labels[i], epsilon)?;
                                fooled += usize::from(right[i] && says(network, &x) != labels[i]);
                            }
                            check::at_least(1, known)?;
                            through.push([epsilon, fooled as f64 * (known as f64).recip()]);
                        }
                        lines.push(Layer::Line { label: (*name).to_owned(), through });
                    }
                    let figure = Figure::new("Success rate of FGSM", "ε", "success rate");
                    Ok(lines.into_iter().fold(figure, Figure::with))
                },
            ),
            chaff("two_names", "Lines beyond the second need no label.", |networks, x, labels, epsilons| {
                let mut figure = reference::success_figure(networks, x, labels, epsilons)?;
                for layer in figure.layers.iter_mut().skip(2) {
                    if let Layer::Line { label, .. } = layer {
                        label.clear();
                    }
                }
                Ok(figure)
            }),
        ],
    )(networks, x, labels, epsilons)
}
