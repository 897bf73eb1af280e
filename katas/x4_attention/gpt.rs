//! A GPT: a stack of transformer blocks between an embedding and a linear output layer, and its loss function.

use candle_core::{D, DType, Tensor};
use candle_nn::VarMap;
use candle_nn::ops::log_softmax;
use kit::{Generator, InputError, check};

use super::block::TransformerBlock;

/// The sizes of a [`Gpt`]. All are at least 1, and the heads divide the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GptSettings {
    /// V, the vocabulary size: the tokens are 0, 1, …, V − 1.
    pub vocabulary: usize,
    /// C, the context length: the most tokens of a sequence.
    pub context: usize,
    /// d, the features of a position.
    pub width: usize,
    /// h, the attention heads of a block; a divisor of the width.
    pub heads: usize,
    /// L, the number of blocks.
    pub layers: usize,
}

/// The number of trainable parameters of a [`Gpt`].
///
/// * `settings`: its sizes.
/// * Returns the number, exact wherever it fits into a `usize`.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"vocabulary"`, `"context"`, `"width"` or `"layers"` and `wanted` `"at least 1"`, or
/// with `"heads"` and `"a divisor of the width"`; 0 is none.
///
/// ```
/// # use katas::x4_attention::gpt::{GptSettings, parameter_count};
/// let gpt2 = GptSettings { vocabulary: 50_257, context: 1024, width: 768, heads: 12, layers: 12 };
/// assert_eq!(parameter_count(&gpt2), Ok(163_087_441));
/// ```
///
/// In Python: `sum(p.numel() for p in model.parameters())`. The real GPT-2 shares the token table with the output layer,
/// which has no bias there, and so has 124,439,808.
///
/// Source: Radford et al., *Language Models are Unsupervised Multitask Learners*, OpenAI (2019), table 2.
pub fn parameter_count(settings: &GptSettings) -> Result<usize, InputError> {
    todo!()
}

/// A GPT, a language model: from the tokens so far it predicts the next one, at all positions at once.
///
/// ```formula
/// x₀[t] = E[token t] + P[t]   xₗ = blockₗ(xₗ₋₁)   logits = LN(x_L)·W_outᵀ + b_out
/// ```
///
/// E is the token table (embedding), P the table of learned positions, each block a
/// [`TransformerBlock`] of its own, LN a last layer normalization (ε = 10⁻⁵), and W_out the output layer, which does not share
/// its weights with E.
///
/// ```
/// # use candle_core::DType;
/// # use katas::x4_attention::gpt::{Gpt, GptSettings};
/// # use kit::Generator;
/// let settings = GptSettings { vocabulary: 7, context: 6, width: 8, heads: 2, layers: 3 };
/// let gpt = Gpt::new(&settings, DType::F32, &mut Generator::from_seed(1))?;
/// assert_eq!(gpt.forward(&[vec![0, 6, 2, 2], vec![5, 1, 0, 3]])?.dims(), [2, 4, 7]);
/// assert!(gpt.forward(&[vec![7]]).is_err());
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `transformers.GPT2LMHeadModel(transformers.GPT2Config(…))`, which has GELU instead of ReLU.
///
/// Source: Radford et al., *Language Models are Unsupervised Multitask Learners*, OpenAI (2019), §2.3; Karpathy, *nanoGPT*
/// (2022), `model.py`.
pub struct Gpt {
    settings: GptSettings,
    variables: VarMap,
}

impl Gpt {
    /// An untrained network.
    ///
    /// Its variables by name, in the order in which they are drawn: `token_embedding` (V×d), `position_embedding` (C×d); for
    /// each block l from 1 on the variables of a [`TransformerBlock`] with `block{l}.` in front of their names, as
    /// `block1.mlp.hidden.bias`; `head.weight` (V×d, one row per token), `head.bias` (V), `layer_norm.gamma` and
    /// `layer_norm.beta` (d).
    ///
    /// Each table and each weight is drawn row after row by `generator.uniform_in(−a, a)` with `a = 1/√(its number of
    /// columns)`. Biases and β are 0, γ is 1; nothing is drawn for them.
    ///
    /// * `settings`: the sizes. `dtype`: `F32`, or `F64` where gradients are compared with finite differences.
    ///
    /// # Errors
    ///
    /// As [`parameter_count`].
    pub fn new(settings: &GptSettings, dtype: DType, generator: &mut Generator) -> Result<Self, InputError> {
        todo!()
    }

