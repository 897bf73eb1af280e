//! The convolution of an image with kernels, as its definition says.

use kit::{InputError, check};
use ndarray::{Array3, ArrayView3, ArrayView4, Axis};

/// How many places a window of the given length finds along one axis.
///
/// * `size`: how long the axis is. `padding`: how many zeros are put before it and behind it, each.
/// * `kernel`: how long the window is, at least 1 and at most size + 2·padding.
/// * `stride`: how far it moves at a time, at least 1. What does not make up a whole window at the end is left out.
///
/// # Errors
///
/// [`InputError::OutOfRange`], in this order: with `name` `"kernel"` or `"stride"` and `wanted` `"at least 1"` if one of
/// them is 0; with `name` `"kernel"` and `wanted` `"at most the padded size"`.
///
/// ```
/// # use katas::m09_convolution::conv::output_size;
/// assert_eq!(output_size(28, 3, 1, 0), Ok(26));
/// assert_eq!(output_size(28, 3, 2, 1), Ok(14));
/// ```
///
/// Source: Dumoulin and Visin, *A Guide to Convolution Arithmetic for Deep Learning*, 2016, §2.
pub fn output_size(size: usize, kernel: usize, stride: usize, padding: usize) -> Result<usize, InputError> {
    check::in_range("kernel", kernel as f64, kernel > 0, "at least 1")?;
    check::in_range("stride", stride as f64, stride > 0, "at least 1")?;
    let padded = size + 2 * padding;
    check::in_range("kernel", kernel as f64, kernel <= padded, "at most the padded size")?;
    Ok((padded - kernel) / stride + 1)
}

/// The convolution of an image with several kernels.
///
/// ```text
/// y[o, r, s] = Σ_c Σᵢ Σⱼ k[o, c, i, j] · x[c, r·stride + i − padding, s·stride + j − padding]
/// ```
///
/// where x is 0 outside of the image. Each kernel looks at all channels of the image and makes one channel of the result.
///
/// * `x`: the image, channels × rows × columns.
/// * `kernels`: o kernels, each with as many channels as the image: o × channels × height × width.
/// * `stride`, `padding`: as for [`output_size`], the same for rows and columns.
/// * Returns o × output rows × output columns. A NaN comes out wherever a window covers it.
///
/// # Errors
///
/// * [`InputError::Dimensions`] with `name` `"kernels"`, their shape, and the same with the channels of the image as
///   `wanted`, if the kernels have another number of channels;
/// * as [`output_size`] for the rows, then for the columns.
///
/// ```
/// # use katas::m09_convolution::conv::conv2d;
/// # use ndarray::array;
/// let x = array![[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]];
/// let difference = array![[[[1.0, -1.0]]]];
/// let y = conv2d(x.view(), difference.view(), 1, 0).unwrap();
/// assert_eq!(y, array![[[-1.0, -1.0], [-1.0, -1.0]]]);
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.1 and §9.5.
pub fn conv2d(
    x: ArrayView3<f64>,
    kernels: ArrayView4<f64>,
    stride: usize,
    padding: usize,
) -> Result<Array3<f64>, InputError> {
    let (channels, rows, cols) = x.dim();
    let (outputs, _, height, width) = kernels.dim();
    check::dimensions("kernels", kernels.shape(), &[outputs, channels, height, width])?;
    let rows_out = output_size(rows, height, stride, padding)?;
    let cols_out = output_size(cols, width, stride, padding)?;
    Ok(Array3::from_shape_fn((outputs, rows_out, cols_out), |(o, r, s)| {
        let mut sum = 0.0;
        for ((c, i, j), k) in kernels.index_axis(Axis(0), o).indexed_iter() {
            // Counted from the padding's first row; what lies before the image wraps round and is found nowhere.
            let row = (r * stride + i).wrapping_sub(padding);
            let col = (s * stride + j).wrapping_sub(padding);
            sum += k * x.get([c, row, col]).unwrap_or(&0.0);
        }
        sum
    }))
}
