//! Data for the laws of this milestone.

use judge::any;
use kit::Matrix;
use nalgebra::DMatrix;
use proptest::prelude::*;

/// Two to six samples with one to four features, in eighths; often more features than samples.
pub fn samples() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    any::any_matrix(2..=6, 1..=4)
}

/// The covariance matrix of these samples, by the definition.
pub fn covariance_of(x: &Matrix) -> Matrix {
    let (n, d) = x.shape();
    let mean: Vec<f64> = (0..d).map(|j| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64).collect();
    let product =
        |j: usize, k: usize| (0..n).map(|i| (x[(i, j)] - mean[j]) * (x[(i, k)] - mean[k])).sum::<f64>();
    Matrix::from_fn(d, d, |j, k| product(j.min(k), j.max(k)) / (n - 1) as f64)
}

/// The eigenvalues by nalgebra, in descending order.
pub fn eigenvalues(a: &Matrix) -> Vec<f64> {
    let mut values =
        DMatrix::from_row_slice(a.rows(), a.cols(), a.as_slice()).symmetric_eigenvalues().as_slice().to_vec();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// The sum of the diagonal.
pub fn trace(a: &Matrix) -> f64 {
    (0..a.rows()).map(|j| a[(j, j)]).sum()
}

/// The covariance matrix of the 1,797 digits, 64×64.
pub fn digits_covariance() -> Matrix {
    let x = &kit::data::digits().features;
    let (n, d) = x.shape();
    let mut mean = vec![0.0; d];
    (0..n).for_each(|i| mean.iter_mut().zip(x.row(i)).for_each(|(mean, x)| *mean += x / n as f64));
    let mut sums = vec![0.0; d * d];
    for i in 0..n {
        let row: Vec<f64> = x.row(i).iter().zip(&mean).map(|(x, mean)| x - mean).collect();
        for j in 0..d {
            sums[j * d..(j + 1) * d].iter_mut().zip(&row).for_each(|(sum, x)| *sum += row[j] * x);
        }
    }
    Matrix::from_fn(d, d, |j, k| sums[j.min(k) * d + j.max(k)] / (n - 1) as f64)
}
