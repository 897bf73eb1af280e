use kit::{Dense, InputError, Matrix};

use super::sigmoid;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m06_perceptron::neuron as reference;

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
            chaff("linear", "a neuron says its weighted sum", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| z)
            }),
            chaff("step", "a neuron fires or it does not", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| f64::from(u8::from(z > 0.0)))
            }),
            chaff("hyperbolic_tangent", "tanh bends as well as σ", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), f64::tanh)
            }),
            chaff("minus_forgotten", "σ is 1/(1 + eᶻ)", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| 1.0 / (1.0 + z.exp()))
            }),
            chaff("bias_forgotten", "the bias is for training only", |layer, x| {
                by(layer, x, |i, c| sum(layer, x, i, c, 0.0), sigmoid)
            }),
            chaff("bias_after_the_bend", "the bias is added to what σ says", |layer, x| {
                let p = by(layer, x, |i, c| sum(layer, x, i, c, 0.0), sigmoid)?;
                Ok(Matrix::from_fn(p.rows(), p.cols(), |i, c| p[(i, c)] + layer.bias[c]))
            }),
            chaff("first_bias_for_all", "a layer has one bias", |layer, x| {
                by(layer, x, |i, c| sum(layer, x, i, c, layer.bias[0]), sigmoid)
            }),
            chaff("transposed_weights", "a column of W is a neuron, where that fits", |layer, x| {
                let (k, n) = layer.weights.shape();
                if k != n {
                    return reference::forward(layer, x);
                }
                let weights = Matrix::from_fn(k, n, |c, j| layer.weights[(j, c)]);
                reference::forward(&Dense { weights, bias: layer.bias.clone() }, x)
            }),
            chaff("one_column_a_sample", "outputs are k×m", |layer, x| {
                let p = reference::forward(layer, x)?;
                Ok(Matrix::from_fn(p.cols(), p.rows(), |c, i| p[(i, c)]))
            }),
            chaff("half_the_digits", "f32 is exact enough for a neuron", |layer, x| {
                by(layer, x, |i, c| f64::from(z(layer, x, i, c) as f32), sigmoid)
            }),
            chaff("softmax", "the outputs of a layer share a probability of 1", |layer, x| {
                let p = by(layer, x, |i, c| z(layer, x, i, c), f64::exp)?;
                Ok(Matrix::from_fn(p.rows(), p.cols(), |i, c| p[(i, c)] / p.row(i).iter().sum::<f64>()))
            }),
            chaff("overflows", "eᶻ/(1 + eᶻ) is the same thing", |layer, x| {
                by(layer, x, |i, c| z(layer, x, i, c), |z| z.exp() / (1.0 + z.exp()))
            }),
            chaff("centered", "samples are measured from their mean", |layer, x| {
                let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64;
                layer.accepts(x)?;
                reference::forward(layer, &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean(j)))
            }),
            chaff("cut_to_fit", "features without a weight count nothing", |layer, x| {
                let n = layer.weights.cols().min(x.cols());
                let cut = |a: &Matrix| Matrix::from_fn(a.rows(), n, |i, j| a[(i, j)]);
                reference::forward(&Dense { weights: cut(&layer.weights), bias: layer.bias.clone() }, &cut(x))
            }),
            chaff("empty_rejected", "without samples there is no answer", |layer, x| {
                if x.rows() == 0 {
                    Err(InputError::TooFew { got: 0, wanted: 1 })
                } else {
                    reference::forward(layer, x)
                }
            }),
            chaff("nan_comes_back", "a NaN in the data is the caller's affair", |layer, x| {
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
    bend: impl Fn(f64) -> f64,
) -> Result<Matrix, InputError> {
    layer.accepts(x)?;
    Ok(Matrix::from_fn(x.rows(), layer.bias.len(), |i, c| bend(z(i, c))))
}
