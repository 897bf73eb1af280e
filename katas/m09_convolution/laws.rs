//! Roles exchanged: here you write the property-based test (the law).

use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

/// Property test: decides whether a candidate implementation is a convolution.
///
/// The candidate takes an image, kernels, stride and padding, and returns what [`conv2d`](super::conv::conv2d)
/// does.
///
/// * `candidate`: the function to be judged. It may be called with images and kernels of up to 3 channels, 8 rows
///   and 8 columns, up to 3 kernels, strides from 1 to 3 and paddings from 0 to 2, where the kernel fits into the
///   padded image, with entries up to 10 in size. It neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected.** Right ones may sum in any order: their entries are within 10⁻⁹ of the
///     exact ones.
///   * **These must be rejected**: another shape of the output; kernels flipped or transposed; a stride or a
///     padding on one axis only, or not at all; padding with something other than 0; channels not summed, or
///     averaged, or the first one used for all; the first kernel used for all outputs, or outputs in another order;
///     an extra bias; an extra ReLU, or nothing but zeros; a last row, column or output that is wrong. And what is
///     right in some cases only: for square images, square kernels, one kernel, one or two channels, strides up to 2,
///     paddings up to 1, or entries up to 5.
///
/// An image with a single 1 in it, and a kernel with a single 1, show where every entry goes (the impulse
/// response).
///
/// ```
/// # use katas::m09_convolution::laws::accepts_convolution;
/// # use ndarray::Array3;
/// assert!(!accepts_convolution(|_, _, _, _| Array3::zeros((1, 1, 1))));
/// ```
///
/// In Python: no single call; compare with `torch.nn.functional.conv2d` on arrays drawn by
/// `hypothesis.extra.numpy.arrays`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.1 and §9.5.
pub fn accepts_convolution(
    candidate: fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize) -> Array3<f64>,
) -> bool {
    todo!()
}
