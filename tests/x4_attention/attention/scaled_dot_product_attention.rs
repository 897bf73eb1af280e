use judge::any::select;
use judge::{Answer, Verdict, any, close, close_entries, for_all, rejected, rejected_for, rounding};
use katas::x4_attention::attention::scaled_dot_product_attention;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::matrices::{causal, cols_of, counting, each, order, rows_of, too_large, wrong};
use super::super::rejection::{ALL_NUMBERS, NOTHING, reasons, shapes};
use super::super::rough::{attend, exact};
use super::given::{Given, NAMES, few, long_square, sized, sizes, square};

const CALL: &str = "scaled_dot_product_attention(queries, keys, values, mask)";
const NO_KEY: f64 = f64::NEG_INFINITY;

fn asked(given: &Given) -> Result<(Matrix, Matrix), InputError> {
    scaled_dot_product_attention(&given.queries, &given.keys, &given.values, &given.mask)
}

/// The output and the weights with their bounds, by the definition.
const LOOK: &str = "Scores are q·k / √d + mask; the weights of a query are the softmax of its row of scores.";

fn agrees(given: &Given, look: &str) -> Verdict {
    let (output, weights) = asked(given).accepted(CALL)?;
    let Given { queries, keys, values, mask } = given;
    let (y, a) = attend(&exact(queries), &exact(keys), &exact(values), mask);
    close_entries("the weights", &weights, &a.value, |i, j| a.slack[(i, j)], look)?;
    let look = "Each output is the average of the values with the weights of its row.";
    close_entries("the output", &output, &y.value, |i, c| y.slack[(i, c)], look)
}

/// Scores of eighths are exact but for the root: below 2·10³ in size, and so is what they are off in units.
const NEAR: f64 = 1e-11;

#[test]
fn outputs_are_weighted_averages_of_the_values() {
    for_all(NAMES, few()).holds(|given| agrees(given, LOOK));
}

#[test]
fn weights_of_a_query_sum_to_1() {
    for_all(NAMES, few()).cases(128).holds(|given| {
        let (_, weights) = asked(given).accepted(CALL)?;
        let sums = Matrix::from_fn(weights.rows(), 1, |i, _| weights.row(i).iter().sum());
        let want = Matrix::from_fn(given.queries.rows(), 1, |_, _| 1.0);
        let look = "The softmax runs over the keys, so each row of the weights sums to 1.";
        close("the sums of the rows of the weights", sums, want, rounding(64, 1.0), look)
    });
}

#[test]
fn permuting_keys_with_values_changes_nothing() {
    for_all("queries, keys, values, mask, seed", (few(), any::seed())).cases(96).holds(|(given, seed)| {
        let order = order(given.keys.rows(), *seed);
        let permuted = Given {
            keys: rows_of(&given.keys, &order),
            values: rows_of(&given.values, &order),
            mask: cols_of(&given.mask, &order),
            ..given.clone()
        };
        let ((y, a), (other, b)) = (asked(given).accepted(CALL)?, asked(&permuted).accepted(CALL)?);
        let look =
            "Keys are a set: which place a key has does not matter, as long as its value goes with it.";
        close("the output with permuted keys", other, y, NEAR, look)?;
        close("the weights of permuted keys", b, cols_of(&a, &order), NEAR, look)
    });
}

#[test]
fn permuting_queries_permutes_outputs() {
    for_all("queries, keys, values, mask, seed", (few(), any::seed())).cases(96).holds(|(given, seed)| {
        let order = order(given.queries.rows(), *seed);
        let permuted = Given {
            queries: rows_of(&given.queries, &order),
            mask: rows_of(&given.mask, &order),
            ..given.clone()
        };
        let ((y, a), (other, b)) = (asked(given).accepted(CALL)?, asked(&permuted).accepted(CALL)?);
        let look = "Each query is answered by itself.";
        close("the output of permuted queries", other, rows_of(&y, &order), NEAR, look)?;
        close("the weights of permuted queries", b, rows_of(&a, &order), NEAR, look)
    });
}

#[test]
fn masking_a_key_equals_leaving_it_out() {
    for_all("queries, keys, values, mask, key", (square(), any::part(0..5_usize))).cases(96).holds(
        |(given, key)| {
            let (n, m) = given.mask.shape();
            let out = key % m;
            let masked = Given {
                mask: Matrix::from_fn(n, m, |_, j| if j == out { NO_KEY } else { 0.0 }),
                ..given.clone()
            };
            let rest: Vec<usize> = (0..m).filter(|j| *j != out).collect();
            let fewer = Given {
                keys: rows_of(&given.keys, &rest),
                values: rows_of(&given.values, &rest),
                mask: Matrix::zeros(n, m - 1),
                ..given.clone()
            };
            let ((y, a), (other, b)) = (asked(&masked).accepted(CALL)?, asked(&fewer).accepted(CALL)?);
            let look = "−∞ is added before the softmax, so that the others share the whole weight.";
            close("the output with a masked key", y, other, NEAR, look)?;
            close("the weights of the other keys", cols_of(&a, &rest), b, NEAR, look)?;
            let zero = Matrix::zeros(n, 1);
            close("the weights of the masked key", cols_of(&a, &[out]), zero, 0.0, "exp(−∞) is 0, exactly.")
        },
    );
}

