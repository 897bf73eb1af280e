//! Attention: each query takes a weighted average of the values, with weights from how well it fits the keys.

use kit::{InputError, Matrix, check};

/// Causal mask: what a token may not attend to, the tokens after it.
///
/// * `length`: T, the number of tokens; it may be 0.
/// * Returns a T×T mask that is added to the scores: 0 where j ≤ i, −∞ where j > i. Row i is the query, column j the key.
///
/// ```
/// # use katas::x4_attention::attention::causal_mask;
/// # use kit::Matrix;
/// assert_eq!(causal_mask(2), Matrix::from_rows([[0.0, f64::NEG_INFINITY], [0.0, 0.0]]));
/// ```
///
/// In Python: `torch.nn.Transformer.generate_square_subsequent_mask(length)`.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.2.3.
pub fn causal_mask(length: usize) -> Matrix {
    todo!()
}

/// Scaled dot-product attention, and its weights.
///
/// ```formula
/// sᵢⱼ = qᵢ·kⱼ / √d + Mᵢⱼ   aᵢⱼ = exp(sᵢⱼ) / Σₗ exp(sᵢₗ)   yᵢ = Σⱼ aᵢⱼ·vⱼ
/// ```
///
/// The exponential of a score may overflow, or that of all scores of a row underflow; the weights do not.
///
/// * `queries`: q, n×d. `keys`: k, m×d. `values`: v, m×w. All of n, m, d and w at least 1, no number above 10⁶⁰ in size.
/// * `mask`: M, n×m. 0 changes nothing, −∞ masks the key for this query: its weight is 0, exactly. Other numbers, at most 10⁶⁰ in
///   size, are added to the scores.
/// * Returns the output y, n×w, and the weights a, n×m. Each row of a sums to 1.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if n, m, d or w is 0, or if a row of the mask is −∞ everywhere: there is no key;
/// * [`InputError::ShapeMismatch`] unless keys are as wide as queries; `left` is the shape of the queries;
/// * [`InputError::ShapeMismatch`] unless there is one value per key; `left` is the shape of the keys;
/// * [`InputError::ShapeMismatch`] unless the mask is n×m; `left` is (n, m);
/// * [`InputError::NotFinite`] with `name` `"queries"`, `"keys"`, `"values"` or `"mask"` and the first `index`, in row-major order; in
///   the mask that is a NaN or +∞;
/// * [`InputError::OutOfRange`] with such a name and the first number that is above 10⁶⁰ in size.
///
/// ```
/// # use katas::x4_attention::attention::scaled_dot_product_attention;
/// # use kit::Matrix;
/// let (queries, keys) = (Matrix::from_rows([[1.0]]), Matrix::from_rows([[0.0], [3.0_f64.ln()]]));
/// let values = Matrix::from_rows([[8.0, 0.0], [4.0, 1.0]]);
/// let (y, weights) = scaled_dot_product_attention(&queries, &keys, &values, &Matrix::zeros(1, 2))?;
/// assert!((weights[(0, 0)] - 0.25).abs() < 1e-12 && (weights[(0, 1)] - 0.75).abs() < 1e-12);
/// assert!((y[(0, 0)] - 5.0).abs() < 1e-12 && (y[(0, 1)] - 0.75).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)`, without the weights.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.2.1, equation (1).
pub fn scaled_dot_product_attention(
    queries: &Matrix,
    keys: &Matrix,
    values: &Matrix,
    mask: &Matrix,
) -> Result<(Matrix, Matrix), InputError> {
    todo!()
}

/// The weight matrices of a multi-head attention, each d×d: a row vector x becomes x·W.
#[derive(Debug, Clone, PartialEq)]
pub struct AttentionWeights {
    /// W_Q, which makes the queries.
    pub query: Matrix,
    /// W_K, which makes the keys.
    pub key: Matrix,
    /// W_V, which makes the values.
    pub value: Matrix,
    /// W_O, which mixes the outputs of the heads.
    pub output: Matrix,
}

/// Multi-head self-attention: several attentions next to each other, each on its own part of the features.
///
/// ```formula
/// Q = x·W_Q   K = x·W_K   V = x·W_V   y = (head₀, head₁, …)·W_O
/// ```
///
/// Head h of H is the [`scaled_dot_product_attention`] of the columns h·d/H to (h + 1)·d/H − 1 of Q, K and V, so its scores are divided
/// by √(d/H). The outputs of the heads stand next to each other in the same columns. There is no bias.
///
/// * `x`: n×d, one token per row, n and d at least 1. `weights`: four d×d matrices. No number above 10⁶⁰ in size.
/// * `heads`: H, at least 1, a divisor of d. `mask`: n×n, added to the scores of each head, as in [`scaled_dot_product_attention`].
/// * Returns y, n×d.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if n or d is 0, or if a row of the mask is −∞ everywhere;
/// * [`InputError::OutOfRange`] with `name` `"heads"` if it is 0 or no divisor of d;
/// * [`InputError::ShapeMismatch`] unless the weight matrices are d×d, `left` is (d, d), and the mask n×n, `left` is (n, n);
/// * [`InputError::NotFinite`] with `name` `"x"`, `"query"`, `"key"`, `"value"`, `"output"` or `"mask"` and the first `index`, in
///   row-major order; in the mask that is a NaN or +∞;
/// * [`InputError::OutOfRange`] with such a name and the first number that is above 10⁶⁰ in size.
///
/// ```
/// # use katas::x4_attention::attention::{AttentionWeights, multi_head_attention};
/// # use kit::Matrix;
/// let (zero, one) = (Matrix::zeros(2, 2), Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]));
/// let output = Matrix::from_rows([[0.0, 2.0], [1.0, 0.0]]);
/// let weights = AttentionWeights { query: zero.clone(), key: zero, value: one, output };
/// let x = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
/// // All scores are 0: each head gives the mean, (2, 3), and the output is (2, 3)·W_O.
/// let y = multi_head_attention(&x, &weights, 2, &Matrix::zeros(2, 2))?;
/// assert_eq!(y, Matrix::from_rows([[3.0, 4.0], [3.0, 4.0]]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.MultiheadAttention(d, heads, bias=False)`, whose weight matrices are the transposes of these.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.2.2.
pub fn multi_head_attention(
    x: &Matrix,
    weights: &AttentionWeights,
    heads: usize,
    mask: &Matrix,
) -> Result<Matrix, InputError> {
    todo!()
}
