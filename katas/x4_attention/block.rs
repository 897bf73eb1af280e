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
        todo!()
    }

    /// The trainable parameters by name: the block's own, not copies, so changing them changes the block.
    pub fn variables(&self) -> &VarMap {
        todo!()
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
        todo!()
    }
}
