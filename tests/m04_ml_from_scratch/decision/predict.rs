use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m04_ml_from_scratch::decision::predict;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{linear, problem, two_by_three, with};

const CALL: &str = "predict(x, w, b, threshold)";

#[test]
fn class_1_needs_a_probability_at_the_threshold() {
    let threshold = (1..=7_i32).prop_map(|k| f64::from(k) / 8.0);
    for_all("x, y, w, b, threshold", (problem(), threshold)).holds(|((x, _, w, b), threshold)| {
        // A logit in 64ths meets ln(t/(1 − t)), for t in eighths, at t = ½ only: elsewhere no rounding decides.
        let border = (threshold / (1.0 - threshold)).ln();
        let want: Vec<usize> = linear(x, w, *b).iter().map(|z| usize::from(*z >= border)).collect();
        let look = "Compare the probability with the threshold, not the logit; at the threshold itself it \
                    is class 1.";
        equal(CALL, predict(x, w, *b, *threshold).accepted(CALL)?, want, look)
    });
}

#[test]
fn an_even_chance_is_class_1_at_one_half() {
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
fn a_hair_below_the_threshold_is_class_0() {
    for_all("k", 1..=40_i32).cases(64).holds(|k| {
        let z = 0.5_f64.powi(*k);
        let call = "predict([2⁻ᵏ; −2⁻ᵏ], [1], 0, ½)";
        let got = predict(&Matrix::from_rows([[z], [-z]]), &[1.0], 0.0, 0.5).accepted(call)?;
        let look =
            "The probability is about ½ ± 2⁻ᵏ/4. Compare it with the threshold itself, without leeway.";
        equal(call, got, vec![1, 0], look)
    });
}

#[test]
fn far_from_the_border_nothing_is_undecided() {
    example(|| {
        let call = "predict([1000; −1000], [1], 0, ½)";
        let got = predict(&Matrix::from_rows([[1000.0], [-1000.0]]), &[1.0], 0.0, 0.5).accepted(call)?;
        equal(call, got, vec![1, 0], "A NaN is not above the threshold, and not below either.")
    });
}

#[test]
fn a_threshold_that_is_no_probability_is_rejected() {
    example(|| {
        for got in [0.0, 1.0, -0.5, 1.5] {
            let want =
                InputError::OutOfRange { name: "threshold", got, wanted: "more than 0 and less than 1" };
            let look = "With such a threshold all samples get one class, whatever they are.";
            rejected(
                &format!("predict(x, w, b, {got})"),
                predict(&two_by_three(), &[1.0; 3], 0.0, got),
                want.clone(),
                look,
            )?;
            let look = "A threshold is looked at before the samples, even if there are none.";
            let call = format!("predict(0×3, w, b, {got})");
            rejected(&call, predict(&Matrix::zeros(0, 3), &[1.0; 3], 0.0, got), want, look)?;
        }
        let want = InputError::ShapeMismatch { left: (0, 2), right: (1, 1) };
        let look = "w does not fit x, also where no row shows it.";
        rejected("predict(0×2, [1], 0, ½)", predict(&Matrix::zeros(0, 2), &[1.0], 0.0, 0.5), want, look)
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (x, look) = (two_by_three(), "A NaN has no class, and compares as false: look for it first.");
        let w: Vec<f64> = (0..3).map(|i| if i == k % 3 { *bad } else { 1.0 }).collect();
        let rejection = |name, index| InputError::NotFinite { name, index };
        rejected(CALL, predict(&with(&x, *k, *bad), &[1.0; 3], 0.0, 0.5), rejection("x", *k), look)?;
        rejected(CALL, predict(&x, &w, 0.0, 0.5), rejection("w", k % 3), look)?;
        rejected(CALL, predict(&x, &[1.0; 3], *bad, 0.5), rejection("b", 0), look)?;
        rejected(CALL, predict(&x, &[1.0; 3], 0.0, *bad), rejection("threshold", 0), look)
    });
}

#[test]
fn a_weight_too_few_or_too_many_is_rejected() {
    for_all("x, y, w, b, v", (problem(), any::vector(0..=5))).cases(64).holds(|((x, _, _, b), v)| {
        if v.len() == x.cols() {
            return Ok(());
        }
        let want = InputError::ShapeMismatch { left: x.shape(), right: (v.len(), 1) };
        rejected("predict(x, v, b, ½)", predict(x, v, *b, 0.5), want, "One weight a feature.")
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let (x, bad) = (two_by_three(), Matrix::from_fn(2, 3, |_, _| f64::NAN));
        let (nan, rejection) = (f64::NAN, |name| InputError::NotFinite { name, index: 0 });
        let want = InputError::ShapeMismatch { left: (2, 3), right: (2, 1) };
        rejected("predict(2×3 with NaN, 2 weights, 0, 2)", predict(&bad, &[1.0; 2], 0.0, 2.0), want, look)?;
        rejected("predict, NaN everywhere", predict(&bad, &[nan; 3], nan, nan), rejection("x"), look)?;
        rejected("predict(x, [NaN …], NaN, 2)", predict(&x, &[nan; 3], nan, 2.0), rejection("w"), look)?;
        rejected("predict(x, w, NaN, 2)", predict(&x, &[1.0; 3], nan, 2.0), rejection("b"), look)
    })
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
