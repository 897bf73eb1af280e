use judge::any::{Numbers, select};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{
    Answer, Verdict, any, close, close_entries, equal, example, for_all, rejected, rejected_for, rounding,
};
use katas::x3_regularization::stopping::smoothed_cross_entropy;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, matrix, too_large, values, wrong_matrix};
use super::super::rejection::reasons;
use super::label_smoothing::labels;

const CALL: &str = "smoothed_cross_entropy(logits, labels, smoothing)";

fn target(is_true: bool, smoothing: f64, classes: usize) -> f64 {
    let share = smoothing / classes as f64;
    if is_true { (1.0 - smoothing) + share } else { share }
}

/// log p of one row, and how far rounding may carry each: the difference of large logits loses digits.
fn log_softmax(row: &[f64]) -> Vec<(f64, f64)> {
    let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = row.iter().map(|z| (z - largest).exp()).sum();
    let log = |z: &f64| {
        let value = (z - largest) - sum.ln();
        (value, rounding(8, z.abs() + largest.abs() + sum.ln()) + rounding(2 * row.len() + 16, 1.0))
    };
    row.iter().map(log).collect()
}

fn agrees(logits: &Matrix, labels: &[usize], smoothing: f64) -> Verdict {
    let (loss, gradient) = smoothed_cross_entropy(logits, labels, smoothing).accepted(CALL)?;
    let (n, classes) = logits.shape();
    let (mut want, mut size, mut carried) = (0.0, 0.0, 0.0);
    let (mut entries, mut slack) = (Matrix::zeros(n, classes), Matrix::zeros(n, classes));
    for i in 0..n {
        for (k, (log_p, error)) in log_softmax(logits.row(i)).into_iter().enumerate() {
            let t = target(labels[i] == k, smoothing, classes);
            want -= t * log_p / n as f64;
            size += t * log_p.abs() / n as f64;
            carried += t * error / n as f64;
            let p = log_p.exp();
            entries[(i, k)] = (p - t) / n as f64;
            // No probability is above 1.
            // The target of the true class may also be what the others leave of 1.
            let size = if labels[i] == k { 1.0 } else { p + t };
            slack[(i, k)] = ((p * error.exp_m1()).min(1.0) + rounding(8, size)) / n as f64;
        }
    }
    let look = "The mean over the samples of −Σ t·log p. Take the largest logit out before the exponential.";
    close("the loss", loss, want, rounding(2 * n + 2 * classes + 16, size) + carried, look)?;
    let look = "(p − t)/n: softmax minus target, divided by the number of samples.";
    close_entries("∂L/∂z", &gradient, &entries, |i, j| slack[(i, j)], look)
}

fn few() -> impl Strategy<Value = (Matrix, Vec<usize>, f64)> + Send + Sync + Clone {
    (1..=3_usize, 1..=4_usize).prop_flat_map(|(n, classes)| {
        let smoothing = select(vec![0.0, 0.1, 0.25, 0.5, 1.0]);
        (any::matrix(n, classes), any::vec(0..classes, n), smoothing)
    })
}

/// So many logits; those of the smallest kind as they are, since nothing is squared.
fn logits(kind: Numbers, n: usize) -> SBoxedStrategy<Vec<f64>> {
    if kind == Numbers::Minute { any::numbers(kind, n) } else { values(kind, n) }
}

#[test]
fn is_the_mean_cross_entropy_with_smoothed_targets() {
    for_all("logits, labels, smoothing", few())
        .holds(|(logits, labels, smoothing)| agrees(logits, labels, *smoothing));
}

#[test]
fn gradient_matches_finite_differences() {
    for_all("logits, labels, smoothing", few()).cases(96).holds(|(logits, labels, smoothing)| {
        let (_, gradient) = smoothed_cross_entropy(logits, labels, *smoothing).accepted(CALL)?;
        let (n, classes) = logits.shape();
        let value = |at: &[f64]| -> f64 {
            let row = |i: usize| {
                let logs = log_softmax(&at[i * classes..(i + 1) * classes]).into_iter().enumerate();
                logs.map(|(k, (log_p, _))| -target(labels[i] == k, *smoothing, classes) * log_p).sum::<f64>()
            };
            (0..n).map(row).sum::<f64>() / n as f64
        };
        let block = Block::matrix("z", [n, classes], logits.as_slice(), gradient.as_slice());
        let look = "Softmax minus target, with the smoothed target, divided by n.";
        is_gradient(CALL, &[block], &Loss { value: &value, rounding: rounding(64, 32.0), samples: n }, look)
    });
}

