use std::cell::RefCell;

use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m05_classifiers::comparison::train_and_score;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::spy::{memory, spy};

const CALL: &str = "train_and_score(classifier, x_train, y_train, x_test, y_test)";

/// Training and test features, and labels for each.
type Samples = (Matrix, Vec<usize>, Matrix, Vec<usize>);

fn samples() -> impl Strategy<Value = Samples> + Send + Sync + Clone {
    let labels = || prop::collection::vec(0..3_usize, 6);
    (any::any_matrix(1..=6, 2..=2), labels(), any::any_matrix(1..=6, 2..=2), labels()).prop_map(
        |(a, mut y, b, mut z)| {
            y.truncate(a.rows());
            z.truncate(b.rows());
            (a, y, b, z)
        },
    )
}

/// Six times a sixth, added up, is not 1: a share may be summed, or be a mean that moves with each answer.
fn tolerance(samples: usize) -> f64 {
    rounding(2 * samples, 1.0)
}

#[test]
fn the_classifier_is_given_the_training_set_and_the_test_features_and_nothing_else() {
    for_all("x_train, y_train, x_test, y_test", samples()).holds(|(x_train, y_train, x_test, y_test)| {
        let told = RefCell::new(Vec::new());
        let classifier = spy(&told, |_| 0);
        train_and_score(&classifier, x_train, y_train, x_test, y_test).accepted(CALL)?;
        let told = told.borrow();
        equal(
            "the number of times that it was asked",
            told.len(),
            1,
            "Train once, ask once about all test samples.",
        )?;
        let look =
            "As they are: not scaled, not shuffled, and no test sample among those that it learns from.";
        equal("what it learned from", (&told[0].0, &told[0].1), (x_train, y_train), look)?;
        equal("what it was asked about", &told[0].2, x_test, look)
    });
}

#[test]
fn the_score_is_the_share_of_right_answers() {
    for_all("x_train, y_train, x_test, y_test", samples()).holds(|(x_train, y_train, x_test, y_test)| {
        let told = RefCell::new(Vec::new());
        let answer = |row: &[f64]| usize::from(row[0] > 0.0) + usize::from(row[0] > 4.0);
        let got = train_and_score(&spy(&told, answer), x_train, y_train, x_test, y_test).accepted(CALL)?;
        let right = (0..y_test.len()).filter(|&i| answer(x_test.row(i)) == y_test[i]).count();
        let look = "Answers and true labels are compared one by one; the share of the *test* samples.";
        close(CALL, got, right as f64 / y_test.len() as f64, tolerance(y_test.len()), look)
    });
}

#[test]
fn a_memory_is_perfect_on_what_it_knows_and_knows_nothing_else() {
    for_all("y", prop::collection::vec(1..4_usize, 2..=6)).cases(64).holds(|y| {
        let n = y.len();
        let known = Matrix::from_fn(n, 1, |i, _| i as f64);
        let others = Matrix::from_fn(n, 1, |i, _| -1.0 - i as f64);
        let got = train_and_score(&memory, &known, y, &known, y).accepted(CALL)?;
        close("the score on the training set", got, 1.0, tolerance(n), "What is known by heart is right.")?;
        let got = train_and_score(&memory, &known, y, &others, y).accepted(CALL)?;
        equal(
            "the score on other samples",
            got,
            0.0,
            "It says 0 of strangers, and no label is 0. Who told it?",
        )
    });
}

#[test]
fn what_the_classifier_rejects_is_rejected() {
    for_all("line", 1..9_usize).cases(8).holds(|&line| {
        let x = Matrix::zeros(2, 1);
        let rejection = InputError::RaggedLine { line, got: 1, wanted: 2 };
        let rejects = |_: &Matrix, _: &[usize], _: &Matrix| Err(rejection.clone());
        let look = "Pass its rejection on as it is: `?` does.";
        rejected(CALL, train_and_score(&rejects, &x, &[0, 1], &x, &[0, 1]), rejection.clone(), look)
    });
}

#[test]
fn the_training_set_is_the_classifiers_business() {
    example(|| {
        let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
        let got = train_and_score(&zeros, &Matrix::zeros(0, 3), &[1], &Matrix::zeros(2, 1), &[0, 1])
            .accepted(CALL)?;
        equal(
            "the score of one that ignores its training set",
            got,
            0.5,
            "Whoever trains looks at the training set.",
        )
    });
}

#[test]
fn a_classifier_that_answers_too_little_or_too_much_is_rejected() {
    for_all("answers, questions", (0..5_usize, 1..5_usize)).cases(48).holds(|&(left, right)| {
        let (x, talkative) =
            (Matrix::zeros(right, 1), |_: &Matrix, _: &[usize], _: &Matrix| Ok(vec![0; left]));
        let got = train_and_score(&talkative, &x, &vec![0; right], &x, &vec![0; right]);
        if left == right {
            return close(CALL, got.accepted(CALL)?, 1.0, tolerance(right), "All answers are right.");
        }
        let look = "`zip` ends with the shorter one. Count the answers, on the left.";
        rejected(
            &format!("{CALL}, {left} answers to {right} questions"),
            got,
            InputError::LengthMismatch { left, right },
            look,
        )
    });
}

#[test]
fn test_samples_without_labels_are_rejected() {
    example(|| {
        let never = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::Defective);
        let x = Matrix::zeros(3, 1);
        for right in [2, 4] {
            let want = InputError::LengthMismatch { left: 3, right };
            let got = train_and_score(&never, &x, &[0; 3], &x, &vec![0; right]);
            rejected(
                &format!("{CALL}, 3 samples and {right} labels"),
                got,
                want,
                "Before the classifier is trained.",
            )?;
        }
        let got = train_and_score(&never, &x, &[0; 3], &Matrix::zeros(0, 1), &[]);
        rejected(
            &format!("{CALL} without test samples"),
            got,
            InputError::TooFew { got: 0, wanted: 1 },
            "A share of nothing.",
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
