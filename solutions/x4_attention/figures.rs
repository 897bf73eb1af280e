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
    check::same_shape((queries.len(), keys.len()), weights.shape())?;
    check::at_least(1, queries.len().min(keys.len()))?;
    check::finite("weights", weights.as_slice())?;
    check::all_in_range("weights", weights.as_slice(), |weight| (0.0..=1.0).contains(&weight), "0 to 1")?;
    let labels = |tokens: &[&str]| tokens.iter().map(|it| it.replace(' ', "␣").replace('\n', "⏎")).collect();
    let (rows, cols) = (labels(queries), labels(keys));
    let table = Layer::Table { label: String::new(), rows, cols, values: weights.clone() };
    Ok(Figure::new("Attention weights", "key", "query").with(table))
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
    let (d, m, w) = (query.len(), keys.rows(), values.cols());
    check::at_least(1, d.min(m).min(w))?;
    check::same_columns((1, d), keys.shape())?;
    if values.rows() != m {
        return Err(InputError::ShapeMismatch { left: keys.shape(), right: values.shape() });
    }
    for (name, numbers) in [("query", query), ("keys", keys.as_slice()), ("values", values.as_slice())] {
        super::positions::check_numbers(name, numbers)?;
    }
    let mut steps = Vec::new();
    let scores: Vec<f64> = (0..m).map(|j| super::attention::dot(query, keys.row(j))).collect();
    for (j, score) in scores.iter().enumerate() {
        let numbers = products(query.iter().zip(keys.row(j)));
        steps.push(Step::new(format!("score {j}"), format!("q·k[{j}]"), numbers, &[*score]));
    }
    let root = (d as f64).sqrt();
    let scaled: Vec<f64> = scores.iter().map(|score| score / root).collect();
    for (j, (score, scaled)) in scores.iter().zip(&scaled).enumerate() {
        let numbers = format!("{} / {}", four(*score), four(root));
        steps.push(Step::new(format!("scaled {j}"), format!("score {j} / √{d}"), numbers, &[*scaled]));
    }
    let largest = scaled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    steps.push(Step::new("largest", "max scaled", format!("max({})", list(&scaled, ", ")), &[largest]));
    let powers: Vec<f64> = scaled.iter().map(|scaled| (scaled - largest).exp()).collect();
    for (j, (scaled, power)) in scaled.iter().zip(&powers).enumerate() {
        let numbers = format!("exp({} - {})", four(*scaled), four(largest));
        let formula = format!("exp(scaled {j} - largest)");
        steps.push(Step::new(format!("exp {j}"), formula, numbers, &[*power]));
    }
    let sum: f64 = powers.iter().sum();
    steps.push(Step::new("sum", "Σ exp", list(&powers, " + "), &[sum]));
    let weights: Vec<f64> = powers.iter().map(|power| power / sum).collect();
    for (j, (power, weight)) in powers.iter().zip(&weights).enumerate() {
        let numbers = format!("{} / {}", four(*power), four(sum));
        steps.push(Step::new(format!("weight {j}"), format!("exp {j} / sum"), numbers, &[*weight]));
    }
    for c in 0..w {
        let column: Vec<f64> = (0..m).map(|j| values[(j, c)]).collect();
        let y = super::attention::dot(&weights, &column);
        let (name, formula) = (format!("y[{c}]"), format!("Σ weight j·v[j,{c}]"));
        steps.push(Step::new(name, formula, products(weights.iter().zip(&column)), &[y]));
    }
    let title = format!("Attention of one query to {m} {}", if m == 1 { "key" } else { "keys" });
    Ok(Explanation { title, steps })
}

fn list(numbers: &[f64], between: &str) -> String {
    numbers.iter().map(|number| four(*number)).collect::<Vec<_>>().join(between)
}

fn products<'a>(pairs: impl Iterator<Item = (&'a f64, &'a f64)>) -> String {
    pairs.map(|(x, y)| format!("{}·{}", four(*x), four(*y))).collect::<Vec<_>>().join(" + ")
}
