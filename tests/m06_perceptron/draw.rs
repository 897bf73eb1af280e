//! Layers, samples and targets in eighths, small enough that a logistic function is not flat there.

use kit::{Dense, Matrix};
use proptest::prelude::*;

use super::sizes::{many, several};

/// A layer, samples and targets that fit together.
pub type Problem = (Dense, Matrix, Matrix);

/// An eighth in \[−2, 2\], often a whole number.
pub fn small() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![2 => (-2..=2_i32).prop_map(f64::from), 3 => (-16..=16_i32).prop_map(|k| f64::from(k) / 8.0)]
}

/// A matrix of [`small`] numbers.
pub fn matrix(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let drawn = rows * cols <= 48;
    let numbers =
        if drawn { judge::any::vec(small(), rows * cols).sboxed() } else { many_small(rows * cols, -16) };
    numbers.prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// Eighths from so many on to 2, from a seed: many of their own would take longer to draw than to compute with.
fn many_small(n: usize, least: i32) -> SBoxedStrategy<Vec<f64>> {
    let all = move |seed| {
        let mut generator = kit::Generator::from_seed(seed);
        let kinds = (17 - least) as usize;
        (0..n).map(|_| f64::from(generator.below(kinds) as i32 + least) / 8.0).collect()
    };
    judge::any::seed().prop_map(all).sboxed()
}

/// A layer of [`small`] numbers, from n inputs to k outputs.
pub fn layer(n: usize, k: usize) -> impl Strategy<Value = Dense> + Send + Sync + Clone {
    (matrix(k, n), matrix(1, k)).prop_map(|(weights, bias)| Dense { weights, bias: bias.as_slice().to_vec() })
}

/// Targets: eighths in \[0, 1\], often 0 or 1.
pub fn targets(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let target = prop_oneof![(0..=1_i32).prop_map(f64::from), (0..=8_i32).prop_map(|k| f64::from(k) / 8.0)];
    let drawn = rows * cols <= 48;
    let eighths = many_small(rows * cols, 0).prop_map(|numbers| numbers.iter().map(|t| t / 2.0).collect());
    let numbers = if drawn { judge::any::vec(target, rows * cols).sboxed() } else { eighths.sboxed() };
    numbers.prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// One to four samples, one to three inputs (rarely none), one to three outputs.
pub fn problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    let inputs = prop_oneof![9 => 1..=3_usize, 1 => Just(0)];
    (1..=4_usize, inputs, 1..=3_usize).prop_flat_map(|(m, n, k)| (layer(n, k), matrix(m, n), targets(m, k)))
}

/// The same of any size.
pub fn sized_problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    let inputs = prop_oneof![9 => several(1..=3), 1 => Just(0)];
    (many(1..=4), inputs, several(1..=3)).prop_flat_map(|(m, n, k)| {
        let m = m.min(1 + 40_000 / (n * k).max(1));
        (layer(n, k), matrix(m, n), targets(m, k))
    })
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

/// How far rounding may carry that loss for numbers of any size.
pub fn cost_error(layer: &Dense, x: &Matrix, t: &Matrix) -> f64 {
    let (z, sizes) = (sums(layer, x), sizes(layer, x));
    let part = |i: usize, c: usize| {
        let off = sigmoid_error(z[(i, c)], judge::rounding(x.cols() + 2, sizes[(i, c)]));
        off * (2.0 * (sigmoid(z[(i, c)]) - t[(i, c)]).abs() + off)
    };
    let all = Matrix::from_fn(t.rows(), t.cols(), part);
    all.as_slice().iter().sum::<f64>() / t.rows() as f64
        + judge::rounding(4 * all.as_slice().len() + 8, cost(layer, x, t))
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

/// Σ|w·x| + |b| for each sample and neuron: what the rounding of a weighted sum is measured against.
pub fn sizes(layer: &Dense, x: &Matrix) -> Matrix {
    Matrix::from_fn(x.rows(), layer.bias.len(), |i, c| {
        (0..x.cols()).map(|j| (layer.weights[(c, j)] * x[(i, j)]).abs()).sum::<f64>() + layer.bias[c].abs()
    })
}

/// How far σ(z) may be off if z is off by `error`, and σ rounds a few times itself.
pub fn sigmoid_error(z: f64, error: f64) -> f64 {
    sigmoid(z + error) - sigmoid(z - error) + judge::rounding(8, 1.0)
}

/// δ = ∂L/∂z of the squared error for each sample and neuron, and how far each may be off, where the weighted sums
/// may be off by `errors`.
pub fn deltas(z: &Matrix, errors: &Matrix, t: &Matrix) -> [Matrix; 2] {
    let m = z.rows() as f64;
    let delta = |i: usize, c: usize| {
        let (p, t) = (sigmoid(z[(i, c)]), t[(i, c)]);
        (p - t) * p * (1.0 - p) / m
    };
    let error = |i: usize, c: usize| {
        let (p, t) = (sigmoid(z[(i, c)]), t[(i, c)]);
        // 1 − p, and any other way to σ′, is off by a few ε of 1 and by what p is off.
        let off = sigmoid_error(z[(i, c)], errors[(i, c)]);
        ((p - t).abs() * (2.0 * off + judge::rounding(8, 1.0)) + off * p * (1.0 - p) + off * off) / m
            + judge::rounding(8, delta(i, c))
    };
    [Matrix::from_fn(z.rows(), z.cols(), delta), Matrix::from_fn(z.rows(), z.cols(), error)]
}

/// The gradient of a layer from δ and the inputs, and how far each entry may be off, where δ and the inputs are.
pub fn gradient_from(
    [delta, error]: &[Matrix; 2],
    x: &Matrix,
    off: impl Fn(usize, usize) -> f64,
) -> [Dense; 2] {
    let (m, k, n) = (x.rows(), delta.cols(), x.cols());
    let sum = |of: &dyn Fn(usize) -> f64| (0..m).map(of).sum::<f64>();
    let weights = Matrix::from_fn(k, n, |c, j| sum(&|i| delta[(i, c)] * x[(i, j)]));
    let bias = (0..k).map(|c| sum(&|i| delta[(i, c)])).collect();
    let errors = Matrix::from_fn(k, n, |c, j| {
        sum(&|i| {
            (error[(i, c)] + judge::rounding(m + 4, delta[(i, c)])) * (x[(i, j)].abs() + off(i, j))
                + delta[(i, c)].abs() * off(i, j)
        })
    });
    let bias_errors =
        (0..k).map(|c| sum(&|i| error[(i, c)] + judge::rounding(m + 4, delta[(i, c)]))).collect();
    [Dense { weights, bias }, Dense { weights: errors, bias: bias_errors }]
}

/// The gradient of the squared error of a layer of sigmoid neurons, and how far each entry may be off.
pub fn gradient_of((layer, x, t): &Problem) -> [Dense; 2] {
    let (z, sizes) = (sums(layer, x), sizes(layer, x));
    let errors = each(&sizes, |size| judge::rounding(x.cols() + 2, size));
    gradient_from(&deltas(&z, &errors, t), x, |_, _| 0.0)
}

/// The layer is this one, up to its own error in each parameter.
pub fn close_layers(call: &str, got: &Dense, [want, error]: &[Dense; 2], look: &str) -> judge::Verdict {
    let column = |bias: &[f64]| Matrix::from_fn(bias.len(), 1, |c, _| bias[c]);
    let weights = format!("the weights of {call}");
    judge::close_entries(&weights, &got.weights, &want.weights, |c, j| error.weights[(c, j)], look)?;
    let bias = format!("the biases of {call}");
    judge::close_entries(&bias, &column(&got.bias), &column(&want.bias), |c, _| error.bias[c], look)
}
