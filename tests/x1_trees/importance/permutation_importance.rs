use std::cell::RefCell;

use judge::{
    Answer, Broken, Verdict, any, close, drawn_with, ensure, equal, example, for_all, mean_near, rejected,
    rounding,
};
use katas::x1_trees::importance::permutation_importance;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::matrix;

const CALL: &str = "permutation_importance(model, x, y, repeats, generator)";

/// A model that predicts the class of a sample by some of its features, in a way that no one would guess.
fn scattering(sample: &[f64], uses: usize, classes: usize) -> usize {
    let mix =
        |hash: u64, value: &f64| (hash ^ value.to_bits()).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let hash = sample.iter().take(uses).fold(7, mix);
    (hash >> 17) as usize % classes
}

fn correct(predictions: &[usize], y: &[usize]) -> f64 {
    predictions.iter().zip(y).filter(|(prediction, y)| prediction == y).count() as f64
}

/// In which column a matrix differs from x, where it is a permutation of it; none where nothing differs.
fn shuffled_column(seen: &Matrix, x: &Matrix) -> Result<Option<usize>, Broken> {
    let look = "The model sees all samples, with the values of one feature in another order.";
    equal("the shape that the model sees", seen.shape(), x.shape(), look)?;
    let bits = |x: &Matrix, i: usize, j: usize| x[(i, j)].to_bits();
    let differs = |j: &usize| (0..x.rows()).any(|i| bits(seen, i, *j) != bits(x, i, *j));
    let columns: Vec<usize> = (0..x.cols()).filter(differs).collect();
    ensure(columns.len() <= 1, || {
        let got = format!("the model sees other values in the columns {columns:?}");
        Broken::answer(
            got,
            "in one column at most",
            "Shuffle one column and put it back before the next one.",
        )
    })?;
    let Some(&j) = columns.first() else { return Ok(None) };
    let sorted = |x: &Matrix| {
        let mut column: Vec<u64> = (0..x.rows()).map(|i| bits(x, i, j)).collect();
        column.sort_unstable();
        column
    };
    let look = "The same values in another order: drawn without replacement.";
    equal("the sorted values of the column", sorted(seen) == sorted(x), true, look)?;
    Ok(Some(j))
}

/// Asks for the importances, and compares them with what the model was asked.
fn agrees(x: &Matrix, y: &[usize], uses: usize, repeats: usize, seed: u64) -> Result<Vec<f64>, Broken> {
    let classes = 3;
    let asked = RefCell::new(Vec::new());
    let model = |x: &Matrix| {
        asked.borrow_mut().push(x.clone());
        (0..x.rows()).map(|i| scattering(x.row(i), uses, classes)).collect::<Vec<_>>()
    };
    let mut generator = Generator::from_seed(seed);
    let got = permutation_importance(&model, x, y, repeats, &mut generator).accepted(CALL)?;
    equal("the number of importances", got.len(), x.cols(), "One for each feature.")?;
    let predict = |x: &Matrix| (0..x.rows()).map(|i| scattering(x.row(i), uses, classes)).collect::<Vec<_>>();
    let before = correct(&predict(x), y);
    let mut lost = vec![0.0; x.cols()];
    let mut shuffles = vec![0; x.cols()];
    for seen in asked.into_inner() {
        if let Some(j) = shuffled_column(&seen, x)? {
            lost[j] += before - correct(&predict(&seen), y);
            shuffles[j] += 1;
        }
    }
    for (j, (got, lost)) in got.iter().zip(&lost).enumerate() {
        let look = "The accuracy on x minus the mean of the accuracies with the column shuffled, over \
                    all repeats.";
        let want = lost / (repeats * y.len()) as f64;
        // Means of up to n hits and of the repeats, as quotients or as sums of shares.
        let tolerance = rounding(repeats + y.len() + 8, 1.0);
        close(&format!("the importance of feature {j}"), *got, want, tolerance, look)?;
        ensure(shuffles[j] <= repeats, || {
            Broken::answer(format!("{} shuffles of column {j}", shuffles[j]), format!("{repeats}"), look)
        })?;
    }
    Ok(got)
}

