use kit::{Dense, InputError, Matrix};

use super::super::scaled;
use super::sigmoid;
use crate::reference::m06_perceptron::neuron as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Backward = fn(&Dense, &Matrix, &Matrix) -> Result<Dense, InputError>;

/// The kata, answered by a specimen.
pub fn backward(layer: &Dense, x: &Matrix, targets: &Matrix) -> Result<Dense, InputError> {
    answering::<Backward>(
        module_path!(),
        reference::backward,
        &[
            wheat(
                "sample_by_sample",
                "adds up one outer product a sample, divides at the end",
                |layer, x, t| {
                    let p = outputs(layer, x, t)?;
                    let (k, n) = layer.weights.shape();
                    let mut gradient = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
                    for i in 0..x.rows() {
                        for c in 0..k {
                            let delta = (p[(i, c)] - t[(i, c)]) * p[(i, c)] * (1.0 - p[(i, c)]);
                            (0..n).for_each(|j| gradient.weights[(c, j)] += delta * x[(i, j)]);
                            gradient.bias[c] += delta;
                        }
                    }
                    Ok(scaled(&gradient, 1.0 / x.rows() as f64))
                },
            ),
            wheat(
                "from_the_far_side",
                "σ′(z) = σ(z)·σ(−z), and t − p with a minus in front",
                |layer, x, t| by(layer, x, t, |p, t, z| -(t - p) * p / (1.0 + z.exp())),
            ),
            chaff(
                "derivative_forgotten",
                "The gradient with respect to z is p − t, without σ′.",
                |layer, x, t| by(layer, x, t, |p, t, _| p - t),
            ),
            chaff(
                "derivative_at_the_output",
                "The derivative of the sigmoid is evaluated at p instead of z.",
                |layer, x, t| by(layer, x, t, |p, t, _| (p - t) * sigmoid(p) * (1.0 - sigmoid(p))),
            ),
            chaff(
                "derivative_at_the_target",
                "The derivative of the sigmoid is t·(1 − t).",
                |layer, x, t| by(layer, x, t, |p, t, _| (p - t) * t * (1.0 - t)),
            ),
            chaff("half_the_derivative", "The derivative of the sigmoid is p.", |layer, x, t| {
                by(layer, x, t, |p, t, _| (p - t) * p)
            }),
            chaff("tanh_derivative", "The derivative of the sigmoid is 1 − p².", |layer, x, t| {
                by(layer, x, t, |p, t, _| (p - t) * (1.0 - p * p))
            }),
            chaff("climbs", "The error is t − p.", |layer, x, t| {
                Ok(scaled(&reference::backward(layer, x, t)?, -1.0))
            }),
            chaff("doubled", "The gradient has a factor 2.", |layer, x, t| {
                Ok(scaled(&reference::backward(layer, x, t)?, 2.0))
            }),
            chaff("summed", "The gradient is the sum over all samples.", |layer, x, t| {
                Ok(scaled(&reference::backward(layer, x, t)?, x.rows() as f64))
            }),
            chaff("mean_over_outputs", "The loss is averaged over the outputs as well.", |layer, x, t| {
                Ok(scaled(&reference::backward(layer, x, t)?, 1.0 / t.cols().max(1) as f64))
            }),
            chaff("transposed", "The gradient of the weights is n×k.", |layer, x, t| {
                let Dense { weights, bias } = reference::backward(layer, x, t)?;
                Ok(Dense { weights: transposed(&weights), bias })
            }),
            chaff(
                "transposed_in_place",
                "The entries of the gradient are stored column by column.",
                |layer, x, t| {
                    let Dense { weights, bias } = reference::backward(layer, x, t)?;
                    let (k, n) = weights.shape();
                    let turned = transposed(&weights);
                    Ok(Dense { weights: Matrix::from_fn(k, n, |c, j| turned.as_slice()[c * n + j]), bias })
                },
            ),
            chaff("bias_forgotten", "The gradient of the biases is 0.", |layer, x, t| {
                let gradient = reference::backward(layer, x, t)?;
                Ok(Dense { bias: vec![0.0; t.cols()], ..gradient })
            }),
            chaff(
                "bias_not_averaged",
                "The gradient of a bias is the sum over the samples.",
                |layer, x, t| {
                    let gradient = reference::backward(layer, x, t)?;
                    Ok(Dense {
                        bias: gradient.bias.iter().map(|b| b * x.rows() as f64).collect(),
                        ..gradient
                    })
                },
            ),
            chaff("first_sample", "The gradient of the first sample is enough.", |layer, x, t| {
                reference::backward(layer, x, t)?;
                let one = |a: &Matrix| Matrix::from_fn(1, a.cols(), |_, j| a[(0, j)]);
                reference::backward(layer, &one(x), &one(t))
            }),
            chaff(
                "after_a_step",
                "The gradient of the weights is taken after the biases have moved.",
                |layer, x, t| {
                    let gradient = reference::backward(layer, x, t)?;
                    let bias: Vec<f64> =
                        layer.bias.iter().zip(&gradient.bias).map(|(b, s)| b - 0.1 * s).collect();
                    let moved = Dense { weights: layer.weights.clone(), bias };
                    Ok(Dense { weights: reference::backward(&moved, x, t)?.weights, ..gradient })
                },
            ),
            chaff("overflows", "The formula eᶻ/(1 + eᶻ) works for every z.", |layer, x, t| {
                by(layer, x, t, |_, t, z| {
                    let p = z.exp() / (1.0 + z.exp());
                    (p - t) * p * (1.0 - p)
                })
            }),
            chaff("cut_to_fit", "Samples without targets are ignored.", |layer, x, t| {
                let m = x.rows().min(t.rows());
                let cut = |a: &Matrix| Matrix::from_fn(m, a.cols(), |i, j| a[(i, j)]);
                reference::backward(layer, &cut(x), &cut(t))
            }),
            chaff("no_inputs_rejected", "A layer without inputs is an error.", |layer, x, t| {
                match reference::backward(layer, x, t) {
                    Err(InputError::TooFew { .. }) if x.cols() == 0 => Ok(scaled(layer, 0.0)),
                    answer => answer,
                }
            }),
            chaff("nan_comes_back", "NaN in the data may propagate into the gradient.", |layer, x, t| {
                match reference::backward(layer, x, t) {
                    Err(InputError::NotFinite { .. }) => Ok(scaled(layer, f64::NAN)),
                    answer => answer,
                }
            }),
            chaff("probabilities_only", "Targets must lie between 0 and 1.", |layer, x, targets| {
                let l = reference::backward(layer, x, targets)?;
                if targets.as_slice().iter().any(|t| !(0.0..=1.0).contains(t)) {
                    Err(InputError::OutOfRange { name: "targets", got: 2.0, wanted: "0 to 1" })
                } else {
                    Ok(l)
                }
            }),
            chaff("targets_clipped", "Targets are clipped to 0 to 1.", |layer, x, targets| {
                reference::backward(layer, x, targets)?;
                reference::backward(
                    layer,
                    x,
                    &Matrix::from_fn(targets.rows(), targets.cols(), |i, c| targets[(i, c)].clamp(0.0, 1.0)),
                )
            }),
            chaff(
                "any_bias",
                "An infinite bias is allowed: the neuron is saturated.",
                |layer, x, targets| {
                    let calm: Vec<f64> =
                        layer.bias.iter().map(|b| if b.is_finite() { *b } else { 0.0 }).collect();
                    reference::backward(&Dense { bias: calm, ..layer.clone() }, x, targets)
                },
            ),
            wheat(
                "hyperbolic",
                "σ and σ′ by tanh and cosh, samples as columns of one product",
                |layer, x, t| {
                    by(layer, x, t, |_, t, z| {
                        (f64::midpoint(1.0, (z / 2.0).tanh()) - t) / (2.0 * (z / 2.0).cosh()).powi(2)
                    })
                },
            ),
        ],
    )(layer, x, targets)
}

