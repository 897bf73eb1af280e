use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::x1_trees::boosting::{Boosted, logistic_boosting_fit};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, sized};
use super::super::targets::{is_boosted, steps};
use super::rates::{is_rejected, rates, wrong_rates};

const CALL: &str = "logistic_boosting_fit(x, y, rounds, rate, max_depth)";

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Samples whose labels follow their last feature, with noise; both occur.
fn labeled(n: usize, d: usize, seed: u64) -> (Matrix, Vec<usize>) {
    let (x, y) = steps(n, d, seed);
    let mut labels: Vec<usize> = y.iter().map(|y| usize::from(*y > 0.25)).collect();
    (labels[0], labels[1]) = ((seed % 2) as usize, 1 - (seed % 2) as usize);
    (x, labels)
}

/// The model, with everything checked that the page says of it; and the logits after each round.
fn fitted(
    (x, y): (&Matrix, &[usize]),
    rounds: usize,
    rate: f64,
    depth: usize,
) -> Result<(Boosted, Vec<Vec<f64>>), Broken> {
    let model = logistic_boosting_fit(x, y, rounds, rate, depth).accepted(CALL)?;
    let (n, ones) = (y.len() as f64, y.iter().sum::<usize>() as f64);
    let want = (ones / (n - ones)).ln();
    let look = "F₀ is the logit of the fraction of class 1: σ(F₀) = p.";
    // p/(1 − p), with 1 − p from p: its relative error is ε·n.
    close("the start", model.start, want, rounding(8 + 4 * y.len(), 1.0 + want.abs()), look)?;
    // Logits grow by at most η a round.
    let size = 4.0 + want.abs() + rounds as f64;
    let after =
        is_boosted(&model, x, (rounds, rate, depth), size, |i, output| y[i] as f64 - sigmoid(output))?;
    Ok((model, after))
}

#[test]
fn each_tree_fits_label_minus_probability() {
    let inputs =
        (any::part(2..=9_usize), any::seed(), any::part(0..=5_usize), rates(), any::part(0..=3_usize));
    for_all("n, seed, rounds, rate, max_depth", inputs).holds(|&(n, seed, rounds, rate, depth)| {
        let (x, y) = labeled(n, 2, seed);
        fitted((&x, &y), rounds, rate, depth).map(|_| ())
    });
}

#[test]
fn the_log_loss_falls() {
    for_all("seed, rate", (any::seed(), rates())).cases(48).holds(|&(seed, rate)| {
        let (x, y) = labeled(30, 2, seed);
        let (_, after) = fitted((&x, &y), 8, rate, 2)?;
        // ln(1 + e^F) − y·F.
        let loss = |logits: &Vec<f64>| {
            let one = |(logit, y): (&f64, &usize)| logit.exp().ln_1p() - *y as f64 * logit;
            logits.iter().zip(&y).map(one).sum::<f64>()
        };
        let losses: Vec<f64> = after.iter().map(loss).collect();
        // The second derivative is at most ¼: a step of η ≤ 1 along the mean residuals cannot go too far.
        ensure(losses.windows(2).all(|pair| pair[1] <= pair[0] + rounding(1000, losses[0])), || {
            let look =
                "Each tree predicts label minus probability; add η times its prediction to the logits.";
            Broken::answer(format!("log losses after each round: {losses:?}"), "never more", look)
        })
    });
}

