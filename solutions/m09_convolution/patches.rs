//! im2col: convolution as one matrix product, as fast implementations compute it.

use kit::InputError;
use ndarray::{Array2, ArrayView3};

use super::conv::output_size;

/// im2col: the windows (patches) of an image as the rows of a matrix.
///
/// Multiplied by the kernels, one per column with their entries in the same order, this matrix gives the
/// convolution.
///
/// * `x`: the image, channels × rows × columns.
/// * `window`: its height and width. `stride`, `padding`: as for the convolution; the padding is zeros.
/// * Returns one row per window, windows from left to right and then downwards; each row holds the window's entries
///   channel after channel, each channel row after row.
///
/// # Errors
///
/// As [`output_size`](super::conv::output_size) for the rows or for the columns.
///
/// ```
/// # use katas::m09_convolution::patches::im2col;
/// # use ndarray::array;
/// let x = array![[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]];
/// let patches = im2col(x.view(), (2, 2), 1, 0).unwrap();
/// assert_eq!(patches, array![[1.0, 2.0, 4.0, 5.0], [2.0, 3.0, 5.0, 6.0]]);
/// ```
///
/// In Python: `torch.nn.functional.unfold(x[None], window, padding=padding, stride=stride)[0].T`.
///
/// Source: Chellapilla, Puri and Simard, *High Performance Convolutional Neural Networks for Document Processing*, 2006.
pub fn im2col(
    x: ArrayView3<f64>,
    window: (usize, usize),
    stride: usize,
    padding: usize,
) -> Result<Array2<f64>, InputError> {
    let (channels, rows, cols) = x.dim();
    let (height, width) = window;
    let rows_out = output_size(rows, height, stride, padding)?;
    let cols_out = output_size(cols, width, stride, padding)?;
    Ok(Array2::from_shape_fn((rows_out * cols_out, channels * height * width), |(patch, entry)| {
        let (r, s) = (patch / cols_out, patch % cols_out);
        let (c, i, j) = (entry / (height * width), entry / width % height, entry % width);
        // Counted from the padding's first row; an index before the image wraps around and lies outside.
        let row = (r * stride + i).wrapping_sub(padding);
        let col = (s * stride + j).wrapping_sub(padding);
        x.get([c, row, col]).copied().unwrap_or(0.0)
    }))
}
