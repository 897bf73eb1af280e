mod binary_cross_entropy;
mod fit;
mod gradient;
mod sigmoid;

use kit::Matrix;

/// −ln of the probability that a logit gives to its label: ln(1 + eᵗ) with t = ∓z, without overflow.
fn cost(z: f64, label: usize) -> f64 {
    let t = if label == 1 { -z } else { z };
    t.max(0.0) + (-t.abs()).exp().ln_1p()
}

/// The mean cross-entropy as a function of (w, b) in one row.
fn mean_cost(x: &Matrix, y: &[usize], parameters: &[f64]) -> f64 {
    let (b, w) = parameters.split_last().unwrap_or((&0.0, &[]));
    let logits = super::draw::linear(x, w, *b);
    y.iter().zip(logits).map(|(y, z)| cost(z, *y)).sum::<f64>() / y.len() as f64
}
