//! Generation: from logits to the probabilities of the next token, and from those to a sequence, token by token.

use kit::{Generator, InputError, check};

/// How the next token is chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampling {
    /// The temperature τ, finite and at least 0: below 1 it makes the probable tokens more probable, 0 is greedy.
    pub temperature: f64,
    /// k, at least 1: only the k most probable tokens are kept. The vocabulary size or more keeps all.
    pub top_k: usize,
    /// p, above 0 and at most 1: only the smallest set with at least this probability is kept. 1 keeps all.
    pub top_p: f64,
}

/// The probability of each next token, after temperature, top-k and top-p (nucleus) filtering.
///
/// ```formula
/// qᵢ = exp(zᵢ/τ) / Σⱼ exp(zⱼ/τ)   pᵢ = qᵢ / Σ_{j kept} qⱼ for the tokens that are kept, 0 for all others
/// ```
///
/// The tokens are put in order, the largest logit first, of equal ones the lowest token first.
///
/// 1. *Temperature.* q is the softmax of the logits divided by τ. With τ = 0 the first token in the order has all probability:
///    the choice is greedy.
/// 2. *Top-k.* The first k tokens in the order are kept, and their probabilities are divided by their sum.
/// 3. *Top-p.* Of these the first m in the order are kept, m ≥ 1 being the smallest number whose probabilities sum to at least
///    p, and divided by their sum. p = 1 keeps all.
///
/// * `logits`: z, one per token, at least one, finite. Logits up to 10³⁰⁰ in size do not overflow, at any temperature.
/// * Returns one probability per token, in the order of the logits. They sum to 1.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there are no logits;
/// * [`InputError::NotFinite`] with `name` `"logits"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"temperature"` and `wanted` `"a finite number ≥ 0"`, with `"top_k"` and `"at least
///   1"`, or with `"top_p"` and `"above 0, at most 1"`.
///
/// ```
/// # use katas::x4_attention::generation::{Sampling, next_token_probabilities};
/// let logits = [0.0, 2.0, 2.0, -1.0];
/// let two = Sampling { temperature: 0.5, top_k: 2, top_p: 1.0 };
/// assert_eq!(next_token_probabilities(&logits, &two), Ok(vec![0.0, 0.5, 0.5, 0.0]));
/// let greedy = Sampling { temperature: 0.0, top_k: 2, top_p: 1.0 };
/// assert_eq!(next_token_probabilities(&logits, &greedy), Ok(vec![0.0, 1.0, 0.0, 0.0]));
/// ```
///
/// In Python: `softmax` after `transformers.TemperatureLogitsWarper(τ)`, `TopKLogitsWarper(k)` and `TopPLogitsWarper(p)`.
///
/// Source: Holtzman et al., *The Curious Case of Neural Text Degeneration*, ICLR (2020), §3; for top-k: Fan, Lewis and
/// Dauphin, *Hierarchical Neural Story Generation*, ACL (2018), §5.
pub fn next_token_probabilities(logits: &[f64], sampling: &Sampling) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// A language model as a function: all tokens so far in, the logits of the next one out.
pub type Model<'a> = dyn FnMut(&[usize]) -> Result<Vec<f64>, InputError> + 'a;

/// Generates tokens after a prompt, each drawn from the probabilities that the model gives it after all tokens before it.
///
/// For each token, in this order: the model is called once with all tokens so far, the prompt first;
/// [`next_token_probabilities`] makes p of its logits; u is drawn by `generator.uniform()`, also where the choice is greedy.
/// The token is the lowest i with
///
/// ```formula
/// u < p₀ + p₁ + … + pᵢ
/// ```
///
/// the sum taken from p₀ on. If rounding keeps all sums at u or below, it is the last token with pᵢ > 0. The token is
/// appended, and the next one follows.
///
/// * `model`: it may keep what it computed, such as a [`KvCache`](super::cache::KvCache): each call has the tokens of the one
///   before and one more.
/// * `prompt`: at least one token. `count`: how many tokens are generated at most; 0 gives none and calls nothing.
/// * `end`: a token after which generation stops; it is the last one returned. `None` stops at `count` only.
/// * `sampling`: how a token is chosen. `generator`: advances by one `uniform()` per token.
/// * Returns the tokens that were generated, without the prompt.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the prompt is empty, whatever `count` is;
/// * any error of the model, or of [`next_token_probabilities`] for its logits.
///
/// ```
/// # use katas::x4_attention::generation::{Sampling, generate};
/// # use kit::Generator;
/// // The largest logit is that of the token after the last one.
/// let mut model = |tokens: &[usize]| {
///     let next = tokens[tokens.len() - 1] + 1;
///     Ok((0..5).map(|i| if i == next { 1.0 } else { 0.0 }).collect())
/// };
/// let greedy = Sampling { temperature: 0.0, top_k: 5, top_p: 1.0 };
/// let mut generator = Generator::from_seed(1);
/// assert_eq!(generate(&mut model, &[0], 3, None, &greedy, &mut generator), Ok(vec![1, 2, 3]));
/// assert_eq!(generate(&mut model, &[0], 3, Some(2), &greedy, &mut generator), Ok(vec![1, 2]));
/// ```
///
/// In Python: `model.generate(prompt, max_new_tokens=count, eos_token_id=end, do_sample=True, temperature=τ, top_k=k,
/// top_p=p)` of the library `transformers`.
///
/// Source: Holtzman et al., *The Curious Case of Neural Text Degeneration*, ICLR (2020), §2 and §3.
pub fn generate(
    model: &mut Model,
    prompt: &[usize],
    count: usize,
    end: Option<usize>,
    sampling: &Sampling,
    generator: &mut Generator,
) -> Result<Vec<usize>, InputError> {
    todo!()
}
