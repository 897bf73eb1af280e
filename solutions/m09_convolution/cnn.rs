//! A convolutional neural network: learned kernels, ReLU, max pooling, and one linear layer on the feature maps.

use candle_core::{DType, Device, Tensor};
use candle_nn::{Init, VarMap};
use kit::{Generator, InputError, check};

use super::layers::{convolve, max_pool};

/// A convolutional neural network (CNN) for the classification of square images.
///
/// ```formula
/// hᵢ = ReLU(pool(hᵢ₋₁ ∗ Kᵢ + bᵢ))  for each block i,    logits = flatten(h_B)·Wᵀ + b
/// ```
///
/// ∗ is a convolution with 3×3 kernels that keeps the size (stride 1, padding 1), pool is max pooling over 2×2
/// windows, which leaves an odd last row and column out, ReLU is the activation function max(0, ·), and flatten
/// puts channels, rows and columns in one row in this order.
///
/// ```
/// # use candle_core::{DType, Device, Tensor};
/// # use katas::m09_convolution::cnn::Cnn;
/// # use kit::Generator;
/// let cnn = Cnn::new(8, &[1, 4, 8], 10, DType::F32, &mut Generator::from_seed(1))?;
/// let images = Tensor::zeros((5, 1, 8, 8), DType::F32, &Device::Cpu)?;
/// assert_eq!(cnn.forward(&images)?.dims(), [5, 10]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.Sequential(Conv2d(c0, c1, 3, padding=1), MaxPool2d(2), ReLU(), …, Flatten(), Linear(inputs,
/// classes))`.
///
/// Source: LeCun, Bottou, Bengio and Haffner, *Gradient-Based Learning Applied to Document Recognition*, Proceedings of
/// the IEEE 86 (1998); Goodfellow, Bengio and Courville, *Deep Learning*, §9.3.
pub struct Cnn {
    /// Channels, rows and columns of an image.
    image: [usize; 3],
    /// Weight and bias of each block, then of the linear layer.
    layers: Vec<[Tensor; 2]>,
    variables: VarMap,
}

impl Cnn {
    /// A network with freshly initialized parameters (He initialization, uniform).
    ///
    /// Block i from 1 has the variables `block{i}.weight` (channels out × channels in × 3 × 3) and `block{i}.bias`
    /// (channels out), the linear layer `dense.weight` (classes × inputs) and `dense.bias` (classes). Biases are 0. The
    /// weights are drawn block after block, the linear layer last, each with its last index running fastest, by
    /// `generator.uniform_in(−a, a)` with `a = √(6 / inputs of one output)`, that is 9 × channels in for a block: the
    /// same seed gives the same network everywhere.
    ///
    /// * `side`: rows and columns of an image, enough for a 2×2 window in each block.
    /// * `channels`: of the image, then of each block; at least one, each at least 1.
    /// * `classes`: at least 1. `dtype`: `F32`, or `F64` to compare gradients with finite differences.
    ///
    /// # Errors
    ///
    /// * [`InputError::TooFew`] with `wanted` 1 if there are no channels;
    /// * [`InputError::OutOfRange`] with `name` `"channels"` or `"classes"` and `wanted` `"at least 1"`, or `"side"` and
    ///   `"at least 2 in each block"`.
    pub fn new(
        side: usize,
        channels: &[usize],
        classes: usize,
        dtype: DType,
        generator: &mut Generator,
    ) -> Result<Self, InputError> {
        check::at_least(1, channels.len())?;
        let (first, last) = (channels[0], channels[channels.len() - 1]);
        // Each block halves the side.
        let small = side >> (channels.len() - 1);
        check::in_range("channels", 0.0, !channels.contains(&0), "at least 1")?;
        check::in_range("classes", classes as f64, classes > 0, "at least 1")?;
        check::in_range("side", side as f64, small > 0, "at least 2 in each block")?;
        let mut cnn = Self { image: [first, side, side], layers: Vec::new(), variables: VarMap::new() };
        for (i, pair) in channels.windows(2).enumerate() {
            cnn.add(&format!("block{}", i + 1), &[pair[1], pair[0], 3, 3], dtype, generator)?;
        }
        cnn.add("dense", &[classes, last * small * small], dtype, generator)?;
        Ok(cnn)
    }

    /// The trainable parameters (weights and biases) by name: the network's own, not copies, so changing them changes it.
    pub fn variables(&self) -> &VarMap {
        &self.variables
    }

    /// Forward pass: the logits of each image.
    ///
    /// * `images`: n × channels × side × side, n ≥ 1, of the network's type.
    /// * Returns n × classes; row i depends on image i alone.
    ///
    /// # Errors
    ///
    /// * [`InputError::Dimensions`] with `name` `"images"` and `wanted` \[n, channels, side, side\], n the length of the
    ///   first axis, if they are not of this shape;
    /// * [`InputError::TooFew`] with `wanted` 1 if there is no image.
    pub fn forward(&self, images: &Tensor) -> Result<Tensor, InputError> {
        let n = images.dims().first().copied().unwrap_or(0);
        check::dimensions("images", images.dims(), &[&[n], &self.image[..]].concat())?;
        check::at_least(1, n)?;
        let mut h = images.clone();
        let (blocks, dense) = self.layers.split_at(self.layers.len() - 1);
        for [weight, bias] in blocks {
            // Pooling and ReLU commute; pooling first leaves ReLU a quarter of the work.
            h = max_pool(&convolve(&h, weight, bias)?)?.relu()?;
        }
        for [weight, bias] in dense {
            h = h.flatten_from(1)?.matmul(&weight.t()?)?.broadcast_add(bias)?;
        }
        Ok(h)
    }

    fn add(
        &mut self,
        name: &str,
        shape: &[usize],
        dtype: DType,
        generator: &mut Generator,
    ) -> Result<(), InputError> {
        let [weight, bias] = ["weight", "bias"].map(|part| format!("{name}.{part}"));
        let zeros = |name: &str, shape: &[usize]| {
            self.variables.get(shape, name, Init::Const(0.0), dtype, &Device::Cpu)
        };
        self.layers.push([zeros(&weight, shape)?, zeros(&bias, &shape[..1])?]);
        let inputs: usize = shape[1..].iter().product();
        let bound = (6.0 / inputs as f64).sqrt();
        let drawn: Vec<f64> = (0..shape[0] * inputs).map(|_| generator.uniform_in(-bound, bound)).collect();
        self.variables.set_one(&weight, Tensor::from_vec(drawn, shape, &Device::Cpu)?.to_dtype(dtype)?)?;
        Ok(())
    }
}
