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
    todo!()
}
