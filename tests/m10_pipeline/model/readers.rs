//! Models whose prediction is their only feature.

use judge::any::vec;
use judge::{Answer, Broken, Verdict, equal};
use katas::m10_pipeline::model::evaluate;
use kit::pipeline::Evaluation;
use kit::{Matrix, Softmax};
use proptest::prelude::*;

pub const CALL: &str = "evaluate(model, x, y)";

/// A model that predicts the class given by its only feature: 0, 1, …, k − 1.
pub fn reader(k: usize) -> Softmax {
    // zⱼ = 2jx − j² is −(x − j)² up to what all have in common, so it is largest for the j that is nearest to x.
    let weights = Matrix::from_fn(k, 1, |j, _| 2.0 * j as f64);
    let intercepts = (0..k).map(|j| -((j * j) as f64)).collect();
    Softmax { weights, intercepts, classes: (0..k).map(|j| j.to_string()).collect() }
}

/// Of d features number j decides between the first two of k classes: rows whose only other number than 0 is that one.
pub fn one_feature_decides([d, k]: [usize; 2], j: usize, sign: f64) -> Verdict {
    let weights = Matrix::from_fn(k, d, |c, l| if l == j { [-1.0, 1.0, -9.0][c.min(2)] } else { 0.0 });
    let model = Softmax { weights, intercepts: vec![0.0; k], classes: vec![String::new(); k] };
    let x = Matrix::from_fn(2, d, |i, l| if l == j { [sign, 2.0 * sign][i] } else { 0.0 });
    // Of three classes and more the third has the largest logit below 0.
    let predicted = if sign > 0.0 { 1 } else { [0, 2][usize::from(k > 2)] };
    let mut want = vec![vec![0; k]; k];
    want[0][predicted] = 2;
    let look = "Every feature counts, however many there are.";
    equal("confusion", evaluate(&model, &x, &[0, 0]).accepted(CALL)?.confusion, want, look)
}

/// Predicted and true class of each row, and the number of classes.
pub fn rows() -> impl Strategy<Value = (Vec<(usize, usize)>, usize)> + Send + Sync + Clone {
    (1..=4_usize).prop_flat_map(|k| (vec((0..k, 0..k), 1..=8), Just(k)))
}

pub fn evaluated(rows: &[(usize, usize)], k: usize) -> Result<Evaluation, Broken> {
    let x = Matrix::from_fn(rows.len(), 1, |i, _| rows[i].0 as f64);
    let y: Vec<usize> = rows.iter().map(|row| row.1).collect();
    evaluate(&reader(k), &x, &y).accepted(CALL)
}
