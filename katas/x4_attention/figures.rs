//! What attends to what: as a picture, and one query term by term.

use kit::figure::{Figure, Layer};
use kit::{Explanation, InputError, Matrix, Step, check, four_decimals as four};

/// The figure of attention weights: a heat map with one row per query and one column per key.
///
/// * `queries`, `keys`: the tokens as texts, n and m of them, n and m at least 1. In a label each space is written as `␣` (U+2423)
///   and each line feed as `⏎` (U+23CE), so that it can be seen.
/// * `weights`: n×m, numbers from 0 to 1.
/// * Returns a figure with the title `Attention weights`, the axes `key` and `query`, and one layer: a [`Layer::Table`] without a label,
///   with the queries as rows and the keys as columns, and the weights.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] unless the weights are n×m; `left` is (n, m);
/// * [`InputError::TooFew`] with `wanted` 1 if n or m is 0;
/// * [`InputError::NotFinite`] with `name` `"weights"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"weights"` and the first one outside of 0 to 1.
///
/// ```
/// # use katas::x4_attention::figures::attention_figure;
/// # use kit::Matrix;
/// # use kit::figure::Layer;
/// let weights = Matrix::from_rows([[0.25, 0.75]]);
/// let figure = attention_figure(&["so"], &["so", " be"], &weights)?;
/// let (rows, cols) = (vec!["so".to_owned()], vec!["so".to_owned(), "␣be".to_owned()]);
/// assert_eq!(figure.layers, [Layer::Table { label: String::new(), rows, cols, values: weights }]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.imshow(weights)` with the tokens as tick labels.
///
/// Source: Bahdanau, Cho and Bengio, *Neural Machine Translation by Jointly Learning to Align and Translate*, ICLR (2015), §5.2.1,
/// figure 3.
pub fn attention_figure(queries: &[&str], keys: &[&str], weights: &Matrix) -> Result<Figure, InputError> {
    todo!()
}

/// Step-by-step computation of the attention of one query.
///
/// The steps, in this order, numbers with four decimals and −0 as 0; here for a query of d = 2 numbers, two keys, and values of one
/// number each:
///
/// ```text
/// name      formula                      numbers put in                      result
/// score 0   q·k[0]                       1.0000·2.0000 + 0.5000·-1.0000      the scalar product; then score 1
/// …
/// scaled 0  score 0 / √2                 1.5000 / 1.4142                     divided by √d; then scaled 1
/// …
/// largest   max scaled                   max(1.0607, 0.0000)                 the largest of them
/// exp 0     exp(scaled 0 - largest)      exp(1.0607 - 1.0607)                the exponential; then exp 1
/// …
/// sum       Σ exp                        1.0000 + 0.3462                     the sum over the keys
/// weight 0  exp 0 / sum                  1.0000 / 1.3462                     the weight; then weight 1
/// …
/// y[0]      Σ weight j·v[j,0]            0.7428·4.0000 + 0.2572·8.0000       the output; then y[1], … where v is wider
/// ```
///
/// Within a step the terms follow the features, or the keys, in their order. The results are those of the exact numbers, not of the
/// rounded ones in the text.
///
/// * `query`: q, d numbers. `keys`: k, m×d. `values`: v, m×w. All of d, m and w at least 1, no number above 10⁶⁰ in size.
/// * Returns the explanation; its title is `Attention of one query to 2 keys`, with m, and `1 key` for one.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if d, m or w is 0;
/// * [`InputError::ShapeMismatch`] unless keys have d numbers; `left` is (1, d);
/// * [`InputError::ShapeMismatch`] unless there is one value per key; `left` is the shape of the keys;
/// * [`InputError::NotFinite`] with `name` `"query"`, `"keys"` or `"values"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with such a name and the first number that is above 10⁶⁰ in size.
///
/// ```
/// # use katas::x4_attention::figures::explain_attention;
/// # use kit::Matrix;
/// let (keys, values) = (Matrix::from_rows([[3.0], [3.0]]), Matrix::from_rows([[1.0], [5.0]]));
/// let explanation = explain_attention(&[2.0], &keys, &values)?;
/// assert_eq!(explanation.result("score 1"), Some(&[6.0][..]));
/// assert_eq!(explanation.result("weight 0"), Some(&[0.5][..]));
/// assert_eq!(explanation.result("y[0]"), Some(&[3.0][..]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; `weights = scipy.special.softmax(keys @ query / d ** 0.5)`, then `weights @ values`.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.2.1, equation (1).
pub fn explain_attention(query: &[f64], keys: &Matrix, values: &Matrix) -> Result<Explanation, InputError> {
    todo!()
}
