//! EM in several ways.

use kit::{InputError, Matrix};

use crate::reference::x2_clustering::density::gaussian_log_density;
use crate::reference::x2_clustering::mixture::{EmStep, Mixture};

/// How a mixture is fitted to responsibilities.
pub struct Fit {
    /// From the number of points and the sum of the responsibilities: the weight.
    pub weight: fn(f64, f64) -> f64,
    /// The divisor of the covariance.
    pub divisor: fn(f64) -> f64,
    /// Whether deviations are those from the mean before the step.
    pub from_old_mean: bool,
    /// What is added to entry (a, b).
    pub ridge: fn(usize, usize, f64) -> f64,
    /// What a covariance becomes, entry by entry.
    pub shape: fn(usize, usize, f64) -> f64,
    /// Whether a component without points keeps its place.
    pub keeps: bool,
}

pub const FIT: Fit = Fit {
    weight: |n, total| total / n,
    divisor: |total| total,
    from_old_mean: false,
    ridge: |a, b, regularization| if a == b { regularization } else { 0.0 },
    shape: |_, _, entry| entry,
    keeps: true,
};

impl Fit {
    pub fn maximized(&self, x: &Matrix, r: &Matrix, regularization: f64, before: &Mixture) -> Mixture {
        let (n, d) = x.shape();
        let mut after = before.clone();
        for j in 0..before.weights.len() {
            let total: f64 = (0..n).map(|i| r[(i, j)]).sum();
            after.weights[j] = (self.weight)(n as f64, total);
            if total == 0.0 && self.keeps {
                continue;
            }
            for a in 0..d {
                after.means[(j, a)] = (0..n).map(|i| r[(i, j)] * x[(i, a)]).sum::<f64>() / total;
            }
            let means = if self.from_old_mean { &before.means } else { &after.means };
            let deviation = |i: usize, a: usize| x[(i, a)] - means[(j, a)];
            after.covariances[j] = Matrix::from_fn(d, d, |a, b| {
                let (low, high) = (a.min(b), a.max(b));
                let sum: f64 = (0..n).map(|i| r[(i, j)] * (deviation(i, low) * deviation(i, high))).sum();
                (self.shape)(a, b, sum / (self.divisor)(total)) + (self.ridge)(a, b, regularization)
            });
        }
        after
    }

    pub fn step(&self, x: &Matrix, mixture: &Mixture, regularization: f64) -> Result<EmStep, InputError> {
        let logs = logarithms(x, mixture)?;
        let (responsibilities, log_likelihood) = expected(&logs);
        let mixture = self.maximized(x, &responsibilities, regularization, mixture);
        Ok(EmStep { responsibilities, log_likelihood, mixture })
    }
}

/// log πⱼ + log pⱼ(xᵢ).
pub fn logarithms(x: &Matrix, mixture: &Mixture) -> Result<Matrix, InputError> {
    let mut logs = Matrix::zeros(x.rows(), mixture.weights.len());
    for (j, covariance) in mixture.covariances.iter().enumerate() {
        let log_p = gaussian_log_density(x, mixture.means.row(j), covariance)?;
        log_p.iter().enumerate().for_each(|(i, log_p)| logs[(i, j)] = mixture.weights[j].ln() + log_p);
    }
    Ok(logs)
}

/// Responsibilities by adding one term after the other to a running logarithm; and the mean log-likelihood.
pub fn expected(logs: &Matrix) -> (Matrix, f64) {
    let (n, k) = logs.shape();
    let add = |a: f64, b: f64| {
        let (low, high) = (a.min(b), a.max(b));
        if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
    };
    let totals: Vec<f64> = (0..n).map(|i| logs.row(i).iter().copied().fold(f64::NEG_INFINITY, add)).collect();
    let responsibilities = Matrix::from_fn(n, k, |i, j| (logs[(i, j)] - totals[i]).exp());
    (responsibilities, totals.iter().sum::<f64>() / n as f64)
}

/// With exponentials as they are: 0/0 where all densities underflow.
pub fn underflowing(logs: &Matrix) -> (Matrix, f64) {
    let (n, k) = logs.shape();
    let totals: Vec<f64> = (0..n).map(|i| logs.row(i).iter().map(|log| log.exp()).sum()).collect();
    let responsibilities = Matrix::from_fn(n, k, |i, j| logs[(i, j)].exp() / totals[i]);
    (responsibilities, totals.iter().map(|total| total.ln()).sum::<f64>() / n as f64)
}
