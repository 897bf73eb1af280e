use judge::any::select;
use judge::{Answer, Verdict, any, equal, example, figure_reads_as, for_all, rejected, rejected_for};
use katas::x4_attention::figures::attention_figure;
use kit::figure::Layer;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::matrices::causal;
use super::super::rejection::{NOTHING, shapes};

const CALL: &str = "attention_figure(queries, keys, weights)";

fn asked(queries: &[String], keys: &[String], weights: &Matrix) -> Result<kit::Figure, InputError> {
    let queries: Vec<&str> = queries.iter().map(String::as_str).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    attention_figure(&queries, &keys, weights)
}

fn visible(token: &str) -> String {
    let one = |c: char| match c {
        ' ' => '␣',
        '\n' => '⏎',
        other => other,
    };
    token.chars().map(one).collect()
}

fn agrees(queries: &[String], keys: &[String], weights: &Matrix) -> Verdict {
    let figure = asked(queries, keys, weights).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Attention weights", "key", "query"], "As the page says.")?;
    let labels = |tokens: &[String]| tokens.iter().map(|it| visible(it)).collect::<Vec<_>>();
    let (rows, cols) = (labels(queries), labels(keys));
    let want = Layer::Table { label: String::new(), rows, cols, values: weights.clone() };
    let look = "One table without a label: queries are the rows, keys the columns, the weights as they \
                are; each \
                space as ␣, each line feed as ⏎.";
    equal("the layers", figure.layers, vec![want], look)
}

const TOKENS: [&str; 12] = ["so", " be", "a b", "\n", "", "  ", "é", "€ ", "the\n\n", "␣", "\t", "中"];

/// So many tokens.
fn tokens(n: usize, seed: u64) -> Vec<String> {
    let mut generator = Generator::from_seed(seed);
    (0..n).map(|_| TOKENS[generator.below(TOKENS.len())].to_owned()).collect()
}

/// Tokens and weights from 0 to 1.
fn drawn(
    [n, m]: [usize; 2],
) -> impl Strategy<Value = (Vec<String>, Vec<String>, Matrix)> + Send + Sync + Clone {
    let unit = select(vec![1.0, 1.0 / 3.0, 1e-12, 1e-110]);
    (any::seed(), any::seed(), any::vec(0..=8_u8, n * m), unit).prop_map(
        move |(one, other, eighths, unit)| {
            let weights = Matrix::from_fn(n, m, |i, j| f64::from(eighths[i * m + j]) / 8.0 * unit);
            (tokens(n, one), tokens(m, other), weights)
        },
    )
}

#[test]
fn shows_queries_keys_and_weights() {
    for_all("queries, keys, weights", (1..=4_usize, 1..=4_usize).prop_flat_map(|shape| drawn(shape.into())))
        .holds(|(queries, keys, weights)| agrees(queries, keys, weights));
}

#[test]
fn draws_the_attention_of_a_sentence() {
    example(|| {
        // What a causal attention gives where a query fits its own letters best: 1 for each letter in common, times 2.
        let tokens = ["the", " cat", " sat", " on", " the", " mat"];
        let common = |a: &str, b: &str| a.chars().filter(|c| *c != ' ' && b.contains(*c)).count() as f64;
        let mask = causal(6);
        let power = |i: usize, j: usize| (2.0 * common(tokens[i], tokens[j]) + mask[(i, j)]).exp();
        let weights = Matrix::from_fn(6, 6, |i, j| {
            let sum: f64 = (0..6).map(|j| power(i, j)).sum();
            // As a snapshot keeps it, whatever the last digits of the exponential are.
            (1e4 * power(i, j) / sum).round() / 1e4
        });
        let figure = attention_figure(&tokens, &tokens, &weights).accepted(CALL)?;
        let look = "A table of six by six weights.";
        figure_reads_as("x4_attention/figures/attention_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::figures::attention_figure;
        use kit::Matrix;
        use kit::figure::Layer;
        let weights = Matrix::from_rows([[0.25, 0.75]]);
        let figure = attention_figure(&["so"], &["so", " be"], &weights)?;
        let (rows, cols) = (vec!["so".to_owned()], vec!["so".to_owned(), "␣be".to_owned()]);
        assert_eq!(figure.layers, [Layer::Table { label: String::new(), rows, cols, values: weights }]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn shows_any_number_of_tokens() {
        let inputs = any::sizes([1..=5, 1..=5], [301, 301]).prop_flat_map(drawn);
        for_all("queries, keys, weights", inputs)
            .cases(64)
            .holds(|(queries, keys, weights)| agrees(queries, keys, weights));
    }

    fn names(n: usize) -> Vec<String> {
        (0..n).map(|i| i.to_string()).collect()
    }

    #[test]
    fn rejects_other_shapes_and_nothing() {
        for_all("[n, m], k", (any::unequal_lengths(301), any::several(1..=3))).cases(32).holds(
            |&([n, m], k)| {
                let weights = |rows: usize, cols: usize| Matrix::from_fn(rows, cols, |_, _| 0.25);
                let look = "One row per query, one column per key.";
                let answer = asked(&names(n), &names(k), &weights(m, k));
                rejected(CALL, answer, shapes((n, k), (m, k)), look)?;
                let answer = asked(&names(k), &names(n), &weights(k, m));
                rejected(CALL, answer, shapes((k, n), (k, m)), look)?;
                let answer = asked(&names(n), &names(m), &weights(m, n));
                rejected(CALL, answer, shapes((n, m), (m, n)), look)?;
                let look = "At least one query and one key.";
                rejected(CALL, asked(&[], &names(n), &weights(0, n)), NOTHING, look)?;
                rejected(CALL, asked(&names(n), &[], &weights(n, 0)), NOTHING, look)
            },
        );
    }

    #[test]
    fn rejects_invalid_weights_in_any_place() {
        let place = (any::many(1..=6, 301), any::several(1..=3))
            .prop_flat_map(|(n, m)| (Just([n, m]), any::place(n), any::place(m)));
        let outside = select(vec![-1e-9, -1e-300, 1.0_f64.next_up(), 2.0, -f64::MAX]);
        for_all("place, bad, outside", (place, any::not_finite(), outside)).cases(64).holds(
            |&(([n, m], i, j), bad, outside)| {
                for got in [bad, outside] {
                    let mut weights = Matrix::from_fn(n, m, |k, l| ((k + l) % 2) as f64);
                    // The first one counts.
                    weights[(n - 1, m - 1)] = if got.is_finite() { -7.5 } else { got };
                    weights[(i, j)] = got;
                    let (name, index) = ("weights", i * m + j);
                    let not_finite = InputError::NotFinite { name, index };
                    let outside = InputError::OutOfRange { name, got, wanted: "0 to 1" };
                    let wants = match got {
                        _ if got.is_finite() => vec![outside],
                        _ if got.is_nan() => vec![not_finite],
                        _ => vec![not_finite, outside],
                    };
                    rejected_for(
                        CALL,
                        asked(&names(n), &names(m), &weights),
                        &wants,
                        "Weights are from 0 to 1.",
                    )?;
                }
                Ok(())
            },
        );
    }
}
