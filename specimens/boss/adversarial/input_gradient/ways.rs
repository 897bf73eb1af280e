//! Other ways to compute it, right and wrong, for the specimens of `input_gradient`.

use kit::{Dense, InputError, Matrix, check};

use super::super::{softmax, stages};
use super::Gradient;
use crate::reference::boss::adversarial as reference;

pub(super) fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(super) fn times(a: &Matrix, b: &Matrix) -> Matrix {
    let entry = |i: usize, j: usize| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum();
    Matrix::from_fn(a.rows(), b.cols(), entry)
}

/// p, less 1 for the label.
pub(super) fn blame(z: &[f64], label: usize) -> Vec<f64> {
    let mut p = softmax(z);
    p[label] -= 1.0;
    p
}

/// What a unit more of pixel i does to each logit.
pub(super) fn effect(network: &[Dense], stages: &[Vec<f64>], i: usize) -> Vec<f64> {
    through(network, stages, i, |h| 1.0 - h * h)
}

/// The same with this derivative of the activation as a function of its output.
pub(super) fn through(
    network: &[Dense],
    stages: &[Vec<f64>],
    i: usize,
    derivative: fn(f64) -> f64,
) -> Vec<f64> {
    let mut effect: Vec<f64> = (0..stages[0].len()).map(|j| f64::from(u8::from(i == j))).collect();
    for (l, layer) in network.iter().enumerate() {
        if l > 0 {
            effect.iter_mut().zip(&stages[l]).for_each(|(effect, h)| *effect *= derivative(*h));
        }
        effect = (0..layer.bias.len()).map(|c| inner(layer.weights.row(c), &effect)).collect();
    }
    effect
}

/// With another gradient of the loss by the logits; the reference rejects invalid inputs.
pub(super) fn with(
    network: &[Dense],
    x: &[f64],
    label: usize,
    blame: fn(&[f64], usize) -> Vec<f64>,
) -> Gradient {
    reference::input_gradient(network, x, label)?;
    let stages = stages(network, x, f64::tanh);
    let blame = blame(&stages[network.len()], label);
    Ok((0..x.len()).map(|i| inner(&effect(network, &stages, i), &blame)).collect())
}

/// With another derivative of the activation.
pub(super) fn with_derivative(
    network: &[Dense],
    x: &[f64],
    label: usize,
    derivative: fn(f64) -> f64,
) -> Gradient {
    reference::input_gradient(network, x, label)?;
    let stages = stages(network, x, f64::tanh);
    let blame = blame(&stages[network.len()], label);
    Ok((0..x.len()).map(|i| inner(&through(network, &stages, i, derivative), &blame)).collect())
}

pub(in super::super) fn dual_numbers(network: &[Dense], x: &[f64], label: usize) -> Gradient {
    check::at_least(1, network.len())?;
    let n = x.len();
    let one = |i: usize| (0..n).map(|j| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
    let mut h: Vec<(f64, Vec<f64>)> = x.iter().enumerate().map(|(i, x)| (*x, one(i))).collect();
    let mut last = Vec::new();
    for layer in network {
        let (k, d) = layer.weights.shape();
        check::same_length(k, layer.bias.len())?;
        if d != h.len() {
            return Err(InputError::ShapeMismatch { left: (1, h.len()), right: (k, d) });
        }
        let values: Vec<f64> = h.iter().map(|h| h.0).collect();
        for (name, of) in [("x", &values[..]), ("weights", layer.weights.as_slice()), ("bias", &layer.bias)] {
            check::finite(name, of)?;
        }
        last = Vec::new();
        for c in 0..k {
            let mut z = (layer.bias[c], vec![0.0; n]);
            for (w, h) in layer.weights.row(c).iter().zip(&h) {
                z.0 = w.mul_add(h.0, z.0);
                z.1.iter_mut().zip(&h.1).for_each(|(z, h)| *z = w.mul_add(*h, *z));
            }
            last.push(z);
        }
        // tanh′ = 1/cosh²
        let activation = |z: &(f64, Vec<f64>)| {
            let slope = z.0.cosh().recip().powi(2);
            (z.0.tanh(), z.1.iter().map(|s| slope * s).collect())
        };
        h = last.iter().map(activation).collect();
    }
    let z = last;
    let Some(own) = z.get(label) else {
        return Err(InputError::UnknownClass { index: 0, got: label, classes: z.len() });
    };
    if let Some(index) = z.iter().position(|z| !z.0.is_finite()) {
        return Err(InputError::NotFinite { name: "logits", index });
    }
    // L = ln(1 + Σ e^(z_c − z_label)), whose derivative is a mean of the others’ derivatives minus the label’s.
    let highest = z.iter().fold(f64::NEG_INFINITY, |m, z| m.max(z.0));
    let powers: Vec<f64> = z.iter().map(|z| (z.0 - highest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    let slope = |i: usize| z.iter().zip(&powers).map(|(z, power)| power / sum * (z.1[i] - own.1[i])).sum();
    Ok((0..n).map(slope).collect())
}
