//! Backpropagations of a logistic layer, as somebody claims: right ones by several ways, and wrong ones.

use kit::{Dense, Matrix};

use super::super::draw::{cost, each, layer_of, parameters, sigmoid, sums};

pub type Claim = fn(&Dense, &Matrix, &Matrix) -> Dense;

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 9] = [
    ("backpropagation", |layer, x, t| gradient(layer, x, t, |p, t, _| (p - t) * p * (1.0 - p))),
    ("σ′ as e⁻ᶻ/(1 + e⁻ᶻ)²", |layer, x, t| {
        gradient(layer, x, t, |p, t, z| (p - t) * (-z).exp() / (1.0 + (-z).exp()).powi(2))
    }),
    ("σ′ as a quarter of 1 − tanh²(z/2), sample after sample", |layer, x, t| {
        gradient(layer, x, t, |p, t, z| (p - t) * (1.0 - (z / 2.0).tanh().powi(2)) / 4.0)
    }),
    ("finite differences of the loss", |layer, x, t| {
        let (at, shape) = (parameters(layer), layer.weights.shape());
        let moved = |k: usize, h: f64| {
            let mut p = at.clone();
            p[k] += h;
            cost(&layer_of(shape, &p), x, t)
        };
        let slope = |k: usize| (moved(k, 1e-4) - moved(k, -1e-4)) / 2e-4;
        layer_of(shape, &(0..at.len()).map(slope).collect::<Vec<_>>())
    }),
    ("partial derivatives that are 9·10⁻⁸ too large", |layer, x, t| off(layer, x, t, |_| 9e-8)),
    ("partial derivatives that are 9·10⁻⁸ too small", |layer, x, t| off(layer, x, t, |_| -9e-8)),
    ("partial derivatives that are 9·10⁻⁸ too large and too small in turn", |layer, x, t| {
        off(layer, x, t, |k| if k % 2 == 0 { 9e-8 } else { -9e-8 })
    }),
    ("nothing but what it may be called with", |layer, x, t| {
        let is_small = |numbers: &[f64]| numbers.iter().all(|number| number.abs() <= 4.0);
        let is_asked = [x.rows(), x.cols(), t.cols()].iter().all(|size| (1..=8).contains(size))
            && [layer.weights.as_slice(), &layer.bias, x.as_slice(), t.as_slice()].into_iter().all(is_small);
        if is_asked { true_ones(layer, x, t) } else { Dense { weights: Matrix::zeros(0, 0), bias: vec![] } }
    }),
    ("the last sample first", |layer, x, t| {
        let turned = |a: &Matrix| Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(a.rows() - 1 - i, j)]);
        true_ones(layer, &turned(x), &turned(t))
    }),
];

/// The same numbers, row after row, in so many rows.
fn reshaped(a: &Matrix, rows: usize) -> Matrix {
    let cols = a.as_slice().len() / rows;
    Matrix::from_fn(rows, cols, |i, j| a.as_slice()[i * cols + j])
}