#[test]
fn the_future_does_not_matter() {
    for_all("queries, keys, values, mask, t", (square(), any::part(1..5_usize))).cases(96).holds(
        |(given, t)| {
            let n = given.queries.rows();
            let t = 1 + (t - 1) % (n - 1);
            let causal = Given { mask: causal(n), ..given.clone() };
            let other = |x: &Matrix| {
                Matrix::from_fn(
                    x.rows(),
                    x.cols(),
                    |i, j| if i < t { x[(i, j)] } else { 3.0 - 2.0 * x[(i, j)] },
                )
            };
            let changed = Given {
                queries: other(&given.queries),
                keys: other(&given.keys),
                values: other(&given.values),
                ..causal.clone()
            };
            let ((y, _), (after, _)) = (asked(&causal).accepted(CALL)?, asked(&changed).accepted(CALL)?);
            let before: Vec<usize> = (0..t).collect();
            let look = format!(
                "With a causal mask the tokens from {t} on leave the outputs before them as they are."
            );
            close("the outputs before", rows_of(&after, &before), rows_of(&y, &before), NEAR, look)
        },
    );
}

#[test]
fn equal_keys_have_equal_weights() {
    for_all(NAMES, few()).cases(96).holds(|given| {
        let (n, m) = given.mask.shape();
        let keys = rows_of(&given.keys, &vec![0; m]);
        let (y, _) = asked(&Given { keys, mask: Matrix::zeros(n, m), ..given.clone() }).accepted(CALL)?;
        let mean = |c: usize| (0..m).map(|j| given.values[(j, c)]).sum::<f64>() / m as f64;
        let want = Matrix::from_fn(n, given.values.cols(), |_, c| mean(c));
        close("the output with equal keys", y, want, NEAR, "Equal scores give the mean of the values.")
    });
}

