use judge::any::Numbers;
use judge::{Answer, Verdict, any, close, close_entries, for_all, rejected, rejected_for};
use katas::x4_attention::attention::{AttentionWeights, multi_head_attention};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::matrices::{causal, counting, each, mask, matrix, order, rows_of, too_large, wrong};
use super::super::rejection::{ALL_NUMBERS, NOTHING, reasons, shapes};
use super::super::rough::{Rough, attend, columns, exact, product};

const CALL: &str = "multi_head_attention(x, weights, heads, mask)";
const NAMES: &str = "x, weights, heads, mask";
const NO_KEY: f64 = f64::NEG_INFINITY;

#[derive(Debug, Clone)]
struct Given {
    x: Matrix,
    weights: AttentionWeights,
    heads: usize,
    mask: Matrix,
}

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        let Self { x, weights, heads, mask } = self;
        vec![format!("{x:?}"), format!("{weights:?}"), heads.to_string(), format!("{mask:?}")]
    }
}

/// So many tokens and heads, and features per head.
fn given([n, heads, width]: [usize; 3], kinds: [Numbers; 2], unit: f64) -> SBoxedStrategy<Given> {
    let (d, [of_x, of_weights]) = (heads * width, kinds);
    let square = || matrix(d, d, of_weights);
    (matrix(n, d, of_x), (square(), square(), square(), square()), mask(n, n))
        .prop_map(move |(x, (query, key, value, output), mask)| Given {
            x,
            weights: AttentionWeights { query: each(&query, |w| w * unit), key, value, output },
            heads,
            mask,
        })
        .sboxed()
}

/// Small ones; scores near 0, so that several tokens have a weight.
fn few() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let unit = any::select(vec![0.0078125, 0.0625]);
    (1..=4_usize, 1..=3_usize, 1..=2_usize, unit)
        .prop_flat_map(|(n, heads, width, unit)| given([n, heads, width], [Numbers::Eighths; 2], unit))
}

fn asked(given: &Given) -> Result<Matrix, InputError> {
    multi_head_attention(&given.x, &given.weights, given.heads, &given.mask)
}

/// The output with its bounds, by the definition.
fn wanted(given: &Given) -> Rough {
    let Given { x, weights, heads, mask } = given;
    let (n, d) = x.shape();
    let of = |matrix: &Matrix| product(&exact(x), &exact(matrix));
    let (queries, keys, values) = (of(&weights.query), of(&weights.key), of(&weights.value));
    let mut joined = exact(&Matrix::zeros(n, d));
    let width = d / heads;
    for from in (0..d).step_by(width) {
        let [q, k, v] = [&queries, &keys, &values].map(|of| columns(of, from, width));
        let head = attend(&q, &k, &v, mask).0;
        for (i, j) in (0..n).flat_map(|i| (0..width).map(move |j| (i, j))) {
            joined.value[(i, from + j)] = head.value[(i, j)];
            joined.slack[(i, from + j)] = head.slack[(i, j)];
        }
    }
    product(&joined, &exact(&weights.output))
}

const LOOK: &str = "x·W_Q, x·W_K, x·W_V; each head has its own d/H neighboring columns of them and the \
            scale √(d/H); \
                    the outputs in the same columns, then times W_O.";

fn agrees(given: &Given, look: &str) -> Verdict {
    let y = asked(given).accepted(CALL)?;
    let want = wanted(given);
    close_entries("y", &y, &want.value, |i, j| want.slack[(i, j)], look)
}

/// Two answers to the same question, each within the bounds.
fn same(what: &str, got: &Matrix, want: &Matrix, bounds: &Rough, look: &str) -> Verdict {
    close_entries(what, got, want, |i, j| 2.0 * bounds.slack[(i, j)], look)
}

#[test]
fn heads_attend_to_their_own_features() {
    for_all(NAMES, few()).cases(192).holds(|given| agrees(given, LOOK));
}

#[test]
fn heads_of_one_are_single_ones_added_up() {
    for_all(NAMES, few()).cases(64).holds(|given| {
        let (Given { x, weights, heads, mask }, d) = (given, given.x.cols());
        let width = d / heads;
        let mut sum = Matrix::zeros(x.rows(), d);
        for head in 0..*heads {
            // The other features are 0. A single head divides by √d, and not by √(d/H).
            let own = |of: &Matrix, scale: f64| {
                Matrix::from_fn(d, d, |i, j| if j / width == head { scale * of[(i, j)] } else { 0.0 })
            };
            let AttentionWeights { query, key, value, output } = weights;
            let single = AttentionWeights {
                query: own(query, (*heads as f64).sqrt()),
                key: own(key, 1.0),
                value: own(value, 1.0),
                output: output.clone(),
            };
            let y = multi_head_attention(x, &single, 1, mask).accepted("multi_head_attention(…, 1, mask)")?;
            close("the number of rows", y.rows() as f64, x.rows() as f64, 0.0, "One row per token.")?;
            sum = Matrix::from_fn(x.rows(), d, |i, j| sum[(i, j)] + y[(i, j)]);
        }
        let (got, bounds) = (asked(given).accepted(CALL)?, wanted(given));
        let look = "H heads are H attentions, each with d/H columns of the weights and the scale √(d/H).";
        // Each of them is rounded by itself.
        let bounds =
            Rough { slack: each(&bounds.slack, |slack| (2.0 + *heads as f64) * slack + 1e-12), ..bounds };
        same("the sum of the single heads", &sum, &got, &bounds, look)
    });
}

