use judge::any::vec;
use judge::{Answer, close, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::metrics::accuracy;
use kit::InputError;
use proptest::prelude::*;

use super::super::sizes::{many, unequal};

const CALL: &str = "accuracy(y, predictions)";

fn pairs() -> impl Strategy<Value = Vec<(usize, usize)>> + Send + Sync + Clone {
    many(1..=8).prop_flat_map(|n| vec((label(), label()), n))
}

/// Small ones, some that are alike in their last byte, and neighbors that a shorter type, or a floating-point number, takes
/// as equal.
fn label() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    let bits = [8, 16, 24, 31, 32, 53, 63].map(|k| 1_usize << k);
    let alike = [bits.to_vec(), bits.map(|it| it + 1).to_vec(), vec![0, 1, usize::MAX, usize::MAX - 1]];
    prop_oneof![3 => 0..4_usize, 1 => judge::any::select(alike.concat())]
}

/// Adding 1/n up instead of counting rounds at every hit.
fn tolerance(n: usize) -> f64 {
    rounding(n + 1, 1.0)
}

#[test]
fn is_the_fraction_of_correct_predictions() {
    for_all("pairs of truth and prediction", pairs()).holds(|pairs| {
        let (y, predicted): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
        let right = pairs.iter().filter(|(y, p)| y == p).count() as f64;
        let look = "Count the equal labels and divide by how many there are. Class 0 counts like any other.";
        close(
            CALL,
            accuracy(&y, &predicted).accepted(CALL)?,
            right / y.len() as f64,
            tolerance(y.len()),
            look,
        )
    });
}

#[test]
fn perfect_predictions_score_1() {
    for_all("y", many(1..=50).prop_flat_map(|n| vec(0..1000_usize, n))).holds(|y| {
        let got = accuracy(y, y).accepted("accuracy(y, y)")?;
        close("accuracy(y, y)", got, 1.0, tolerance(y.len()), "All predictions are correct.")
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("pairs of truth and prediction, k", (pairs(), 0..8_usize)).cases(64).holds(|(pairs, k)| {
        let score = |pairs: &[(usize, usize)]| {
            let (y, predicted): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
            accuracy(&y, &predicted).accepted(CALL)
        };
        let mut turned = pairs.clone();
        turned.rotate_left(k % pairs.len());
        let look = "The same samples in another order have the same accuracy.";
        close(
            "accuracy after rotating the samples",
            score(&turned)?,
            score(pairs)?,
            2.0 * tolerance(pairs.len()),
            look,
        )
    });
}

#[test]
fn does_not_divide_integers() {
    example(|| {
        let got = accuracy(&[0, 1, 1], &[0, 1, 0]).accepted(CALL)?;
        equal(
            "accuracy([0, 1, 1], [0, 1, 0]) > 0.6",
            got > 0.6,
            true,
            "Two of three: divide floating-point numbers.",
        )
    });
}

#[test]
fn three_of_five_correct_is_0_6() {
    example(|| {
        let call = "accuracy([0, 0, 1, 3, 0], [0, 0, 1, 2, 2])";
        let got = accuracy(&[0, 0, 1, 3, 0], &[0, 0, 1, 2, 2]).accepted(call)?;
        let look = "The first three are correct, class 0 among them; 2 is as wrong as any other class for 3.";
        close(call, got, 0.6, tolerance(5), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::metrics::accuracy;
        assert_eq!(accuracy(&[0, 1, 2, 1], &[0, 2, 2, 1]), Ok(0.75));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_unequal_lengths_and_no_labels() {
        example(|| {
            let look = "Compare the lengths, y's on the left: a missing prediction is not a wrong one.";
            for (y, predicted) in [(&[1, 0][..], &[1][..]), (&[1], &[1, 0]), (&[], &[1])] {
                let want = InputError::LengthMismatch { left: y.len(), right: predicted.len() };
                rejected(&format!("accuracy({y:?}, {predicted:?})"), accuracy(y, predicted), want, look)?;
            }
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("accuracy([], [])", accuracy(&[], &[]), want, "0 of 0 is not a fraction.")
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the lengths, y's on the left: a missing prediction is not a wrong one.";
            rejected("accuracy(n labels, m predictions)", accuracy(&vec![1; n], &vec![1; m]), want, look)
        });
    }

    #[test]
    fn distinguishes_neighboring_labels() {
        for_all("k, n", (0..64_u32, many(1..=3))).cases(128).holds(|&(k, n)| {
            let (label, mut y) = (1_usize << k, (0..n).collect::<Vec<_>>());
            y[n - 1] = label;
            let mut predicted = y.clone();
            predicted[n - 1] = label ^ 1;
            let got = accuracy(&y, &predicted).accepted(CALL)?;
            let look = "Labels are whole numbers of 64 bits: compare them as they are.";
            let call = "accuracy(0, 1, …, 2ᵏ; the same with another last bit at the end)";
            close(call, got, (n - 1) as f64 / n as f64, tolerance(n), look)
        });
    }

    #[test]
    fn a_single_mistake_counts_among_thousands() {
        let inputs = judge::any::select(vec![1025_usize, 3001, 10_001, 70_000])
            .prop_flat_map(|n| (Just(n), prop_oneof![Just(n - 1), Just(0), 0..n]));
        for_all("n, i", inputs).cases(32).holds(|&(n, i)| {
            let y: Vec<usize> = (0..n).map(|k| k % 3).collect();
            let mut predicted = y.clone();
            predicted[i] += 1;
            let got = accuracy(&y, &predicted).accepted(CALL)?;
            let look = "Every sample counts, whatever their number.";
            // Far below 1/n², which a sample less would move it by.
            close(
                "accuracy of n samples, one mistaken,",
                got,
                (n - 1) as f64 / n as f64,
                rounding(n + 1, 1.0),
                look,
            )
        });
    }

    #[test]
    fn is_correct_for_any_size() {
        let inputs = many(1..=8).prop_flat_map(|n| vec((0..3_usize, 0..3_usize), n));
        for_all("pairs of label and prediction", inputs).holds(|pairs| {
            let (y, predictions): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
            let correct = pairs.iter().filter(|(y, p)| y == p).count() as f64;
            let look = "Every sample counts, whatever their number.";
            close(
                CALL,
                accuracy(&y, &predictions).accepted(CALL)?,
                correct / y.len() as f64,
                tolerance(y.len()),
                look,
            )
        });
    }
}
