//! A multilayer perceptron: linear layers with a ReLU activation between them, and its weight initialization.

use candle_core::{DType, Device, Tensor};
use candle_nn::{Init, Linear, Module, VarMap};
use kit::{Generator, InputError, check};

/// The number of trainable parameters of a multilayer perceptron: weights and biases.
///
/// * `widths`: the number of inputs, of hidden units in each hidden layer, and of outputs: at least two widths, each
///   at least 1. Neighboring layers are fully connected; every layer except the input has one bias per unit.
/// * Returns the number, exact wherever it fits into a `usize`.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer than two widths;
/// * [`InputError::OutOfRange`] with `name` `"widths"` and `wanted` `"at least 1"` if one of them is 0.
///
/// ```
/// # use katas::m07_deep_learning::mlp::parameter_count;
/// assert_eq!(parameter_count(&[784, 128, 10]), Ok(101_770));
/// ```
///
/// In Python: `sum(p.numel() for p in model.parameters())`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, ch. 6.
pub fn parameter_count(widths: &[usize]) -> Result<usize, InputError> {
    input_and_output(widths)?;
    Ok(widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum())
}

/// A multilayer perceptron (MLP, fully connected network): linear layers, each except the last followed by the
/// activation function ReLU.
///
/// ```formula
/// h₀ = x,    hᵢ = max(0, hᵢ₋₁·Wᵢᵀ + bᵢ) for i < L,    logits = h_{L−1}·W_Lᵀ + b_L
/// ```
///
/// The last layer returns logits; softmax belongs to the loss function, not to the network.
///
/// ```
/// # use candle_core::{DType, Device, Tensor};
/// # use katas::m07_deep_learning::mlp::Mlp;
/// # use kit::Generator;
/// let mlp = Mlp::new(&[4, 8, 3], DType::F32, &mut Generator::from_seed(1))?;
/// let x = Tensor::zeros((5, 4), DType::F32, &Device::Cpu)?;
/// assert_eq!(mlp.forward(&x)?.dims(), [5, 3]);
/// assert!(mlp.forward(&x.t()?).is_err());
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.Sequential(torch.nn.Linear(d, h), torch.nn.ReLU(), torch.nn.Linear(h, k))`; its default
/// initialization is U(−1/√d, 1/√d) for weights and biases.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §6.1 to §6.4; for the weight initialization: He, Zhang,
/// Ren and Sun, *Delving Deep into Rectifiers*, ICCV 2015.
pub struct Mlp {
    layers: Vec<Linear>,
    variables: VarMap,
}

impl Mlp {
    /// An untrained network, with He initialization.
    ///
    /// Layer i from 1 has two variables: `layer{i}.weight`, Wᵢ, with one row per output and one column per input, and
    /// `layer{i}.bias`. The biases are 0. The weights are drawn layer after layer, each row after row, by
    /// `generator.uniform_in(−a, a)` with `a = √(6 / inputs of the layer)` (He or Kaiming uniform initialization): so
    /// activations neither explode nor vanish from layer to layer, and the same seed gives the same network
    /// everywhere.
    ///
    /// * `widths`: as for [`parameter_count`]. `dtype`: `F32`, or `F64` where gradients are compared with finite
    ///   differences.
    ///
    /// # Errors
    ///
    /// As [`parameter_count`].
    pub fn new(widths: &[usize], dtype: DType, generator: &mut Generator) -> Result<Self, InputError> {
        input_and_output(widths)?;
        let (mut variables, mut layers) = (VarMap::new(), Vec::new());
        for (i, pair) in widths.windows(2).enumerate() {
            let (inputs, outputs) = (pair[0], pair[1]);
            let zeros = |variables: &VarMap, shape: &[usize], name: &str| {
                variables.get(shape, name, Init::Const(0.0), dtype, &Device::Cpu)
            };
            let (weight, bias) = (format!("layer{}.weight", i + 1), format!("layer{}.bias", i + 1));
            let layer = Linear::new(
                zeros(&variables, &[outputs, inputs], &weight)?,
                Some(zeros(&variables, &[outputs], &bias)?),
            );
            let bound = (6.0 / inputs as f64).sqrt();
            let drawn: Vec<f64> =
                (0..outputs * inputs).map(|_| generator.uniform_in(-bound, bound)).collect();
            let drawn = Tensor::from_vec(drawn, (outputs, inputs), &Device::Cpu)?.to_dtype(dtype)?;
            variables.set_one(&weight, drawn)?;
            layers.push(layer);
        }
        Ok(Self { layers, variables })
    }

    /// The trainable parameters, weights and biases, by name. They are the network's own, not copies: changing them
    /// changes the network.
    pub fn variables(&self) -> &VarMap {
        &self.variables
    }

    /// Forward pass: the logits of each sample.
    ///
    /// * `x`: n×d samples, n ≥ 1, d the first width; of the network's type.
    /// * Returns n×k logits, k the last width; row i depends on row i of x alone.
    ///
    /// # Errors
    ///
    /// * [`InputError::Dimensions`] with `name` `"x"` and `wanted` \[n, d\], n the first dimension of x, if x is not
    ///   of this shape;
    /// * [`InputError::TooFew`] with `wanted` 1 if there is no sample.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, InputError> {
        let inputs = self.layers[0].weight().dim(1)?;
        let rows = x.dims().first().copied().unwrap_or(0);
        check::dimensions("x", x.dims(), &[rows, inputs])?;
        check::at_least(1, rows)?;
        let mut h = x.clone();
        for (i, layer) in self.layers.iter().enumerate() {
            h = layer.forward(&h)?;
            if i + 1 < self.layers.len() {
                h = h.relu()?;
            }
        }
        Ok(h)
    }
}

fn input_and_output(widths: &[usize]) -> Result<(), InputError> {
    check::at_least(2, widths.len())?;
    check::in_range("widths", 0.0, !widths.contains(&0), "at least 1")
}