#[test]
fn is_the_mean_drop_in_accuracy() {
    let inputs = (any::vectors::<2>(2..=6), any::vec(0..3_usize, 6), any::part(1..=5_usize), any::seed());
    for_all("first, second, y, repeats, seed", inputs).cases(128).holds(|([a, b], y, repeats, seed)| {
        let n = a.len();
        let x = Matrix::from_fn(n, 2, |i, j| if j == 0 { a[i] } else { b[i] });
        agrees(&x, &y[..n], 2, *repeats, *seed).map(|_| ())
    });
}

#[test]
fn is_zero_for_a_feature_that_is_not_used() {
    for_all("x, seed", (any::vector(9..=9), any::seed())).cases(64).holds(|(x, seed)| {
        let x = matrix(3, 3, x);
        let y: Vec<usize> = (0..3).map(|i| scattering(x.row(i), 1, 3)).collect();
        let got = agrees(&x, &y, 1, 4, *seed)?;
        let look = "The order of values that the model does not look at changes no prediction.";
        equal("the importances of features 1 and 2", [got[1], got[2]], [0.0, 0.0], look)
    });
}

#[test]
fn is_half_for_two_samples() {
    for_all("seed", any::seed()).cases(4).holds(|&seed| {
        // Every other time the two values change places, and both predictions are wrong.
        let x = Matrix::from_rows([[5.0, 0.0], [5.0, 1.0]]);
        let model = |x: &Matrix| (0..x.rows()).map(|i| x[(i, 1)] as usize).collect::<Vec<_>>();
        let mut generator = Generator::from_seed(seed);
        let got = permutation_importance(&model, &x, &[0, 1], 1000, &mut generator).accepted(CALL)?;
        equal("the number of importances", got.len(), 2, "One for each feature.")?;
        let look = "Both orders of two values are equally likely.";
        mean_near("the importance of feature 1", got[1], 1000, 1.0, 0.5, look)
    });
}

/// How often each order of three values comes in so many shuffles.
fn orders_are_equally_likely(repeats: usize, seed: u64) -> Verdict {
    const ORDERS: [[f64; 3]; 6] = [
        [0.0, 1.0, 2.0],
        [0.0, 2.0, 1.0],
        [1.0, 0.0, 2.0],
        [1.0, 2.0, 0.0],
        [2.0, 0.0, 1.0],
        [2.0, 1.0, 0.0],
    ];
    let counts = RefCell::new([0; 6]);
    let model = |x: &Matrix| {
        let order = ORDERS.iter().position(|order| x.as_slice() == order);
        counts.borrow_mut()[order.unwrap_or(0)] += 1;
        vec![0; x.rows()]
    };
    let x = Matrix::from_rows([[0.0], [1.0], [2.0]]);
    let mut generator = Generator::from_seed(seed);
    permutation_importance(&model, &x, &[0, 1, 2], repeats, &mut generator).accepted(CALL)?;
    let mut counts = counts.into_inner();
    // The order as it is was asked for as well, and may not have been asked for again.
    let others: usize = counts[1..].iter().sum();
    ensure(others <= repeats, || Broken::answer(others, format!("{repeats} shuffles"), "See repeats."))?;
    counts[0] = repeats - others;
    let names = ORDERS.map(|order| format!("{order:?}"));
    let look = "Each of the 3! orders of a column is equally likely, each time.";
    drawn_with("the order of three values", &names, &counts, &[1.0 / 6.0; 6], look)
}

#[test]
fn every_order_is_equally_likely() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| orders_are_equally_likely(1200, seed));
}

