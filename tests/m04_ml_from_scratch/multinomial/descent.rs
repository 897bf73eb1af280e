//! The loss of softmax regression, and gradient descent on it, by the definition.

use judge::rounding;
use kit::Matrix;

/// The mean cross-entropy as a function of (W, b), row after row.
pub fn mean_cost(x: &Matrix, y: &[usize], classes: usize, parameters: &[f64]) -> f64 {
    let (w, b) = parameters.split_at(classes * x.cols());
    let cost = |(i, label): (usize, &usize)| {
        let weights = |c: usize| &w[c * x.cols()..(c + 1) * x.cols()];
        let z: Vec<f64> = (0..classes)
            .map(|c| x.row(i).iter().zip(weights(c)).map(|(x, w)| x * w).sum::<f64>() + b[c])
            .collect();
        let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
        largest - z[*label] + z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln()
    };
    y.iter().enumerate().map(cost).sum::<f64>() / y.len() as f64
}

/// W and b after so many steps by the definition, and how far rounding may carry any of them.
pub fn descended(x: &Matrix, y: &[usize], k: usize, rate: f64, steps: usize) -> (Matrix, Vec<f64>, f64) {
    let ((n, d), mut w, mut b, mut error) = (x.shape(), Matrix::zeros(k, x.cols()), vec![0.0; k], 0.0);
    for _ in 0..steps {
        let mut r = Matrix::zeros(n, k);
        let mut largest = 0.0_f64;
        for i in 0..n {
            let terms = |c: usize| x.row(i).iter().zip(w.row(c)).map(|(x, w)| x * w);
            let z: Vec<f64> = (0..k).map(|c| terms(c).sum::<f64>() + b[c]).collect();
            let size = |c: usize| terms(c).map(f64::abs).sum::<f64>() + f64::abs(b[c]);
            largest = (0..k).map(size).fold(largest, f64::max);
            let top = z.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
            let powers: Vec<f64> = z.iter().map(|z| (z - top).exp()).collect();
            let sum: f64 = powers.iter().sum();
            (0..k).for_each(|c| r[(i, c)] = powers[c] / sum - f64::from(u8::from(y[i] == c)));
        }
        let mean = |of: &dyn Fn(usize) -> f64| rate * (0..n).map(of).sum::<f64>() / n as f64;
        // Rounding in a logit becomes a relative error of its power, and that one of each probability.
        let wrong = rounding(4 * (d + k + 8) + n, 1.0 + largest);
        let lengths = (0..d).map(|j| mean(&|i| x[(i, j)].abs())).chain([rate]);
        let length = w.as_slice().iter().chain(&b).map(|w| w * w).sum::<f64>().sqrt();
        error += wrong * lengths.map(|off| off * off).sum::<f64>().sqrt() + rounding(4, length);
        let next = Matrix::from_fn(k, d, |c, j| w[(c, j)] - mean(&|i| r[(i, c)] * x[(i, j)]));
        (0..k).for_each(|c| b[c] -= mean(&|i| r[(i, c)]));
        w = next;
    }
    (w, b, 4.0 * (k as f64).sqrt() * error)
}
