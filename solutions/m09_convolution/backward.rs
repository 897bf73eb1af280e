//! Backward pass of a convolution.

use kit::{InputError, check};
use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

use super::conv::output_size;

/// Backward pass of a 2-D convolution: the gradients of a loss with respect to the input and the kernels, given the
/// upstream gradient.
///
/// y is the convolution of x with the kernels, and L any loss computed from y:
///
/// ```formula
/// dx[c, p, q] = ∂L/∂x[c, p, q]     dk[o, c, i, j] = ∂L/∂k[o, c, i, j]     grad_output[o, r, s] = ∂L/∂y[o, r, s]
/// ```
///
/// * `x`, `kernels`, `stride`, `padding`: the arguments of the forward pass, as for
///   [`conv2d`](super::conv::conv2d).
/// * `grad_output`: the upstream gradient ∂L/∂y, of the shape of the output.
/// * Returns (dx, dk), of the shapes of x and of the kernels.
///
/// # Errors
///
/// * as [`conv2d`](super::conv::conv2d);
/// * [`InputError::Dimensions`] with `name` `"grad_output"` if it does not have the shape of the output.
///
/// ```
/// # use katas::m09_convolution::backward::conv2d_backward;
/// # use ndarray::array;
/// let (x, kernels) = (array![[[2.0, 3.0]]], array![[[[5.0]]]]);
/// let (dx, dk) = conv2d_backward(x.view(), kernels.view(), 1, 0, array![[[1.0, 10.0]]].view()).unwrap();
/// assert_eq!((dx, dk), (array![[[5.0, 50.0]]], array![[[[32.0]]]]));
/// ```
///
/// In Python: with a batch axis, `torch.nn.grad.conv2d_input(x[None].shape, kernels, grad_output[None], stride,
/// padding)` and `torch.nn.grad.conv2d_weight(x[None], kernels.shape, grad_output[None], stride, padding)`, or
/// `y.backward(grad_output)`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.5.
pub fn conv2d_backward(
    x: ArrayView3<f64>,
    kernels: ArrayView4<f64>,
    stride: usize,
    padding: usize,
    grad_output: ArrayView3<f64>,
) -> Result<(Array3<f64>, Array4<f64>), InputError> {
    let (channels, rows, cols) = x.dim();
    let (outputs, _, height, width) = kernels.dim();
    check::dimensions("kernels", kernels.shape(), &[outputs, channels, height, width])?;
    let rows_out = output_size(rows, height, stride, padding)?;
    let cols_out = output_size(cols, width, stride, padding)?;
    check::dimensions("grad_output", grad_output.shape(), &[outputs, rows_out, cols_out])?;
    let (mut dx, mut dk) = (Array3::zeros(x.dim()), Array4::zeros(kernels.dim()));
    for ((o, r, s), &upstream) in grad_output.indexed_iter() {
        for c in 0..channels {
            for i in 0..height {
                for j in 0..width {
                    // Product rule: the output contains k·x, whose derivative is x for k and k for x.
                    let row = (r * stride + i).wrapping_sub(padding);
                    let col = (s * stride + j).wrapping_sub(padding);
                    if let Some(pixel) = x.get([c, row, col]) {
                        dk[[o, c, i, j]] += upstream * pixel;
                        dx[[c, row, col]] += upstream * kernels[[o, c, i, j]];
                    }
                }
            }
        }
    }
    Ok((dx, dk))
}