#[test]
fn adding_a_number_to_all_scores_of_a_query_changes_nothing() {
    for_all("queries, keys, values, mask, shift", (few(), any::eighth())).cases(96).holds(
        |(given, shift)| {
            let shifted = Given { mask: each(&given.mask, |entry| entry + 100.0 * shift), ..given.clone() };
            let ((y, a), (other, b)) = (asked(given).accepted(CALL)?, asked(&shifted).accepted(CALL)?);
            let look =
                "The factor exp(shift) is in numerator and denominator. The mask is added to the scores.";
            close("the weights with shifted scores", b, a, NEAR, look)?;
            close("the output with shifted scores", other, y, NEAR, look)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::attention::scaled_dot_product_attention;
        use kit::Matrix;
        let (queries, keys) = (Matrix::from_rows([[1.0]]), Matrix::from_rows([[0.0], [3.0_f64.ln()]]));
        let values = Matrix::from_rows([[8.0, 0.0], [4.0, 1.0]]);
        let (y, weights) = scaled_dot_product_attention(&queries, &keys, &values, &Matrix::zeros(1, 2))?;
        assert!((weights[(0, 0)] - 0.25).abs() < 1e-12 && (weights[(0, 1)] - 0.75).abs() < 1e-12);
        assert!((y[(0, 0)] - 5.0).abs() < 1e-12 && (y[(0, 1)] - 0.75).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        for_all(NAMES, sized()).cases(160).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn is_right_for_long_sequences() {
        for_all(NAMES, long_square()).cases(6).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn is_right_for_scores_whose_exponentials_overflow_or_underflow() {
        let unit = select(vec![64.0, -4096.0, 1e9, 1e25, 1e59]);
        for_all("queries, keys, values, mask, unit", (few(), unit)).cases(96).holds(|(given, unit)| {
            let Given { keys, values, mask, .. } = given.clone();
            agrees(&Given { queries: each(&given.queries, |x| x * unit), keys, values, mask }, LOOK)?;
            // All scores of the rows far below 0, or far above.
            let mask = each(&given.mask, |entry| entry - unit);
            agrees(&Given { mask, ..given.clone() }, LOOK)
        });
    }

    #[test]
    fn equal_keys_have_equal_weights_however_large_the_scores_are() {
        for_all("n, m, unit", (any::many(1..=4, 41), any::many(1..=4, 301), any::magnitude(0, 58)))
            .cases(48)
            .holds(|&(n, m, unit)| {
                let given = Given {
                    queries: Matrix::from_fn(n, 3, |i, c| unit * (1.0 + ((i + c) % 8) as f64)),
                    keys: Matrix::from_fn(m, 3, |_, c| c as f64 - 2.5),
                    values: counting(m, 2),
                    mask: Matrix::zeros(n, m),
                };
                let (y, a) = asked(&given).accepted(CALL)?;
                let share = 1.0 / m as f64;
                let look =
                    "Take the largest score out before the exponential: those of equal scores are 1 then.";
                close(
                    "the weights",
                    a,
                    Matrix::from_fn(n, m, |_, _| share),
                    rounding(2 * m + 8, share),
                    look,
                )?;
                let mean = |c: usize| (0..m).map(|j| given.values[(j, c)] * share).sum::<f64>();
                let want = Matrix::from_fn(n, 2, |_, c| mean(c));
                close("the output", y, want, rounding(4 * m + 16, 4.0), look)
            });
    }

    #[test]
    fn rejects_a_query_whose_keys_are_all_masked() {
        let places = (any::many(1..=4, 301), any::many(1..=4, 301))
            .prop_flat_map(|(n, m)| (Just(n), Just(m), any::place(n)));
        for_all("n, m, query", places).cases(64).holds(|&(n, m, query)| {
            let given = Given {
                queries: counting(n, 2),
                keys: counting(m, 2),
                values: counting(m, 1),
                mask: Matrix::from_fn(n, m, |i, _| if i == query { NO_KEY } else { 0.25 }),
            };
            rejected(CALL, asked(&given), NOTHING, "A query without a key has no weights: 0/0.")
        });
    }

    #[test]
    fn rejects_other_shapes() {
        for_all("n, m, d, w, [a, b]", (sizes(), any::unequal_lengths(301))).cases(64).holds(
            |&([n, m, d, w], [a, b])| {
                let ask = |queries: (usize, usize),
                           keys: (usize, usize),
                           values: (usize, usize),
                           mask: (usize, usize)| {
                    let of = |(rows, cols)| counting(rows, cols);
                    let mask = Matrix::zeros(mask.0, mask.1);
                    scaled_dot_product_attention(&of(queries), &of(keys), &of(values), &mask)
                };
                let look = "Keys are as wide as queries.";
                rejected(CALL, ask((n, a), (m, b), (m, w), (n, m)), shapes((n, a), (m, b)), look)?;
                let look = "There is one value per key.";
                rejected(CALL, ask((n, d), (a, d), (b, w), (n, a)), shapes((a, d), (b, w)), look)?;
                let look = "The mask has one row per query and one column per key.";
                rejected(CALL, ask((a, d), (m, d), (m, w), (b, m)), shapes((a, m), (b, m)), look)?;
                rejected(CALL, ask((n, d), (a, d), (a, w), (n, b)), shapes((n, a), (n, b)), look)?;
                // One row is not taken for all queries, nor one column for all keys.
                let (n, m) = (n + 1, m + 1);
                rejected(CALL, ask((n, d), (m, d), (m, w), (1, m)), shapes((n, m), (1, m)), look)?;
                rejected(CALL, ask((n, d), (m, d), (m, w), (n, 1)), shapes((n, m), (n, 1)), look)
            },
        );
    }

    #[test]
    fn rejects_nothing() {
        for_all("n, m, d, w", sizes()).cases(48).holds(|&sizes| {
            for zero in 0..4 {
                let mut sizes = sizes;
                sizes[zero] = 0;
                let [n, m, d, w] = sizes;
                let given = Given {
                    queries: counting(n, d),
                    keys: counting(m, d),
                    values: counting(m, w),
                    mask: Matrix::zeros(n, m),
                };
                rejected(
                    CALL,
                    asked(&given),
                    NOTHING,
                    "At least one query, key, feature, and column of values.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        let places = sizes().prop_flat_map(|[n, m, d, w]| {
            let places = [n, m, d, w].map(any::place);
            (Just([n, m, d, w]), places)
        });
        for_all("sizes, places, bad, large", (places, any::not_finite(), too_large())).cases(96).holds(
            |&(([n, m, d, w], [i, j, c, e]), bad, large)| {
                let fine = Given {
                    queries: counting(n, d),
                    keys: counting(m, d),
                    values: counting(m, w),
                    mask: Matrix::zeros(n, m),
                };
                for got in [bad, large] {
                    let want = |name, index| reasons(name, index, got);
                    let given = Given { queries: wrong([n, d], [i, c], got), ..fine.clone() };
                    rejected_for(CALL, asked(&given), &want("queries", i * d + c), ALL_NUMBERS)?;
                    let given = Given { keys: wrong([m, d], [j, c], got), ..fine.clone() };
                    rejected_for(CALL, asked(&given), &want("keys", j * d + c), ALL_NUMBERS)?;
                    let given = Given { values: wrong([m, w], [j, e], got), ..fine.clone() };
                    rejected_for(CALL, asked(&given), &want("values", j * w + e), ALL_NUMBERS)?;
                    if got != NO_KEY {
                        let given = Given { mask: wrong([n, m], [i, j], got), ..fine.clone() };
                        let look = "A mask holds −∞ and numbers up to 10⁶⁰ in size.";
                        rejected_for(CALL, asked(&given), &want("mask", i * m + j), look)?;
                    }
                }
                Ok(())
            },
        );
    }
}
