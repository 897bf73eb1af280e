//! Normalization in several ways.

use kit::Matrix;

/// How numbers are normalized.
#[derive(Clone, Copy)]
pub struct Plan {
    pub mean: fn(&[f64]) -> f64,
    /// Of the numbers and their mean.
    pub variance: fn(&[f64], f64) -> f64,
    /// Of the variance and ε.
    pub root: fn(f64, f64) -> f64,
}

pub const RIGHT: Plan =
    Plan { mean, variance: biased, root: |variance, epsilon| (variance + epsilon).sqrt() };

pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

pub fn biased(x: &[f64], mean: f64) -> f64 {
    x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64
}

pub fn unbiased(x: &[f64], mean: f64) -> f64 {
    x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (x.len() as f64 - 1.0).max(1.0)
}

/// E\[x²\] − μ².
pub fn of_squares(x: &[f64], mean: f64) -> f64 {
    (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64 - mean * mean).max(0.0)
}

/// Welford's update with each number.
pub fn welford(x: &[f64], _: f64) -> f64 {
    let (mut mean, mut squares) = (0.0, 0.0);
    for (x, n) in x.iter().zip(1_u32..) {
        let before = x - mean;
        mean += before / f64::from(n);
        squares += before * (x - mean);
    }
    squares / x.len() as f64
}

pub fn running_mean(x: &[f64]) -> f64 {
    x.iter().zip(1_u32..).fold(0.0, |mean, (x, n)| mean + (x - mean) / f64::from(n))
}

impl Plan {
    pub fn normalized(&self, x: &[f64], epsilon: f64) -> Vec<f64> {
        let mean = (self.mean)(x);
        let root = (self.root)((self.variance)(x, mean), epsilon);
        x.iter().map(|x| (x - mean) / root).collect()
    }

    /// Each row by itself.
    pub fn rows(&self, x: &Matrix, epsilon: f64) -> Matrix {
        let rows: Vec<Vec<f64>> = (0..x.rows()).map(|i| self.normalized(x.row(i), epsilon)).collect();
        Matrix::from_fn(x.rows(), x.cols(), |i, j| rows[i][j])
    }
}

/// Which ways from x to the loss are followed.
#[derive(Clone, Copy)]
pub struct Ways {
    pub mean: bool,
    pub variance: bool,
}

pub const BOTH: Ways = Ways { mean: true, variance: true };

/// ∂L/∂x from ∂L/∂x̂, step by step: through the variance, through the mean, and directly.
pub fn staged(g: &[f64], x: &[f64], epsilon: f64, plan: &Plan, ways: Ways) -> Vec<f64> {
    let (n, mean) = (x.len() as f64, (plan.mean)(x));
    let root = (plan.root)((plan.variance)(x, mean), epsilon);
    let along = g.iter().zip(x).map(|(g, x)| g * ((x - mean) / root)).sum::<f64>();
    let d_mean = g.iter().sum::<f64>() / n;
    let entry = |(g, x): (&f64, &f64)| {
        let by_variance = if ways.variance { (x - mean) / root * (along / n) } else { 0.0 };
        (g - if ways.mean { d_mean } else { 0.0 } - by_variance) / root
    };
    g.iter().zip(x).map(entry).collect()
}

/// The product with the Jacobian matrix of x̂.
pub fn by_jacobian(g: &[f64], x: &[f64], epsilon: f64) -> Vec<f64> {
    let (n, x_hat) = (x.len() as f64, RIGHT.normalized(x, epsilon));
    let root = (RIGHT.root)(biased(x, mean(x)), epsilon);
    let entry = |k: usize, j: usize| {
        let same = if k == j { 1.0 } else { 0.0 };
        same - 1.0 / n - x_hat[k] * x_hat[j] / n
    };
    (0..x.len()).map(|j| (0..x.len()).map(|k| g[k] * entry(k, j)).sum::<f64>() / root).collect()
}

/// ∂L/∂x from ∂L/∂x̂ by the equations of Ioffe and Szegedy: ∂L/∂σ², ∂L/∂μ, ∂L/∂x.
pub fn by_paper(g: &[f64], x: &[f64], epsilon: f64) -> Vec<f64> {
    let (n, mean) = (x.len() as f64, mean(x));
    let variance = biased(x, mean) + epsilon;
    let pairs = || g.iter().zip(x);
    let d_variance = pairs().map(|(g, x)| g * (x - mean) * -0.5 * variance.powf(-1.5)).sum::<f64>();
    let directly = pairs().map(|(g, _)| -g / variance.sqrt()).sum::<f64>();
    let d_mean = directly + d_variance * x.iter().map(|x| -2.0 * (x - mean)).sum::<f64>() / n;
    let entry = |(g, x): (&f64, &f64)| g / variance.sqrt() + d_variance * 2.0 * (x - mean) / n + d_mean / n;
    pairs().map(entry).collect()
}

/// n·g − Σg − x̂·Σ(g·x̂), divided by n·√(σ² + ε).
pub fn multiplied(g: &[f64], x: &[f64], epsilon: f64) -> Vec<f64> {
    let (n, x_hat) = (x.len() as f64, RIGHT.normalized(x, epsilon));
    let root = (RIGHT.root)(biased(x, mean(x)), epsilon);
    let (sum, along) = (g.iter().sum::<f64>(), g.iter().zip(&x_hat).map(|(g, x_hat)| g * x_hat).sum::<f64>());
    g.iter().zip(&x_hat).map(|(g, x_hat)| (n * g - sum - x_hat * along) / (n * root)).collect()
}
