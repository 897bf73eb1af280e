//! Tensors with a graph, on their way: the graph stays behind.

use candle_core::{Result, Tensor};

use super::anchor::{Far, anchored};
use super::context;

/// Keeps a tensor that is sent; its number, if there is a call.
pub(super) fn send(tensor: &Tensor) -> Option<u64> {
    let number = context::number();
    #[cfg(not(feature = "proxy"))]
    {
        super::anchor::keep(number, tensor.clone(), context::known_to_all());
        Some(number)
    }
    #[cfg(feature = "proxy")]
    context::know(number, tensor).then_some(number)
}

/// A tensor whose graph stayed at the other end. Here it depends on what was sent there.
#[cfg(feature = "proxy")]
pub(super) fn receive(value: &Tensor, number: u64) -> Result<Tensor> {
    anchored(value, Far::new(number, context::known()))
}

/// A tensor whose graph stayed with the laws: a leaf here, and it depends on the variables that both ends have.
#[cfg(not(feature = "proxy"))]
pub(super) fn receive(value: &Tensor, number: u64) -> Result<Tensor> {
    let leaf = candle_core::Var::from_tensor(value)?;
    context::know(number, leaf.as_tensor());
    anchored(leaf.as_tensor(), Far::new(number, context::shared()))
}
