mod binary_cross_entropy;
mod fit;
mod gradient;
mod sigmoid;

use judge::rounding;
use kit::Matrix;

use super::draw::{linear, sigmoid_error, sizes};

/// −ln of the probability that a logit gives to its label: ln(1 + eᵗ) with t = ∓z, without overflow.
fn cost(z: f64, label: usize) -> f64 {
    let t = if label == 1 { -z } else { z };
    t.max(0.0) + (-t.abs()).exp().ln_1p()
}

/// The mean cross-entropy as a function of (w, b) in one row.
fn mean_cost(x: &Matrix, y: &[usize], parameters: &[f64]) -> f64 {
    let (b, w) = parameters.split_last().unwrap_or((&0.0, &[]));
    let logits = linear(x, w, *b);
    y.iter().zip(logits).map(|(y, z)| cost(z, *y)).sum::<f64>() / y.len() as f64
}

/// 1 over the largest curvature that L can have: with a learning rate up to this no step enlarges an error.
fn steady_rate(x: &Matrix) -> f64 {
    let square = |i: usize| x.row(i).iter().map(|x| x * x).sum::<f64>();
    4.0 / (1.0 + (0..x.rows()).map(square).fold(0.0, f64::max))
}

/// (w, b) after so many steps by the definition, and how far rounding may carry either of them.
fn descended(x: &Matrix, y: &[usize], rate: f64, steps: usize) -> (Vec<f64>, f64, f64) {
    let ((n, d), mut w, mut b, mut error) = (x.shape(), vec![0.0; x.cols()], 0.0, 0.0);
    for _ in 0..steps {
        let (z, size) = (linear(x, &w, b), sizes(x, &w, b));
        let r: Vec<f64> = z.iter().zip(y).map(|(z, y)| 1.0 / (1.0 + (-z).exp()) - *y as f64).collect();
        let wrong = |i: usize| sigmoid_error(z[i], rounding(d + 2, size[i])) + rounding(n + 8, r[i]);
        let wrong: Vec<f64> = (0..n).map(wrong).collect();
        let mean = |of: &dyn Fn(usize) -> f64| rate * (0..n).map(of).sum::<f64>() / n as f64;
        let off: Vec<f64> = (0..d).map(|j| mean(&|i| wrong[i] * x[(i, j)].abs())).collect();
        let length = w.iter().map(|w| w * w).sum::<f64>().sqrt() + f64::abs(b);
        error +=
            off.iter().map(|off| off * off).sum::<f64>().sqrt() + mean(&|i| wrong[i]) + rounding(4, length);
        (0..d).for_each(|j| w[j] -= mean(&|i| r[i] * x[(i, j)]));
        b -= mean(&|i| r[i]);
    }
    (w, b, 8.0 * error)
}
