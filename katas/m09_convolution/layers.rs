//! The two layers of a convolutional network on candle's tensors: differentiable, exact, and fast on a processor.

use candle_core::Tensor;
use kit::{InputError, check};

/// A convolution that keeps the size: stride 1, and as much padding as the kernel needs.
///
/// * `x`: n images, n × channels × rows × columns.
/// * `weight`: o kernels, o × channels × k × k, k odd; the padding is (k − 1)/2.
/// * `bias`: o numbers, each added to all pixels of its channel.
/// * Returns n × o × rows × columns, differentiable along all three.
///
/// # Errors
///
/// * [`InputError::Library`] if x or the weight has not four dimensions, or the bias not one;
/// * [`InputError::Dimensions`] with `name` `"weight"`, its shape, and the same with the channels of x and k×k for the
///   kernel as `wanted`, k its height, if it has other channels or is not square;
/// * [`InputError::Dimensions`] with `name` `"bias"`, its shape, and `wanted` \[o\];
/// * [`InputError::OutOfRange`] with `name` `"kernel"`, `got` k and `wanted` `"odd"`.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m09_convolution::layers::convolve;
/// let x = Tensor::new(&[[[[1.0_f64, 2.0], [3.0, 4.0]]]], &Device::Cpu)?;
/// let weight = Tensor::new(&[[[[0.0_f64, 0.0, 0.0], [0.0, 2.0, 1.0], [0.0, 0.0, 0.0]]]], &Device::Cpu)?;
/// let y = convolve(&x, &weight, &Tensor::new(&[0.5_f64], &Device::Cpu)?)?;
/// assert_eq!(y.flatten_all()?.to_vec1::<f64>()?, [4.5, 4.5, 10.5, 8.5]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.5.
pub fn convolve(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor, InputError> {
    todo!()
}

/// Max pooling over 2×2 windows: the largest of each window, with the right gradient.
///
/// candle 0.11.1 has a `max_pool2d` that gives the right numbers and a quarter of the right gradient, without a word. So
/// this one is made of operations whose gradients are right.
///
/// * `x`: n images, n × channels × rows × columns.
/// * Returns n × channels × ⌊rows/2⌋ × ⌊columns/2⌋: an odd last row or column is left out. `backward` gives the whole
///   upstream gradient of a window to its largest number and 0 to the others. Where several numbers are largest, as on a
///   flat background, one of them gets it all, or they get shares that are not negative and sum to 1.
///
/// # Errors
///
/// * [`InputError::Library`] if x has not four dimensions;
/// * [`InputError::OutOfRange`] with `name` `"size"`, `got` 2 and `wanted` `"at most rows and columns"`.
///
/// ```
/// # use candle_core::{Device, Var};
/// # use katas::m09_convolution::layers::max_pool;
/// let x = Var::new(&[[[[1.0_f64, 5.0], [2.0, 3.0]]]], &Device::Cpu)?;
/// let y = max_pool(&x)?;
/// assert_eq!(y.flatten_all()?.to_vec1::<f64>()?, [5.0]);
/// let slopes = y.sum_all()?.backward()?;
/// assert_eq!(slopes.get(&x).unwrap().flatten_all()?.to_vec1::<f64>()?, [0.0, 1.0, 0.0, 0.0]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.3.
pub fn max_pool(x: &Tensor) -> Result<Tensor, InputError> {
    todo!()
}
