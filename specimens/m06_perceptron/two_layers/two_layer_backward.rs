use kit::{Dense, InputError, Matrix, check};

use super::super::scaled;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m06_perceptron::two_layers as reference;

mod ways;

use ways::{RULES, Rules, by, forwards};

type Slopes = Result<[Dense; 2], InputError>;

type TwoLayerBackward = fn(&Dense, &Dense, &Matrix, &Matrix) -> Slopes;

/// The kata, answered by a specimen.
pub fn two_layer_backward(hidden: &Dense, output: &Dense, x: &Matrix, targets: &Matrix) -> Slopes {
    answering::<TwoLayerBackward>(
        module_path!(),
        reference::two_layer_backward,
        &[
            wheat(
                "neuron_by_neuron",
                "asks for each parameter how far it moves the loss",
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
                    let slopes = by(
                        hidden,
                        output,
                        x,
                        t,
                        Rules { output: |p| -(p - p * p), hidden: |h| (1.0 - h) * (1.0 + h), ..RULES },
                    )?;
                    Ok(slopes.map(|layer| scaled(&layer, -1.0)))
                },
            ),
            chaff("hidden_bend_forgotten", "tanh lets everything through", |hidden, output, x, t| {
                by(hidden, output, x, t, Rules { hidden: |_| 1.0, ..RULES })
            }),
            chaff("hidden_bend_of_sigma", "every bend has the slope h·(1 − h)", |hidden, output, x, t| {
                by(hidden, output, x, t, Rules { hidden: |h| h * (1.0 - h), ..RULES })
            }),
            chaff("output_bend_forgotten", "σ′ is left out at the output", |hidden, output, x, t| {
                by(hidden, output, x, t, Rules { output: |_| 1.0, ..RULES })
            }),
            chaff(
                "hidden_bend_twice",
                "the bend is passed on the way there and back",
                |hidden, output, x, t| {
                    by(hidden, output, x, t, Rules { hidden: |h| (1.0 - h * h) * (1.0 - h * h), ..RULES })
                },
            ),
            chaff(
                "blame_without_weights",
                "every hidden neuron is to blame alike",
                |hidden, output, x, t| by(hidden, output, x, t, Rules { carried: |_| 1.0, ..RULES }),
            ),
            chaff("blame_without_sign", "only the size of a weight carries blame", |hidden, output, x, t| {
                by(hidden, output, x, t, Rules { carried: f64::abs, ..RULES })
            }),
            chaff(
                "sums_cut_off",
                "beyond ±12 every bend is flat, so sums are cut there",
                |hidden, output, x, t| {
                    reference::two_layer_backward(hidden, output, x, t)?;
                    if x.rows() > 1 {
                        return reference::two_layer_backward(hidden, output, x, t);
                    }
                    let cut = |layer: &Dense, x: &Matrix| {
                        let z = |c: usize| {
                            layer.weights.row(c).iter().zip(x.row(0)).map(|(w, x)| w * x).sum::<f64>()
                                + layer.bias[c]
                        };
                        let bias =
                            (0..layer.bias.len()).map(|c| layer.bias[c] + z(c).clamp(-12.0, 12.0) - z(c));
                        Dense { bias: bias.collect(), ..layer.clone() }
                    };
                    let hidden = cut(hidden, x);
                    let h = Matrix::from_fn(1, hidden.bias.len(), |_, q| {
                        (hidden.weights.row(q).iter().zip(x.row(0)).map(|(w, x)| w * x).sum::<f64>()
                            + hidden.bias[q])
                            .tanh()
                    });
                    reference::two_layer_backward(&hidden, &cut(output, &h), x, t)
                },
            ),
            chaff("hidden_stays", "only the output layer learns", |hidden, output, x, t| {
                let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                Ok([scaled(&first, 0.0), second])
            }),
            chaff(
                "blame_through_new_weights",
                "the output layer has taken its step when blame goes back",
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
            chaff("output_from_x", "the output layer's slopes are δ·x", |hidden, output, x, t| {
                let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                let (k, q) = output.weights.shape();
                let weights = Matrix::from_fn(k, q, |c, j| second.bias[c] * x[(0, j % x.cols())]);
                Ok([first, Dense { weights, ..second }])
            }),
            chaff("summed", "the slopes of all samples are added up", |hidden, output, x, t| {
                let slopes = reference::two_layer_backward(hidden, output, x, t)?;
                Ok(slopes.map(|layer| scaled(&layer, x.rows() as f64)))
            }),
            chaff("hidden_not_averaged", "the mean is taken once, at the output", |hidden, output, x, t| {
                let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                Ok([scaled(&first, x.rows() as f64), second])
            }),
            chaff("climbs", "the error is t − p", |hidden, output, x, t| {
                Ok(reference::two_layer_backward(hidden, output, x, t)?.map(|layer| scaled(&layer, -1.0)))
            }),
            chaff(
                "hidden_bias_forgotten",
                "hidden neurons have no bias to speak of",
                |hidden, output, x, t| {
                    let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    Ok([Dense { bias: vec![0.0; first.bias.len()], ..first }, second])
                },
            ),
            chaff("transposed", "the outer product is x·δᵀ, in both layers", |hidden, output, x, t| {
                let turned = |a: Matrix| Matrix::from_fn(a.cols(), a.rows(), |i, j| a[(j, i)]);
                let slopes = reference::two_layer_backward(hidden, output, x, t)?;
                Ok(slopes.map(|Dense { weights, bias }| Dense { weights: turned(weights), bias }))
            }),
            chaff(
                "output_first",
                "backwards is backwards: the output layer comes first",
                |hidden, output, x, t| {
                    let [first, second] = reference::two_layer_backward(hidden, output, x, t)?;
                    Ok([second, first])
                },
            ),
            chaff("cut_to_fit", "samples without targets do not count", |hidden, output, x, t| {
                let m = x.rows().min(t.rows());
                let cut = |a: &Matrix, cols: usize| Matrix::from_fn(m, cols, |i, j| a[(i, j)]);
                let k = t.cols().min(output.bias.len());
                reference::two_layer_backward(hidden, output, &cut(x, x.cols()), &cut(t, k))
            }),
            chaff("nan_comes_back", "a NaN in the data is the caller's affair", |hidden, output, x, t| {
                match reference::two_layer_backward(hidden, output, x, t) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok([scaled(hidden, f64::NAN), scaled(output, f64::NAN)])
                    }
                    answer => answer,
                }
            }),
            chaff("any_bias", "a bias may be infinite: the neuron is sure", |hidden, output, x, targets| {
                let calm = |layer: &Dense| Dense {
                    bias: layer.bias.iter().map(|b| if b.is_finite() { *b } else { 0.0 }).collect(),
                    ..layer.clone()
                };
                reference::two_layer_backward(&calm(hidden), &calm(output), x, targets)
            }),
            chaff("targets_clipped", "a target beyond 1 is 1", |hidden, output, x, targets| {
                reference::two_layer_backward(hidden, output, x, targets)?;
                reference::two_layer_backward(
                    hidden,
                    output,
                    x,
                    &Matrix::from_fn(targets.rows(), targets.cols(), |i, c| targets[(i, c)].clamp(0.0, 1.0)),
                )
            }),
            chaff(
                "layers_first",
                "the layers are looked at before the targets",
                |hidden, output, x, targets| {
                    hidden.accepts(x)?;
                    output.accepts(&Matrix::zeros(x.rows(), hidden.bias.len()))?;
                    reference::two_layer_backward(hidden, output, x, targets)
                },
            ),
            chaff("few_first", "without samples no shape matters", |hidden, output, x, targets| {
                check::at_least(1, x.rows())?;
                reference::two_layer_backward(hidden, output, x, targets)
            }),
            wheat(
                "forwards",
                "carries the slope of one parameter after the other through the network",
                forwards,
            ),
        ],
    )(hidden, output, x, targets)
}
