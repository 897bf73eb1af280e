use std::cell::RefCell;

use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m05_classifiers::comparison::train_and_score;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{many, place, several, unequal};
use super::spy::{memory, spy};

const CALL: &str = "train_and_score(classifier, x_train, y_train, x_test, y_test)";

/// Training and test features, and labels for each.
type Samples = (Matrix, Vec<usize>, Matrix, Vec<usize>);

fn samples() -> impl Strategy<Value = Samples> + Send + Sync + Clone {
    let labels = |n: usize| judge::any::vec(0..3_usize, n);
    (many(1..=6), many(1..=6))
        .prop_flat_map(move |(n, m)| (any::matrix(n, 2), labels(n), any::matrix(m, 2), labels(m)))
}

/// Six times a sixth, added up, is not 1: a share may be summed, or be a mean that moves with each answer.
fn tolerance(samples: usize) -> f64 {
    rounding(2 * samples, 1.0)
}

#[test]
fn passes_the_training_set_and_the_test_features_only() {
    for_all("x_train, y_train, x_test, y_test", samples()).holds(|(x_train, y_train, x_test, y_test)| {
        let recorded = RefCell::new(Vec::new());
        let classifier = spy(&recorded, |_| 0);
        train_and_score(&classifier, x_train, y_train, x_test, y_test).accepted(CALL)?;
        let recorded = recorded.borrow();
        equal(
            "the number of calls",
            recorded.len(),
            1,
            "One call: train once, and predict all test samples.",
        )?;
        let look = "Unchanged: not scaled, not shuffled, and without test samples in the training set.";
        equal("the training set that it got", (&recorded[0].0, &recorded[0].1), (x_train, y_train), look)?;
        equal("the test features that it got", &recorded[0].2, x_test, look)
    });
}

#[test]
fn is_the_accuracy_on_the_test_set() {
    for_all("x_train, y_train, x_test, y_test", samples()).holds(|(x_train, y_train, x_test, y_test)| {
        let recorded = RefCell::new(Vec::new());
        let answer = |row: &[f64]| usize::from(row[0] > 0.0) + usize::from(row[0] > 4.0);
        let got =
            train_and_score(&spy(&recorded, answer), x_train, y_train, x_test, y_test).accepted(CALL)?;
        let right = (0..y_test.len()).filter(|&i| answer(x_test.row(i)) == y_test[i]).count();
        let look = "Predictions and true labels are compared one by one; the fraction of the *test* samples.";
        close(CALL, got, right as f64 / y_test.len() as f64, tolerance(y_test.len()), look)
    });
}