#[test]
fn each_row_of_the_gradient_sums_to_0() {
    for_all("logits, labels, smoothing", few()).cases(96).holds(|(logits, labels, smoothing)| {
        let (_, gradient) = smoothed_cross_entropy(logits, labels, *smoothing).accepted(CALL)?;
        equal("the shape of ∂L/∂z", gradient.shape(), logits.shape(), "As the logits.")?;
        (0..gradient.rows()).try_for_each(|i| {
            let look = "Probabilities sum to 1, and so do targets.";
            close(&format!("the sum of row {i}"), gradient.row(i).iter().sum(), 0.0, rounding(64, 2.0), look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::stopping::smoothed_cross_entropy;
        use kit::Matrix;
        let (loss, gradient) = smoothed_cross_entropy(&Matrix::from_rows([[7.0, 7.0]]), &[1], 0.5)?;
        assert!((loss - 2.0_f64.ln()).abs() < 1e-12);
        assert!((gradient[(0, 0)] - 0.25).abs() < 1e-12 && (gradient[(0, 1)] + 0.25).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let smoothing = select(vec![0.0, 0.1, 0.5, 1.0, 1e-9, 0.3, 1e-110]);
        let inputs = (any::sizes([1..=6, 1..=6], [301, 301]), any::kinds(), any::seed(), smoothing)
            .prop_flat_map(|([n, classes], [kind, _], seed, smoothing)| {
                let logits = any::part(logits(kind, n * classes)).prop_map(move |z| matrix(n, classes, &z));
                (logits, Just(labels(n, classes, seed)), Just(smoothing))
            });
        for_all("logits, labels, smoothing", inputs)
            .cases(128)
            .holds(|(logits, labels, smoothing)| agrees(logits, labels, *smoothing));
    }

    #[test]
    fn exponentials_that_overflow_or_vanish_do_no_harm() {
        for_all("z, label", (any::vec(select(vec![1000.0, -1000.0, 800.0, 0.0, 1e60]), 3), 0..3_usize))
            .cases(96)
            .holds(|(z, label)| {
                agrees(&matrix(1, 3, z), &[*label], 0.0)?;
                agrees(&matrix(1, 3, z), &[*label], 0.25)
            });
    }

    #[test]
    fn a_single_class_is_certain() {
        for_all("z", any::wide()).cases(48).holds(|&z| agrees(&matrix(1, 1, &[z]), &[0], 0.5));
    }

    #[test]
    fn rejects_nothing_to_learn_from() {
        example(|| {
            for (n, classes) in [(0, 3), (0, 0), (2, 0)] {
                let want = InputError::TooFew { got: 0, wanted: 1 };
                let answer = smoothed_cross_entropy(&Matrix::zeros(n, classes), &vec![0; n], 0.5);
                // Without a class no label is right, either.
                if classes == 0 && n > 0 {
                    equal("whether it is rejected", answer.is_err(), true, "At least one class.")?;
                } else {
                    rejected(CALL, answer, want, "At least one sample and one class.")?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_other_numbers_of_labels_and_unknown_classes() {
        for_all("[n, m], classes", (any::unequal_lengths(301), 1..=4_usize)).cases(48).holds(
            |&([n, m], classes)| {
                let logits = counting_but([n, classes], [0, 0], 0.0);
                let want = InputError::LengthMismatch { left: n, right: m };
                rejected(
                    CALL,
                    smoothed_cross_entropy(&logits, &vec![0; m], 0.5),
                    want,
                    "One label per row.",
                )?;
                // The first one counts.
                let (mut labels, index) = (vec![0; n], m % n);
                (labels[n - 1], labels[index]) = (classes + 7, classes);
                let want = InputError::UnknownClass { index, got: classes, classes };
                rejected(
                    CALL,
                    smoothed_cross_entropy(&logits, &labels, 0.5),
                    want,
                    "Classes from 0 to K − 1.",
                )
            },
        );
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(1..=6), too_large())).cases(64).holds(
            |(([n, d], [i, j], bad), large)| {
                for got in [*bad, *large] {
                    let wants = reasons("logits", i * d + j, got, "at most 10⁶⁰ in size");
                    let logits = wrong_matrix([*n, *d], [*i, *j], got);
                    let look = "Check all logits: finite, and at most 10⁶⁰ in size.";
                    rejected_for(CALL, smoothed_cross_entropy(&logits, &vec![0; *n], 0.5), &wants, look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_a_smoothing_out_of_range() {
        let smoothings = vec![-1e-9, -1e-300, -0.5, 1.0_f64.next_up(), 2.0, f64::NAN, f64::INFINITY];
        for_all("smoothing", select(smoothings)).cases(24).holds(|&got| {
            let want = InputError::OutOfRange { name: "smoothing", got, wanted: "0 to 1" };
            rejected(
                CALL,
                smoothed_cross_entropy(&matrix(1, 2, &[1.0, 2.0]), &[0], got),
                want,
                "α from 0 to 1.",
            )
        });
    }
}
