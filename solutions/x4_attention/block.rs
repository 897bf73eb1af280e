//! A transformer block: causal multi-head attention and a small MLP, each with layer normalization and a residual connection.

use std::sync::PoisonError;

use candle_core::{D, DType, Device, Tensor, Var};
use candle_nn::VarMap;
use candle_nn::ops::softmax;
use kit::{Generator, InputError, check};

/// A transformer block in the pre-norm form, as GPT stacks them: causal multi-head attention lets each position read the
/// positions before it, and an MLP processes each position by itself.
///
/// ```formula
/// a = x + attention(LN₁(x))   y = a + mlp(LN₂(a))
/// attention(z) = concat(head₁, …, head_h)·W_oᵀ + b_o
/// headᵢ = softmax(Qᵢ·Kᵢᵀ / √(d/h) + M)·Vᵢ   Q = z·W_qᵀ + b_q, K and V likewise
/// mlp(z) = max(0, z·W₁ᵀ + b₁)·W₂ᵀ + b₂
/// ```
///
/// LN is layer normalization over the d features of a position with ε = 10⁻⁵ and the variance divided by d, then multiplied by
/// γ and shifted by β. Qᵢ, Kᵢ and Vᵢ are the columns (i − 1)·d/h to i·d/h − 1 of Q, K and V, counted from 0. M is the causal
/// mask, 0 where the position of the key is at most that of the query, −∞ elsewhere. There is no dropout.
///
/// ```
/// # use candle_core::{DType, Device, Tensor};
/// # use katas::x4_attention::block::TransformerBlock;
/// # use kit::Generator;
/// let block = TransformerBlock::new(8, 2, DType::F32, &mut Generator::from_seed(1))?;
/// let x = Tensor::ones((3, 5, 8), DType::F32, &Device::Cpu)?;
/// assert_eq!(block.forward(&x)?.dims(), [3, 5, 8]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.TransformerEncoderLayer(d, h, 4 * d, dropout=0, norm_first=True, batch_first=True)`, called with
/// `src_mask=torch.nn.Transformer.generate_square_subsequent_mask(T)`.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3; for layer normalization first: Xiong et al., *On
/// Layer Normalization in the Transformer Architecture*, ICML (2020), table 1.
pub struct TransformerBlock {
    heads: usize,
    variables: VarMap,
}

impl TransformerBlock {
    /// An untrained block of 12·d² + 13·d parameters.
    ///
    /// Its variables by name, in the order in which they are drawn:
    ///
    /// ```text
    /// attention.query.weight     d×d    W_q, one row per output      attention.query.bias     d
    /// attention.key.weight       d×d    W_k                          attention.key.bias       d
    /// attention.value.weight     d×d    W_v                          attention.value.bias     d
    /// attention.output.weight    d×d    W_o                          attention.output.bias    d
    /// mlp.hidden.weight          4d×d   W₁                           mlp.hidden.bias          4d
    /// mlp.output.weight          d×4d   W₂                           mlp.output.bias          d
    /// layer_norm1.gamma          d      γ of LN₁                     layer_norm1.beta         d
    /// layer_norm2.gamma          d      γ of LN₂                     layer_norm2.beta         d
    /// ```
    ///
    /// Each weight is drawn row after row by `generator.uniform_in(−a, a)` with `a = 1/√(its number of columns)`. Biases and β
    /// are 0, γ is 1; nothing is drawn for them.
    ///
    /// * `width`: d, the features of a position. `heads`: h, which divides d. Both are at least 1.
    /// * `dtype`: `F32`, or `F64` where gradients are compared with finite differences.
    ///
    /// # Errors
    ///
    /// [`InputError::OutOfRange`] with `name` `"width"` and `wanted` `"at least 1"`, or with `"heads"` and `"a divisor of the
    /// width"`; 0 is none.
    pub fn new(
        width: usize,
        heads: usize,
        dtype: DType,
        generator: &mut Generator,
    ) -> Result<Self, InputError> {
        check_width(width, heads)?;
        let variables = VarMap::new();
        for (name, shape) in shapes(width) {
            initialize(&variables, name, &shape, dtype, generator)?;
        }
        Ok(Self { heads, variables })
    }

