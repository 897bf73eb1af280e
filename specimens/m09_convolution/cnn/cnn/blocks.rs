//! Other ways through the blocks, right and wrong.

use candle_core::Tensor;
use candle_nn::Init;
use kit::InputError;

use super::{Block, Form};
use crate::reference::m09_convolution::cnn::Cnn as Reference;
use crate::reference::m09_convolution::layers::{convolve, max_pool};

pub(super) fn blocks(
    cnn: &Reference,
    (channels, side, classes): &Form,
    x: &Tensor,
    block: Block,
) -> Result<Tensor, InputError> {
    cnn.forward(x)?;
    let read = |name: String, shape: &[usize]| {
        cnn.variables().get(shape, &name, Init::Const(0.0), x.dtype(), x.device())
    };
    let mut h = x.clone();
    for (i, pair) in channels.windows(2).enumerate() {
        let weight = read(format!("block{}.weight", i + 1), &[pair[1], pair[0], 3, 3])?;
        h = block(&h, &weight, &read(format!("block{}.bias", i + 1), &[pair[1]])?)?;
    }
    let small = side >> (channels.len() - 1);
    let inputs = channels[channels.len() - 1] * small * small;
    let weight = read("dense.weight".to_owned(), &[*classes, inputs])?;
    Ok(h.flatten_from(1)?
        .matmul(&weight.t()?)?
        .broadcast_add(&read("dense.bias".to_owned(), &[*classes])?)?)
}

/// A block by candle's own `conv2d`.
pub(super) fn by_candles_convolution(x: &Tensor, w: &Tensor, b: &Tensor) -> Result<Tensor, InputError> {
    let y = x.conv2d(w, 1, 1, 1, 1)?.broadcast_add(&b.reshape((1, b.elem_count(), 1, 1))?)?;
    Ok(max_pool(&y)?.relu()?)
}

/// A block whose pooling is `max` over two axes: each of several equal maxima gets the whole gradient.
pub(super) fn with_max_over_axes(x: &Tensor, w: &Tensor, b: &Tensor) -> Result<Tensor, InputError> {
    let y = convolve(x, w, b)?;
    let (n, o, rows, cols) = y.dims4()?;
    let (h, s) = (rows / 2, cols / 2);
    let even = y.narrow(2, 0, 2 * h)?.narrow(3, 0, 2 * s)?;
    Ok(even.reshape((n, o, h, 2, s, 2))?.max(3)?.max(4)?.relu()?)
}
