//! Other ways through the layers, right and wrong.

use std::cell::Cell;

use candle_core::Tensor;
use kit::InputError;

use crate::reference::m07_deep_learning::mlp::Mlp as Reference;

/// Only so many layers are rectified.
pub(super) fn bent(
    mlp: &Reference,
    widths: &[usize],
    x: &Tensor,
    activations: usize,
) -> Result<Tensor, InputError> {
    let layers_done = Cell::new(0);
    layers(mlp, widths, x, |h, last| {
        layers_done.set(layers_done.get() + 1);
        if last || layers_done.get() > activations { Ok(h) } else { Ok(h.relu()?) }
    })
}

pub(super) fn layers(
    mlp: &Reference,
    widths: &[usize],
    x: &Tensor,
    activation: impl Fn(Tensor, bool) -> Result<Tensor, InputError>,
) -> Result<Tensor, InputError> {
    mlp.forward(x)?;
    let mut h = x.clone();
    for i in 1..widths.len() {
        let named = |part: &str, shape: &[usize]| {
            let name = format!("layer{i}.{part}");
            mlp.variables().get(shape, &name, candle_nn::Init::Const(0.0), x.dtype(), x.device())
        };
        let weight = named("weight", &[widths[i], widths[i - 1]])?;
        let sum = h.matmul(&weight.t()?)?.broadcast_add(&named("bias", &[widths[i]])?)?;
        h = activation(sum, i + 1 == widths.len())?;
    }
    Ok(h)
}
