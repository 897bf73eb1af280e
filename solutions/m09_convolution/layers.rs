//! The two layers of a convolutional network on candle's tensors: differentiable, exact, and fast on a CPU.

use candle_core::Tensor;
use kit::{InputError, check};

/// Convolutional layer that keeps the size ("same" padding): stride 1, and as much padding as the kernel needs.
///
/// * `x`: a mini-batch of n images, n × channels × rows × columns.
/// * `weight`: o kernels, o × channels × k × k, k odd; the padding is (k − 1)/2.
/// * `bias`: o numbers, each added to all pixels of its output channel.
/// * Returns n × o × rows × columns, differentiable with respect to all three.
///
/// # Errors
///
/// * [`InputError::Library`] if x or the weight does not have four dimensions, or the bias not one;
/// * [`InputError::Dimensions`] with `name` `"weight"`, its shape, and the same with the channels of x and k×k for
///   the kernel as `wanted`, k its height, if it has other channels or is not square;
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
/// In Python: `torch.nn.functional.conv2d(x, weight, bias, padding="same")`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.5.
pub fn convolve(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor, InputError> {
    let (n, channels, rows, cols) = x.dims4()?;
    let (outputs, _, k, _) = weight.dims4()?;
    bias.dims1()?;
    check::dimensions("weight", weight.dims(), &[outputs, channels, k, k])?;
    check::dimensions("bias", bias.dims(), &[outputs])?;
    check::in_range("kernel", k as f64, k % 2 == 1, "odd")?;
    let margin = (k - 1) / 2;
    let padded = x.pad_with_zeros(2, margin, margin)?.pad_with_zeros(3, margin, margin)?;
    // One copy of the images for each entry of the kernel, shifted so that the entry is aligned with its pixel: then the
    // sum over entries and channels is one matrix product, forwards and backwards. candle's own `conv2d` gives the same
    // numbers, but its backward pass is three times as slow.
    let mut shifted = Vec::with_capacity(k * k);
    for i in 0..k {
        for j in 0..k {
            shifted.push(padded.narrow(2, i, rows)?.narrow(3, j, cols)?);
        }
    }
    // The bias is the weight of a constant channel of ones.
    shifted.push(Tensor::ones((n, 1, rows, cols), x.dtype(), x.device())?);
    let weights = weight.permute((0, 2, 3, 1))?.reshape((outputs, k * k * channels))?;
    let weights = Tensor::cat(&[weights, bias.reshape((outputs, 1))?], 1)?;
    let patches = Tensor::cat(&shifted, 1)?.flatten_from(2)?;
    Ok(weights.unsqueeze(0)?.broadcast_matmul(&patches)?.reshape((n, outputs, rows, cols))?)
}

/// Max pooling layer over 2×2 windows: the largest number of each window, with the right gradient.
///
/// candle 0.11.1 has a `max_pool2d` that gives the right numbers but a gradient that is too small by a factor of 4,
/// without any warning. So this one is made of operations whose gradients are right.
///
/// * `x`: a mini-batch of n images, n × channels × rows × columns.
/// * Returns n × channels × ⌊rows/2⌋ × ⌊columns/2⌋: an odd last row or column is left out. `backward` gives the
///   whole upstream gradient of a window to its largest number and 0 to the others. Where several numbers are
///   largest, as on a flat background, the result must be a subgradient: one of them gets it all, or they get
///   shares that are not negative and sum to 1.
///
/// # Errors
///
/// * [`InputError::Library`] if x does not have four dimensions;
/// * [`InputError::OutOfRange`] with `name` `"size"`, `got` 2 and `wanted` `"at most rows and columns"`.
///
/// ```
/// # use candle_core::{Device, Var};
/// # use katas::m09_convolution::layers::max_pool;
/// let x = Var::new(&[[[[1.0_f64, 5.0], [2.0, 3.0]]]], &Device::Cpu)?;
/// let y = max_pool(&x)?;
/// assert_eq!(y.flatten_all()?.to_vec1::<f64>()?, [5.0]);
/// let gradients = y.sum_all()?.backward()?;
/// assert_eq!(gradients.get(&x).unwrap().flatten_all()?.to_vec1::<f64>()?, [0.0, 1.0, 0.0, 0.0]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.max_pool2d(x, 2)` (of equal maxima, one gets the gradient).
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.3.
pub fn max_pool(x: &Tensor) -> Result<Tensor, InputError> {
    let (n, channels, rows, cols) = x.dims4()?;
    check::in_range("size", 2.0, rows.min(cols) >= 2, "at most rows and columns")?;
    let (high, wide) = (rows / 2, cols / 2);
    let even = x.narrow(2, 0, 2 * high)?.narrow(3, 0, 2 * wide)?;
    let windows = even.reshape((n, channels, high, 2, wide, 2))?;
    let windows = windows.permute((0, 1, 2, 4, 3, 5))?.contiguous()?.flatten_from(4)?;
    // One winner for each window. The gradient of `windows.max(4)` would go to each of several equal maxima whole.
    let winner = windows.argmax_keepdim(4)?;
    Ok(windows.gather(&winner, 4)?.squeeze(4)?)
}
