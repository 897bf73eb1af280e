use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::decision::predict;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{linear, sizes, two_by_three};
use super::super::sizes::{any_problem, counting_but, fault, ones_but, several, sized_problem};

const CALL: &str = "predict(x, w, b, threshold)";

#[test]
fn predicts_class_1_from_the_threshold_on() {
    let threshold = (1..=7_i32).prop_map(|k| f64::from(k) / 8.0);
    for_all("x, y, w, b, threshold", (sized_problem(), threshold)).holds(|((x, _, w, b), threshold)| {
        // A logit in 64ths meets ln(t/(1 − t)), for t in eighths, at t = ½ only: elsewhere no rounding decides.
        let border = (threshold / (1.0 - threshold)).ln();
        let want: Vec<usize> = linear(x, w, *b).iter().map(|z| usize::from(*z >= border)).collect();
        let look = "Compare the probability with the threshold, not the logit; a probability equal to the \
                    threshold gives class 1.";
        equal(CALL, predict(x, w, *b, *threshold).accepted(CALL)?, want, look)
    });
}

#[test]
fn a_tie_is_class_1() {
    example(|| {
        let call = "predict([1; 0; −1], [2], 0, ½)";
        let got = predict(&Matrix::from_rows([[1.0], [0.0], [-1.0]]), &[2.0], 0.0, 0.5).accepted(call)?;
        equal(
            call,
            got,
            vec![1, 1, 0],
            "The middle one has the logit 0 and the probability ½: it reaches the threshold.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::decision::predict;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [-1.0]]);
        assert_eq!(predict(&x, &[1.0], 0.0, 0.5), Ok(vec![1, 0]));
        assert_eq!(predict(&x, &[1.0], 0.0, 0.25), Ok(vec![1, 1]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn distinguishes_probabilities_next_to_the_threshold() {
        for_all("k", 1..=40_i32).cases(64).holds(|k| {
            let z = 0.5_f64.powi(*k);
            let call = "predict([2⁻ᵏ; −2⁻ᵏ], [1], 0, ½)";
            let got = predict(&Matrix::from_rows([[z], [-z]]), &[1.0], 0.0, 0.5).accepted(call)?;
            let look = "The probability is about ½ ± 2⁻ᵏ/4. Compare it with the threshold itself, without a \
                    tolerance.";
            equal(call, got, vec![1, 0], look)?;
            // The same next to ⅛, whose logit is −ln 7, as far as rounding leaves it.
            let z = z.max(0.5_f64.powi(36));
            let (x, call) = (Matrix::from_rows([[z], [-z]]), "predict([2⁻ᵏ; −2⁻ᵏ], [1], −ln 7, ⅛)");
            let got = predict(&x, &[1.0], -(7.0_f64.ln()), 0.125).accepted(call)?;
            equal(call, got, vec![1, 0], look)
        });
    }

    #[test]
    fn does_not_overflow() {
        example(|| {
            let call = "predict([1000; −1000], [1], 0, ½)";
            let got = predict(&Matrix::from_rows([[1000.0], [-1000.0]]), &[1.0], 0.0, 0.5).accepted(call)?;
            equal(
                call,
                got,
                vec![1, 0],
                "A NaN is not above the threshold, and not below it either. Does eᶻ overflow?",
            )
        });
    }

    #[test]
    fn rejects_an_invalid_threshold() {
        example(|| {
            for got in [0.0, 1.0, -0.5, 1.5, -1e-300, 1.0 + f64::EPSILON, 1e300] {
                let want =
                    InputError::OutOfRange { name: "threshold", got, wanted: "more than 0 and less than 1" };
                let look = "With such a threshold all samples are predicted as one class.";
                rejected(
                    &format!("predict(x, w, b, {got})"),
                    predict(&two_by_three(), &[1.0; 3], 0.0, got),
                    want.clone(),
                    look,
                )?;
                let look = "Check the threshold even if there are no samples.";
                let call = format!("predict(0×3, w, b, {got})");
                rejected(&call, predict(&Matrix::zeros(0, 3), &[1.0; 3], 0.0, got), want, look)?;
            }
            let want = InputError::ShapeMismatch { left: (0, 2), right: (1, 1) };
            let look = "w does not match the columns of x, even if x has no rows.";
            rejected("predict(0×2, [1], 0, ½)", predict(&Matrix::zeros(0, 2), &[1.0], 0.0, 0.5), want, look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let look = "A NaN has no class, and every comparison with it is false: check for it first.";
            let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
            let w = vec![1.0; *d];
            let rejection = |name, index| InputError::NotFinite { name, index };
            rejected(CALL, predict(&spoiled, &w, 0.0, 0.5), rejection("x", i * d + j), look)?;
            rejected(CALL, predict(&x, &ones_but(*d, *j, *bad), 0.0, 0.5), rejection("w", *j), look)?;
            rejected(CALL, predict(&x, &w, *bad, 0.5), rejection("b", 0), look)?;
            rejected(CALL, predict(&x, &w, 0.0, *bad), rejection("threshold", 0), look)
        });
    }

    #[test]
    fn rejects_another_number_of_weights() {
        let inputs = (sized_problem(), several(0..=5)).prop_map(|((x, _, _, b), len)| (x, b, vec![0.5; len]));
        for_all("x, b, v", inputs).cases(128).holds(|(x, b, v)| {
            if v.len() == x.cols() {
                return Ok(());
            }
            let want = InputError::ShapeMismatch { left: x.shape(), right: (v.len(), 1) };
            rejected("predict(x, v, b, ½)", predict(x, v, *b, 0.5), want, "One weight per feature.")
        });
    }

    #[test]
    fn is_correct_for_any_size_and_magnitude() {
        let threshold = prop_oneof![
            3 => (1..=7_i32).prop_map(|k| f64::from(k) / 8.0),
            1 => any::magnitude(-6, -1).prop_map(f64::abs),
            1 => any::magnitude(-120, -101).prop_map(f64::abs),
            1 => any::magnitude(-15, -5).prop_map(f64::abs),
            1 => any::magnitude(-13, -1).prop_map(|t| 1.0 - t.abs()),
        ];
        for_all("x, y, w, b, threshold", (any_problem(), threshold)).holds(|((x, _, w, b), threshold)| {
            let got = predict(x, w, *b, *threshold).accepted(CALL)?;
            equal("the number of labels", got.len(), x.rows(), "One label per sample.")?;
            let (z, sizes, border) =
                (linear(x, w, *b), sizes(x, w, *b), (threshold / (1.0 - threshold)).ln());
            for (i, label) in got.iter().enumerate() {
                // Close to the threshold rounding decides: that of the logit, and that of σ, whose size is the threshold's.
                let flat = (threshold * (1.0 - threshold)).max(f64::MIN_POSITIVE);
                let near = rounding(x.cols() + 8, sizes[i] + border.abs() + 1.0 / flat);
                let want = usize::from(z[i] >= border);
                ensure(*label == want || (z[i] - border).abs() <= near && *label < 2, || {
                    let got = format!("label {label} for row {i} with the logit {}", z[i]);
                    let look = "Every row and every feature counts, whatever their number and their size.";
                    Broken::answer(got, format!("{want}: the threshold is at the logit {border}"), look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn distinguishes_features_that_f32_takes_as_equal() {
        for_all("k", 25..=48_i32).cases(24).holds(|k| {
            let little = 0.5_f64.powi(*k);
            let call = "predict([1 + 2⁻ᵏ; 1 − 2⁻ᵏ], [1], −1, ½)";
            let got = predict(&Matrix::from_rows([[1.0 + little], [1.0 - little]]), &[1.0], -1.0, 0.5)
                .accepted(call)?;
            equal(call, got, vec![1, 0], "The logits are 2⁻ᵏ and −2⁻ᵏ: f32 has 7 digits.")
        });
    }
}