#[test]
fn depends_on_the_generator_only() {
    for_all("n, seed", (any::select(vec![40_usize, 101, 301]), any::seed())).cases(12).holds(|&(n, seed)| {
        let x = Matrix::from_fn(n, 2, |i, j| ((i * 17 + j * 5) % n) as f64);
        let y: Vec<usize> = (0..n).map(|i| scattering(x.row(i), 2, 3)).collect();
        let asked = RefCell::new(Vec::new());
        let model = |x: &Matrix| {
            asked.borrow_mut().push(x.clone());
            vec![0; x.rows()]
        };
        let ask = |generator: &mut Generator| {
            permutation_importance(&model, &x, &y, 2, generator).accepted(CALL)?;
            Ok::<Vec<Matrix>, Broken>(asked.take())
        };
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let orders = ask(&mut first)?;
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        ensure(ask(&mut again)? == orders, || {
            Broken::answer("other orders", "those of the same state", look)
        })?;
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, other) in [
            ("the state that was left behind", ask(&mut first)?),
            ("another seed", ask(&mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other != orders, || {
                Broken::answer(format!("the same from {what}"), "other orders", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::importance::permutation_importance;
        use kit::{Generator, Matrix};
        let x = Matrix::from_rows([[0.0, 5.0], [0.0, 6.0], [1.0, 5.0], [1.0, 7.0]]);
        let model = |x: &Matrix| (0..x.rows()).map(|i| x[(i, 0)] as usize).collect();
        let importance = permutation_importance(&model, &x, &[0, 0, 1, 1], 64, &mut Generator::from_seed(1))?;
        assert!(importance[0] > 0.2 && importance[1] == 0.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let inputs = any::sizes([1..=6, 1..=3, 1..=4], [301, 301, 61]).prop_flat_map(|[n, d, repeats]| {
            let values = any::kinds().prop_flat_map(move |[kind, _]| any::numbers(kind, n * d));
            (any::part(values), Just([n, d]), any::part(Just(repeats)), any::seed(), any::seed())
        });
        for_all("x, [n, d], repeats, y, seed", inputs).cases(48).holds(
            |(x, [n, d], repeats, labels, seed)| {
                let x = matrix(*n, *d, x);
                // Most are predicted correctly, and which are not depends on the labels.
                let mut generator = Generator::from_seed(*labels);
                let label =
                    |i: usize| (scattering(x.row(i), *d, 3) + usize::from(generator.below(4) == 0)) % 3;
                let y: Vec<usize> = (0..*n).map(label).collect();
                agrees(&x, &y, *d, *repeats, *seed).map(|_| ())
            },
        );
    }

    #[test]
    fn columns_are_permuted_to_the_last_bit() {
        for_all("bad, seed", (any::not_finite(), any::seed())).cases(16).holds(|(bad, seed)| {
            let x =
                Matrix::from_rows([[*bad, 0.0], [1e-300, -0.0], [1e300, 1.0 + f64::EPSILON], [2.0, *bad]]);
            agrees(&x, &[0, 1, 2, 0], 2, 3, *seed).map(|_| ())
        });
    }

    #[test]
    fn no_order_is_more_likely() {
        // So often that a shuffle shows that exchanges each value with any: two orders come more often by a tenth.
        example(|| orders_are_equally_likely(16_000, 5));
    }

    #[test]
    fn a_value_goes_to_any_row() {
        let n = any::select(vec![13_usize, 60, 101, 301]);
        for_all("n, row, seed", (n, any::seed(), any::seed())).cases(4).holds(|&(n, row, seed)| {
            // A row, and the last one; where their values are after each shuffle.
            let rows = [(row % n as u64) as usize, n - 1];
            let counts = RefCell::new([[0; 3]; 2]);
            let model = |x: &Matrix| {
                for (row, counts) in rows.iter().zip(counts.borrow_mut().iter_mut()) {
                    let place = x.as_slice().iter().position(|value| *value == *row as f64);
                    counts[3 * place.unwrap_or(0) / n] += 1;
                }
                vec![0; x.rows()]
            };
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            permutation_importance(&model, &x, &vec![0; n], 999, &mut Generator::from_seed(seed))
                .accepted(CALL)?;
            let size = |k: usize| ((k + 1) * n).div_ceil(3) - (k * n).div_ceil(3);
            let probabilities = [0, 1, 2].map(|k| size(k) as f64 / n as f64);
            for (row, mut counts) in rows.into_iter().zip(counts.into_inner()) {
                // The order as it is was asked for once more.
                counts[3 * row / n] -= usize::from(counts.iter().sum::<usize>() > 999);
                let (what, look) = (format!("where the value of row {row} of {n} goes"), "Shuffle all rows.");
                drawn_with(&what, &["first third", "second", "last"], &counts, &probabilities, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn calls_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let x = Matrix::from_rows([[0.0], [1.0]]);
            let model = |x: &Matrix| (0..x.rows()).map(|i| x[(i, 0)] as usize).collect::<Vec<_>>();
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 9]);
            for _ in 0..900 {
                // Of two shuffles none, one or both exchange the two values.
                let mut kind = || {
                    let got =
                        permutation_importance(&model, &x, &[0, 1], 2, &mut generator).accepted(CALL)?;
                    Ok::<usize, Broken>((2.0 * got.first().copied().unwrap_or(0.0)).round() as usize % 3)
                };
                counts[3 * kind()? + kind()?] += 1;
            }
            let names: Vec<String> = (0..9).map(|k| format!("{} and {} halves", k / 3, k % 3)).collect();
            let shares = [0.25, 0.5, 0.25];
            let probabilities: Vec<f64> = (0..9).map(|k| shares[k / 3] * shares[k % 3]).collect();
            let look = "The generator is left where the last draw left it.";
            drawn_with("the importances of two calls", &names, &counts, &probabilities, look)
        });
    }

    #[test]
    fn one_sample_and_no_features_have_nothing_to_shuffle() {
        example(|| {
            equal(
                CALL,
                agrees(&Matrix::from_rows([[5.0, 6.0]]), &[1], 2, 3, 1)?,
                vec![0.0, 0.0],
                "One order.",
            )?;
            let got = agrees(&Matrix::zeros(4, 0), &[1, 0, 1, 0], 2, 3, 1)?;
            equal(CALL, got, vec![], "No features, no importances.")
        });
    }

    #[test]
    fn any_label_may_be_wrong() {
        example(|| {
            let x = Matrix::from_rows([[0.0], [1.0], [2.0]]);
            agrees(&x, &[usize::MAX, 1 << 40, 7], 1, 3, 1).map(|_| ())
        });
    }

    #[test]
    fn rejects_what_does_not_fit() {
        for_all("[n, m], seed", (any::unequal_lengths(301), any::seed())).cases(48).holds(
            |&([left, right], seed)| {
                let x = Matrix::from_fn(left, 2, |i, j| (i + j) as f64);
                let ask = |model: &dyn Fn(&Matrix) -> Vec<usize>, x: &Matrix, y: &[usize], repeats| {
                    permutation_importance(model, x, y, repeats, &mut Generator::from_seed(seed))
                };
                let whole = |x: &Matrix| vec![0; x.rows()];
                let want = InputError::LengthMismatch { left, right };
                rejected(CALL, ask(&whole, &x, &vec![0; right], 2), want, "One label per sample.")?;
                let y = vec![0; left];
                let want = InputError::OutOfRange { name: "repeats", got: 0.0, wanted: "at least 1" };
                rejected(CALL, ask(&whole, &x, &y, 0), want, "A mean of no accuracies is not defined.")?;
                let want = InputError::TooFew { got: 0, wanted: 1 };
                let got = ask(&whole, &Matrix::zeros(0, 2), &[], 2);
                rejected(CALL, got, want, "The accuracy on no samples is not defined.")?;
                let other = |_: &Matrix| vec![0; right];
                let want = InputError::LengthMismatch { left: right, right: left };
                let look =
                    "A model that returns another number of labels is at fault: predictions on the left.";
                rejected(CALL, ask(&other, &x, &y, 2), want, look)
            },
        );
    }
}
