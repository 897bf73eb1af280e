//! Attention in several ways.

use kit::Matrix;

/// How scores, weights and averages are made.
#[derive(Clone, Copy)]
pub struct Plan {
    /// What a scalar product is divided by, from d and the width of the values.
    pub scale: fn(f64, f64) -> f64,
    /// The scaled product and the entry of the mask.
    pub masked: fn(f64, f64) -> f64,
    /// The weights of one row of scores.
    pub softmax: fn(&[f64]) -> Vec<f64>,
}

pub const RIGHT: Plan = Plan { scale: |d, _| d.sqrt(), masked: |score, mask| score + mask, softmax: stable };

impl Plan {
    pub fn weights(&self, q: &Matrix, k: &Matrix, v: &Matrix, mask: &Matrix) -> Vec<Vec<f64>> {
        let scale = (self.scale)(q.cols() as f64, v.cols() as f64);
        let score = |i: usize, j: usize| (self.masked)(dot(q.row(i), k.row(j)) / scale, mask[(i, j)]);
        let row = |i: usize| (self.softmax)(&(0..k.rows()).map(|j| score(i, j)).collect::<Vec<_>>());
        (0..q.rows()).map(row).collect()
    }

    /// Output and weights.
    pub fn attend(&self, q: &Matrix, k: &Matrix, v: &Matrix, mask: &Matrix) -> (Matrix, Matrix) {
        let weights = self.weights(q, k, v, mask);
        (average(&weights, v), matrix(&weights, k.rows()))
    }
}

pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

pub fn largest(scores: &[f64]) -> f64 {
    scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

pub fn stable(scores: &[f64]) -> Vec<f64> {
    let largest = largest(scores);
    plain(&scores.iter().map(|score| score - largest).collect::<Vec<_>>())
}

/// Without taking the largest out.
pub fn plain(scores: &[f64]) -> Vec<f64> {
    shares(scores.iter().map(|score| score.exp()).collect())
}

pub fn shares(powers: Vec<f64>) -> Vec<f64> {
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

/// exp(s − log Σ exp s)
pub fn by_logarithm(scores: &[f64]) -> Vec<f64> {
    let largest = largest(scores);
    let log_sum = scores.iter().map(|score| (score - largest).exp()).sum::<f64>().ln();
    scores.iter().map(|score| (score - largest - log_sum).exp()).collect()
}

pub fn average(weights: &[Vec<f64>], v: &Matrix) -> Matrix {
    Matrix::from_fn(weights.len(), v.cols(), |i, c| {
        weights[i].iter().enumerate().map(|(j, weight)| weight * v[(j, c)]).sum()
    })
}

pub fn matrix(rows: &[Vec<f64>], cols: usize) -> Matrix {
    Matrix::from_fn(rows.len(), cols, |i, j| rows[i][j])
}

pub fn product(a: &Matrix, b: &Matrix) -> Matrix {
    Matrix::from_fn(a.rows(), b.cols(), |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum())
}