#[test]
fn separates_what_can_be_separated() {
    for_all("n, seed", (any::part(2..=9_usize), any::seed())).cases(48).holds(|&(n, seed)| {
        let x = Matrix::from_fn(n, 1, |i, _| i as f64);
        let y: Vec<usize> = (0..n).map(|i| usize::from(i as u64 > seed % (n as u64 - 1))).collect();
        let (_, after) = fitted((&x, &y), 12, 1.0, 1)?;
        let right = |(logit, y): (&f64, &usize)| (*logit > 0.0) == (*y == 1);
        ensure(after[12].iter().zip(&y).all(right), || {
            let look = "After twelve rounds the logits of class 1 are above 0, and those of class 0 below.";
            Broken::answer(format!("logits {:?} for {y:?}", after[12]), "the sign of each label", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::boosting::{boosted_predict, logistic_boosting_fit};
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [2.0]]);
        let model = logistic_boosting_fit(&x, &[0, 1], 3, 1.0, 1)?;
        assert!(model.start == 0.0 && boosted_predict(&model, &x)?[1] > 1.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_fitted_for_any_size_and_magnitude() {
        let inputs = (sized([301, 65, 2]), any::part(0..=4_usize), rates(), any::part(0..=4_usize));
        for_all("x, y, classes, rounds, rate, max_depth", inputs).cases(64).holds(
            |(((x, y), _), rounds, rate, depth)| {
                // Both classes occur, wherever there is room for them.
                let (n, mut y) = (y.len(), y.iter().map(|class| class % 2).collect::<Vec<_>>());
                if n < 2 {
                    return Ok(());
                }
                y[n - 1] = 1 - y[0];
                fitted((x, &y), *rounds, *rate, *depth).map(|_| ())
            },
        );
    }

    #[test]
    fn small_numbers_count() {
        for_all("seed, size", (any::seed(), any::magnitude(-120, -4))).cases(24).holds(|&(seed, size)| {
            let (x, y) = labeled(12, 2, seed);
            let x = Matrix::from_fn(12, 2, |i, j| x[(i, j)] * size.abs());
            fitted((&x, &y), 2, size.abs(), 2).map(|_| ())
        });
    }

    #[test]
    fn grows_as_many_trees_as_rounds() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let (x, y) = labeled(20, 2, seed);
            [17, 60, 257].into_iter().try_for_each(|rounds| fitted((&x, &y), rounds, 0.5, 1).map(|_| ()))?;
            // After a hundred rounds the residuals are below 0.01, and they are fitted all the same.
            let x = Matrix::from_rows([[0.0], [1.0]]);
            fitted((&x, &[0, 1]), 401, 1.0, 1).map(|_| ())
        });
    }

    #[test]
    fn counts_depths_beyond_fifty() {
        for_all("depth", any::part(50..=60_usize)).cases(4).holds(|&depth| {
            let x = Matrix::from_fn(130, 1, |i, _| i as f64);
            let y: Vec<usize> = (0..130).map(|i| i % 2).collect();
            fitted((&x, &y), 1, 0.5, depth)?;
            fitted((&x, &y), 1, 0.5, usize::MAX).map(|_| ())
        });
    }

    #[test]
    fn one_sample_of_a_class_counts() {
        let inputs = any::many(2..=9, 301).prop_flat_map(|n| (Just(n), any::place(n), any::part(0..2_usize)));
        for_all("n, i, label", inputs).cases(64).holds(|&(n, i, label)| {
            let x = Matrix::from_fn(n, 1, |i, _| ((7 * i) % n) as f64);
            let y: Vec<usize> = (0..n).map(|row| if row == i { label } else { 1 - label }).collect();
            fitted((&x, &y), 2, 0.5, 2).map(|_| ())
        });
    }

    #[test]
    fn rejects_labels_that_are_not_0_or_1() {
        // Both classes are left next to the wrong labels.
        let inputs = any::many(6..=9, 301)
            .prop_flat_map(|n| (Just(n), any::place(n), any::select(vec![2_usize, 3, 300, usize::MAX])));
        for_all("n, i, label", inputs).cases(64).holds(|&(n, index, got)| {
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let mut y: Vec<usize> = (0..n).map(|i| i % 2).collect();
            y[index] = got;
            // Of several wrong labels the first one is named.
            y[index + 1..].iter_mut().step_by(3).for_each(|label| *label = got);
            let want = InputError::UnknownClass { index, got, classes: 2 };
            rejected(CALL, logistic_boosting_fit(&x, &y, 2, 0.5, 1), want, "There are two classes, 0 and 1.")
        });
    }

    #[test]
    fn rejects_a_single_class() {
        for_all("n, label", (any::many(1..=6, 301), any::part(0..2_usize))).cases(32).holds(|&(n, label)| {
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let got = logistic_boosting_fit(&x, &vec![label; n], 2, 0.5, 1);
            rejected(CALL, got, InputError::Constant { name: "y" }, "The logit of 0 or 1 is infinite.")
        });
    }

    #[test]
    fn rejects_rates_out_of_range() {
        for_all("rate", wrong_rates()).cases(32).holds(|&rate| {
            let x = Matrix::from_rows([[1.0], [2.0]]);
            is_rejected(CALL, &logistic_boosting_fit(&x, &[0, 1], 2, rate, 1))
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            // A second row, so that both classes occur.
            let n = (*n).max(2);
            let x = counting_but([n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            let y: Vec<usize> = (0..n).map(|i| i % 2).collect();
            rejected(CALL, logistic_boosting_fit(&x, &y, 2, 0.5, 1), want, "Check all features.")
        });
    }

    #[test]
    fn rejects_what_does_not_fit() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(32).holds(|&[left, right]| {
            let want = InputError::LengthMismatch { left, right };
            let (x, y) =
                (Matrix::from_fn(left, 2, |i, _| i as f64), |n| (0..n).map(|i| i % 2).collect::<Vec<_>>());
            let got = logistic_boosting_fit(&x, &y(right), 0, 0.5, 1);
            rejected(CALL, got, want, "One label per sample, also without rounds.")?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = logistic_boosting_fit(&Matrix::zeros(left, 0), &y(left), 2, 0.5, 1);
            rejected(CALL, got, few, "Without features there is nothing to learn from.")
        });
    }

    #[test]
    fn no_rounds_give_the_logit() {
        example(|| fitted((&Matrix::from_rows([[1.0], [2.0], [3.0]]), &[1, 0, 1]), 0, 0.5, 1).map(|_| ()));
    }
}
