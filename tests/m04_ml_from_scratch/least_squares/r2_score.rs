use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::least_squares::r2_score;
use kit::InputError;
use proptest::prelude::*;

use super::super::sizes::{Numbers, fault, many, numbers, ones_but, unequal};

const CALL: &str = "r2_score(y, predictions)";

/// Two vectors of one length, the first of which is not constant.
fn pairs() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync + Clone {
    let both = many(2..=6).prop_flat_map(|n| [numbers(Numbers::Eighths, n), numbers(Numbers::Eighths, n)]);
    (both, any::nonzero()).prop_map(|([mut y, predicted], step)| {
        if y.iter().all(|v| *v == y[0]) {
            y[0] += step;
        }
        [y, predicted]
    })
}

#[test]
fn is_the_explained_fraction_of_the_variance() {
    for_all("y, predictions", pairs()).holds(|[y, predicted]| {
        // Counted in eighths all sums are whole numbers: R² = 1 − n·Σ(y − ŷ)² / (n·Σy² − (Σy)²).
        let n = y.len() as f64;
        let sum = |of: &dyn Fn(usize) -> f64| (0..y.len()).map(of).sum::<f64>() * 64.0;
        let left = n * sum(&|i| (y[i] - predicted[i]).powi(2));
        let all = n * sum(&|i| y[i] * y[i]) - 64.0 * y.iter().sum::<f64>().powi(2);
        // The variance may come out of a cancellation: then its error is ε of Σy², not of itself.
        let size = (1.0 + left / all) * (1.0 + n * sum(&|i| y[i] * y[i]) / all);
        let look =
            "The squared errors are compared with those of the mean of y; y itself is not centered on 0.";
        close(
            CALL,
            r2_score(y, predicted).accepted(CALL)?,
            1.0 - left / all,
            rounding(8 * y.len(), size),
            look,
        )
    });
}

#[test]
fn perfect_predictions_score_1() {
    for_all("y, predictions", pairs()).holds(|[y, _]| {
        let got = r2_score(y, y).accepted("r2_score(y, y)")?;
        close("r2_score(y, y)", got, 1.0, 0.0, "Without errors all variance is explained.")
    });
}

#[test]
fn the_mean_baseline_scores_0() {
    for_all("y, predictions", pairs()).holds(|[y, _]| {
        let mean = y.iter().sum::<f64>() / y.len() as f64;
        let got = r2_score(y, &vec![mean; y.len()]).accepted("r2_score(y, ȳ everywhere)")?;
        let all: f64 = y.iter().map(|y| (y - mean) * (y - mean)).sum();
        let tolerance = rounding(16 * y.len(), 1.0 + y.iter().map(|y| y * y).sum::<f64>() / all);
        close(
            "r2_score(y, ȳ everywhere)",
            got,
            0.0,
            tolerance,
            "The mean explains no variance. Is ȳ subtracted?",
        )
    });
}