    /// The trainable parameters by name: the network's own, not copies, so changing them changes the network.
    pub fn variables(&self) -> &VarMap {
        todo!()
    }

    /// Forward pass: the logits of the next token at each position.
    ///
    /// * `tokens`: a mini-batch of sequences, all of the same length T, 1 to C; each token is below V.
    /// * Returns batch × T × V, differentiable with respect to all variables. Position t depends on the tokens 0 to t of its
    ///   own sequence alone, and predicts token t + 1.
    ///
    /// # Errors
    ///
    /// * [`InputError::TooFew`] with `wanted` 1 if there is no sequence, or an empty one;
    /// * [`InputError::LengthMismatch`] if the sequences differ in length; `left` is the length of the first, `right` that of
    ///   the first other one;
    /// * [`InputError::OutOfRange`] with `name` `"tokens"`, `got` T and `wanted` `"at most the context length"`;
    /// * [`InputError::UnknownClass`] with the first token that is not below V; `index` counts through all sequences, one after
    ///   another.
    pub fn forward(&self, tokens: &[Vec<usize>]) -> Result<Tensor, InputError> {
        todo!()
    }
}

/// The loss function of a language model: the mean cross-entropy of predicting each token from those before it.
///
/// ```formula
/// L = −mean of ln softmax(logits[b, t − 1])[token t of b]   over all b and t = prompt, …, T − 1
/// ```
///
/// The logits at position t − 1 predict token t. The first `prompt` tokens of each sequence are given, as the task is when a
/// network learns to answer; predicting them does not count. Nor do the logits of the last position, after which nothing
/// follows.
///
/// * `logits`: batch × T × V, finite, as from [`Gpt::forward`] of the tokens; they need not be contiguous.
/// * `tokens`: the sequences, all of the same length T ≥ 2; each token is below V.
/// * `prompt`: how many first tokens do not count, 1 to T − 1. With 1 each token but the first does.
/// * Returns a scalar tensor of the type of the logits, which `backward` leads to them. Logits of ±1000 do not overflow.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sequence, or an empty one;
/// * [`InputError::LengthMismatch`] if the sequences differ in length; `left` is the length of the first, `right` that of the
///   first other one;
/// * [`InputError::Library`] unless the logits have three dimensions;
/// * [`InputError::Dimensions`] with `name` `"logits"` and \[batch, T, V\] as `wanted`, V their last dimension;
/// * [`InputError::UnknownClass`] with the first token that is not below V, also one that does not count; `index` counts
///   through all sequences, one after another;
/// * [`InputError::OutOfRange`] with `name` `"prompt"` and `wanted` `"1 to T − 1"`.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::x4_attention::gpt::next_token_loss;
/// let logits = Tensor::new(&[[[0.0_f64, 0.0], [500.0, -500.0], [0.0, 9.0]]], &Device::Cpu)?;
/// assert_eq!(next_token_loss(&logits, &[vec![0, 1, 0]], 1)?.to_scalar::<f64>()?, 2.0_f64.ln() / 2.0);
/// assert_eq!(next_token_loss(&logits, &[vec![0, 1, 0]], 2)?.to_scalar::<f64>()?, 0.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python:
/// `torch.nn.functional.cross_entropy(logits[:, prompt - 1:-1].flatten(0, 1), tokens[:, prompt:].flatten())`.
///
/// Source: Radford et al., *Improving Language Understanding by Generative Pre-Training*, OpenAI (2018), §3.1, averaged.
pub fn next_token_loss(logits: &Tensor, tokens: &[Vec<usize>], prompt: usize) -> Result<Tensor, InputError> {
    todo!()
}
