//! One output pixel of a convolution, term by term.

use kit::{Explanation, InputError, Step, check, four_decimals as four};
use ndarray::{ArrayView3, Axis};

use super::conv::conv2d;

/// Step-by-step computation of one output pixel of a convolution followed by ReLU.
///
/// The convolution has stride 1; y is its output for one kernel, as [`conv2d`](super::conv::conv2d) defines it. The
/// steps, in this order, numbers with four decimals and −0 as 0; here for pixel (2, 3) with padding 1 of an image
/// of four columns, where the window (the receptive field of the pixel) covers the rows 1 to 3 and the columns 2 to
/// 4, the last of which is padding:
///
/// ```text
/// name       formula                    numbers put in            result
/// k[0,0,0]   k[0,0,0]·x[0,1,2]          -1.0000·0.5000            the product; one such step for each entry of the
///                                                                 kernel, its last index running fastest
/// …
/// k[0,0,2]   k[0,0,2]·0                 2.0000·0                  so where the window reaches into the padding
/// …
/// channel 0  Σ k[0,i,j]·x[0,i+1,j+2]    -0.5000 + 0.7500 + …      the sum of the channel's products
/// …                                                               products and sum of the other channels
/// y          channel 0 + channel 1      1.2500 + -3.0000          the sum over the channels
/// biased     y + b                      -1.7500 + 0.5000          with the bias
/// output     max(0, biased)             max(0, -1.2500)           ReLU
/// ```
///
/// The products follow each other channel after channel, and each channel's sum follows its products. In the
/// formulas x has the indices of the image. In a channel's sum the offsets are row − padding and column − padding:
/// `i+2`, `i+0`, or `i-1`.
///
/// * `x`: the image, channels × rows × columns. `kernel`: channels × height × width. `bias`: b.
/// * `padding`: rows and columns of zeros around the image. `at`: row and column of the output pixel.
/// * Returns the explanation; its title is `Pixel (2, 3) of a convolution`.
///
/// # Errors
///
/// * as [`conv2d`](super::conv::conv2d) with this one kernel;
/// * [`InputError::OutOfRange`] with `name` `"row"` or `"column"` and `wanted` `"inside of the output"`;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"kernel"` or `"bias"` and the `index` of such a number,
///   the last index running fastest.
///
/// ```
/// # use katas::m09_convolution::explain::explain_convolution;
/// # use ndarray::array;
/// let (x, kernel) = (array![[[1.0, 2.0]]], array![[[3.0, -1.0]]]);
/// let explanation = explain_convolution(x.view(), kernel.view(), 0.5, 0, (0, 0)).unwrap();
/// assert_eq!(explanation.result("k[0,0,1]"), Some(&[-2.0][..]));
/// assert_eq!(explanation.result("output"), Some(&[1.5][..]));
/// ```
///
/// In Python: no single call; `(kernel * x[:, r:r + h, s:s + w]).sum() + bias`, then `max(0, …)`.
///
/// Source: Dumoulin and Visin, *A Guide to Convolution Arithmetic for Deep Learning*, 2016, §1.1.
pub fn explain_convolution(
    x: ArrayView3<f64>,
    kernel: ArrayView3<f64>,
    bias: f64,
    padding: usize,
    at: (usize, usize),
) -> Result<Explanation, InputError> {
    todo!()
}
