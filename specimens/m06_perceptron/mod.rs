//! Specimens of milestone 6.

pub mod boundary;
pub mod explain;
pub mod laws;
pub mod neuron;
pub mod rosenblatt;
pub mod training;
pub mod two_layers;

use kit::{Dense, Matrix};

/// A layer, or a gradient, with each of its numbers times this factor.
fn scaled(layer: &Dense, factor: f64) -> Dense {
    let (k, n) = layer.weights.shape();
    let weights = Matrix::from_fn(k, n, |c, j| layer.weights[(c, j)] * factor);
    Dense { weights, bias: layer.bias.iter().map(|b| b * factor).collect() }
}