#[test]
fn a_memorizing_classifier_knows_its_training_set_only() {
    for_all("y", judge::any::vec(1..4_usize, 2..=6)).cases(64).holds(|y| {
        let n = y.len();
        let known = Matrix::from_fn(n, 1, |i, _| i as f64);
        let others = Matrix::from_fn(n, 1, |i, _| -1.0 - i as f64);
        let got = train_and_score(&memory, &known, y, &known, y).accepted(CALL)?;
        close("the score on the training set", got, 1.0, tolerance(n), "Memorized samples are correct.")?;
        let got = train_and_score(&memory, &known, y, &others, y).accepted(CALL)?;
        equal(
            "the score on other samples",
            got,
            0.0,
            "It predicts 0 for unknown samples, and no label is 0. Is a test sample in the training set?",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::comparison::train_and_score;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
        let first_seen = |_: &Matrix, y: &[usize], queries: &Matrix| Ok(vec![y[0]; queries.rows()]);
        assert_eq!(train_and_score(&first_seen, &x, &[7, 3, 3, 3], &x, &[7, 3, 3, 3]), Ok(0.25));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn returns_the_error_of_the_classifier() {
        for_all("line", 1..9_usize).cases(8).holds(|&line| {
            let x = Matrix::zeros(2, 1);
            let rejection = InputError::RaggedLine { line, got: 1, wanted: 2 };
            let rejects = |_: &Matrix, _: &[usize], _: &Matrix| Err(rejection.clone());
            let look = "Return its error unchanged: `?` does.";
            rejected(CALL, train_and_score(&rejects, &x, &[0, 1], &x, &[0, 1]), rejection.clone(), look)
        });
    }

    #[test]
    fn does_not_check_the_training_set() {
        example(|| {
            let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
            let got = train_and_score(&zeros, &Matrix::zeros(0, 3), &[1], &Matrix::zeros(2, 1), &[0, 1])
                .accepted(CALL)?;
            equal(
                "the accuracy of a classifier that ignores its training set",
                got,
                0.5,
                "The classifier checks the training set.",
            )
        });
    }

    #[test]
    fn rejects_another_number_of_predictions() {
        let lengths = prop_oneof![(0..5_usize, 1..5_usize), unequal().prop_map(|[a, b]| (a, b))];
        for_all("predictions, samples", lengths).cases(64).holds(|&(left, right)| {
            let (x, talkative) =
                (Matrix::zeros(right, 1), |_: &Matrix, _: &[usize], _: &Matrix| Ok(vec![0; left]));
            let got = train_and_score(&talkative, &x, &vec![0; right], &x, &vec![0; right]);
            if left == right {
                return close(
                    CALL,
                    got.accepted(CALL)?,
                    1.0,
                    tolerance(right),
                    "All predictions are correct.",
                );
            }
            let look = "`zip` stops at the shorter one. Count the predictions, on the left.";
            rejected(
                &format!("{CALL}, {left} predictions for {right} samples"),
                got,
                InputError::LengthMismatch { left, right },
                look,
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_test_samples() {
        example(|| {
            let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
            let x = Matrix::zeros(3, 1);
            for right in [2, 4] {
                let want = InputError::LengthMismatch { left: 3, right };
                let got = train_and_score(&zeros, &x, &[0; 3], &x, &vec![0; right]);
                rejected(
                    &format!("{CALL}, 3 samples and {right} labels"),
                    got,
                    want,
                    "One label per test sample, the number of samples on the left.",
                )?;
            }
            let got = train_and_score(&zeros, &x, &[0; 3], &Matrix::zeros(0, 1), &[]);
            rejected(
                &format!("{CALL} without test samples"),
                got,
                InputError::TooFew { got: 0, wanted: 1 },
                "0 of 0 is not a fraction.",
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[left, right]| {
            let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
            let x = Matrix::zeros(left, 1);
            let got = train_and_score(&zeros, &x, &vec![0; left], &x, &vec![0; right]);
            let look = "One label per test sample, the number of samples on the left.";
            rejected(CALL, got, InputError::LengthMismatch { left, right }, look)
        });
    }

    #[test]
    fn a_single_mistake_counts_in_any_place() {
        let inputs = many(1..=4).prop_flat_map(|n| {
            let labels = (
                judge::any::select(vec![0_usize, 1 << 53]),
                judge::any::select(vec![1_usize, 1 << 8, 1 << 32, 1 << 53]),
            );
            (Just(n), place(n), labels)
        });
        for_all("n, i, [first, off]", inputs).cases(96).holds(|&(n, i, (first, off))| {
            let y: Vec<usize> = (0..n).map(|k| first + 2 * (k % 3)).collect();
            let wrong: Vec<usize> = (0..n).map(|k| if k == i { y[k] + off } else { y[k] }).collect();
            let says = |_: &Matrix, _: &[usize], _: &Matrix| Ok(wrong.clone());
            let x = Matrix::zeros(n, 1);
            let got = train_and_score(&says, &x, &y, &x, &y).accepted(CALL)?;
            let look = "Every prediction counts, wherever it stands, and labels are compared as they are.";
            close(CALL, got, (n - 1) as f64 / n as f64, tolerance(n), look)
        });
    }

    /// The bits of all entries: a NaN is equal to itself.
    fn bits(x: &Matrix) -> Vec<u64> {
        x.as_slice().iter().map(|x| if x.is_nan() { 1 } else { x.to_bits() }).collect()
    }

    #[test]
    fn passes_data_of_any_size_and_magnitude_unchanged() {
        let special = judge::any::select(vec![0.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        let inputs = (many(1..=6), many(1..=6), several(1..=3).prop_map(|d| d.min(65)), special)
            .prop_flat_map(|(n, m, d, special)| (any::matrix_of(n, d), any::matrix_of(m, d), Just(special)));
        let unit = any::select(vec![1.0, 1.0, 1e110, 1e-110]);
        for_all("x_train, x_test, special, unit", (inputs, unit)).holds(
            |((x_train, x_test, special), unit)| {
                let by = |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
                let (mut x_train, mut x_test) = (by(x_train), by(x_test));
                x_train[(0, 0)] = special * unit;
                let last = (x_test.rows() - 1, x_test.cols() - 1);
                x_test[last] = special * unit;
                let labels = |n: usize| (0..n).map(|i| i * i % 5).collect::<Vec<_>>();
                let (y_train, y_test) = (labels(x_train.rows()), labels(x_test.rows()));
                let recorded = RefCell::new(Vec::new());
                let got = train_and_score(&spy(&recorded, |_| 1), &x_train, &y_train, &x_test, &y_test)
                    .accepted(CALL)?;
                let recorded = recorded.borrow();
                equal(
                    "the number of calls",
                    recorded.len(),
                    1,
                    "One call: train once, and predict all test samples.",
                )?;
                let look = "Pass the data on unchanged, whatever their number and size, NaN and ∞ too.";
                equal("the training features that it got", bits(&recorded[0].0), bits(&x_train), look)?;
                equal("the training labels that it got", &recorded[0].1, &y_train, look)?;
                equal("the test features that it got", bits(&recorded[0].2), bits(&x_test), look)?;
                let want = y_test.iter().filter(|y| **y == 1).count() as f64 / y_test.len() as f64;
                close(
                    CALL,
                    got,
                    want,
                    tolerance(y_test.len()),
                    "The fraction of the test samples with the label 1.",
                )
            },
        );
    }
}