fn off(layer: &Dense, x: &Matrix, t: &Matrix, by: impl Fn(usize) -> f64) -> Dense {
    let moved: Vec<f64> =
        parameters(&true_ones(layer, x, t)).iter().enumerate().map(|(k, slope)| slope + by(k)).collect();
    layer_of(layer.weights.shape(), &moved)
}

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 61] = [
    ("zeros, whatever the data", |layer, x, t| scaled(layer, x, t, 0.0)),
    ("σ′ is missing", |layer, x, t| gradient(layer, x, t, |p, t, _| p - t)),
    ("σ′ at p instead of at z", |layer, x, t| {
        gradient(layer, x, t, |p, t, _| (p - t) * sigmoid(p) * (1.0 - sigmoid(p)))
    }),
    ("σ′ = ¼, as it is at z = 0", |layer, x, t| gradient(layer, x, t, |p, t, _| (p - t) / 4.0)),
    ("σ′ without its second factor", |layer, x, t| gradient(layer, x, t, |p, t, _| (p - t) * p)),
    ("the other sign", |layer, x, t| scaled(layer, x, t, -1.0)),
    ("twice the gradient", |layer, x, t| scaled(layer, x, t, 2.0)),
    ("half the gradient", |layer, x, t| scaled(layer, x, t, 0.5)),
    ("the sum over the samples", |layer, x, t| scaled(layer, x, t, x.rows() as f64)),
    ("the mean over samples and outputs", |layer, x, t| scaled(layer, x, t, 1.0 / t.cols() as f64)),
    ("the mean over the features instead of the samples", |layer, x, t| {
        scaled(layer, x, t, x.rows() as f64 / x.cols() as f64)
    }),
    ("a gradient of 0 for the biases", |layer, x, t| Dense {
        bias: vec![0.0; t.cols()],
        ..true_ones(layer, x, t)
    }),
    ("a gradient of 0 for the last of several biases", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.bias.iter_mut().skip(1).next_back().into_iter().for_each(|slope| *slope = 0.0);
        gradient
    }),
    ("the right numbers as n×k", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: reshaped(&gradient.weights, x.cols()), ..gradient }
    }),
    ("the right numbers in one row", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: reshaped(&gradient.weights, 1), ..gradient }
    }),
    ("one entry too many for the biases", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { bias: [gradient.bias, vec![0.0]].concat(), ..gradient }
    }),
    ("the sum for the biases instead of the mean", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        let bias = gradient.bias.iter().map(|b| b * x.rows() as f64).collect();
        Dense { bias, ..gradient }
    }),
    ("the outer product transposed: n×k", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: transposed(&gradient.weights), ..gradient }
    }),
    ("transposed where the shape stays the same", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        let square = x.cols() == t.cols();
        let weights = if square { transposed(&gradient.weights) } else { gradient.weights };
        Dense { weights, ..gradient }
    }),
    ("the first sample only", |layer, x, t| {
        let one = |a: &Matrix| Matrix::from_fn(1, a.cols(), |_, j| a[(0, j)]);
        true_ones(layer, &one(x), &one(t))
    }),
    ("the last sample is left out", |layer, x, t| {
        let all_but_one = |a: &Matrix| Matrix::from_fn(a.rows() - 1, a.cols(), |i, j| a[(i, j)]);
        true_ones(layer, &all_but_one(x), &all_but_one(t))
    }),
    ("the first neuron's gradient for all neurons", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        let weights = Matrix::from_fn(t.cols(), x.cols(), |_, j| gradient.weights[(0, j)]);
        Dense { weights, bias: vec![gradient.bias[0]; t.cols()] }
    }),
    ("the last neuron has a gradient of 0", |layer, x, t| {
        let (mut gradient, last) = (true_ones(layer, x, t), t.cols() - 1);
        (0..x.cols()).for_each(|j| gradient.weights[(last, j)] = 0.0);
        gradient.bias[last] = 0.0;
        gradient
    }),
    ("the last neuron's bias has a gradient of 0", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.bias[t.cols() - 1] = 0.0;
        gradient
    }),
    ("the inputs are left out: weights have the gradient of the bias", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: Matrix::from_fn(t.cols(), x.cols(), |c, _| gradient.bias[c]), ..gradient }
    }),
    ("the first feature's gradient for all features", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        let weights = Matrix::from_fn(t.cols(), x.cols(), |c, _| gradient.weights[(c, 0)]);
        Dense { weights, ..gradient }
    }),
    ("the gradient after a step of 0.01 already", |layer, x, t| {
        let (shape, gradient) = (layer.weights.shape(), parameters(&true_ones(layer, x, t)));
        let moved: Vec<f64> = parameters(layer).iter().zip(gradient).map(|(p, s)| p - 0.01 * s).collect();
        true_ones(&layer_of(shape, &moved), x, t)
    }),
    ("NaN", |layer, x, t| scaled(layer, x, t, f64::NAN)),
    ("NaN for the last bias alone", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.bias[t.cols() - 1] = f64::NAN;
        gradient
    }),
    ("NaN for the last weight alone", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.weights[(t.cols() - 1, x.cols() - 1)] = f64::NAN;
        gradient
    }),
    ("NaN for the first weight alone", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.weights[(0, 0)] = f64::NAN;
        gradient
    }),
    ("the first neuron's bias has a gradient of 0", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.bias[0] = 0.0;
        gradient
    }),
    ("the first neuron has a gradient of 0", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        (0..x.cols()).for_each(|j| gradient.weights[(0, j)] = 0.0);
        gradient.bias[0] = 0.0;
        gradient
    }),
    ("the last feature is left out", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        (0..t.cols()).for_each(|c| gradient.weights[(c, x.cols() - 1)] = 0.0);
        gradient
    }),
    ("the first feature is left out", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        (0..t.cols()).for_each(|c| gradient.weights[(c, 0)] = 0.0);
        gradient
    }),
    ("the first sample is left out", |layer, x, t| {
        let rest = |a: &Matrix| Matrix::from_fn(a.rows() - 1, a.cols(), |i, j| a[(i + 1, j)]);
        true_ones(layer, &rest(x), &rest(t))
    }),
    ("the last sample for all", |layer, x, t| {
        let one = |a: &Matrix| Matrix::from_fn(1, a.cols(), |_, j| a[(a.rows() - 1, j)]);
        true_ones(layer, &one(x), &one(t))
    }),
    ("the last neuron's gradient for all neurons", |layer, x, t| {
        let (gradient, last) = (true_ones(layer, x, t), t.cols() - 1);
        let weights = Matrix::from_fn(t.cols(), x.cols(), |_, j| gradient.weights[(last, j)]);
        Dense { weights, bias: vec![gradient.bias[last]; t.cols()] }
    }),
    ("twice the gradient, for the biases alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { bias: gradient.bias.iter().map(|b| 2.0 * b).collect(), ..gradient }
    }),
    ("half the gradient, for the weights alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: each(&gradient.weights, |w| w / 2.0), ..gradient }
    }),
    ("the sum over the samples, for the weights alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: each(&gradient.weights, |w| w * x.rows() as f64), ..gradient }
    }),
    ("the other sign, for the biases alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { bias: gradient.bias.iter().map(|b| -b).collect(), ..gradient }
    }),
    ("the other sign, for the weights alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: each(&gradient.weights, |w| -w), ..gradient }
    }),
    ("σ′ is missing, for the biases alone", |layer, x, t| {
        let bias = gradient(layer, x, t, |p, t, _| p - t).bias;
        Dense { bias, ..true_ones(layer, x, t) }
    }),
    ("one bias too few", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.bias.pop();
        gradient
    }),
    ("no biases", |layer, x, t| Dense { bias: Vec::new(), ..true_ones(layer, x, t) }),
    ("a column too many", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        let last = x.cols();
        let weights =
            Matrix::from_fn(t.cols(), last + 1, |c, j| if j < last { gradient.weights[(c, j)] } else { 0.0 });
        Dense { weights, ..gradient }
    }),
    ("nothing at all", |_, _, _| Dense { weights: Matrix::zeros(0, 0), bias: Vec::new() }),
    ("the middle sample is left out", |layer, x, t| {
        let (rest, middle) = (x.rows() - 1, x.rows() / 2);
        let others =
            |a: &Matrix| Matrix::from_fn(rest, a.cols(), |i, j| a[(if i < middle { i } else { i + 1 }, j)]);
        true_ones(layer, &others(x), &others(t))
    }),
    ("the middle neuron has a gradient of 0", |layer, x, t| {
        let (mut gradient, middle) = (true_ones(layer, x, t), t.cols() / 2);
        (0..x.cols()).for_each(|j| gradient.weights[(middle, j)] = 0.0);
        gradient.bias[middle] = 0.0;
        gradient
    }),
    ("the middle neuron's bias has a gradient of 0", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        gradient.bias[t.cols() / 2] = 0.0;
        gradient
    }),
    ("the middle feature is left out", |layer, x, t| {
        let mut gradient = true_ones(layer, x, t);
        (0..t.cols()).for_each(|c| gradient.weights[(c, x.cols() / 2)] = 0.0);
        gradient
    }),
    ("twice the gradient, for the weights alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { weights: each(&gradient.weights, |w| 2.0 * w), ..gradient }
    }),
    ("half the gradient, for the biases alone", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense { bias: gradient.bias.iter().map(|b| b / 2.0).collect(), ..gradient }
    }),
    ("σ′ is missing, for the weights alone", |layer, x, t| {
        let weights = gradient(layer, x, t, |p, t, _| p - t).weights;
        Dense { weights, ..true_ones(layer, x, t) }
    }),
    ("σ′ = ¼, for the weights alone", |layer, x, t| {
        let weights = gradient(layer, x, t, |p, t, _| (p - t) / 4.0).weights;
        Dense { weights, ..true_ones(layer, x, t) }
    }),
    ("a gradient of 0 for the weights of all neurons but the first", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        let first = |c: usize, j: usize| if c == 0 { gradient.weights[(c, j)] } else { 0.0 };
        Dense { weights: Matrix::from_fn(t.cols(), x.cols(), first), ..gradient }
    }),
    ("the targets of the first neuron for all neurons", |layer, x, t| {
        true_ones(layer, x, &Matrix::from_fn(t.rows(), t.cols(), |i, _| t[(i, 0)]))
    }),
    ("the targets of the first sample for all samples", |layer, x, t| {
        true_ones(layer, x, &Matrix::from_fn(t.rows(), t.cols(), |_, c| t[(0, c)]))
    }),
    ("weighted sums with transposed weights, where the shape stays the same", |layer, x, t| {
        let square = x.cols() == t.cols();
        let weights = if square { transposed(&layer.weights) } else { layer.weights.clone() };
        true_ones(&Dense { weights, ..layer.clone() }, x, t)
    }),
    ("the inputs of the first sample for all samples", |layer, x, t| {
        let gradient = true_ones(layer, x, t);
        Dense {
            weights: Matrix::from_fn(t.cols(), x.cols(), |c, j| gradient.bias[c] * x[(0, j)]),
            ..gradient
        }
    }),
];

