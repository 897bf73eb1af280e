//! Normalized numbers and their gradients, each with the bound up to which rounding may carry a right answer.

use judge::rounding;

/// Some numbers, normalized.
pub struct Normal {
    pub mean: f64,
    pub mean_slack: f64,
    pub variance: f64,
    pub variance_slack: f64,
    pub x_hat: Vec<f64>,
    pub slack: Vec<f64>,
    /// √(σ² + ε), and how small and large it may come out.
    deviation: f64,
    low: f64,
    high: f64,
}

/// Mean, variance and x̂. The bounds admit the two-pass formula and Welford's, whose error is n·ε·σ·max|x|; they do not admit
/// E\[x²\] − μ², whose error is n·ε·max x².
///
/// Source: Chan, Golub and LeVeque, *Algorithms for Computing the Sample Variance*, The American Statistician 37 (1983).
pub fn normal(values: &[f64], epsilon: f64) -> Normal {
    let (n, largest) = (values.len(), values.iter().fold(0.0_f64, |largest, x| largest.max(x.abs())));
    let count = n as f64;
    let rough = values.iter().sum::<f64>() / count;
    let mean = rough + values.iter().map(|x| x - rough).sum::<f64>() / count;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    let mean_slack = rounding(2 * n + 8, largest);
    let variance_slack = rounding(4 * n + 16, variance) + 4.0 * mean_slack * (mean_slack + variance.sqrt());
    let deviation = (variance + epsilon).sqrt();
    let low = ((variance - variance_slack).max(0.0) + epsilon).sqrt();
    let high = (variance + variance_slack + epsilon).sqrt();
    let x_hat: Vec<f64> = values.iter().map(|x| (x - mean) / deviation).collect();
    let slack = |x: &f64| {
        let (middle, far) = ((x - mean).abs() / deviation, ((x - mean).abs() + mean_slack) / low);
        let near = ((x - mean).abs() - mean_slack).max(0.0) / high;
        (far - middle).max(middle - near) + rounding(16, far)
    };
    let slack = values.iter().map(slack).collect();
    Normal { mean, mean_slack, variance, variance_slack, x_hat, slack, deviation, low, high }
}

impl Normal {
    /// γ·x̂ + β for one of the numbers.
    pub fn scaled(&self, i: usize, gamma: f64, beta: f64) -> (f64, f64) {
        let want = gamma * self.x_hat[i] + beta;
        let size = (gamma * self.x_hat[i]).abs() + beta.abs();
        (want, gamma.abs() * self.slack[i] + rounding(8, size))
    }

    /// ∂L/∂x from ∂L/∂x̂.
    pub fn backward(&self, grad: &[f64]) -> Vec<(f64, f64)> {
        let n = grad.len();
        let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
        let (average, along) = (mean(&|i| grad[i]), mean(&|i| grad[i] * self.x_hat[i]));
        let size = mean(&|i| grad[i].abs());
        let along_size = mean(&|i| (grad[i] * self.x_hat[i]).abs());
        let along_slack = mean(&|i| grad[i].abs() * self.slack[i]);
        let entry = |i: usize| {
            let want = (grad[i] - average - self.x_hat[i] * along) / self.deviation;
            let (x_hat, slack) = (self.x_hat[i].abs(), self.slack[i]);
            let terms = grad[i].abs() + size + (x_hat + slack) * (along_size + along_slack);
            let carried = slack * (along_size + along_slack) + x_hat * along_slack;
            let by_deviation = want.abs() * (self.deviation / self.low - self.deviation / self.high);
            (want, (rounding(4 * n + 32, terms) + 4.0 * carried) / self.low + 2.0 * by_deviation)
        };
        (0..n).map(entry).collect()
    }

    /// Σ g·x̂.
    pub fn along(&self, grad: &[f64]) -> (f64, f64) {
        let pairs = || grad.iter().zip(&self.x_hat);
        let want = pairs().map(|(g, x_hat)| g * x_hat).sum();
        let size: f64 = pairs().map(|(g, x_hat)| (g * x_hat).abs()).sum();
        let carried: f64 = grad.iter().zip(&self.slack).map(|(g, slack)| g.abs() * slack).sum();
        (want, rounding(2 * grad.len() + 16, size + carried) + carried)
    }
}

/// A sum, and how far rounding may carry it.
pub fn sum(values: &[f64]) -> (f64, f64) {
    let size: f64 = values.iter().map(|value| value.abs()).sum();
    (values.iter().sum(), rounding(values.len() + 8, size))
}
