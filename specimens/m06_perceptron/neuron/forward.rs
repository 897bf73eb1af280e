use kit::{Dense, InputError, Matrix};

use super::sigmoid;
use crate::reference::m06_perceptron::neuron as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Forward = fn(&Dense, &Matrix) -> Result<Matrix, InputError>;

/// The kata, answered by a specimen.
pub fn forward(layer: &Dense, x: &Matrix) -> Result<Matrix, InputError> {
    answering::<Forward>(
        module_path!(),
        reference::forward,
        &[
            wheat("bias_first", "starts each sum with the bias, and the powers stay below 1", |layer, x| {
                let start = |c: usize| layer.bias[c];
                by(
                    layer,
                    x,
                    |i, c| sum(layer, x, i, c, start(c)),
                    |z| {
                        let small = (-z.abs()).exp();
                        if z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
                    },
                )
            }),
            wheat("hyperbolic", "σ(z) = (1 + tanh(z/2))/2", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| f64::midpoint(1.0, (z / 2.0).tanh()))
            }),
            chaff("linear", "The output is the weighted sum, without an activation function.", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| z)
            }),
            chaff("step", "The activation function is a step function.", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| f64::from(u8::from(z > 0.0)))
            }),
            chaff("hyperbolic_tangent", "The activation function is tanh.", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), f64::tanh)
            }),
            chaff("minus_forgotten", "The sigmoid is 1/(1 + eᶻ).", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| 1.0 / (1.0 + z.exp()))
            }),
            chaff("bias_forgotten", "The forward pass needs no bias.", |layer, x| {
                by(layer, x, |i, c| sum(layer, x, i, c, 0.0), sigmoid)
            }),
            chaff(
                "bias_after_the_activation",
                "The bias is added after the activation function.",
                |layer, x| {
                    let p = by(layer, x, |i, c| sum(layer, x, i, c, 0.0), sigmoid)?;
                    Ok(Matrix::from_fn(p.rows(), p.cols(), |i, c| p[(i, c)] + layer.bias[c]))
                },
            ),
            chaff("first_bias_for_all", "A layer has a single bias.", |layer, x| {
                by(layer, x, |i, c| sum(layer, x, i, c, layer.bias[0]), sigmoid)
            }),
            chaff("transposed_weights", "A neuron is a column of W.", |layer, x| {
                let (k, n) = layer.weights.shape();
                if k != n {
                    return reference::forward(layer, x);
                }
                let weights = Matrix::from_fn(k, n, |c, j| layer.weights[(j, c)]);
                reference::forward(&Dense { weights, bias: layer.bias.clone() }, x)
            }),
            chaff("one_column_per_sample", "The activations are k×m, one sample per column.", |layer, x| {
                let p = reference::forward(layer, x)?;
                Ok(Matrix::from_fn(p.cols(), p.rows(), |c, i| p[(i, c)]))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |layer, x| {
                by(layer, x, |i, c| f64::from(z(layer, x, i, c) as f32), sigmoid)
            }),
            chaff("softmax", "The activation function is softmax.", |layer, x| {
                let p = by(layer, x, |i, c| z(layer, x, i, c), f64::exp)?;
                Ok(Matrix::from_fn(p.rows(), p.cols(), |i, c| p[(i, c)] / p.row(i).iter().sum::<f64>()))
            }),
            chaff("overflows", "The formula eᶻ/(1 + eᶻ) works for every z.", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| z.exp() / (1.0 + z.exp()))
            }),
            chaff("centered", "The samples are centered first.", |layer, x| {
                let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64;
                layer.accepts(x)?;
                reference::forward(layer, &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean(j)))
            }),
            chaff("cut_to_fit", "Features without a weight are ignored.", |layer, x| {
                let n = layer.weights.cols().min(x.cols());
                let cut = |a: &Matrix| Matrix::from_fn(a.rows(), n, |i, j| a[(i, j)]);
                reference::forward(&Dense { weights: cut(&layer.weights), bias: layer.bias.clone() }, &cut(x))
            }),
            chaff("empty_rejected", "An empty data set is an error.", |layer, x| {
                if x.rows() == 0 {
                    Err(InputError::TooFew { got: 0, wanted: 1 })
                } else {
                    reference::forward(layer, x)
                }
            }),
            chaff("nan_comes_back", "NaN in the data may propagate into the activations.", |layer, x| {
                match reference::forward(layer, x) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok(Matrix::from_fn(x.rows(), layer.bias.len(), |_, _| f64::NAN))
                    }
                    answer => answer,
                }
            }),
        ],
    )(layer, x)
}

fn sum(layer: &Dense, x: &Matrix, i: usize, c: usize, start: f64) -> f64 {
    layer.weights.row(c).iter().zip(x.row(i)).fold(start, |sum, (w, x)| sum + w * x)
}

fn z(layer: &Dense, x: &Matrix, i: usize, c: usize) -> f64 {
    sum(layer, x, i, c, 0.0) + layer.bias[c]
}

fn by(
    layer: &Dense,
    x: &Matrix,
    z: impl Fn(usize, usize) -> f64,
    activation: impl Fn(f64) -> f64,
) -> Result<Matrix, InputError> {
    layer.accepts(x)?;
    Ok(Matrix::from_fn(x.rows(), layer.bias.len(), |i, c| activation(z(i, c))))
}
