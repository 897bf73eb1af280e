//! Gaussians with a known factor of their covariance, and EM by definition.

use judge::any;
use judge::{Broken, Verdict, close, ensure, equal, rounding};
use katas::x2_clustering::mixture::Mixture;
use kit::{Generator, Matrix};
use proptest::prelude::*;

use super::draw::normal;

/// A Gaussian, and the lower triangular factor of its covariance.
#[derive(Debug, Clone)]
pub struct Gaussian {
    pub mean: Vec<f64>,
    pub lower: Matrix,
}

/// Units of measurement: powers of two, so that scaling rounds nothing.
pub fn unit() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let power = |power: i32| 2.0_f64.powi(power);
    any::select(vec![1.0, 1.0, power(-14), power(14), power(-28), power(26), power(-400), power(400)])
}

/// The condition number of a covariance from [`gaussian`], with its scales divided out: the rows of its factor have ones
/// on the diagonal and at most ½ next to them.
const CONDITION: f64 = 64.0;

/// The covariance of independent features with variance 1.
pub fn identity(d: usize) -> Matrix {
    Matrix::from_fn(d, d, |a, b| f64::from(u8::from(a == b)))
}

/// A Gaussian in d dimensions, whose features have different scales. Its factor has few entries, so that it is far from
/// singular in any number of dimensions.
pub fn gaussian(d: usize, unit: f64, generator: &mut Generator) -> Gaussian {
    let mut lower = Matrix::zeros(d, d);
    for i in 0..d {
        let scale = unit * [0.5, 1.0, 1.0, 2.0][generator.below(4)];
        for j in i.saturating_sub(2)..i {
            lower[(i, j)] = scale * (generator.below(5) as f64 - 2.0) / 8.0;
        }
        lower[(i, i)] = scale;
    }
    let mean = (0..d).map(|_| unit * (generator.below(65) as f64 - 32.0) / 8.0).collect();
    Gaussian { mean, lower }
}

impl Gaussian {
    /// L·Lᵀ.
    pub fn covariance(&self) -> Matrix {
        let (lower, d) = (&self.lower, self.mean.len());
        Matrix::from_fn(d, d, |i, j| (0..d).map(|k| lower[(i, k)] * lower[(j, k)]).sum())
    }

    /// A point at about `far` standard deviations from the mean.
    pub fn point(&self, far: f64, generator: &mut Generator) -> Vec<f64> {
        let z: Vec<f64> = self.mean.iter().map(|_| far * normal(generator)).collect();
        let moved = |i: usize| self.lower.row(i).iter().zip(&z).map(|(l, z)| l * z).sum::<f64>();
        self.mean.iter().enumerate().map(|(i, mean)| mean + moved(i)).collect()
    }

    /// The logarithm of the density, and how far rounding may carry it.
    pub fn log_density(&self, x: &[f64]) -> (f64, f64) {
        let d = self.mean.len();
        let mut y: Vec<f64> = Vec::new();
        for (i, (x, mean)) in x.iter().zip(&self.mean).enumerate() {
            let known: f64 = y.iter().zip(self.lower.row(i)).map(|(y, l)| y * l).sum();
            y.push((x - mean - known) / self.lower[(i, i)]);
        }
        let distance: f64 = y.iter().map(|y| y * y).sum();
        let logs = (0..d).map(|i| self.lower[(i, i)].ln());
        let size: f64 = logs.clone().map(f64::abs).sum();
        let log_p = -0.5 * (d as f64 * std::f64::consts::TAU.ln() + distance) - logs.sum::<f64>();
        // Factoring and solving are off by the condition number, relative to the squared distance and to each pivot.
        (log_p, rounding(16 * (d + 2), CONDITION * (d as f64 + distance) + size))
    }
}

/// A mixture with its Gaussians.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub gaussians: Vec<Gaussian>,
    pub weights: Vec<f64>,
}

pub fn drawn(d: usize, k: usize, unit: f64, generator: &mut Generator) -> Drawn {
    let parts: Vec<usize> = (0..k).map(|_| 1 + generator.below(4)).collect();
    let all: usize = parts.iter().sum();
    let weights = parts.iter().map(|part| *part as f64 / all as f64).collect();
    Drawn { gaussians: (0..k).map(|_| gaussian(d, unit, generator)).collect(), weights }
}

impl Drawn {
    pub fn mixture(&self) -> Mixture {
        let d = self.gaussians[0].mean.len();
        Mixture {
            weights: self.weights.clone(),
            means: Matrix::from_fn(self.gaussians.len(), d, |j, a| self.gaussians[j].mean[a]),
            covariances: self.gaussians.iter().map(Gaussian::covariance).collect(),
        }
    }

    /// So many points, each from one of the Gaussians and now and then far away.
    pub fn points(&self, n: usize, far: f64, generator: &mut Generator) -> Matrix {
        let point = |i: usize, generator: &mut Generator| {
            let component = generator.below(self.gaussians.len());
            self.gaussians[component].point(if i % 5 == 3 { far } else { 1.0 }, generator)
        };
        let points: Vec<Vec<f64>> = (0..n).map(|i| point(i, generator)).collect();
        Matrix::from_fn(n, self.gaussians[0].mean.len(), |i, a| points[i][a])
    }
}

