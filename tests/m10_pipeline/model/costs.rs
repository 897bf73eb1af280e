//! Rows to train on, and the loss from its definition.

use judge::any;
use kit::{Matrix, Softmax};
use proptest::collection::vec;
use proptest::prelude::*;

pub const CALL: &str = "train(x, y, classes, η, steps)";

/// Features, labels and names of classes, not all of which need occur.
pub fn rows() -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<String>)> + Send + Sync + Clone {
    (1..=5_usize, 0..=2_usize, 1..=3_usize)
        .prop_flat_map(|(n, d, k)| (any::matrix(n, d), vec(0..k, n), Just(names(k))))
}

pub fn names(k: usize) -> Vec<String> {
    ["a", "b", "c", "d"][..k].iter().map(ToString::to_string).collect()
}

pub fn mean_cost(x: &Matrix, y: &[usize], k: usize, parameters: &[f64]) -> f64 {
    let (w, b) = parameters.split_at(k * x.cols());
    let cost = |(i, label): (usize, &usize)| {
        let z = |c: usize| x.row(i).iter().zip(&w[c * x.cols()..]).map(|(x, w)| x * w).sum::<f64>() + b[c];
        let z: Vec<f64> = (0..k).map(z).collect();
        let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
        largest - z[*label] + z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln()
    };
    y.iter().enumerate().map(cost).sum::<f64>() / y.len() as f64
}

pub fn parameters(model: &Softmax) -> Vec<f64> {
    [model.weights.as_slice(), &model.intercepts].concat()
}
