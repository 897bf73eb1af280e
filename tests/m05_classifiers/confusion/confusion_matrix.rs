use judge::{Answer, close, equal, example, for_all, rejected};
use katas::m05_classifiers::confusion::confusion_matrix;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{many, place, several, unequal};

const CALL: &str = "confusion_matrix(y, predictions, k)";

/// True and predicted labels, and how many classes there are.
fn labels() -> impl Strategy<Value = (Vec<usize>, Vec<usize>, usize)> + Send + Sync + Clone {
    (many(0..=8), several(1..=4)).prop_flat_map(|(n, k)| {
        let labels = || judge::any::vec(0..k, n);
        (labels(), labels(), Just(k))
    })
}

fn counted((y, predicted, k): &(Vec<usize>, Vec<usize>, usize)) -> Result<Matrix, judge::Broken> {
    let counts = confusion_matrix(y, predicted, *k).accepted(CALL)?;
    equal("its shape", counts.shape(), (*k, *k), "k×k, even if classes are absent.")?;
    Ok(counts)
}

#[test]
fn rows_are_true_classes_and_columns_predictions() {
    example(|| {
        let got = confusion_matrix(&[0, 0, 0, 1, 2], &[1, 1, 0, 1, 0], 3).accepted(CALL)?;
        let want = Matrix::from_rows([[1.0, 2.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]);
        equal(
            "confusion_matrix([0, 0, 0, 1, 2], [1, 1, 0, 1, 0], 3)",
            got,
            want,
            "Two of class 0 were predicted as 1: row 0, column 1.",
        )
    });
}

#[test]
fn counts_every_sample() {
    for_all("y, predictions, k", labels()).holds(|given| {
        let (y, predicted, k) = given;
        let mut want = Matrix::zeros(*k, *k);
        y.iter().zip(predicted).for_each(|(i, j)| want[(*i, *j)] += 1.0);
        equal(CALL, counted(given)?, want, "Add 1 in row y[i], column predictions[i], for every i.")
    });
}

#[test]
fn diagonal_counts_the_correct_predictions() {
    for_all("y, predictions, k", labels()).holds(|given| {
        let (counts, (y, predicted, k)) = (counted(given)?, given);
        let right = y.iter().zip(predicted).filter(|(y, p)| y == p).count() as f64;
        let diagonal: f64 = (0..*k).map(|i| counts[(i, i)]).sum();
        close("the sum of the diagonal", diagonal, right, 0.0, "Divided by all it is the accuracy.")?;
        let all: f64 = counts.as_slice().iter().sum();
        close(
            "the sum of all counts",
            all,
            y.len() as f64,
            0.0,
            "Counts, not fractions: their sum is the number of samples.",
        )
    });
}

#[test]
fn swapped_arguments_give_the_transpose() {
    for_all("y, predictions, k", labels()).holds(|given| {
        let (y, predicted, k) = given;
        let (counts, exchanged) = (counted(given)?, counted(&(predicted.clone(), y.clone(), *k))?);
        let want = Matrix::from_fn(*k, *k, |i, j| counts[(j, i)]);
        equal("confusion_matrix(predictions, y, k)", exchanged, want, "Rows for one, columns for the other.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::confusion::confusion_matrix;
        use kit::Matrix;
        let c = confusion_matrix(&[0, 0, 0, 1], &[0, 1, 1, 1], 2);
        assert_eq!(c, Ok(Matrix::from_rows([[1.0, 2.0], [0.0, 1.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn counts_many_samples() {
        example(|| {
            let y: Vec<usize> = (0..70_000).map(|i| usize::from(i % 7 == 0)).collect();
            let got = confusion_matrix(&y, &vec![1; 70_000], 2).accepted(CALL)?;
            let look = "A byte counts to 255, and sixteen bits to 65 535.";
            equal(
                "confusion_matrix of 70 000 samples",
                got,
                Matrix::from_rows([[0.0, 60_000.0], [0.0, 10_000.0]]),
                look,
            )
        });
    }

    #[test]
    fn rejects_unknown_labels() {
        for_all(
            "y, predictions, k, at, more",
            (labels(), 0..9999_usize, judge::any::select(vec![0_usize, 1, 2, 254, 1 << 32])),
        )
        .holds(|((y, predicted, k), at, more)| {
            if y.is_empty() {
                return Ok(());
            }
            let (index, got) = (at % y.len(), k + more);
            let with = |labels: &[usize]| {
                let mut labels = labels.to_vec();
                labels[index] = got;
                labels
            };
            let want = InputError::UnknownClass { index, got, classes: *k };
            let look = "Labels are 0 to k − 1.";
            let call = format!("confusion_matrix({:?}, {predicted:?}, {k})", with(y));
            rejected(&call, confusion_matrix(&with(y), predicted, *k), want.clone(), look)?;
            let call = format!("confusion_matrix({y:?}, {:?}, {k})", with(predicted));
            rejected(&call, confusion_matrix(y, &with(predicted), *k), want, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m], k", (unequal(), several(1..=4))).cases(64).holds(|&([left, right], k)| {
            let got = confusion_matrix(&vec![k - 1; left], &vec![0; right], k);
            let look = "`zip` stops at the shorter one. The true labels on the left.";
            rejected(CALL, got, InputError::LengthMismatch { left, right }, look)
        });
    }

    #[test]
    fn a_single_mistake_is_counted_in_its_place() {
        let inputs = (many(1..=4), several(2..=4))
            .prop_flat_map(|(n, k)| (Just(n), place(n), Just(k), place(k), place(k)));
        for_all("n, at, k, i, j", inputs).cases(96).holds(|&(n, at, k, i, j)| {
            let (mut y, mut predicted) = (vec![k / 2; n], vec![k / 2; n]);
            (y[at], predicted[at]) = (i, j);
            let mut want = Matrix::zeros(k, k);
            want[(k / 2, k / 2)] = (n - 1) as f64;
            want[(i, j)] += 1.0;
            equal(
                CALL,
                confusion_matrix(&y, &predicted, k).accepted(CALL)?,
                want,
                "Every sample counts, wherever it stands.",
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_classes() {
        example(|| {
            for (left, right) in [(2, 3), (3, 2), (0, 1)] {
                let got = confusion_matrix(&vec![0; left], &vec![0; right], 1);
                let look = "`zip` stops at the shorter one. The true labels on the left.";
                rejected(
                    &format!("confusion_matrix with {left} true and {right} predicted labels"),
                    got,
                    InputError::LengthMismatch { left, right },
                    look,
                )?;
            }
            let got = confusion_matrix(&[], &[], 0);
            rejected(
                "confusion_matrix with no classes",
                got,
                InputError::TooFew { got: 0, wanted: 1 },
                "At least one class.",
            )
        });
    }

    #[test]
    fn counts_any_number_of_samples_and_classes() {
        let inputs = (many(0..=8), judge::any::select(vec![5_usize, 9, 17, 33, 65, 101]))
            .prop_flat_map(|(n, k)| (judge::any::vec((0..k, 0..k), n), Just(k)));
        for_all("pairs of label and prediction, k", inputs).cases(96).holds(|(pairs, k)| {
            let (y, predictions): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
            let mut want = Matrix::zeros(*k, *k);
            pairs.iter().for_each(|&(i, j)| want[(i, j)] += 1.0);
            equal(
                CALL,
                counted(&(y, predictions, *k))?,
                want,
                "Add 1 in row y[i], column predictions[i], for every i.",
            )
        });
    }
}
