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
    Matrix::from_fn(length, length, |i, j| if j <= i { 0.0 } else { f64::NEG_INFINITY })
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
    let ((n, d), (m, w)) = (queries.shape(), values.shape());
    check::at_least(1, n.min(d).min(w).min(keys.rows()))?;
    check::same_columns(queries.shape(), keys.shape())?;
    if keys.rows() != m {
        return Err(InputError::ShapeMismatch { left: keys.shape(), right: values.shape() });
    }
    for (name, numbers) in [("queries", queries), ("keys", keys), ("values", values)] {
        super::positions::check_numbers(name, numbers.as_slice())?;
    }
    check_mask(mask, (n, m))?;
    Ok(attend(queries, keys, values, mask))
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
    let (n, d) = x.shape();
    let AttentionWeights { query, key, value, output } = weights;
    check::at_least(1, n.min(d))?;
    let divides = heads >= 1 && d.is_multiple_of(heads);
    check::in_range("heads", heads as f64, divides, "a divisor of the number of features")?;
    super::positions::check_numbers("x", x.as_slice())?;
    for (name, matrix) in [("query", query), ("key", key), ("value", value), ("output", output)] {
        check::same_shape((d, d), matrix.shape())?;
        super::positions::check_numbers(name, matrix.as_slice())?;
    }
    check_mask(mask, (n, n))?;
    let width = d / heads;
    let (queries, keys, values) = (product(x, query), product(x, key), product(x, value));
    let part = |of: &Matrix, head: usize| Matrix::from_fn(n, width, |i, j| of[(i, head * width + j)]);
    let outputs: Vec<Matrix> = (0..heads)
        .map(|head| attend(&part(&queries, head), &part(&keys, head), &part(&values, head), mask).0)
        .collect();
    let joined = Matrix::from_fn(n, d, |i, j| outputs[j / width][(i, j % width)]);
    Ok(product(&joined, output))
}

/// Attention of arguments that fit together.
fn attend(queries: &Matrix, keys: &Matrix, values: &Matrix, mask: &Matrix) -> (Matrix, Matrix) {
    let scale = (queries.cols() as f64).sqrt();
    let mut weights = Matrix::zeros(queries.rows(), keys.rows());
    for i in 0..queries.rows() {
        let score = |j: usize| dot(queries.row(i), keys.row(j)) / scale + mask[(i, j)];
        for (j, weight) in softmax((0..keys.rows()).map(score).collect()).into_iter().enumerate() {
            weights[(i, j)] = weight;
        }
    }
    (product(&weights, values), weights)
}

/// The largest score is taken out, so that no exponential overflows.
pub(super) fn softmax(scores: Vec<f64>) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| (score - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let mut product = Matrix::zeros(a.rows(), b.cols());
    for i in 0..a.rows() {
        for j in 0..b.cols() {
            product[(i, j)] = (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum();
        }
    }
    product
}

/// Each query has a key that is not masked.
fn check_mask(mask: &Matrix, shape: (usize, usize)) -> Result<(), InputError> {
    check::same_shape(shape, mask.shape())?;
    let is_masked = |entry: &f64| *entry == f64::NEG_INFINITY;
    let added: Vec<f64> =
        mask.as_slice().iter().map(|entry| if is_masked(entry) { 0.0 } else { *entry }).collect();
    super::positions::check_numbers("mask", &added)?;
    let fewest = (0..shape.0).map(|i| mask.row(i).iter().filter(|entry| !is_masked(entry)).count()).min();
    check::at_least(1, fewest.unwrap_or(0))
}
