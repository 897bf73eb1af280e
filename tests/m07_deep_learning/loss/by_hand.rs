//! The loss from its definition.

use candle_core::Tensor;
use judge::{Answer, Broken, any, ensure, rounding};
use katas::m07_deep_learning::loss::cross_entropy;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::softmax::{softmax, surprise};
use super::super::tensors::numbers;
use judge::any::sizes;

/// n×k logits in eighths with a label for each row.
pub fn logits() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    (1..=4_usize, 1..=4_usize).prop_flat_map(|(n, k)| (any::matrix(n, k), judge::any::vec(0..k, n)))
}

/// Up to 301 rows and 65 classes.
pub fn wide_logits() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    sizes([1..=4, 1..=4], [303, 101]).prop_flat_map(|[n, k]| (any::matrix(n, k), judge::any::vec(0..k, n)))
}

/// The gradient by its formula: softmax of each row less 1 at the label, divided by the number of rows.
pub fn gradient(z: &Matrix, labels: &[usize]) -> Matrix {
    let rows: Vec<Vec<f64>> = (0..z.rows()).map(|i| softmax(z.row(i))).collect();
    let n = labels.len() as f64;
    Matrix::from_fn(z.rows(), z.cols(), |i, j| (rows[i][j] - f64::from(labels[i] == j)) / n)
}

pub fn loss(z: &Tensor, labels: &[usize]) -> Result<f64, Broken> {
    let loss = cross_entropy(z, labels).accepted("cross_entropy(z, labels)")?;
    ensure(loss.rank() == 0, || {
        let got = format!("a tensor of shape {:?}", loss.dims());
        Broken::answer(got, "a scalar: shape []", "One number for the whole batch, not one per row.")
    })?;
    numbers("the loss", &loss).map(|loss| loss[0])
}

pub fn by_hand(z: &Matrix, labels: &[usize]) -> f64 {
    let sum: f64 = labels.iter().enumerate().map(|(i, label)| surprise(z.row(i), *label)).sum();
    sum / labels.len() as f64
}

/// Logits of at most 8: the loss is below 20, some operations a logit.
pub fn tolerance(z: &Matrix) -> f64 {
    rounding(8 * z.rows() * (z.cols() + 2), 20.0)
}

/// A tensor prints many lines; a rejection is all that counts here.
pub fn described(z: &Tensor, labels: &[usize]) -> Result<String, InputError> {
    cross_entropy(z, labels).map(|_| "a loss".to_owned())
}
