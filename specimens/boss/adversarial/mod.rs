//! Specimens of `adversarial`.

mod fgsm;
mod input_gradient;
mod pgd;

pub use fgsm::fgsm;
pub use input_gradient::input_gradient;
pub use pgd::pgd;

use kit::Dense;

/// What reaches each layer, from x on, and the logits behind the last.
fn stages(network: &[Dense], x: &[f64], activation: fn(f64) -> f64) -> Vec<Vec<f64>> {
    let mut stages = vec![x.to_vec()];
    for (l, layer) in network.iter().enumerate() {
        let last = l + 1 == network.len();
        let h = &stages[l];
        let sum =
            |c: usize| (0..h.len()).rev().map(|j| layer.weights[(c, j)] * h[j]).sum::<f64>() + layer.bias[c];
        let activated =
            (0..layer.bias.len()).map(sum).map(|z| if last { z } else { activation(z) }).collect();
        stages.push(activated);
    }
    stages
}

/// The logits.
pub(super) fn logits(network: &[Dense], x: &[f64]) -> Vec<f64> {
    stages(network, x, f64::tanh).pop().unwrap_or_default()
}

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    powers.iter().map(|power| power / powers.iter().sum::<f64>()).collect()
}

/// −ln p_label.
fn loss(network: &[Dense], x: &[f64], label: usize) -> f64 {
    let z = logits(network, x);
    z.iter().map(|other| (other - z[label]).exp()).sum::<f64>().ln()
}

/// The class with the largest logit, the first of several.
pub(super) fn says(network: &[Dense], x: &[f64]) -> usize {
    let z = logits(network, x);
    (0..z.len()).fold(0, |best, c| if z[c] > z[best] { c } else { best })
}

fn sign(slope: f64) -> f64 {
    if slope == 0.0 { 0.0 } else { slope.signum() }
}
