use proptest::prelude::*;
use std::cell::RefCell;

use judge::{Answer, any, close, equal, example, for_all, mean_near, rejected};
use katas::m05_classifiers::validation::cross_validate;
use kit::{Generator, InputError, Matrix};

use super::super::comparison::spy::{memory, numbered, split_rows, spy};
use super::super::samples::rows;
use super::super::sizes::{many, several, unequal};
use super::partitions::is_no_partition;

const CALL: &str = "cross_validate(classifier, x, y, folds)";

#[test]
fn trains_on_the_other_folds_only() {
    for_all("y, folds", split_rows()).holds(|(y, folds)| {
        let (x, recorded) = (numbered(y.len()), RefCell::new(Vec::new()));
        cross_validate(&spy(&recorded, |_| 0), &x, y, folds).accepted(CALL)?;
        let recorded = recorded.into_inner();
        equal("the number of calls of the classifier", recorded.len(), folds.len(), "Once per fold.")?;
        for (r, fold) in folds.iter().enumerate() {
            // In whatever order of the rounds: no row is like another, so what is asked identifies the round.
            let asked = rows(&x, fold);
            let round = recorded.iter().position(|(_, _, x_test)| *x_test == asked).unwrap_or(r);
            let (x_train, y_train, x_test) = recorded[round].clone();
            let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
            let look = "The rows that are not in the fold, in their order and unchanged: scaling by all \
                rows is \
                        data leakage.";
            equal(&format!("x_train in round {r}"), x_train, rows(&x, &others), look)?;
            let labels = others.iter().map(|&row| y[row]).collect();
            let look = "The labels of those rows, in the same order.";
            equal(&format!("y_train in round {r}"), y_train, labels, look)?;
            let look = "The rows of the fold, in its order, unchanged.";
            equal(&format!("x_test in round {r}"), x_test, asked, look)?;
        }
        Ok(())
    });
}

#[test]
fn accuracies_are_those_of_each_fold() {
    for_all("y, folds, label", (split_rows(), 0..3_usize)).holds(|((y, folds), label)| {
        let recorded = RefCell::new(Vec::new());
        let got = cross_validate(&spy(&recorded, |_| *label), &numbered(y.len()), y, folds).accepted(CALL)?;
        let share = |fold: &Vec<usize>| {
            fold.iter().filter(|&&row| y[row] == *label).count() as f64 / fold.len() as f64
        };
        let want: Vec<f64> = folds.iter().map(share).collect();
        let look =
            "One accuracy per fold, in their order: correct predictions divided by the size of the fold.";
        close(
            &format!("accuracies of a classifier that always predicts {label}"),
            got.as_slice(),
            want.as_slice(),
            // A share may be added up sample by sample.
            2.0 * y.len() as f64 * f64::EPSILON,
            look,
        )
    });
}

#[test]
fn predictions_match_the_order_of_the_fold() {
    for_all("y, folds", split_rows()).holds(|(y, folds)| {
        let recorded = RefCell::new(Vec::new());
        // It reads the row number from the features, and so knows every label.
        let got = cross_validate(&spy(&recorded, |row| y[row[0] as usize]), &numbered(y.len()), y, folds)
            .accepted(CALL)?;
        let look = "The classifier is always right. Prediction i belongs to row fold[i], whatever the order.";
        let (want, error) = (vec![1.0; folds.len()], 2.0 * y.len() as f64 * f64::EPSILON);
        close("accuracies of a classifier that is always right", got.as_slice(), want.as_slice(), error, look)
    });
}