/// Responsibilities by definition: each number with how far rounding may carry it; and the mean log-likelihood.
pub fn expected(x: &Matrix, drawn: &Drawn) -> (Vec<Vec<[f64; 2]>>, [f64; 2]) {
    let (mut rows, mut mean) = (Vec::new(), [0.0, 0.0]);
    for i in 0..x.rows() {
        let logs: Vec<(f64, f64)> = drawn.gaussians.iter().map(|it| it.log_density(x.row(i))).collect();
        let slack = logs.iter().map(|log| log.1).fold(0.0, f64::max);
        let terms: Vec<f64> =
            logs.iter().zip(&drawn.weights).map(|(log, weight)| log.0 + weight.ln()).collect();
        let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total = largest + terms.iter().map(|term| (term - largest).exp()).sum::<f64>().ln();
        let n = x.rows() as f64;
        let size = rounding(2 * x.rows() + terms.len() + 8, total.abs() + 1.0);
        mean = [mean[0] + total / n, mean[1] + (slack + size) / n];
        rows.push(
            terms
                .iter()
                .map(|term| {
                    let r = (term - total).exp();
                    // Numerator and denominator are off by the factor exp(slack) each.
                    let off = (2.0 * slack).exp_m1() + rounding(16 + 2 * terms.len(), 1.0 + total.abs());
                    [r, r * off + f64::MIN_POSITIVE]
                })
                .collect(),
        );
    }
    (rows, mean)
}

/// Whether a mixture is the one that fits the points best, given these responsibilities; what has no points stays.
pub fn is_maximized(
    got: &Mixture,
    x: &Matrix,
    responsibilities: &Matrix,
    regularization: f64,
    before: &Mixture,
) -> Verdict {
    let ((n, d), k) = (x.shape(), responsibilities.cols());
    equal("the number of weights", got.weights.len(), k, "One per component.")?;
    equal("the shape of the means", got.means.shape(), (k, d), "One mean per row.")?;
    equal("the number of covariances", got.covariances.len(), k, "One per component.")?;
    for j in 0..k {
        let r: Vec<f64> = (0..n).map(|i| responsibilities[(i, j)]).collect();
        let total: f64 = r.iter().sum();
        let look = "πⱼ is the mean of the responsibilities of component j.";
        close(
            &format!("weight {j}"),
            got.weights[j],
            total / n as f64,
            rounding(2 * n + 8, total / n as f64),
            look,
        )?;
        let covariance = &got.covariances[j];
        equal(&format!("the shape of covariance {j}"), covariance.shape(), (d, d), "One row per feature.")?;
        if total == 0.0 {
            let look = "Without any points a component keeps its mean and covariance: do not divide by 0.";
            equal(&format!("mean {j}"), got.means.row(j), before.means.row(j), look)?;
            equal(&format!("covariance {j}"), covariance, &before.covariances[j], look)?;
            continue;
        }
        // Below the normal numbers the responsibilities themselves have few digits.
        if total < 1e-280 {
            continue;
        }
        for a in 0..d {
            let largest = (0..n).map(|i| x[(i, a)].abs()).fold(0.0, f64::max);
            let want = (0..n).map(|i| r[i] / total * x[(i, a)]).sum::<f64>();
            let look = "μⱼ is the mean of the points, weighted by the responsibilities: divide by Nⱼ.";
            let name = format!("feature {a} of mean {j}");
            close(&name, got.means[(j, a)], want, rounding(4 * n + 16, largest) + underflow(n, total), look)?;
        }
        is_covariance(covariance, x, &r, got.means.row(j), regularization)
            .map_err(|broken| Broken { got: format!("covariance {j}: {}", broken.got), ..broken })?;
    }
    Ok(())
}

/// What n products lose below the normal numbers, divided by the sum of the responsibilities.
fn underflow(n: usize, total: f64) -> f64 {
    (4 * n) as f64 * f64::from_bits(1) / total
}

fn is_covariance(got: &Matrix, x: &Matrix, r: &[f64], mean: &[f64], regularization: f64) -> Verdict {
    let (n, d) = x.shape();
    let total: f64 = r.iter().sum();
    let deviation = |i: usize, a: usize| x[(i, a)] - mean[a];
    let size = |a: usize| (0..n).map(|i| r[i] / total * deviation(i, a).powi(2)).sum::<f64>().sqrt();
    let sizes: Vec<f64> = (0..d).map(size).collect();
    let largest: Vec<f64> = (0..d).map(|a| mean[a].abs()).collect();
    for a in 0..d {
        for b in 0..=a {
            let look = "Covariances are symmetric to the last bit: compute each pair of entries once.";
            equal(&format!("entry ({a}, {b})"), got[(a, b)], got[(b, a)], look)?;
            let sum: f64 = (0..n).map(|i| r[i] / total * deviation(i, a) * deviation(i, b)).sum();
            let ridge = if a == b { regularization } else { 0.0 };
            // Sums, and deviations from a mean whose own rounding is relative to its size.
            let off = rounding(8 * n + 32, sizes[a] * sizes[b] + ridge)
                + rounding(2 * n + 8, largest[a]) * sizes[b]
                + rounding(2 * n + 8, largest[b]) * sizes[a]
                + rounding(2 * n + 8, largest[a]) * rounding(2 * n + 8, largest[b])
                + underflow(n, total);
            let look = "Weighted squares of deviations from the new mean, over Nⱼ; λ on the diagonal only.";
            close(&format!("entry ({a}, {b})"), got[(a, b)], sum + ridge, off, look)?;
        }
    }
    Ok(())
}

/// Weights that are at least 0 and sum to 1.
pub fn are_weights(weights: &[f64]) -> Verdict {
    let sum: f64 = weights.iter().sum();
    ensure(
        weights.iter().all(|weight| *weight >= 0.0)
            && (sum - 1.0).abs() <= rounding(8 * weights.len() + 1024, 1.0),
        || Broken::answer(format!("the weights {weights:?}"), "weights ≥ 0 that sum to 1", "Each is Nⱼ/n."),
    )
}
