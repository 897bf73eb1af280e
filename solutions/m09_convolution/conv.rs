//! The convolution of an image with kernels, by its definition.

use kit::{InputError, check};
use ndarray::{Array3, ArrayView3, ArrayView4, Axis};

/// Output size of a convolution along one axis: how many positions the window has.
///
/// * `size`: the length of the axis. `padding`: the number of zeros added before it and after it, each. Their sum,
///   size + 2·padding, fits in a `usize`.
/// * `kernel`: the length of the window, at least 1 and at most size + 2·padding.
/// * `stride`: the step from one window to the next, at least 1. What does not make up a whole window at the end is
///   left out.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"kernel"` or `"stride"` and `wanted` `"at least 1"` if one of them is 0,
/// or with `name` `"kernel"` and `wanted` `"at most the padded size"`.
///
/// ```
/// # use katas::m09_convolution::conv::output_size;
/// assert_eq!(output_size(28, 3, 1, 0), Ok(26));
/// assert_eq!(output_size(28, 3, 2, 1), Ok(14));
/// ```
///
/// In Python: `(size + 2 * padding - kernel) // stride + 1`.
///
/// Source: Dumoulin and Visin, *A Guide to Convolution Arithmetic for Deep Learning*, 2016, §2.
pub fn output_size(size: usize, kernel: usize, stride: usize, padding: usize) -> Result<usize, InputError> {
    check::in_range("kernel", kernel as f64, kernel > 0, "at least 1")?;
    check::in_range("stride", stride as f64, stride > 0, "at least 1")?;
    let padded = size + 2 * padding;
    check::in_range("kernel", kernel as f64, kernel <= padded, "at most the padded size")?;
    Ok((padded - kernel) / stride + 1)
}

/// 2-D convolution of an image with several kernels (filters), as in a convolutional layer without bias.
///
/// ```formula
/// y[o, r, s] = Σ_c Σᵢ Σⱼ k[o, c, i, j] · x[c, r·stride + i − padding, s·stride + j − padding]
/// ```
///
/// where x is 0 outside of the image (zero padding). Each kernel sums over all input channels and produces one
/// output channel, a feature map. The kernel is not flipped: mathematics calls this a cross-correlation.
///
/// * `x`: the image, channels × rows × columns.
/// * `kernels`: o kernels, each with as many channels as the image: o × channels × height × width.
/// * `stride`, `padding`: as for [`output_size`], the same for rows and columns.
/// * Returns o × output rows × output columns. The output is NaN wherever a window covers a NaN.
///
/// # Errors
///
/// * [`InputError::Dimensions`] with `name` `"kernels"`, their shape, and the same with the channels of the image
///   as `wanted`, if the kernels have another number of channels;
/// * as [`output_size`] for the rows or for the columns.
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
/// In Python: `torch.nn.functional.conv2d(x[None], kernels, stride=stride, padding=padding)[0]`.
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
            // Counted from the padding's first row; an index before the image wraps around and lies outside.
            let row = (r * stride + i).wrapping_sub(padding);
            let col = (s * stride + j).wrapping_sub(padding);
            sum += k * x.get([c, row, col]).unwrap_or(&0.0);
        }
        sum
    }))
}