    /// The trainable parameters by name: the block's own, not copies, so changing them changes the block.
    pub fn variables(&self) -> &VarMap {
        &self.variables
    }

    /// Forward pass.
    ///
    /// * `x`: batch × T × d, a mini-batch of sequences of T positions with d features each, of the block's type; none of the
    ///   three is 0. The tensor need not be contiguous.
    /// * Returns y of the same shape, differentiable with respect to x and to all variables. Position t depends on the
    ///   positions 0 to t of its own sequence alone.
    ///
    /// # Errors
    ///
    /// * [`InputError::Library`] unless x has three dimensions;
    /// * [`InputError::Dimensions`] with `name` `"x"` and \[batch, T, d\] as `wanted`, if it has other than d features;
    /// * [`InputError::TooFew`] with `wanted` 1 if there is no sequence or no position.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, InputError> {
        Ok(self.forward_after(x, None)?.0)
    }

    /// As `forward`, for positions that follow others of which keys and values are known, each batch × positions × d.
    /// Returns y, and the keys and values of all positions.
    pub(super) fn forward_after(
        &self,
        x: &Tensor,
        past: Option<[&Tensor; 2]>,
    ) -> Result<(Tensor, [Tensor; 2]), InputError> {
        let (batch, length, width) = x.dims3()?;
        let d = parameter(&self.variables, "layer_norm1.beta")?.dim(0)?;
        check::dimensions("x", &[batch, length, width], &[batch, length, d])?;
        check::at_least(1, batch.min(length))?;
        let z = layer_norm(x, &self.variables, "layer_norm1")?;
        let query = linear(&z, &self.variables, "attention.query")?;
        let mut key = linear(&z, &self.variables, "attention.key")?;
        let mut value = linear(&z, &self.variables, "attention.value")?;
        if let Some([keys, values]) = past {
            key = Tensor::cat(&[keys, &key], 1)?;
            value = Tensor::cat(&[values, &value], 1)?;
        }
        let a = (x + linear(&self.attention(&query, &key, &value)?, &self.variables, "attention.output")?)?;
        let z = layer_norm(&a, &self.variables, "layer_norm2")?;
        let hidden = linear(&z, &self.variables, "mlp.hidden")?.relu()?;
        let y = (a + linear(&hidden, &self.variables, "mlp.output")?)?;
        Ok((y, [key, value]))
    }

    /// The heads next to each other. The queries are those of the last positions.
    fn attention(&self, query: &Tensor, key: &Tensor, value: &Tensor) -> Result<Tensor, InputError> {
        let (batch, queries, width) = query.dims3()?;
        let (keys, size) = (key.dim(1)?, width / self.heads);
        // batch × T × d becomes batch × h × T × d/h.
        let split = |x: &Tensor| x.reshape((batch, (), self.heads, size))?.transpose(1, 2)?.contiguous();
        let (query, key, value) = (split(query)?, split(key)?, split(value)?);
        let scores = (query.matmul(&key.t()?)? / (size as f64).sqrt())?;
        let mask = |at: usize| if at % keys > at / keys + keys - queries { f32::NEG_INFINITY } else { 0.0 };
        let mask =
            Tensor::from_vec((0..queries * keys).map(mask).collect(), (queries, keys), scores.device())?;
        let attention = softmax(&scores.broadcast_add(&mask.to_dtype(scores.dtype())?)?, D::Minus1)?;
        Ok(attention.matmul(&value)?.transpose(1, 2)?.reshape((batch, queries, width))?)
    }

    /// The block on variables that exist already, under the names that begin with `prefix`.
    pub(super) fn of(variables: &VarMap, prefix: &str, heads: usize) -> Self {
        let own = VarMap::new();
        for (name, var) in variables.data().lock().unwrap_or_else(PoisonError::into_inner).iter() {
            if let Some(name) = name.strip_prefix(prefix) {
                own.data()
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(name.to_owned(), var.clone());
            }
        }
        Self { heads, variables: own }
    }
}