#[test]
fn permuting_tokens_permutes_outputs() {
    for_all("x, weights, heads, mask, seed", (few(), any::seed())).cases(64).holds(|(given, seed)| {
        let (n, order) = (given.x.rows(), order(given.x.rows(), *seed));
        let given = Given { mask: Matrix::zeros(n, n), ..given.clone() };
        let permuted = Given { x: rows_of(&given.x, &order), ..given.clone() };
        let (y, other) = (asked(&given).accepted(CALL)?, asked(&permuted).accepted(CALL)?);
        let look = "Without positions and without a mask the tokens are a set.";
        same("y of permuted tokens", &other, &rows_of(&y, &order), &wanted(&permuted), look)
    });
}

#[test]
fn the_future_does_not_matter() {
    for_all("x, weights, heads, mask, t", (few(), any::part(0..4_usize))).cases(64).holds(|(given, t)| {
        let n = given.x.rows();
        let t = t % n;
        let causal = Given { mask: causal(n), ..given.clone() };
        let x = Matrix::from_fn(n, given.x.cols(), |i, j| given.x[(i, j)] * if i < t { 1.0 } else { -0.5 });
        let changed = Given { x, ..causal.clone() };
        let (y, other) = (asked(&causal).accepted(CALL)?, asked(&changed).accepted(CALL)?);
        let before: Vec<usize> = (0..t).collect();
        let bounds = wanted(&causal);
        let bounds = Rough { value: rows_of(&bounds.value, &before), slack: rows_of(&bounds.slack, &before) };
        let look = "With a causal mask, in each head, the tokens from t on leave the outputs before \
                    them as they are.";
        same("y before token t", &rows_of(&other, &before), &rows_of(&y, &before), &bounds, look)
    });
}

