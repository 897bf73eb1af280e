//! Softmax, cross-entropy and a linear classifier in plain numbers: what the laws compare with.

use judge::any;
use kit::Matrix;
use proptest::prelude::*;

use super::tensors::tensor;
use candle_core::{Tensor, Var};
use judge::any::sizes;
use kit::InputError;

/// softmax of one row of logits.
pub fn softmax(logits: &[f64]) -> Vec<f64> {
    let largest = logits.iter().fold(f64::NEG_INFINITY, |max, z| max.max(*z));
    let powers: Vec<f64> = logits.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

/// −ln of the probability of the label.
pub fn surprise(logits: &[f64], label: usize) -> f64 {
    let largest = logits.iter().fold(f64::NEG_INFINITY, |max, z| max.max(*z));
    let sum: f64 = logits.iter().map(|z| (z - largest).exp()).sum();
    sum.ln() - (logits[label] - largest)
}

/// The class with the largest logit, the first of several.
pub fn predicted(logits: &[f64]) -> usize {
    (0..logits.len()).rev().max_by(|&a, &b| logits[a].total_cmp(&logits[b])).unwrap_or(0)
}

/// The logits of one sample: x·W with one column a class.
pub fn logits(x: &[f64], w: &Matrix) -> Vec<f64> {
    (0..w.cols()).map(|j| x.iter().enumerate().map(|(i, x)| x * w[(i, j)]).sum()).collect()
}

/// Samples with labels, and weights to start from: d features, k classes.
#[derive(Debug, Clone)]
pub struct Task {
    pub x: Matrix,
    pub labels: Vec<usize>,
    pub w: Matrix,
}

impl judge::Inputs for Task {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.x), format!("{:?}", self.labels), format!("{:?}", self.w)]
    }
}

/// From 2 to 6 samples with two features; two or three classes. The largest logit is never shared: no sample is 0.
pub fn task() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    (2..=6_usize, 2..=3_usize).prop_flat_map(|(n, k)| {
        let labels = judge::any::vec(0..k, n);
        (any::matrix(n, 2), labels, any::matrix(2, k)).prop_map(|(mut x, labels, mut w)| {
            for i in 0..x.rows() {
                if x.row(i).iter().all(|x| *x == 0.0) {
                    x[(i, 0)] = 0.125;
                }
            }
            // Thirds of eighths that no sum of eighths times eighths brings together; small, so that nothing saturates.
            let k = w.cols();
            for i in 0..2 {
                for j in 0..k {
                    w[(i, j)] = w[(i, j)] / 16.0 + ((i * k + j) as f64 + 1.0).sqrt() / 64.0;
                }
            }
            Task { x, labels, w }
        })
    })
}

/// Any number of samples, features and classes. No sample is longer than about 1, so that a step of size ¼ stretches
/// rounding errors by less than 1.2.
pub fn wide_task() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    sizes([1..=6, 1..=3, 2..=3], [301, 65, 33]).prop_flat_map(|[n, d, k]| {
        let labels = judge::any::vec(0..k, n);
        (any::matrix(n, d), labels, any::matrix(d, k)).prop_map(move |(x, labels, w)| {
            let unit = 8.0 * (d as f64).sqrt();
            let x = Matrix::from_fn(n, d, |i, j| (x[(i, j)] + 1.0 / 64.0) / unit);
            let w = Matrix::from_fn(d, k, |i, j| w[(i, j)] / 16.0 + ((i * k + j) as f64 + 1.0).sqrt() / 64.0);
            Task { x, labels, w }
        })
    })
}

/// Batches of these samples: the order rotated by `shift`, in mini-batches of `size`.
pub fn cut(n: usize, shift: usize, size: usize) -> Vec<Vec<usize>> {
    let order: Vec<usize> = (0..n).map(|i| (i * 5 + shift) % n).collect();
    let order = if n.is_multiple_of(5) { (0..n).rev().collect() } else { order };
    order.chunks(size).map(<[usize]>::to_vec).collect()
}

/// The linear classifier on these weights as candle computes it.
pub fn linear(w: &Var) -> impl Fn(&Tensor) -> Result<Tensor, InputError> + use<> {
    let w = w.as_tensor().clone();
    move |x| Ok(x.matmul(&w)?)
}

/// The weights as a variable.
pub fn variable(w: &Matrix) -> Var {
    Var::from_tensor(&tensor(w)).expect("a tensor can be a variable")
}

/// Whether no gradient of the mean loss is larger than what rounding and Adam's ε hide.
pub fn flat(task: &Task) -> bool {
    let n = task.labels.len();
    let gradient = |j: usize, c: usize| {
        let of = |i: usize| {
            let p = softmax(&logits(task.x.row(i), &task.w))[c];
            (p - f64::from(task.labels[i] == c)) * task.x[(i, j)]
        };
        (0..n).map(of).sum::<f64>() / n as f64
    };
    (0..2).all(|j| (0..task.w.cols()).all(|c| gradient(j, c).abs() < 1e-6))
}