#[test]
fn is_negative_for_worse_than_the_baseline() {
    example(|| {
        let call = "r2_score([1, 2, 3], [2, 3, 4])";
        let got = r2_score(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]).accepted(call)?;
        let look = "The errors' squares add up to 3, those of the mean of y only to 2: 1 − 3/2.";
        close(call, got, -0.5, rounding(24, 8.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::least_squares::r2_score;
        let share = r2_score(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0])?;
        assert!((share - 0.5).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_invariant_under_the_unit_of_the_target() {
        for_all("y, predictions, k", (pairs(), -400..=400_i32)).holds(|([y, predicted], k)| {
            let in_units = |v: &[f64]| v.iter().map(|v| v * 2.0_f64.powi(*k)).collect::<Vec<_>>();
            let call = "r2_score(2ᵏ·y, 2ᵏ·predictions)";
            let got = r2_score(&in_units(y), &in_units(predicted)).accepted(call)?;
            let want = r2_score(y, predicted).accepted(CALL)?;
            let look = "R² has no unit. Is anything compared with a fixed number, such as 10⁻⁹?";
            // Powers of two round nothing, but an answer may be computed otherwise where it is small.
            close(call, got, want, rounding(64 * y.len(), 1.0 + want.abs()) * 4096.0, look)
        });
    }

    #[test]
    fn rejects_a_constant_target() {
        for_all("c, n, predictions", (any::entry(), many(2..=6), any::vector(6..=6))).holds(
            |(c, n, predicted)| {
                let predicted: Vec<f64> = (0..*n).map(|i| predicted[i % 6]).collect();
                let look =
                    "y is constant: 0/0. Compare the numbers themselves, because their mean may be rounded.";
                rejected(CALL, r2_score(&vec![*c; *n], &predicted), InputError::Constant { name: "y" }, look)
            },
        );
    }

    #[test]
    fn a_single_other_target_is_enough() {
        let inputs = many(2..=4).prop_flat_map(|n| (Just(n), 0..n, any::eighth(), any::nonzero()));
        for_all("n, i, c, step", inputs).cases(128).holds(|&(n, i, c, step)| {
            let y: Vec<f64> = (0..n).map(|k| if k == i { c + step } else { c }).collect();
            let call = "r2_score(y, [c, c, …]), y all c but one";
            let got = r2_score(&y, &vec![c; n]).accepted(call)?;
            // The squares about c and about the mean are n to n − 1; both may come out of a cancellation.
            let want = -1.0 / (n - 1) as f64;
            let size = 2.0 * (1.0 + 2.0 * (c * c * n as f64 + step * step) / (step * step));
            close(call, got, want, rounding(16 * n, size), "y varies, wherever the other number stands.")?;
            // However little it varies; then R² itself may come out of a cancellation.
            let y: Vec<f64> = (0..n).map(|k| if k == i { c + step * 0.5_f64.powi(44) } else { c }).collect();
            r2_score(&y, &vec![c + 1.0; n]).accepted("r2_score(y, …), y all c but one next to it").map(|_| ())
        });
    }

    #[test]
    fn distinguishes_nearly_perfect_predictions() {
        for_all("y, i, k", (any::vector(2..=6), 0..6_usize, 4..=21_i32)).holds(|(y, i, k)| {
            let mut y = y.clone();
            y[1] = if y[0] < 0.0 { y[0] + 8.0 } else { y[0] - 8.0 };
            let (mut predicted, i, off) = (y.clone(), i % y.len(), 0.5_f64.powi(*k));
            predicted[i] += off;
            let mean = y.iter().sum::<f64>() / y.len() as f64;
            let all: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
            // The variance may come out of a cancellation, which matters little next to 1.
            let want = 1.0 - off * off / all;
            let look = "One prediction is off by 2⁻ᵏ: R² is less than 1.";
            close(CALL, r2_score(&y, &predicted).accepted(CALL)?, want, rounding(64, 1.0), look)
        });
    }

    #[test]
    fn rejects_a_constant_whose_mean_is_rounded() {
        example(|| {
            for y in [[0.1; 3], [0.7; 3], [-1.1; 3]] {
                let call = format!("r2_score({y:?}, [0, 1, 2])");
                let look = "The mean of 0.1, 0.1, 0.1 is a little more than 0.1: do not test whether Σ(y \
                    − ȳ)² is 0.";
                rejected(&call, r2_score(&y, &[0.0, 1.0, 2.0]), InputError::Constant { name: "y" }, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        let long = unequal().prop_map(|lengths| lengths.map(|n| vec![0.5; n]));
        for_all("y, predictions", prop_oneof![any::unequal_vectors(), long]).holds(|[y, predicted]| {
            let want = InputError::LengthMismatch { left: y.len(), right: predicted.len() };
            rejected(CALL, r2_score(y, predicted), want, "Compare the lengths first, y's on the left.")
        });
    }

    #[test]
    fn rejects_less_than_two_numbers() {
        example(|| {
            let look = "One number has no variance: at least two are needed.";
            rejected("r2_score([], [])", r2_score(&[], &[]), InputError::TooFew { got: 0, wanted: 2 }, look)?;
            rejected(
                "r2_score([1], [2])",
                r2_score(&[1.0], &[2.0]),
                InputError::TooFew { got: 1, wanted: 2 },
                look,
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, _], [i, _], bad)| {
            let (spoiled, right) = (ones_but(*n, *i, *bad), ones_but(*n, 0, 2.0));
            let (look, rejection) =
                ("Check y and the predictions.", |name| InputError::NotFinite { name, index: *i });
            rejected(CALL, r2_score(&spoiled, &right), rejection("y"), look)?;
            rejected(CALL, r2_score(&right, &spoiled), rejection("predictions"), look)
        });
    }

    #[test]
    fn is_accurate_for_any_size() {
        let inputs = many(2..=6)
            .prop_flat_map(|n| {
                let predictions =
                    prop_oneof![2 => numbers(Numbers::Fine, n), 1 => numbers(Numbers::Large, n)];
                (numbers(Numbers::Fine, n), predictions)
            })
            // By much less than its size, and nothing is left of a variance that comes out of a cancellation.
            .prop_filter("y varies", |(y, _)| y.iter().any(|v| (*v - y[0]).abs() > 1e-3));
        for_all("y, predictions", inputs).holds(|(y, predictions)| {
            let n = y.len() as f64;
            let mean = y.iter().sum::<f64>() / n;
            let left: f64 = y.iter().zip(predictions).map(|(y, p)| (y - p).powi(2)).sum();
            let all: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
            // The variance may come out of a cancellation: then its error is ε of Σy², not of itself.
            let size = (1.0 + left / all) * (1.0 + y.iter().map(|y| y * y).sum::<f64>() / all);
            let look = "Every sample counts, whatever their number.";
            close(
                CALL,
                r2_score(y, predictions).accepted(CALL)?,
                1.0 - left / all,
                rounding(16 * y.len(), size),
                look,
            )
        });
    }
}