fn transposed(a: &Matrix) -> Matrix {
    Matrix::from_fn(a.cols(), a.rows(), |i, j| a[(j, i)])
}

/// The outputs, of input that the reference does not reject.
fn outputs(layer: &Dense, x: &Matrix, t: &Matrix) -> Result<Matrix, InputError> {
    reference::backward(layer, x, t)?;
    reference::forward(layer, x)
}

/// With δ as a function of p, t and z.
fn by(layer: &Dense, x: &Matrix, t: &Matrix, delta: fn(f64, f64, f64) -> f64) -> Result<Dense, InputError> {
    let p = outputs(layer, x, t)?;
    let (k, n) = layer.weights.shape();
    let z = |i: usize, c: usize| {
        layer.weights.row(c).iter().zip(x.row(i)).map(|(w, x)| w * x).sum::<f64>() + layer.bias[c]
    };
    let mean = |c: usize, input: &dyn Fn(usize) -> f64| {
        let one = |i: usize| delta(p[(i, c)], t[(i, c)], z(i, c)) * input(i);
        (0..x.rows()).map(one).sum::<f64>() / x.rows() as f64
    };
    let weights = Matrix::from_fn(k, n, |c, j| mean(c, &|i| x[(i, j)]));
    Ok(Dense { weights, bias: (0..k).map(|c| mean(c, &|_| 1.0)).collect() })
}
