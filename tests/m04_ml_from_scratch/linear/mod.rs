mod fit;
mod mean_squared_error;
mod mse_gradient;
mod predict;

use judge::rounding;
use kit::Matrix;

use super::draw::{linear, sizes};

/// The mean squared error as a function of (w, b) in one row.
fn mean_square(x: &Matrix, y: &[f64], parameters: &[f64]) -> f64 {
    let (b, w) = parameters.split_last().unwrap_or((&0.0, &[]));
    let predicted = linear(x, w, *b);
    y.iter().zip(predicted).map(|(y, p)| (p - y).powi(2)).sum::<f64>() / y.len() as f64
}

/// 1 over the largest curvature that L can have: with a learning rate up to this no step enlarges an error.
fn steady_rate(x: &Matrix) -> f64 {
    let square = |i: usize| x.row(i).iter().map(|x| x * x).sum::<f64>();
    0.5 / (1.0 + (0..x.rows()).map(square).fold(0.0, f64::max))
}

/// (w, b) after so many steps by the definition, and how far rounding may carry either of them.
fn descended(x: &Matrix, y: &[f64], rate: f64, steps: usize) -> (Vec<f64>, f64, f64) {
    let ((n, d), mut w, mut b, mut error) = (x.shape(), vec![0.0; x.cols()], 0.0, 0.0);
    for _ in 0..steps {
        let r: Vec<f64> = linear(x, &w, b).iter().zip(y).map(|(p, y)| p - y).collect();
        let size: Vec<f64> = sizes(x, &w, b).iter().zip(y).map(|(size, y)| size + y.abs()).collect();
        let mean = |of: &dyn Fn(usize) -> f64| 2.0 * rate * (0..n).map(of).sum::<f64>() / n as f64;
        let off: Vec<f64> = (0..d).map(|j| mean(&|i| size[i] * x[(i, j)].abs())).collect();
        let moved = off.iter().map(|off| off * off).sum::<f64>().sqrt() + mean(&|i| size[i]);
        let length = w.iter().map(|w| w * w).sum::<f64>().sqrt() + f64::abs(b);
        error += rounding(2 * (n + d + 8), moved) + rounding(4, length);
        (0..d).for_each(|j| w[j] -= mean(&|i| r[i] * x[(i, j)]));
        b -= mean(&|i| r[i]);
    }
    // A step made a map first, and its powers by squaring, rounds once more for each entry of a row.
    (w, b, error * (8 + d) as f64)
}