#[test]
fn masking_the_last_tokens_equals_shortening() {
    for_all("x, weights, heads, mask, t", (few(), any::part(0..4_usize))).cases(64).holds(|(given, t)| {
        let n = given.x.rows();
        let t = 1 + t % n;
        let long =
            Given { mask: Matrix::from_fn(n, n, |_, j| if j < t { 0.0 } else { NO_KEY }), ..given.clone() };
        let first: Vec<usize> = (0..t).collect();
        let short = Given { x: rows_of(&given.x, &first), mask: Matrix::zeros(t, t), ..given.clone() };
        let (y, other) = (asked(&long).accepted(CALL)?, asked(&short).accepted(CALL)?);
        let look = "A masked token has no weight, in no head.";
        same("y of the first tokens alone", &other, &rows_of(&y, &first), &wanted(&short), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::attention::{AttentionWeights, multi_head_attention};
        use kit::Matrix;
        let (zero, one) = (Matrix::zeros(2, 2), Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]));
        let output = Matrix::from_rows([[0.0, 2.0], [1.0, 0.0]]);
        let weights = AttentionWeights { query: zero.clone(), key: zero, value: one, output };
        let x = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
        // All scores are 0: each head gives the mean, (2, 3), and the output is (2, 3)·W_O.
        let y = multi_head_attention(&x, &weights, 2, &Matrix::zeros(2, 2))?;
        assert_eq!(y, Matrix::from_rows([[3.0, 4.0], [3.0, 4.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let unit = any::select(vec![1.0, 0.0078125]);
        let inputs =
            (sizes(301), any::kinds(), unit).prop_flat_map(|(sizes, kinds, unit)| given(sizes, kinds, unit));
        for_all(NAMES, inputs).cases(32).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn is_right_for_many_features_and_tokens() {
        let inputs = any::select(vec![[2_usize, 3, 41], [1, 151, 1], [2, 13, 5], [301, 1, 2]])
            .prop_flat_map(|sizes| given(sizes, [Numbers::Eighths; 2], 0.0009765625));
        for_all(NAMES, inputs).cases(8).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn is_right_for_several_heads_and_tokens() {
        let inputs = (5..=12_usize, 4..=9_usize, 1..=2_usize, any::kinds())
            .prop_flat_map(|(n, heads, width, kinds)| given([n, heads, width], kinds, 0.0078125));
        for_all(NAMES, inputs).cases(12).holds(|given| agrees(given, LOOK));
    }

    /// Tokens, heads and features per head; of many features only one token or few, since each matrix is d×d.
    fn sizes(most: usize) -> impl Strategy<Value = [usize; 3]> + Send + Sync + Clone {
        let bounded = |[n, heads, width]: [usize; 3]| {
            let heads = if width > 6 { heads.min(3) } else { heads };
            if heads * width > 60 { [n.min(3), heads, width] } else { [n, heads, width] }
        };
        any::part(any::sizes([1..=4, 1..=3, 1..=3], [most, 41, 41]).prop_map(bounded))
    }

    fn fine([n, heads, width]: [usize; 3]) -> Given {
        let square = || counting(heads * width, heads * width);
        let weights = AttentionWeights { query: square(), key: square(), value: square(), output: square() };
        Given { x: counting(n, heads * width), weights, heads, mask: Matrix::zeros(n, n) }
    }

    #[test]
    fn rejects_heads_that_do_not_divide_the_features() {
        for_all("sizes, more", (sizes(65), any::many(1..=4, 301))).cases(64).holds(|&(sizes, more)| {
            let d = sizes[1] * sizes[2];
            let beyond = [0, d + more, if d > 2 { d - 1 } else { d + 1 }, 2 * d];
            for heads in beyond {
                let given = Given { heads, ..fine(sizes) };
                let want = InputError::OutOfRange { name: "heads", got: heads as f64, wanted: "a divisor" };
                rejected(
                    CALL,
                    asked(&given),
                    want,
                    "Each head has d/H features: at least 1, and nothing is left over.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_other_shapes() {
        for_all("sizes, rows and columns", (sizes(65), any::unequal_lengths(65))).cases(64).holds(
            |&(sizes, [a, b])| {
                let (given, d, n) = (fine(sizes), sizes[1] * sizes[2], sizes[0]);
                let (other, look) = (counting(a, b), "Each weight matrix is d×d.");
                let want = shapes((d, d), (a, b));
                for which in 0..4 {
                    let mut weights = given.weights.clone();
                    *part(&mut weights, which) = other.clone();
                    rejected(CALL, asked(&Given { weights, ..given.clone() }), want.clone(), look)?;
                }
                let look = "The mask is n×n.";
                // One row is not taken for all tokens.
                let one = if n == 1 { (1, 2) } else { (1, n) };
                for (rows, cols) in [(a, b), (n + 1, n), (n, n + 1), one] {
                    let given = Given { mask: Matrix::zeros(rows, cols), ..given.clone() };
                    rejected(CALL, asked(&given), shapes((n, n), (rows, cols)), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_nothing() {
        for_all("size", any::many(1..=4, 301)).cases(16).holds(|&size| {
            let look = "At least one token and one feature.";
            let none = Given { x: Matrix::zeros(0, 2), mask: Matrix::zeros(0, 0), ..fine([1, 1, 2]) };
            rejected(CALL, asked(&none), NOTHING, look)?;
            let empty = Given { x: Matrix::zeros(size, 0), heads: 1, ..fine([size, 1, 1]) };
            let square = Matrix::zeros(0, 0);
            let [query, key, value, output] = [(); 4].map(|()| square.clone());
            let weights = AttentionWeights { query, key, value, output };
            rejected(CALL, asked(&Given { weights, ..empty }), NOTHING, look)
        });
    }

    #[test]
    fn rejects_a_token_whose_keys_are_all_masked() {
        let place = any::many(1..=4, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        for_all("n, token", place).cases(32).holds(|&(n, token)| {
            let mask = Matrix::from_fn(n, n, |i, _| if i == token { NO_KEY } else { 0.0 });
            rejected(
                CALL,
                asked(&Given { mask, ..fine([n, 1, 1]) }),
                NOTHING,
                "A token without a key has no weights.",
            )
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        let places = sizes(65).prop_flat_map(|[n, heads, width]| {
            (Just([n, heads, width]), any::place(n), any::place(heads * width), any::place(heads * width))
        });
        for_all("sizes, token, row, column, bad, large", (places, any::not_finite(), too_large()))
            .cases(64)
            .holds(|&((sizes, i, r, c), bad, large)| {
                let (given, d, n) = (fine(sizes), sizes[1] * sizes[2], sizes[0]);
                for got in [bad, large] {
                    let x = wrong([n, d], [i, c], got);
                    let wants = reasons("x", i * d + c, got);
                    rejected_for(CALL, asked(&Given { x, ..given.clone() }), &wants, ALL_NUMBERS)?;
                    for (which, name) in ["query", "key", "value", "output"].into_iter().enumerate() {
                        let mut weights = given.weights.clone();
                        *part(&mut weights, which) = wrong([d, d], [r, c], got);
                        let wants = reasons(name, r * d + c, got);
                        rejected_for(CALL, asked(&Given { weights, ..given.clone() }), &wants, ALL_NUMBERS)?;
                    }
                    if got != NO_KEY {
                        let mask = wrong([n, n], [i, i], got);
                        let wants = reasons("mask", i * n + i, got);
                        rejected_for(CALL, asked(&Given { mask, ..given.clone() }), &wants, ALL_NUMBERS)?;
                    }
                }
                Ok(())
            });
    }

    fn part(weights: &mut AttentionWeights, which: usize) -> &mut Matrix {
        match which {
            0 => &mut weights.query,
            1 => &mut weights.key,
            2 => &mut weights.value,
            _ => &mut weights.output,
        }
    }
}
