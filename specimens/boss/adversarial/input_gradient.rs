use kit::{Dense, InputError, Matrix};

use super::{loss, says, softmax, stages};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::adversarial as reference;

mod ways;

pub(super) use ways::dual_numbers;
use ways::{bent, blame, effect, inner, times, with};

type Slopes = Result<Vec<f64>, InputError>;

type InputGradient = fn(&[Dense], &[f64], usize) -> Slopes;

/// The kata, answered by a specimen.
pub fn input_gradient(network: &[Dense], x: &[f64], label: usize) -> Slopes {
    answering::<InputGradient>(
        module_path!(),
        reference::input_gradient,
        &[
            wheat("forwards", "carries the effect of each pixel from layer to layer", |network, x, label| {
                reference::input_gradient(network, x, label)?;
                let stages = stages(network, x, f64::tanh);
                let blame = blame(&stages[network.len()], label);
                Ok((0..x.len()).map(|i| inner(&effect(network, &stages, i), &blame)).collect())
            }),
            wheat(
                "one_jacobian",
                "multiplies the matrices of all layers, from the last to the first",
                |network, x, label| {
                    reference::input_gradient(network, x, label)?;
                    let stages = stages(network, x, f64::tanh);
                    let mut jacobian: Option<Matrix> = None;
                    for (l, Dense { weights, .. }) in network.iter().enumerate().rev() {
                        let bend = |j: usize| if l == 0 { 1.0 } else { 1.0 - stages[l][j].powi(2) };
                        let own =
                            Matrix::from_fn(weights.rows(), weights.cols(), |c, j| weights[(c, j)] * bend(j));
                        jacobian = Some(jacobian.map_or_else(|| own.clone(), |behind| times(&behind, &own)));
                    }
                    let jacobian = jacobian.unwrap_or_else(|| Matrix::zeros(0, x.len()));
                    let blame = blame(&stages[network.len()], label);
                    Ok((0..x.len())
                        .map(|i| (0..blame.len()).map(|c| blame[c] * jacobian[(c, i)]).sum())
                        .collect())
                },
            ),
            wheat(
                "pairs_of_logits",
                "each other class pulls with its probability against the label",
                |network, x, label| {
                    reference::input_gradient(network, x, label)?;
                    let stages = stages(network, x, f64::tanh);
                    let p = softmax(&stages[network.len()]);
                    let pull = |i: usize| {
                        let effect = effect(network, &stages, i);
                        (0..p.len()).map(|c| p[c] * (effect[c] - effect[label])).sum()
                    };
                    Ok((0..x.len()).map(pull).collect())
                },
            ),
            chaff("downhill", "an attack goes to where the label is likelier", |network, x, label| {
                Ok(reference::input_gradient(network, x, label)?.iter().map(|slope| -slope).collect())
            }),
            chaff("without_softmax", "the loss is −z of the label", |network, x, label| {
                with(network, x, label, |z, label| {
                    (0..z.len()).map(|c| -f64::from(u8::from(c == label))).collect()
                })
            }),
            chaff("without_the_label", "the slopes behind the softmax are p", |network, x, label| {
                with(network, x, label, |z, _| softmax(z))
            }),
            chaff("squares", "the loss is half the squared distance from the label", |network, x, label| {
                with(network, x, label, |z, label| {
                    let p = softmax(z);
                    let error: Vec<f64> =
                        (0..p.len()).map(|c| p[c] - f64::from(u8::from(c == label))).collect();
                    let mean = inner(&error, &p);
                    (0..p.len()).map(|c| p[c] * (error[c] - mean)).collect()
                })
            }),
            chaff(
                "probability",
                "the slope of p of the label is that of the loss, but for the sign",
                |network, x, label| {
                    with(network, x, label, |z, label| {
                        let p = softmax(z);
                        (0..p.len()).map(|c| p[label] * (p[c] - f64::from(u8::from(c == label)))).collect()
                    })
                },
            ),
            chaff("mean_over_classes", "the loss is a mean over the classes", |network, x, label| {
                let k = network.last().map_or(1, |layer| layer.bias.len()) as f64;
                Ok(reference::input_gradient(network, x, label)?.iter().map(|slope| slope / k).collect())
            }),
            chaff("against_what_it_says", "the label is what the network says", |network, x, label| {
                reference::input_gradient(network, x, label)?;
                reference::input_gradient(network, x, says(network, x))
            }),
            chaff("bend_forgotten", "what comes back passes a bend as it is", |network, x, label| {
                bent(network, x, label, |_| 1.0)
            }),
            chaff(
                "bend_at_the_output",
                "tanh′ is 1 − tanh² of what the neuron gave",
                |network, x, label| bent(network, x, label, |h| 1.0 - h.tanh().powi(2)),
            ),
            chaff("logistic_bend", "the slope of every bend is h·(1 − h)", |network, x, label| {
                bent(network, x, label, |h| h * (1.0 - h))
            }),
            chaff(
                "first_layer_left_out",
                "the slopes of the first hidden layer are those of the pixels",
                |network, x, label| {
                    let slopes = reference::input_gradient(network, x, label)?;
                    let behind = match network {
                        [_, rest @ ..] if !rest.is_empty() => {
                            reference::input_gradient(rest, &stages(network, x, f64::tanh)[1], label)?
                        }
                        _ => slopes.clone(),
                    };
                    Ok((0..slopes.len()).map(|i| behind.get(i).copied().unwrap_or(0.0)).collect())
                },
            ),
            chaff(
                "transposed",
                "the weights take what goes forward and what comes back alike, where that fits",
                |network, x, label| {
                    let mut turned = network.to_vec();
                    reference::input_gradient(network, x, label)?;
                    for layer in
                        turned.iter_mut().filter(|layer| layer.weights.rows() == layer.weights.cols())
                    {
                        let w = layer.weights.clone();
                        layer.weights = Matrix::from_fn(w.rows(), w.cols(), |c, j| w[(j, c)]);
                    }
                    let stages = stages(network, x, f64::tanh);
                    let blame = blame(&stages[network.len()], label);
                    Ok((0..x.len()).map(|i| inner(&effect(&turned, &stages, i), &blame)).collect())
                },
            ),
            chaff("bent_last_layer", "every layer bends, the last one too", |network, x, label| {
                reference::input_gradient(network, x, label)?;
                let mut stages = stages(network, x, f64::tanh);
                let last = &mut stages[network.len()];
                last.iter_mut().for_each(|z| *z = z.tanh());
                let mut blame = blame(last, label);
                blame.iter_mut().zip(last).for_each(|(blame, h)| *blame *= 1.0 - h.powi(2));
                Ok((0..x.len()).map(|i| inner(&effect(network, &stages, i), &blame)).collect())
            }),
            chaff("overflowing", "eᶻ over the sum of all", |network, x, label| {
                with(network, x, label, |z, label| {
                    let sum: f64 = z.iter().map(|z| z.exp()).sum();
                    (0..z.len()).map(|c| z[c].exp() / sum - f64::from(u8::from(c == label))).collect()
                })
            }),
            chaff("coarse_differences", "a tenth is a small step", |network, x, label| {
                reference::input_gradient(network, x, label)?;
                let at = |i: usize, h: f64| {
                    let mut moved = x.to_vec();
                    moved[i] += h;
                    loss(network, &moved, label)
                };
                Ok((0..x.len()).map(|i| (at(i, 0.1) - at(i, -0.1)) / 0.2).collect())
            }),
            chaff("no_network_no_slope", "without a layer nothing has a slope", |network, x, label| {
                if network.is_empty() {
                    Ok(vec![0.0; x.len()])
                } else {
                    reference::input_gradient(network, x, label)
                }
            }),
            chaff("last_class_for_all_beyond", "a label too large is the last class", |network, x, label| {
                let k = network.last().map_or(0, |layer| layer.bias.len());
                reference::input_gradient(network, x, label.min(k.max(1) - 1))
            }),
            chaff("nan_comes_back", "a NaN is the caller's affair", |network, x, label| {
                match reference::input_gradient(network, x, label) {
                    Err(InputError::NotFinite { .. }) => Ok(vec![f64::NAN; x.len()]),
                    answer => answer,
                }
            }),
            chaff("logits_unlooked_at", "finite weights give finite logits", |network, x, label| {
                match reference::input_gradient(network, x, label) {
                    Err(InputError::NotFinite { name: "logits", .. }) => Ok(vec![f64::NAN; x.len()]),
                    answer => answer,
                }
            }),
            chaff(
                "first_row_looked_at",
                "a weight that is no number shows in the first row",
                |network, x, label| {
                    let n: Vec<Dense> = network
                        .iter()
                        .map(|l| Dense {
                            weights: Matrix::from_fn(l.weights.rows(), l.weights.cols(), |i, j| {
                                let w = l.weights[(i, j)];
                                if i > 0 && !w.is_finite() { 0.0 } else { w }
                            }),
                            bias: l.bias.clone(),
                        })
                        .collect();
                    reference::input_gradient(&n, x, label)
                },
            ),
            chaff("last_bad_logit", "one infinite logit is as good as another", |network, x, label| {
                reference::input_gradient(network, x, label).map_err(|e| match e {
                    InputError::NotFinite { name: "logits", index } => {
                        let z = stages(network, x, f64::tanh).pop().unwrap_or_default();
                        InputError::NotFinite {
                            name: "logits",
                            index: z.iter().rposition(|z| !z.is_finite()).unwrap_or(index),
                        }
                    }
                    o => o,
                })
            }),
            chaff("infinite_sums_rejected", "what is infinite cannot be bent", |network, x, label| {
                let found = reference::input_gradient(network, x, label)?;
                let s = stages(network, x, |z| z);
                if network.len() > 1 && s[1].iter().any(|z| z.is_infinite()) {
                    return Err(InputError::NotFinite { name: "logits", index: 0 });
                }
                Ok(found)
            }),
            chaff("probabilities_kept_inside", "a probability is never quite 0 or 1", |network, x, label| {
                with(network, x, label, |z, label| {
                    let p = softmax(z);
                    (0..p.len())
                        .map(|c| p[c].clamp(1e-15, 1.0 - 1e-15) - f64::from(u8::from(c == label)))
                        .collect()
                })
            }),
            chaff("three_layers_at_most", "a network has at most two hidden layers", |network, x, label| {
                if network.len() > 3 {
                    return Ok(vec![0.0; x.len()]);
                }
                reference::input_gradient(network, x, label)
            }),
            wheat("dual_numbers", "each number carries its slopes along", |network, x, label| {
                dual_numbers(network, x, label)
            }),
        ],
    )(network, x, label)
}
