//! One step of EM, with the covariances as they come.

use katas::x2_clustering::mixture::Mixture;
use kit::Matrix;

/// Responsibilities by definition, for covariances that are not known as factors.
pub fn expected(x: &Matrix, mixture: &Mixture) -> Matrix {
    let ((n, d), k) = (x.shape(), mixture.weights.len());
    let mut logs = Matrix::zeros(n, k);
    for j in 0..k {
        let lower = factor(&mixture.covariances[j]);
        let log_det: f64 = (0..d).map(|a| lower[(a, a)].ln()).sum();
        for i in 0..n {
            let mut y: Vec<f64> = Vec::new();
            for a in 0..d {
                let known: f64 = y.iter().zip(lower.row(a)).map(|(y, l)| y * l).sum();
                y.push((x[(i, a)] - mixture.means[(j, a)] - known) / lower[(a, a)]);
            }
            logs[(i, j)] = mixture.weights[j].ln() - log_det - y.iter().map(|y| y * y / 2.0).sum::<f64>();
        }
    }
    let largest = |i: usize| logs.row(i).iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = |i: usize| {
        let largest = largest(i);
        largest + logs.row(i).iter().map(|log| (log - largest).exp()).sum::<f64>().ln()
    };
    let totals: Vec<f64> = (0..n).map(total).collect();
    Matrix::from_fn(n, k, |i, j| (logs[(i, j)] - totals[i]).exp())
}

/// The lower triangular factor, column after column.
fn factor(matrix: &Matrix) -> Matrix {
    let d = matrix.rows();
    let mut lower = Matrix::zeros(d, d);
    for j in 0..d {
        for i in j..d {
            let rest = matrix[(i, j)] - (0..j).map(|k| lower[(i, k)] * lower[(j, k)]).sum::<f64>();
            lower[(i, j)] = if i == j { rest.sqrt() } else { rest / lower[(j, j)] };
        }
    }
    lower
}

/// The mixture that fits the points best, given the responsibilities.
pub fn maximized(x: &Matrix, responsibilities: &Matrix, regularization: f64, before: &Mixture) -> Mixture {
    let (n, d) = x.shape();
    let mut after = before.clone();
    for j in 0..before.weights.len() {
        let r: Vec<f64> = (0..n).map(|i| responsibilities[(i, j)]).collect();
        let total: f64 = r.iter().sum();
        after.weights[j] = total / n as f64;
        if total > 0.0 {
            let mean: Vec<f64> = (0..d).map(|a| (0..n).map(|i| r[i] / total * x[(i, a)]).sum()).collect();
            (0..d).for_each(|a| after.means[(j, a)] = mean[a]);
            after.covariances[j] = Matrix::from_fn(d, d, |a, b| {
                let products = (0..n).map(|i| r[i] / total * (x[(i, a)] - mean[a]) * (x[(i, b)] - mean[b]));
                products.sum::<f64>() + if a == b { regularization } else { 0.0 }
            });
        }
    }
    after
}
