//! The network: layers of weighted sums with a bend between them.

use candle_core::{DType, Device, Tensor};
use candle_nn::{Init, Linear, Module, VarMap};
use kit::{Generator, InputError, check};

/// How many numbers a multilayer perceptron learns: its weights and biases.
///
/// * `widths`: how many numbers go in, how many each hidden layer holds, and how many come out: at least two widths,
///   each at least 1. Neighboring layers are fully connected; every layer but the input has one bias a number.
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
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, ch. 6.
pub fn parameter_count(widths: &[usize]) -> Result<usize, InputError> {
    input_and_output(widths)?;
    Ok(widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum())
}

/// A multilayer perceptron: affine layers, each but the last followed by a rectifier.
///
/// ```text
/// h₀ = x,    hᵢ = max(0, hᵢ₋₁·Wᵢᵀ + bᵢ) for i < L,    logits = h_{L−1}·W_Lᵀ + b_L
/// ```
///
/// The logits are what softmax makes probabilities of; the loss does that, not the network.
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
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §6.1 to §6.4; for the first weights: He, Zhang, Ren and
/// Sun, *Delving Deep into Rectifiers*, ICCV 2015.
pub struct Mlp {
    layers: Vec<Linear>,
    variables: VarMap,
}

impl Mlp {
    /// A network that has not learned anything yet.
    ///
    /// Layer i from 1 has two variables: `layer{i}.weight`, Wᵢ, with one row an output and one column an input, and
    /// `layer{i}.bias`. The biases are 0. The weights are drawn layer after layer, each row after row, by
    /// `generator.uniform_in(−a, a)` with `a = √(6 / inputs of the layer)`: so the size of the numbers neither grows nor
    /// vanishes from layer to layer, and the same seed gives the same network everywhere.
    ///
    /// * `widths`: as for [`parameter_count`]. `dtype`: `F32`, or `F64` where slopes are compared with differences.
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

    /// The weights and biases, by name. They are the network's own, not copies: who changes them changes it.
    pub fn variables(&self) -> &VarMap {
        &self.variables
    }

    /// The logits of each sample.
    ///
    /// * `x`: n×d samples, n ≥ 1, d the first width; of the network's type.
    /// * Returns n×k logits, k the last width; row i depends on row i of x alone.
    ///
    /// # Errors
    ///
    /// * [`InputError::Dimensions`] with `name` `"x"` and `wanted` \[n, d\], n the first extent of x, if x is not of this
    ///   shape;
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
