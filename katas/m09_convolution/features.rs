//! Feature maps: visualizing what the kernels of a network respond to.

use candle_core::{DType, Tensor};
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix, check};

use super::layers::convolve;

/// Feature maps of a first layer: the convolution of an image with each of its kernels, followed by ReLU.
///
/// * `image`: rows × columns, one channel.
/// * `weight`: o kernels, o × 1 × k × k with k odd, and `bias`, o numbers: `block1.weight` and `block1.bias` of a
///   network. The convolution keeps the size: stride 1, zero padding.
/// * Returns o maps of the image's size; entry (r, s) of map i is max(0, y), y the convolution with kernel i at (r,
///   s) plus its bias.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixel;
/// * [`InputError::Library`] if the weight does not have four dimensions, or the bias not one;
/// * [`InputError::Dimensions`] with `name` `"weight"`, its shape, and `wanted` \[o, 1, k, k\], k its height, if it
///   has other channels or is not square;
/// * [`InputError::Dimensions`] with `name` `"bias"`, its shape, and `wanted` \[o\];
/// * [`InputError::OutOfRange`] with `name` `"kernel"`, `got` k and `wanted` `"odd"`.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m09_convolution::features::feature_maps;
/// # use kit::Matrix;
/// let weight = Tensor::new(&[[[[2.0_f32]]], [[[-1.0]]]], &Device::Cpu)?;
/// let bias = Tensor::new(&[-1.0_f32, 0.0], &Device::Cpu)?;
/// let maps = feature_maps(&Matrix::from_rows([[0.0, 1.0]]), &weight, &bias)?;
/// assert_eq!(maps, [Matrix::from_rows([[0.0, 1.0]]), Matrix::from_rows([[0.0, 0.0]])]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.relu(torch.nn.functional.conv2d(image[None, None], weight, bias, padding="same"))[0]`.
///
/// Source: Zeiler and Fergus, *Visualizing and Understanding Convolutional Networks*, ECCV 2014.
pub fn feature_maps(image: &Matrix, weight: &Tensor, bias: &Tensor) -> Result<Vec<Matrix>, InputError> {
    todo!()
}

/// Figure of a convolutional layer: the input image, and each kernel with its feature map.
///
/// * `image`: brightness from 0 to 1.
/// * `kernels`, `maps`: one map per kernel, as [`feature_maps`] returns them; weights of at most 10³⁰⁷ in absolute
///   value, all maps at least 0.
/// * Returns a figure with the title `Feature maps`, axes without labels, one unit equally long on both, and images
///   of width and height 1, in this order:
///   1. `input`: the image, its lower left corner at (0, 0);
///   2. for each kernel, from i = 1: `kernel {i}` at (1.25·i, 1.5), then `map {i}` at (1.25·i, 0).
///
///   A kernel's entry k is drawn with brightness ½ + k/(2m), m the largest |k| of all kernels: gray is 0. A map's
///   entry is drawn with brightness y/M, M the largest of all maps. Where m or M is 0 it counts as 1.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one map per kernel; `left` is the number of kernels;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no kernel;
/// * [`InputError::NotFinite`] with `name` `"image"`, `"kernels"` or `"maps"` and the `index` of such a
///   number, counted through all of them.
///
/// ```
/// # use katas::m09_convolution::features::feature_figure;
/// # use kit::Matrix;
/// let one = Matrix::from_rows([[1.0]]);
/// let figure = feature_figure(&one, std::slice::from_ref(&one), std::slice::from_ref(&one)).unwrap();
/// assert_eq!(figure.layers.len(), 3);
/// ```
///
/// In Python: `matplotlib.pyplot.subplots(2, o + 1)` and `ax.imshow(kernel, cmap="gray", vmin=-m, vmax=m)` for each
/// panel.
///
/// Source: Zeiler and Fergus, *Visualizing and Understanding Convolutional Networks*, ECCV 2014.
pub fn feature_figure(image: &Matrix, kernels: &[Matrix], maps: &[Matrix]) -> Result<Figure, InputError> {
    todo!()
}