fn true_ones(layer: &Dense, x: &Matrix, t: &Matrix) -> Dense {
    RIGHT[0].1(layer, x, t)
}

fn transposed(a: &Matrix) -> Matrix {
    Matrix::from_fn(a.cols(), a.rows(), |i, j| a[(j, i)])
}

fn scaled(layer: &Dense, x: &Matrix, t: &Matrix, factor: f64) -> Dense {
    let gradient: Vec<f64> = parameters(&true_ones(layer, x, t)).iter().map(|slope| factor * slope).collect();
    layer_of(layer.weights.shape(), &gradient)
}

/// The gradient for this δ as a function of p, t and z.
fn gradient(layer: &Dense, x: &Matrix, t: &Matrix, delta: fn(f64, f64, f64) -> f64) -> Dense {
    let (z, m) = (sums(layer, x), x.rows());
    let p = each(&z, sigmoid);
    let delta = Matrix::from_fn(m, t.cols(), |i, c| delta(p[(i, c)], t[(i, c)], z[(i, c)]) / m as f64);
    let along = |c: usize, j: usize| (0..m).map(|i| delta[(i, c)] * x[(i, j)]).sum();
    let weights = Matrix::from_fn(t.cols(), x.cols(), along);
    Dense { weights, bias: (0..t.cols()).map(|c| (0..m).map(|i| delta[(i, c)]).sum()).collect() }
}
