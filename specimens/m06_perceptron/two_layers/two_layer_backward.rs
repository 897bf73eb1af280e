use kit::{Dense, InputError, Matrix};

use super::super::scaled;
use crate::reference::m06_perceptron::two_layers as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{RULES, Rules, by, forwards};

type Gradients = Result<[Dense; 2], InputError>;

type TwoLayerBackward = fn(&Dense, &Dense, &Matrix, &Matrix) -> Gradients;

/// The kata, answered by a specimen.
pub fn two_layer_backward(hidden: &Dense, output: &Dense, x: &Matrix, targets: &Matrix) -> Gradients {
    answering::<TwoLayerBackward>(
        module_path!(),
        reference::two_layer_backward,
        &[
            wheat(
                "neuron_by_neuron",
                "computes for each parameter how far it moves the loss",
                |hidden, output, x, t| {
                    by(
                        hidden,
                        output,
                        x,
                        t,
                        Rules { output: |p| p * (1.0 - p), hidden: |h| 1.0 - h * h, ..RULES },
                    )
                },
            ),
            wheat(
                "from_the_far_side",
                "1 − tanh² as (1 − h)(1 + h), and t − p with a minus in front",
                |hidden, output, x, t| {
                    let gradients = by(
                        hidden,
                        output,
                        x,
                        t,
                        Rules { output: |p| -(p - p * p), hidden: |h| (1.0 - h) * (1.0 + h), ..RULES },
                    )?;
                    Ok(gradients.map(|layer| scaled(&layer, -1.0)))
                },
            ),
            chaff(
                "hidden_derivative_forgotten",
                "The gradient passes tanh unchanged.",
                |hidden, output, x, t| by(hidden, output, x, t, Rules { hidden: |_| 1.0, ..RULES }),
            ),
            chaff(
                "hidden_derivative_of_the_sigmoid",
                "The derivative of tanh is h·(1 − h), that of the sigmoid.",
                |hidden, output, x, t| by(hidden, output, x, t, Rules { hidden: |h| h * (1.0 - h), ..RULES }),
            ),
            chaff(
                "output_derivative_forgotten",
                "The output layer's gradient needs no σ′.",
                |hidden, output, x, t| by(hidden, output, x, t, Rules { output: |_| 1.0, ..RULES }),
            ),
            chaff(
                "hidden_derivative_twice",
                "The derivative of tanh is applied twice.",
                |hidden, output, x, t| {
                    by(hidden, output, x, t, Rules { hidden: |h| (1.0 - h * h) * (1.0 - h * h), ..RULES })
                },
            ),
            chaff(
                "backpropagated_without_weights",
                "The upstream gradient is the same for all hidden units.",
                |hidden, output, x, t| by(hidden, output, x, t, Rules { carried: |_| 1.0, ..RULES }),
            ),
            chaff(
                "backpropagated_without_sign",
                "The upstream gradient uses the absolute weights.",
                |hidden, output, x, t| by(hidden, output, x, t, Rules { carried: f64::abs, ..RULES }),
            ),
            chaff("sums_cut_off", "Weighted sums can be clipped to ±12.", |hidden, output, x, t| {
                reference::two_layer_backward(hidden, output, x, t)?;
                if x.rows() > 1 {
                    return reference::two_layer_backward(hidden, output, x, t);
                }
                let cut = |layer: &Dense, x: &Matrix| {
                    let z = |c: usize| {
                        layer.weights.row(c).iter().zip(x.row(0)).map(|(w, x)| w * x).sum::<f64>()
                            + layer.bias[c]
                    };
                    let bias = (0..layer.bias.len()).map(|c| layer.bias[c] + z(c).clamp(-12.0, 12.0) - z(c));
                    Dense { bias: bias.collect(), ..layer.clone() }
                };
                let hidden = cut(hidden, x);
                let h = Matrix::from_fn(1, hidden.bias.len(), |_, q| {
                    (hidden.weights.row(q).iter().zip(x.row(0)).map(|(w, x)| w * x).sum::<f64>()
                        + hidden.bias[q])
                        .tanh()
                });
                reference::two_layer_backward(&hidden, &cut(output, &h), x, t)
            }),
            chaff("hidden_stays", "Only the output layer is trained.", |hidden, output, x, t| {
                let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                Ok([scaled(&first, 0.0), second])
            }),
            chaff(
                "backpropagated_through_new_weights",
                "The gradient is backpropagated through the updated output weights.",
                |hidden, output, x, t| {
                    let [_, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    let (k, q) = output.weights.shape();
                    let moved =
                        Matrix::from_fn(k, q, |c, j| output.weights[(c, j)] - 0.1 * second.weights[(c, j)]);
                    let moved = Dense { weights: moved, bias: output.bias.clone() };
                    let [first, _] = reference::two_layer_backward(hidden, &moved, x, t)?;
                    Ok([first, second])
                },
            ),
            chaff(
                "output_from_x",
                "The output layer's gradient is δ·x instead of δ·h.",
                |hidden, output, x, t| {
                    let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    let (k, q) = output.weights.shape();
                    let weights = Matrix::from_fn(k, q, |c, j| second.bias[c] * x[(0, j % x.cols())]);
                    Ok([first, Dense { weights, ..second }])
                },
            ),
            chaff("summed", "The gradient is the sum over all samples.", |hidden, output, x, t| {
                let gradients = reference::two_layer_backward(hidden, output, x, t)?;
                Ok(gradients.map(|layer| scaled(&layer, x.rows() as f64)))
            }),
            chaff(
                "hidden_not_averaged",
                "The hidden layer's gradient is the sum over all samples.",
                |hidden, output, x, t| {
                    let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    Ok([scaled(&first, x.rows() as f64), second])
                },
            ),
            chaff("climbs", "The error is t − p.", |hidden, output, x, t| {
                Ok(reference::two_layer_backward(hidden, output, x, t)?.map(|layer| scaled(&layer, -1.0)))
            }),
            chaff(
                "hidden_bias_forgotten",
                "The gradient of the hidden biases is 0.",
                |hidden, output, x, t| {
                    let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    Ok([Dense { bias: vec![0.0; first.bias.len()], ..first }, second])
                },
            ),
            chaff(
                "transposed",
                "The entries of the gradients are stored column by column.",
                |hidden, output, x, t| {
                    let turned = |a: Matrix| Matrix::from_fn(a.cols(), a.rows(), |i, j| a[(j, i)]);
                    let gradients = reference::two_layer_backward(hidden, output, x, t)?;
                    Ok(gradients.map(|Dense { weights, bias }| Dense { weights: turned(weights), bias }))
                },
            ),
            chaff(
                "output_first",
                "The output layer's gradient is returned first.",
                |hidden, output, x, t| {
                    let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    Ok([second, first])
                },
            ),
            chaff("cut_to_fit", "Samples without targets are ignored.", |hidden, output, x, t| {
                let m = x.rows().min(t.rows());
                let cut = |a: &Matrix, cols: usize| Matrix::from_fn(m, cols, |i, j| a[(i, j)]);
                let k = t.cols().min(output.bias.len());
                reference::two_layer_backward(hidden, output, &cut(x, x.cols()), &cut(t, k))
            }),
            chaff(
                "nan_comes_back",
                "NaN in the data may propagate into the gradient.",
                |hidden, output, x, t| match reference::two_layer_backward(hidden, output, x, t) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok([scaled(hidden, f64::NAN), scaled(output, f64::NAN)])
                    }
                    answer => answer,
                },
            ),
            chaff(
                "any_bias",
                "An infinite bias is allowed: the neuron is saturated.",
                |hidden, output, x, targets| {
                    let calm = |layer: &Dense| Dense {
                        bias: layer.bias.iter().map(|b| if b.is_finite() { *b } else { 0.0 }).collect(),
                        ..layer.clone()
                    };
                    reference::two_layer_backward(&calm(hidden), &calm(output), x, targets)
                },
            ),
            chaff("targets_clipped", "Targets are clipped to 0 to 1.", |hidden, output, x, targets| {
                reference::two_layer_backward(hidden, output, x, targets)?;
                reference::two_layer_backward(
                    hidden,
                    output,
                    x,
                    &Matrix::from_fn(targets.rows(), targets.cols(), |i, c| targets[(i, c)].clamp(0.0, 1.0)),
                )
            }),
            wheat(
                "forwards",
                "carries the derivative of one parameter after the other through the network",
                forwards,
            ),
        ],
    )(hidden, output, x, targets)
}
