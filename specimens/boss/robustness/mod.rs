//! Specimens of `robustness`.

mod adversarial_figure;
mod attack_success_rate;
mod success_figure;

pub use adversarial_figure::adversarial_figure;
pub use attack_success_rate::attack_success_rate;
pub use success_figure::success_figure;

use kit::Dense;

/// The logits.
fn logits(network: &[Dense], x: &[f64]) -> Vec<f64> {
    let mut z = x.to_vec();
    for (l, layer) in network.iter().enumerate() {
        let h: Vec<f64> = if l == 0 { z } else { z.iter().map(|z| z.tanh()).collect() };
        let sum = |c: usize| {
            h.iter().zip(layer.weights.row(c)).rev().map(|(h, w)| h * w).sum::<f64>() + layer.bias[c]
        };
        z = (0..layer.bias.len()).map(sum).collect();
    }
    z
}

/// The class with the largest logit, the first of several.
fn says(network: &[Dense], x: &[f64]) -> usize {
    let z = logits(network, x);
    z.iter().position(|one| z.iter().all(|other| one >= other)).unwrap_or(0)
}
