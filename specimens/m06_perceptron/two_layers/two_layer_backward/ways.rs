//! Other ways to compute it, right and wrong, for the specimens of `two_layer_backward`.

use kit::{Dense, Matrix, check};

use super::super::super::scaled;
use super::Gradients;
use crate::reference::m06_perceptron::two_layers as reference;

/// The derivatives of the activation functions, from their outputs, and what of a weight passes the gradient on.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub(super) output: fn(f64) -> f64,
    pub(super) hidden: fn(f64) -> f64,
    pub(super) carried: fn(f64) -> f64,
}

pub(super) const RULES: Rules = Rules { output: |p| p * (1.0 - p), hidden: |h| 1.0 - h * h, carried: |w| w };

pub(super) fn by(hidden: &Dense, output: &Dense, x: &Matrix, t: &Matrix, rules: Rules) -> Gradients {
    reference::two_layer_backward(hidden, output, x, t)?;
    let sum = |layer: &Dense, row: &[f64], c: usize| {
        layer.bias[c] + layer.weights.row(c).iter().zip(row).map(|(w, x)| w * x).sum::<f64>()
    };
    let zeros = |layer: &Dense| scaled(layer, 0.0);
    let [mut first, mut second] = [zeros(hidden), zeros(output)];
    for i in 0..x.rows() {
        let h: Vec<f64> = (0..hidden.bias.len()).map(|q| sum(hidden, x.row(i), q).tanh()).collect();
        for c in 0..output.bias.len() {
            let p = 1.0 / (1.0 + (-sum(output, &h, c)).exp());
            let blame = (p - t[(i, c)]) * (rules.output)(p) / x.rows() as f64;
            second.bias[c] += blame;
            for (q, &h) in h.iter().enumerate() {
                second.weights[(c, q)] += blame * h;
                let back = blame * (rules.carried)(output.weights[(c, q)]) * (rules.hidden)(h);
                first.bias[q] += back;
                (0..x.cols()).for_each(|j| first.weights[(q, j)] += back * x[(i, j)]);
            }
        }
    }
    Ok([first, second])
}

/// A number, and its slope along the parameter in question.
pub(super) type Dual = [f64; 2];

pub(super) fn forwards(hidden: &Dense, output: &Dense, x: &Matrix, t: &Matrix) -> Gradients {
    let left = (x.rows(), output.weights.rows());
    check::same_shape(left, t.shape())?;
    check::at_least(1, x.rows())?;
    hidden.accepts(x)?;
    output.accepts(&Matrix::zeros(x.rows(), hidden.bias.len()))?;
    check::finite("targets", t.as_slice())?;
    let layer =
        |layer: &Dense, moves: Option<(usize, usize)>, input: &[Dual], activation: fn(f64) -> Dual| {
            let n = layer.weights.cols();
            let moved = |c: usize, j: usize| f64::from(u8::from(moves == Some((c, j))));
            let one = |c: usize| -> Dual {
                let mut z = [layer.bias[c], moved(c, n)];
                for (j, [x, slope]) in input.iter().enumerate() {
                    let w = layer.weights[(c, j)];
                    z = [z[0] + w * x, z[1] + w * slope + moved(c, j) * x];
                }
                let [value, slope] = activation(z[0]);
                [value, slope * z[1]]
            };
            (0..layer.bias.len()).map(one).collect::<Vec<Dual>>()
        };
    let tanh: fn(f64) -> Dual = |z| [z.tanh(), 1.0 / z.cosh().powi(2)];
    let sigma: fn(f64) -> Dual = |z| [1.0 / (1.0 + (-z).exp()), 0.5 / (1.0 + z.cosh())];
    let slope = |first, second| {
        let sample = |i: usize| {
            let input: Vec<Dual> = x.row(i).iter().map(|x| [*x, 0.0]).collect();
            let p = layer(output, second, &layer(hidden, first, &input, tanh), sigma);
            p.iter().zip(t.row(i)).map(|([p, slope], t)| (p - t) * slope).sum::<f64>()
        };
        (0..x.rows()).map(sample).sum::<f64>() / x.rows() as f64
    };
    let all = |of: &Dense, slope: &dyn Fn(usize, usize) -> f64| {
        let (k, n) = of.weights.shape();
        Dense { weights: Matrix::from_fn(k, n, slope), bias: (0..k).map(|c| slope(c, n)).collect() }
    };
    Ok([all(hidden, &|c, j| slope(Some((c, j)), None)), all(output, &|c, j| slope(None, Some((c, j))))])
}
