use std::cell::RefCell;

use judge::{Answer, any, close, equal, example, for_all, mean_near, rejected};
use katas::m05_classifiers::validation::cross_validate;
use kit::{Generator, InputError, Matrix};

use super::super::comparison::spy::{dealt, memory, numbered, spy};
use super::super::samples::rows;

const CALL: &str = "cross_validate(classifier, x, y, folds)";

#[test]
fn each_round_learns_from_the_other_folds_and_from_nothing_else() {
    for_all("y, folds", dealt()).holds(|(y, folds)| {
        let (x, told) = (numbered(y.len()), RefCell::new(Vec::new()));
        cross_validate(&spy(&told, |_| 0), &x, y, folds).accepted(CALL)?;
        let told = told.into_inner();
        equal("the number of times that the classifier was asked", told.len(), folds.len(), "Once a fold.")?;
        for (r, fold) in folds.iter().enumerate() {
            // In whatever order of the rounds: no row is like another, so what is asked tells which round it is.
            let asked = rows(&x, fold);
            let round = told.iter().position(|(_, _, x_test)| *x_test == asked).unwrap_or(r);
            let (x_train, y_train, x_test) = told[round].clone();
            let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
            let look = "The rows that are not in the fold, in their order and as they are: not scaled with \
                        the test's help.";
            equal(&format!("x_train in round {r}"), x_train, rows(&x, &others), look)?;
            let labels = others.iter().map(|&row| y[row]).collect();
            equal(
                &format!("y_train in round {r}"),
                y_train,
                labels,
                "The labels of those rows, in the same order.",
            )?;
            equal(
                &format!("x_test in round {r}"),
                x_test,
                asked,
                "The rows of the fold, in its order, as they are.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn each_accuracy_is_the_share_of_its_own_fold() {
    for_all("y, folds, label", (dealt(), 0..3_usize)).holds(|((y, folds), label)| {
        let told = RefCell::new(Vec::new());
        let got = cross_validate(&spy(&told, |_| *label), &numbered(y.len()), y, folds).accepted(CALL)?;
        let share = |fold: &Vec<usize>| {
            fold.iter().filter(|&&row| y[row] == *label).count() as f64 / fold.len() as f64
        };
        let want: Vec<f64> = folds.iter().map(share).collect();
        let look =
            "One accuracy a fold, in their order: right answers in the fold divided by the size of the fold.";
        close(
            &format!("accuracies of one that always says {label}"),
            got.as_slice(),
            want.as_slice(),
            f64::EPSILON,
            look,
        )
    });
}

#[test]
fn answers_are_compared_with_their_own_rows() {
    for_all("y, folds", dealt()).holds(|(y, folds)| {
        let told = RefCell::new(Vec::new());
        // It reads the row number from the features, and so knows every label.
        let got = cross_validate(&spy(&told, |row| y[row[0] as usize]), &numbered(y.len()), y, folds)
            .accepted(CALL)?;
        let look =
            "The classifier is right about every row. Answer i belongs to row fold[i], whatever the order.";
        equal("accuracies of one that is always right", got, vec![1.0; folds.len()], look)
    });
}

#[test]
fn who_knows_the_training_set_by_heart_scores_at_chance() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        // Labels that have nothing to do with the features: nobody can be right about them but by chance.
        let (n, mut generator) = (400, Generator::from_seed(seed));
        let y: Vec<usize> = (0..n).map(|_| generator.below(2)).collect();
        let folds: Vec<Vec<usize>> = (0..5).map(|r| (r..n).step_by(5).collect()).collect();
        let got = cross_validate(&memory, &numbered(n), &y, &folds).accepted(CALL)?;
        let mean = got.iter().sum::<f64>() / 5.0;
        let look = "On labels by lot nobody does better than a coin. If it does, test rows were in the \
                    training set.";
        mean_near("the mean accuracy of a memory on labels drawn by lot", mean, n, 1.0, 0.5, look)
    });
}

#[test]
fn copies_of_a_row_in_two_folds_are_trained_on_and_tested() {
    example(|| {
        let x = Matrix::from_rows([[1.0], [2.0], [1.0], [2.0]]);
        let got = cross_validate(&memory, &x, &[4, 5, 4, 5], &[vec![0, 1], vec![2, 3]]).accepted(CALL)?;
        let look = "Rows are told apart by their numbers, not by their features. Whoever deals the folds \
                    keeps copies together.";
        equal("accuracies of a memory, each row having a copy in the other fold,", got, vec![1.0, 1.0], look)
    });
}

#[test]
fn rejections_are_passed_on_and_answers_counted() {
    for_all("left", 0..5_usize).cases(8).holds(|&left| {
        let (x, y, folds) = (numbered(4), [0; 4], [vec![0, 1], vec![2, 3]]);
        let rejects = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::ComplexEigenvalues);
        rejected(
            CALL,
            cross_validate(&rejects, &x, &y, &folds),
            InputError::ComplexEigenvalues,
            "Pass it on as it is.",
        )?;
        let talkative = |_: &Matrix, _: &[usize], _: &Matrix| Ok(vec![0; left]);
        if left == 2 {
            return Ok(());
        }
        let want = InputError::LengthMismatch { left, right: 2 };
        let look = "`zip` ends with the shorter one. Count the answers, on the left.";
        rejected(
            &format!("cross_validate with {left} answers to 2 questions"),
            cross_validate(&talkative, &x, &y, &folds),
            want,
            look,
        )
    });
}