/// The variables of a block by name, with their shapes, in the order in which they are drawn.
pub(super) fn shapes(width: usize) -> Vec<(&'static str, Vec<usize>)> {
    vec![
        ("attention.query.weight", vec![width, width]),
        ("attention.query.bias", vec![width]),
        ("attention.key.weight", vec![width, width]),
        ("attention.key.bias", vec![width]),
        ("attention.value.weight", vec![width, width]),
        ("attention.value.bias", vec![width]),
        ("attention.output.weight", vec![width, width]),
        ("attention.output.bias", vec![width]),
        ("mlp.hidden.weight", vec![4 * width, width]),
        ("mlp.hidden.bias", vec![4 * width]),
        ("mlp.output.weight", vec![width, 4 * width]),
        ("mlp.output.bias", vec![width]),
        ("layer_norm1.gamma", vec![width]),
        ("layer_norm1.beta", vec![width]),
        ("layer_norm2.gamma", vec![width]),
        ("layer_norm2.beta", vec![width]),
    ]
}

pub(super) fn check_width(width: usize, heads: usize) -> Result<(), InputError> {
    check::in_range("width", width as f64, width > 0, "at least 1")?;
    check::in_range("heads", heads as f64, heads > 0 && width.is_multiple_of(heads), "a divisor of the width")
}

/// Puts a variable into the map: γ is 1, weights are drawn, biases and β are 0.
pub(super) fn initialize(
    variables: &VarMap,
    name: &str,
    shape: &[usize],
    dtype: DType,
    generator: &mut Generator,
) -> Result<(), InputError> {
    let numbers: Vec<f64> = match *shape {
        [rows, columns] => {
            let a = 1.0 / (columns as f64).sqrt();
            (0..rows * columns).map(|_| generator.uniform_in(-a, a)).collect()
        }
        _ => vec![if name.ends_with("gamma") { 1.0 } else { 0.0 }; shape.iter().product()],
    };
    let var = Var::from_tensor(&Tensor::from_vec(numbers, shape, &Device::Cpu)?.to_dtype(dtype)?)?;
    variables.data().lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), var);
    Ok(())
}

/// A variable of the map: not a copy, so a gradient reaches it.
pub(super) fn parameter(variables: &VarMap, name: &str) -> Result<Tensor, InputError> {
    let held = variables.data().lock().unwrap_or_else(PoisonError::into_inner);
    let found = held.get(name).map(|var| var.as_tensor().clone());
    found.ok_or_else(|| InputError::Library { name: "candle", says: format!("no variable {name}") })
}

/// x·Wᵀ + b for each position.
pub(super) fn linear(x: &Tensor, variables: &VarMap, name: &str) -> Result<Tensor, InputError> {
    let weight = parameter(variables, &format!("{name}.weight"))?;
    let bias = parameter(variables, &format!("{name}.bias"))?;
    let (batch, length, width) = x.dims3()?;
    let y = x.reshape((batch * length, width))?.matmul(&weight.t()?)?.broadcast_add(&bias)?;
    Ok(y.reshape((batch, length, ()))?)
}

/// Layer normalization of each position. candle's own fused one has no backward pass.
pub(super) fn layer_norm(x: &Tensor, variables: &VarMap, name: &str) -> Result<Tensor, InputError> {
    let gamma = parameter(variables, &format!("{name}.gamma"))?;
    let beta = parameter(variables, &format!("{name}.beta"))?;
    let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    let variance = centered.sqr()?.mean_keepdim(D::Minus1)?;
    let normalized = centered.broadcast_div(&(variance + 1e-5)?.sqrt()?)?;
    Ok(normalized.broadcast_mul(&gamma)?.broadcast_add(&beta)?)
}
