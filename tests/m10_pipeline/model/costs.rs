//! Rows to train on, and the loss from its definition.

use judge::any;
use judge::any::vec;
use kit::{Matrix, Softmax};
use proptest::prelude::*;

pub const CALL: &str = "train(x, y, classes, η, steps)";

/// Features, labels and names of classes, not all of which need occur.
pub fn rows() -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<String>)> + Send + Sync + Clone {
    (1..=5_usize, 0..=2_usize, 1..=3_usize)
        .prop_flat_map(|(n, d, k)| (any::matrix(n, d), vec(0..k, n), Just(names(k))))
}

pub fn names(k: usize) -> Vec<String> {
    // In no order: the model returns them as they are.
    ["c", "a", "d", "b"][..k].iter().map(ToString::to_string).collect()
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

/// Gradient descent from zero: for each class its weights and its intercept, and the losses.
pub fn descent(x: &Matrix, y: &[usize], k: usize, rate: f64, steps: usize) -> (Vec<f64>, Vec<f64>) {
    let (n, d) = x.shape();
    let mut w = vec![0.0; k * (d + 1)];
    let mut losses = Vec::new();
    for step in 0..=steps {
        let (mut gradient, mut loss) = (vec![0.0; k * (d + 1)], 0.0);
        for (i, label) in y.iter().enumerate() {
            let z = |c: usize| {
                x.row(i).iter().zip(&w[c * (d + 1)..]).map(|(x, w)| x * w).sum::<f64>() + w[c * (d + 1) + d]
            };
            let z: Vec<f64> = (0..k).map(z).collect();
            let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
            let sum: f64 = z.iter().map(|z| (z - largest).exp()).sum();
            loss += largest + sum.ln() - z[*label];
            for (c, z) in z.iter().enumerate() {
                let residual = (z - largest).exp() / sum - f64::from(u8::from(c == *label));
                (0..d).for_each(|j| gradient[c * (d + 1) + j] += residual * x[(i, j)]);
                gradient[c * (d + 1) + d] += residual;
            }
        }
        losses.push(loss / n as f64);
        if step < steps {
            w.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= rate * g / n as f64);
        }
    }
    (w, losses)
}
