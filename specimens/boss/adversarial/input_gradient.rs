use kit::{Dense, InputError, Matrix};

use super::{loss, says, softmax, stages};
use crate::reference::boss::adversarial as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

pub(super) use ways::dual_numbers;
use ways::{blame, effect, inner, times, with, with_derivative};

type Gradient = Result<Vec<f64>, InputError>;

type InputGradient = fn(&[Dense], &[f64], usize) -> Gradient;

/// The kata, answered by a specimen.
pub fn input_gradient(network: &[Dense], x: &[f64], label: usize) -> Gradient {
    answering::<InputGradient>(
        module_path!(),
        reference::input_gradient,
        &[
            wheat("forwards", "forward mode: derivatives from layer to layer", |net, x, label| {
                reference::input_gradient(net, x, label)?;
                let stages = stages(net, x, f64::tanh);
                let blame = blame(&stages[net.len()], label);
                Ok((0..x.len()).map(|i| inner(&effect(net, &stages, i), &blame)).collect())
            }),
            wheat("one_jacobian", "multiplies the Jacobian matrices of all layers", |net, x, label| {
                reference::input_gradient(net, x, label)?;
                let stages = stages(net, x, f64::tanh);
                let mut jacobian: Option<Matrix> = None;
                for (l, Dense { weights, .. }) in net.iter().enumerate().rev() {
                    let derivative = |j: usize| if l == 0 { 1.0 } else { 1.0 - stages[l][j].powi(2) };
                    let own = Matrix::from_fn(weights.rows(), weights.cols(), |c, j| {
                        weights[(c, j)] * derivative(j)
                    });
                    jacobian = Some(jacobian.map_or_else(|| own.clone(), |behind| times(&behind, &own)));
                }
                let jacobian = jacobian.unwrap_or_else(|| Matrix::zeros(0, x.len()));
                let blame = blame(&stages[net.len()], label);
                Ok((0..x.len())
                    .map(|i| (0..blame.len()).map(|c| blame[c] * jacobian[(c, i)]).sum())
                    .collect())
            }),
            wheat(
                "pairs_of_logits",
                "a sum over the other classes, weighted by their probabilities",
                |net, x, label| {
                    reference::input_gradient(net, x, label)?;
                    let stages = stages(net, x, f64::tanh);
                    let p = softmax(&stages[net.len()]);
                    let pull = |i: usize| {
                        let effect = effect(net, &stages, i);
                        (0..p.len()).map(|c| p[c] * (effect[c] - effect[label])).sum()
                    };
                    Ok((0..x.len()).map(pull).collect())
                },
            ),
            chaff("downhill", "The gradient points to a smaller loss (wrong sign).", |net, x, label| {
                Ok(reference::input_gradient(net, x, label)?.iter().map(|slope| -slope).collect())
            }),
            chaff("without_softmax", "The loss is −z of the label, without softmax.", |net, x, label| {
                with(net, x, label, |z, label| {
                    (0..z.len()).map(|c| -f64::from(u8::from(c == label))).collect()
                })
            }),
            chaff(
                "without_the_label",
                "The gradient at the logits is p, without subtracting the one-hot label.",
                |net, x, label| with(net, x, label, |z, _| softmax(z)),
            ),
            chaff("squares", "The loss is half the squared error.", |net, x, label| {
                with(net, x, label, |z, label| {
                    let p = softmax(z);
                    let error: Vec<f64> =
                        (0..p.len()).map(|c| p[c] - f64::from(u8::from(c == label))).collect();
                    let mean = inner(&error, &p);
                    (0..p.len()).map(|c| p[c] * (error[c] - mean)).collect()
                })
            }),
            chaff("probability", "The loss is −p_label, without the logarithm.", |net, x, label| {
                with(net, x, label, |z, label| {
                    let p = softmax(z);
                    (0..p.len()).map(|c| p[label] * (p[c] - f64::from(u8::from(c == label)))).collect()
                })
            }),
            chaff("mean_over_classes", "The loss is divided by the number of classes.", |net, x, label| {
                let k = net.last().map_or(1, |layer| layer.bias.len()) as f64;
                Ok(reference::input_gradient(net, x, label)?.iter().map(|slope| slope / k).collect())
            }),
            chaff("against_the_prediction", "The label is the predicted class.", |net, x, label| {
                reference::input_gradient(net, x, label)?;
                reference::input_gradient(net, x, says(net, x))
            }),
            chaff("activation_forgotten", "The activation function has derivative 1.", |net, x, label| {
                with_derivative(net, x, label, |_| 1.0)
            }),
            chaff(
                "derivative_at_the_activation",
                "The derivative is 1 − tanh²(h), with h the activation itself.",
                |net, x, label| with_derivative(net, x, label, |h| 1.0 - h.tanh().powi(2)),
            ),
            chaff(
                "sigmoid_derivative",
                "Every activation has the derivative h·(1 − h) of the sigmoid.",
                |net, x, label| with_derivative(net, x, label, |h| h * (1.0 - h)),
            ),
            chaff(
                "first_layer_left_out",
                "The gradient of the first hidden layer is that of the pixels.",
                |net, x, label| {
                    let gradient = reference::input_gradient(net, x, label)?;
                    let behind = match net {
                        [_, rest @ ..] if !rest.is_empty() => {
                            reference::input_gradient(rest, &stages(net, x, f64::tanh)[1], label)?
                        }
                        _ => gradient.clone(),
                    };
                    Ok((0..gradient.len()).map(|i| behind.get(i).copied().unwrap_or(0.0)).collect())
                },
            ),
            chaff("transposed", "The weights are not transposed in the backward pass.", |net, x, label| {
                let mut turned = net.to_vec();
                reference::input_gradient(net, x, label)?;
                for layer in turned.iter_mut().filter(|layer| layer.weights.rows() == layer.weights.cols()) {
                    let w = layer.weights.clone();
                    layer.weights = Matrix::from_fn(w.rows(), w.cols(), |c, j| w[(j, c)]);
                }
                let stages = stages(net, x, f64::tanh);
                let blame = blame(&stages[net.len()], label);
                Ok((0..x.len()).map(|i| inner(&effect(&turned, &stages, i), &blame)).collect())
            }),
            chaff(
                "activation_after_the_last",
                "The last layer has an activation function as well.",
                |net, x, label| {
                    reference::input_gradient(net, x, label)?;
                    let mut stages = stages(net, x, f64::tanh);
                    let last = &mut stages[net.len()];
                    last.iter_mut().for_each(|z| *z = z.tanh());
                    let mut blame = blame(last, label);
                    blame.iter_mut().zip(last).for_each(|(blame, h)| *blame *= 1.0 - h.powi(2));
                    Ok((0..x.len()).map(|i| inner(&effect(net, &stages, i), &blame)).collect())
                },
            ),
            chaff("overflowing", "Softmax needs no shift by the largest logit.", |net, x, label| {
                with(net, x, label, |z, label| {
                    let sum: f64 = z.iter().map(|z| z.exp()).sum();
                    (0..z.len()).map(|c| z[c].exp() / sum - f64::from(u8::from(c == label))).collect()
                })
            }),
            chaff("coarse_differences", "Finite differences with h = 0.1 are precise.", |net, x, label| {
                reference::input_gradient(net, x, label)?;
                let at = |i: usize, h: f64| {
                    let mut moved = x.to_vec();
                    moved[i] += h;
                    loss(net, &moved, label)
                };
                Ok((0..x.len()).map(|i| (at(i, 0.1) - at(i, -0.1)) / 0.2).collect())
            }),
            chaff("no_network_no_gradient", "A net without layers has the gradient 0.", |net, x, label| {
                if net.is_empty() { Ok(vec![0.0; x.len()]) } else { reference::input_gradient(net, x, label) }
            }),
            chaff(
                "last_class_for_all_beyond",
                "A label beyond the last class counts as the last class.",
                |net, x, label| {
                    let k = net.last().map_or(0, |layer| layer.bias.len());
                    reference::input_gradient(net, x, label.min(k.max(1) - 1))
                },
            ),
            chaff("nan_comes_back", "A NaN in the input gives a NaN gradient.", |net, x, label| {
                match reference::input_gradient(net, x, label) {
                    Err(InputError::NotFinite { .. }) => Ok(vec![f64::NAN; x.len()]),
                    answer => answer,
                }
            }),
            chaff("logits_unchecked", "Finite weights always give finite logits.", |net, x, label| {
                match reference::input_gradient(net, x, label) {
                    Err(InputError::NotFinite { name: "logits", .. }) => Ok(vec![f64::NAN; x.len()]),
                    answer => answer,
                }
            }),
            chaff("first_row_checked", "Only the first row of the weights is checked.", |net, x, label| {
                let n: Vec<Dense> = net
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
            }),
            chaff(
                "infinite_sums_rejected",
                "An infinite sum before an activation function is an error.",
                |net, x, label| {
                    let found = reference::input_gradient(net, x, label)?;
                    let s = stages(net, x, |z| z);
                    if net.len() > 1 && s[1].iter().any(|z| z.is_infinite()) {
                        return Err(InputError::NotFinite { name: "logits", index: 0 });
                    }
                    Ok(found)
                },
            ),
            chaff(
                "probabilities_kept_inside",
                "Probabilities are clipped away from 0, 1.",
                |net, x, label| {
                    with(net, x, label, |z, label| {
                        let p = softmax(z);
                        (0..p.len())
                            .map(|c| p[c].clamp(1e-15, 1.0 - 1e-15) - f64::from(u8::from(c == label)))
                            .collect()
                    })
                },
            ),
            chaff("three_layers_at_most", "A net has at most two hidden layers.", |net, x, label| {
                if net.len() > 3 {
                    return Ok(vec![0.0; x.len()]);
                }
                reference::input_gradient(net, x, label)
            }),
            wheat("dual_numbers", "forward mode: each number carries its derivatives along", dual_numbers),
        ],
    )(network, x, label)
}
