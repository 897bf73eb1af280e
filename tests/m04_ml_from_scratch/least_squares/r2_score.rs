use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::least_squares::r2_score;
use kit::InputError;
use proptest::prelude::*;

const CALL: &str = "r2_score(y, predicted)";

/// Two vectors of one length, the first of which is not constant.
fn pairs() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync + Clone {
    (any::vectors(2..=6), any::nonzero()).prop_map(|([mut y, predicted], step)| {
        if y.iter().all(|v| *v == y[0]) {
            y[0] += step;
        }
        [y, predicted]
    })
}

#[test]
fn it_is_the_share_of_the_variance_that_is_explained() {
    for_all("y, predicted", pairs()).holds(|[y, predicted]| {
        // Counted in eighths all sums are whole numbers: R² = 1 − n·Σ(y − ŷ)² / (n·Σy² − (Σy)²).
        let n = y.len() as f64;
        let sum = |of: &dyn Fn(usize) -> f64| (0..y.len()).map(of).sum::<f64>() * 64.0;
        let left = n * sum(&|i| (y[i] - predicted[i]).powi(2));
        let all = n * sum(&|i| y[i] * y[i]) - 64.0 * y.iter().sum::<f64>().powi(2);
        // The variance may come out of a cancellation: then its error is ε of Σy², not of itself.
        let size = (1.0 + left / all) * (1.0 + n * sum(&|i| y[i] * y[i]) / all);
        let look = "Errors are compared with those of the mean of y, squared; y itself is not centered on 0.";
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
fn the_unit_of_the_target_does_not_matter() {
    for_all("y, predicted, k", (pairs(), -60..=60_i32)).holds(|([y, predicted], k)| {
        let in_units = |v: &[f64]| v.iter().map(|v| v * 2.0_f64.powi(*k)).collect::<Vec<_>>();
        let call = "r2_score(2ᵏ·y, 2ᵏ·predicted)";
        let got = r2_score(&in_units(y), &in_units(predicted)).accepted(call)?;
        let want = r2_score(y, predicted).accepted(CALL)?;
        let look = "A share has no unit. Is anything compared with a fixed number, such as 10⁻⁹?";
        // Powers of two round nothing, but an answer may be computed otherwise where it is small.
        close(call, got, want, rounding(64 * y.len(), 1.0 + want.abs()) * 4096.0, look)
    });
}

#[test]
fn the_truth_scores_one() {
    for_all("y, predicted", pairs()).holds(|[y, _]| {
        let got = r2_score(y, y).accepted("r2_score(y, y)")?;
        close("r2_score(y, y)", got, 1.0, 0.0, "Without errors everything is explained.")
    });
}

#[test]
fn the_mean_everywhere_scores_zero() {
    for_all("y, predicted", pairs()).holds(|[y, _]| {
        let mean = y.iter().sum::<f64>() / y.len() as f64;
        let got = r2_score(y, &vec![mean; y.len()]).accepted("r2_score(y, ȳ everywhere)")?;
        let all: f64 = y.iter().map(|y| (y - mean) * (y - mean)).sum();
        let tolerance = rounding(16 * y.len(), 1.0 + y.iter().map(|y| y * y).sum::<f64>() / all);
        close(
            "r2_score(y, ȳ everywhere)",
            got,
            0.0,
            tolerance,
            "The mean explains nothing of what varies. Is ȳ subtracted?",
        )
    });
}

#[test]
fn a_target_that_never_changes_is_rejected() {
    for_all("c, n, predicted", (any::entry(), 2..=6_usize, any::vector(6..=6))).holds(|(c, n, predicted)| {
        let look = "All of y is the same: 0/0. Compare the numbers themselves, their mean may be rounded.";
        rejected(CALL, r2_score(&vec![*c; *n], &predicted[..*n]), InputError::Constant { name: "y" }, look)
    });
}

#[test]
fn a_constant_whose_mean_is_rounded_is_a_constant() {
    example(|| {
        for y in [[0.1; 3], [0.7; 3], [-1.1; 3]] {
            let call = format!("r2_score({y:?}, [0, 1, 2])");
            let look =
                "The mean of three times 0.1 is a bit more than 0.1: do not ask whether Σ(y − ȳ)² is 0.";
            rejected(&call, r2_score(&y, &[0.0, 1.0, 2.0]), InputError::Constant { name: "y" }, look)?;
        }
        Ok(())
    });
}

#[test]
fn lengths_that_differ_are_rejected() {
    for_all("y, predicted", any::unequal_vectors()).holds(|[y, predicted]| {
        let want = InputError::LengthMismatch { left: y.len(), right: predicted.len() };
        rejected(CALL, r2_score(y, predicted), want, "Compare the lengths first, y's on the left.")
    });
}

#[test]
fn less_than_two_numbers_have_no_variance() {
    example(|| {
        let look = "One number is its own mean: two at least.";
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
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
        let (mut spoiled, right) = (vec![1.0, 2.0, 3.0], [1.0, 2.0, 4.0]);
        spoiled[*k] = *bad;
        let (look, rejection) =
            ("Look through y, then the predictions.", |name| InputError::NotFinite { name, index: *k });
        rejected(CALL, r2_score(&spoiled, &right), rejection("y"), look)?;
        rejected(CALL, r2_score(&right, &spoiled), rejection("predictions"), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let want = InputError::LengthMismatch { left: 1, right: 0 };
        rejected("r2_score([NaN], [])", r2_score(&[f64::NAN], &[]), want, look)?;
        let want = InputError::TooFew { got: 1, wanted: 2 };
        rejected("r2_score([NaN], [NaN])", r2_score(&[f64::NAN], &[f64::NAN]), want, look)?;
        let want = InputError::NotFinite { name: "y", index: 1 };
        rejected("r2_score([1, NaN], [NaN, 1])", r2_score(&[1.0, f64::NAN], &[f64::NAN, 1.0]), want, look)?;
        let want = InputError::NotFinite { name: "predictions", index: 1 };
        rejected("r2_score([1, 1], [1, NaN])", r2_score(&[1.0, 1.0], &[1.0, f64::NAN]), want, look)
    })
}

#[test]
fn all_off_by_one_is_worse_than_the_mean() {
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