#[test]
fn a_memorizing_classifier_scores_at_chance() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        // Labels that have nothing to do with the features: no classifier can be right about them but by chance.
        let (n, mut generator) = (400, Generator::from_seed(seed));
        let y: Vec<usize> = (0..n).map(|_| generator.below(2)).collect();
        let folds: Vec<Vec<usize>> = (0..5).map(|r| (r..n).step_by(5).collect()).collect();
        let got = cross_validate(&memory, &numbered(n), &y, &folds).accepted(CALL)?;
        let mean = got.iter().sum::<f64>() / 5.0;
        let look = "On random labels no classifier is better than chance. If it is, test rows were in the \
                    training set.";
        mean_near("the mean accuracy of a memorizing classifier on random labels", mean, n, 1.0, 0.5, look)
    });
}

#[test]
fn passes_the_training_rows_unchanged() {
    example(|| {
        let (x, recorded) = (numbered(3), RefCell::new(Vec::new()));
        cross_validate(&spy(&recorded, |_| 0), &x, &[0; 3], &[vec![0], vec![1, 2]]).accepted(CALL)?;
        let trained: Vec<Matrix> = recorded.into_inner().into_iter().map(|(x_train, ..)| x_train).collect();
        let got = trained.into_iter().find(|x_train| x_train.rows() == 2);
        let look = "Neither centered nor scaled: the mean of all rows contains the test rows.";
        equal("x_train in the round that tests row 0", got, Some(rows(&x, &[1, 2])), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::validation::cross_validate;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
        let first_seen = |_: &Matrix, y: &[usize], queries: &Matrix| Ok(vec![y[0]; queries.rows()]);
        let folds = [vec![0, 1], vec![3, 2]];
        assert_eq!(cross_validate(&first_seen, &x, &[7, 3, 3, 3], &folds), Ok(vec![0.5, 0.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_duplicated_rows() {
        example(|| {
            let x = Matrix::from_rows([[1.0], [2.0], [1.0], [2.0]]);
            let got = cross_validate(&memory, &x, &[4, 5, 4, 5], &[vec![0, 1], vec![2, 3]]).accepted(CALL)?;
            let look = "Rows are identified by their numbers, not by their features. The caller is \
                responsible \
                        for copies in two folds.";
            equal(
                "accuracies of a memorizing classifier, each row having a copy in the other fold,",
                got,
                vec![1.0, 1.0],
                look,
            )
        });
    }

    #[test]
    fn returns_errors_and_counts_predictions() {
        for_all("left", 0..5_usize).cases(8).holds(|&left| {
            let (x, y, folds) = (numbered(4), [0; 4], [vec![0, 1], vec![2, 3]]);
            let rejects = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::ComplexEigenvalues);
            rejected(
                CALL,
                cross_validate(&rejects, &x, &y, &folds),
                InputError::ComplexEigenvalues,
                "Return its error unchanged.",
            )?;
            let talkative = |_: &Matrix, _: &[usize], _: &Matrix| Ok(vec![0; left]);
            if left == 2 {
                return Ok(());
            }
            let want = InputError::LengthMismatch { left, right: 2 };
            let look = "`zip` stops at the shorter one. Count the predictions, on the left.";
            rejected(
                &format!("cross_validate with {left} predictions for 2 samples"),
                cross_validate(&talkative, &x, &y, &folds),
                want,
                look,
            )
        });
    }

    #[test]
    fn leaves_one_out_of_hundreds() {
        for_all("n", any::select(vec![151_usize, 302])).cases(2).holds(|&n| {
            let (x, y): (Matrix, Vec<usize>) = (numbered(n), (0..n).map(|i| i * i % 3).collect());
            let folds: Vec<Vec<usize>> = (0..n).rev().map(|row| vec![row]).collect();
            let recorded = RefCell::new(Vec::new());
            let got = cross_validate(&spy(&recorded, |_| 1), &x, &y, &folds).accepted(CALL)?;
            let want: Vec<f64> = folds.iter().map(|fold| f64::from(u8::from(y[fold[0]] == 1))).collect();
            equal(
                "accuracies of as many folds as rows",
                got,
                want,
                "One accuracy per fold, however many there are.",
            )?;
            let trained: Vec<usize> = recorded.borrow().iter().map(|(x_train, ..)| x_train.rows()).collect();
            equal(
                "the numbers of training rows",
                trained,
                vec![n - 1; n],
                "All rows but the one of the fold.",
            )
        });
    }

    #[test]
    fn returns_the_error_of_any_round() {
        let inputs = several(2..=4).prop_flat_map(|k| (Just(k), 0..k, 0..5_usize));
        for_all("k, round, predictions", inputs).cases(96).holds(|&(k, round, left)| {
            let (n, folds) = (2 * k, (0..k).map(|r| vec![2 * r + 1, 2 * r]).collect::<Vec<_>>());
            let asked = |x: &Matrix| (0..x.rows()).any(|i| x[(i, 0)] == 2.0 * round as f64);
            let rejection = InputError::RaggedLine { line: round, got: k, wanted: left };
            let fails = |_: &Matrix, _: &[usize], x: &Matrix| {
                if asked(x) { Err(rejection.clone()) } else { Ok(vec![0; x.rows()]) }
            };
            let look = "Return the error of whichever round, unchanged.";
            let got = cross_validate(&fails, &numbered(n), &vec![0; n], &folds);
            rejected(
                "cross_validate with a classifier that fails in one round",
                got,
                rejection.clone(),
                look,
            )?;
            if left == 2 {
                return Ok(());
            }
            let says =
                |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; if asked(x) { left } else { x.rows() }]);
            let got = cross_validate(&says, &numbered(n), &vec![0; n], &folds);
            let want = InputError::LengthMismatch { left, right: 2 };
            let call = "cross_validate with a classifier that predicts another number in one round";
            rejected(call, got, want, "Count the predictions of every round.")
        });
    }

    #[test]
    fn rejects_folds_of_any_size_that_are_no_partition() {
        let beyond = prop_oneof![Just(0), Just(1), 2..=300_usize, Just(1 << 32)];
        let inputs = (unequal(), several(2..=3), beyond).prop_flat_map(|(lengths, k, beyond)| {
            let k = k.min(lengths[0]);
            (Just(lengths), Just(k), 0..k, 0..lengths[0], Just(beyond))
        });
        for_all("[n, m], k, fold, row, beyond", inputs)
            .cases(96)
            .holds(|(lengths, k, at, row, beyond)| is_no_partition(*lengths, [*k, *at], *row, *beyond));
    }

    #[test]
    fn rejects_folds_that_are_no_partition() {
        example(|| {
            let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
            for (n, folds, row) in [
                (3, vec![vec![0, 1], vec![1, 2]], 1.0),
                (3, vec![vec![0, 0], vec![1, 2]], 0.0),
                (3, vec![vec![0, 3], vec![1, 2]], 3.0),
                (9, vec![vec![0, 3, 5, 8], vec![1, 2, 4, 6, 7, 5]], 5.0),
                (4, vec![vec![0, 3], vec![7, 1, 2]], 7.0),
                (3, vec![vec![2], vec![0]], 1.0),
                (3, vec![vec![1], vec![0]], 2.0),
                (3, vec![vec![2], vec![1]], 0.0),
                (4, vec![vec![2, 3], vec![0]], 1.0),
            ] {
                let want = InputError::OutOfRange {
                    name: "folds",
                    got: row,
                    wanted: "each row number exactly once",
                };
                let look = "Which row number is not below n, occurs more than once, or is missing?";
                rejected(
                    &format!("cross_validate with {n} rows, folds {folds:?}"),
                    cross_validate(&zeros, &numbered(n), &vec![0; n], &folds),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_too_few_folds() {
        example(|| {
            let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
            let ask = |labels: usize, folds: &[Vec<usize>]| {
                cross_validate(&zeros, &numbered(3), &vec![0; labels], folds)
            };
            for right in [2, 4] {
                let want = InputError::LengthMismatch { left: 3, right };
                rejected(
                    &format!("cross_validate with 3 samples, {right} labels"),
                    ask(right, &[vec![0, 1], vec![2]]),
                    want,
                    "Samples on the left.",
                )?;
            }
            let (two, look) =
                (|got| InputError::TooFew { got, wanted: 2 }, "One fold leaves no training set.");
            rejected(
                "cross_validate with no folds",
                cross_validate(&zeros, &numbered(0), &[], &[]),
                two(0),
                look,
            )?;
            rejected("cross_validate with one fold", ask(3, &[vec![0, 1, 2]]), two(1), look)?;

            let empty = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "cross_validate with an empty fold",
                ask(3, &[vec![0, 1, 2], vec![]]),
                empty,
                "The accuracy on no samples is not defined.",
            )
        });
    }

    #[test]
    fn passes_data_of_any_size_and_magnitude_unchanged() {
        let special = judge::any::select(vec![0.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        let inputs =
            (many(3..=7), several(2..=3), several(2..=3).prop_map(|k| k.min(41)), special, any::seed());
        let inputs = inputs.prop_flat_map(|(n, d, k, special, seed)| {
            (any::matrix_of(n.max(k), d.min(2 + 8000 / n)), Just((k, special, seed)))
        });
        for_all("x, (k, special, seed)", inputs).holds(|(x, (k, special, seed))| {
            let bits = |x: &Matrix| {
                x.as_slice().iter().map(|x| if x.is_nan() { 1 } else { x.to_bits() }).collect::<Vec<_>>()
            };
            let n = x.rows();
            // The first feature distinguishes the rows; in one case of two it is tiny, as the others may be.
            let unit = [1e-11, 1.0, 1e110, 1e-110][(seed % 4) as usize];
            let rest = if unit == 1e-11 { 1.0 } else { unit };
            let mut x =
                Matrix::from_fn(
                    n,
                    x.cols(),
                    |i, j| if j == 0 { (i + 1) as f64 * unit } else { x[(i, j)] * rest },
                );
            x[(n / 2, 1)] = special * rest;
            let y: Vec<usize> = (0..n).map(|i| i * i % 3).collect();
            let mut order: Vec<usize> = (0..n).collect();
            Generator::from_seed(*seed).shuffle(&mut order);
            let folds: Vec<Vec<usize>> =
                (0..*k).map(|r| order.iter().copied().skip(r).step_by(*k).collect()).collect();
            let recorded = RefCell::new(Vec::new());
            let got = cross_validate(&spy(&recorded, |_| 1), &x, &y, &folds).accepted(CALL)?;
            let recorded = recorded.into_inner();
            equal("the number of calls of the classifier", recorded.len(), *k, "Once per fold.")?;
            let look = "Pass the rows on unchanged, whatever their number and size, NaN and ∞ too.";
            for (r, fold) in folds.iter().enumerate() {
                let queries = bits(&rows(&x, fold));
                let round = recorded.iter().position(|(_, _, x_test)| bits(x_test) == queries);
                equal(&format!("whether x_test in some call is fold {r}"), round.is_some(), true, look)?;
                let (x_train, y_train, _) = &recorded[round.unwrap_or(r)];
                let others: Vec<usize> = (0..n).filter(|row| !fold.contains(row)).collect();
                equal(&format!("x_train in round {r}"), bits(x_train), bits(&rows(&x, &others)), look)?;
                let labels: Vec<usize> = others.iter().map(|&row| y[row]).collect();
                equal(&format!("y_train in round {r}"), y_train, &labels, look)?;
            }
            let share = |fold: &Vec<usize>| {
                fold.iter().filter(|&&row| y[row] == 1).count() as f64 / fold.len() as f64
            };
            let want: Vec<f64> = folds.iter().map(share).collect();
            let error = 2.0 * n as f64 * f64::EPSILON;
            close(
                "accuracies of a classifier that always predicts 1",
                got.as_slice(),
                want.as_slice(),
                error,
                look,
            )
        });
    }
}
