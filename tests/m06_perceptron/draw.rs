//! Layers, samples and targets in eighths, small enough that a logistic function is not flat there.

use kit::{Dense, Matrix};
use proptest::prelude::*;

/// A layer, samples and targets that fit together.
pub type Problem = (Dense, Matrix, Matrix);

/// An eighth in \[−2, 2\], often a whole number.
pub fn small() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![2 => (-2..=2_i32).prop_map(f64::from), 3 => (-16..=16_i32).prop_map(|k| f64::from(k) / 8.0)]
}

/// A matrix of [`small`] numbers.
pub fn matrix(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let numbers = proptest::collection::vec(small(), rows * cols);
    numbers.prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// A layer of [`small`] numbers, from n inputs to k outputs.
pub fn layer(n: usize, k: usize) -> impl Strategy<Value = Dense> + Send + Sync + Clone {
    (matrix(k, n), proptest::collection::vec(small(), k)).prop_map(|(weights, bias)| Dense { weights, bias })
}

/// Targets: eighths in \[0, 1\], often 0 or 1.
pub fn targets(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let target = prop_oneof![(0..=1_i32).prop_map(f64::from), (0..=8_i32).prop_map(|k| f64::from(k) / 8.0)];
    let numbers = proptest::collection::vec(target, rows * cols);
    numbers.prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// One to four samples, one to three inputs (rarely none), one to three outputs.
pub fn problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    let inputs = prop_oneof![9 => 1..=3_usize, 1 => Just(0)];
    (1..=4_usize, inputs, 1..=3_usize).prop_flat_map(|(m, n, k)| (layer(n, k), matrix(m, n), targets(m, k)))
}

/// σ, without overflow on either side.
pub fn sigmoid(z: f64) -> f64 {
    let small = (-z.abs()).exp();
    if z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
}

/// W·x + b for each sample, by the definition.
pub fn sums(layer: &Dense, x: &Matrix) -> Matrix {
    Matrix::from_fn(x.rows(), layer.bias.len(), |i, c| {
        (0..x.cols()).map(|j| layer.weights[(c, j)] * x[(i, j)]).sum::<f64>() + layer.bias[c]
    })
}

/// Every entry through the same function.
pub fn each(a: &Matrix, f: impl Fn(f64) -> f64) -> Matrix {
    Matrix::from_fn(a.rows(), a.cols(), |i, j| f(a[(i, j)]))
}

/// Half the squared distance, the mean over the rows.
pub fn half_mean_square(p: &Matrix, t: &Matrix) -> f64 {
    let squares = p.as_slice().iter().zip(t.as_slice()).map(|(p, t)| (p - t) * (p - t));
    squares.sum::<f64>() / (2.0 * p.rows() as f64)
}

/// The loss of a logistic layer.
pub fn cost(layer: &Dense, x: &Matrix, t: &Matrix) -> f64 {
    half_mean_square(&each(&sums(layer, x), sigmoid), t)
}

/// How far rounding may carry that loss: each of the k outputs errs by a few ε and by a quarter of its sum's error,
/// and the sums are at most n·4 + 2.
pub fn cost_rounding(layer: &Dense, x: &Matrix) -> f64 {
    let (k, n) = layer.weights.shape();
    judge::rounding(x.rows() * k + n + 8, (k * (n + 2)) as f64 * 2.0)
}

/// Weights row after row, then the biases.
pub fn parameters(layer: &Dense) -> Vec<f64> {
    [layer.weights.as_slice(), &layer.bias].concat()
}

/// The layer of this shape with these parameters.
pub fn layer_of((k, n): (usize, usize), parameters: &[f64]) -> Dense {
    let weights = Matrix::from_fn(k, n, |c, j| parameters[c * n + j]);
    Dense { weights, bias: parameters[k * n..k * (n + 1)].to_vec() }
}

/// Row i alone.
pub fn only(a: &Matrix, i: usize) -> Matrix {
    Matrix::from_fn(1, a.cols(), |_, j| a[(i, j)])
}

/// The matrix with `value` for entry number `index`, counted row after row.
pub fn with(a: &Matrix, index: usize, value: f64) -> Matrix {
    Matrix::from_fn(a.rows(), a.cols(), |i, j| if i * a.cols() + j == index { value } else { a[(i, j)] })
}

/// A layer from three inputs to two outputs, two samples for it, and their targets: for what must be rejected.
pub fn three_to_two() -> Problem {
    let weights = Matrix::from_rows([[1.0, 2.0, -1.0], [0.5, 0.0, 1.5]]);
    let x = Matrix::from_rows([[1.0, 0.0, -1.0], [0.5, 2.0, 1.0]]);
    (Dense { weights, bias: vec![0.5, -0.25] }, x, Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]))
}