#[test]
fn folds_that_hold_a_row_twice_or_never_are_rejected() {
    example(|| {
        let never = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::Defective);
        for (n, folds, row) in [
            (3, vec![vec![0, 1], vec![1, 2]], 1.0),
            (3, vec![vec![0, 0], vec![1, 2]], 0.0),
            (3, vec![vec![0, 3], vec![1, 2]], 3.0),
            (3, vec![vec![0, 7], vec![0, 9]], 7.0),
            (3, vec![vec![0, 0], vec![7, 1, 2]], 0.0),
            (3, vec![vec![2], vec![0]], 1.0),
            (3, vec![vec![1], vec![0]], 2.0),
            (3, vec![vec![2], vec![1]], 0.0),
            (4, vec![vec![2], vec![0]], 1.0),
        ] {
            let want =
                InputError::OutOfRange { name: "folds", got: row, wanted: "each row number exactly once" };
            let look = "Which row number is the first that is not below n or has come before? And if none, \
                        which is the lowest that is missing?";
            rejected(
                &format!("cross_validate with {n} rows, folds {folds:?}"),
                cross_validate(&never, &numbered(n), &vec![0; n], &folds),
                want,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn too_few_folds_and_labels_that_do_not_fit_are_rejected() {
    example(|| {
        let never = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::Defective);
        let ask = |labels: usize, folds: &[Vec<usize>]| {
            cross_validate(&never, &numbered(3), &vec![0; labels], folds)
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
            (|got| InputError::TooFew { got, wanted: 2 }, "One fold leaves nothing to learn from.");
        rejected("cross_validate with no folds", ask(3, &[]), two(0), look)?;
        rejected("cross_validate with one fold", ask(3, &[vec![0, 1, 2]]), two(1), look)?;
        rejected(
            "cross_validate with one fold, an empty one",
            ask(3, &[vec![]]),
            two(1),
            "Count the folds first.",
        )?;
        let empty = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "cross_validate with an empty fold",
            ask(3, &[vec![0, 1, 2], vec![]]),
            empty,
            "The share of nothing is no number.",
        )
    });
}

#[test]
fn the_rows_of_the_other_fold_are_handed_over_as_they_are() {
    example(|| {
        let (x, told) = (numbered(3), RefCell::new(Vec::new()));
        cross_validate(&spy(&told, |_| 0), &x, &[0; 3], &[vec![0], vec![1, 2]]).accepted(CALL)?;
        let trained: Vec<Matrix> = told.into_inner().into_iter().map(|(x_train, ..)| x_train).collect();
        let got = trained.into_iter().find(|x_train| x_train.rows() == 2);
        let look = "Neither centered nor scaled: the mean of all rows knows of the test rows.";
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
