use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::logistic::gradient;
use kit::{InputError, Matrix};

use super::super::draw::{labeled, size, twice, two_by_three, with};
use super::mean_cost;

const CALL: &str = "gradient(x, y, w, b)";

#[test]
fn it_is_the_slope_of_the_mean_cross_entropy() {
    for_all("x, y, w, b", labeled()).holds(|(x, y, w, b)| {
        let (dw, db) = gradient(x, y, w, *b).accepted(CALL)?;
        let value = |p: &[f64]| mean_cost(x, y, p);
        let rounding = rounding(y.len() + x.cols() + 4, size(x, w, *b) + 1.0);
        let loss = Loss { value: &value, rounding, samples: y.len() };
        let blocks = [Block::vector("w", w, &dw), Block::number("b", b, &db)];
        is_gradient(
            CALL,
            &blocks,
            &loss,
            "The slope of one sample's loss by its logit is short: σ(z) and y, nothing else.",
        )
    });
}

#[test]
fn at_zero_it_is_the_mean_of_half_minus_y_times_x() {
    for_all("x, y, w, b", labeled()).holds(|(x, y, ..)| {
        let call = "gradient(x, y, 0, 0)";
        let (dw, db) = gradient(x, y, &vec![0.0; x.cols()], 0.0).accepted(call)?;
        let mean = |of: &dyn Fn(usize) -> f64| {
            y.iter().enumerate().map(|(i, y)| (0.5 - *y as f64) * of(i)).sum::<f64>() / y.len() as f64
        };
        let (want_w, want_b): (Vec<f64>, f64) =
            ((0..x.cols()).map(|j| mean(&|i| x[(i, j)])).collect(), mean(&|_| 1.0));
        let (tolerance, look) = (rounding(4 * y.len(), 8.0), "With w = 0 and b = 0 every probability is ½.");
        close(&format!("∂L/∂w of {call}"), dw.as_slice(), want_w.as_slice(), tolerance, look)?;
        close(&format!("∂L/∂b of {call}"), db, want_b, tolerance, look)
    });
}

#[test]
fn the_same_samples_twice_have_the_same_gradient() {
    for_all("x, y, w, b", labeled()).holds(|(x, y, w, b)| {
        let both: Vec<usize> = y.iter().flat_map(|y| [*y, *y]).collect();
        let (dw, db) = gradient(x, y, w, *b).accepted(CALL)?;
        let (dw2, db2) = gradient(&twice(x), &both, w, *b).accepted("gradient(x twice, y twice, w, b)")?;
        // A slope is at most 8; each of the logits' roundings moves it by at most a quarter of itself.
        let tolerance = rounding(8 * y.len() * (x.cols() + 1), 8.0 * (1.0 + size(x, w, *b)));
        let look = "A mean does not change when every sample is there twice; a sum does.";
        close("∂L/∂w with every sample twice", dw2.as_slice(), dw.as_slice(), tolerance, look)?;
        close("∂L/∂b with every sample twice", db2, db, tolerance, look)
    });
}

#[test]
fn a_hopeless_mistake_still_has_a_slope() {
    example(|| {
        let call = "gradient([1000; −1000], [0, 1], [1], 0)";
        let (dw, db) =
            gradient(&Matrix::from_rows([[1000.0], [-1000.0]]), &[0, 1], &[1.0], 0.0).accepted(call)?;
        let look = "Both are as wrong as can be: σ − y is 1 and −1. A quotient of e¹⁰⁰⁰ and itself is NaN.";
        close(&format!("∂L/∂w of {call}"), dw.as_slice(), [1000.0].as_slice(), rounding(4, 1000.0), look)?;
        close(&format!("∂L/∂b of {call}"), db, 0.0, rounding(4, 1.0), look)
    });
}

#[test]
fn labels_weights_and_rows_that_do_not_fit_are_rejected() {
    example(|| {
        let (x, look) =
            (two_by_three(), "Compare the number of rows with the number of labels, rows on the left.");
        for y in [&[1][..], &[1, 0, 1]] {
            let want = InputError::LengthMismatch { left: 2, right: y.len() };
            rejected("gradient(2×3, y, w, b)", gradient(&x, y, &[0.0; 3], 0.0), want, look)?;
        }
        let want = InputError::ShapeMismatch { left: (2, 3), right: (4, 1) };
        rejected(
            "gradient(2×3, [0, 1], 4 weights, b)",
            gradient(&x, &[0, 1], &[0.0; 4], 0.0),
            want,
            "One weight a feature.",
        )?;
        let (none, want) = (Matrix::zeros(0, 1), InputError::TooFew { got: 0, wanted: 1 });
        rejected("gradient(0×1, [], [0], 0)", gradient(&none, &[], &[0.0], 0.0), want, "0/0 is no slope.")?;
        let want = InputError::UnknownClass { index: 1, got: 2, classes: 2 };
        rejected(
            "gradient(2×3, [0, 2], w, b)",
            gradient(&x, &[0, 2], &[0.0; 3], 0.0),
            want,
            "Labels are 0 and 1.",
        )?;
        let want = InputError::UnknownClass { index: 0, got: 2, classes: 2 };
        let got = gradient(&Matrix::zeros(1, 1), &[2], &[0.0], 0.0);
        rejected("gradient([0], [2], [0], 0)", got, want, "Labels are 0 and 1, also where there is one only.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (x, look) =
            (two_by_three(), "Look through x, w and b, in this order, before anything is multiplied.");
        let w: Vec<f64> = (0..3).map(|i| if i == k % 3 { *bad } else { 1.0 }).collect();
        let rejection = |name, index| InputError::NotFinite { name, index };
        rejected(CALL, gradient(&with(&x, *k, *bad), &[0, 1], &[1.0; 3], 0.0), rejection("x", *k), look)?;
        rejected(CALL, gradient(&x, &[0, 1], &w, 0.0), rejection("w", k % 3), look)?;
        rejected(CALL, gradient(&x, &[0, 1], &[1.0; 3], *bad), rejection("b", 0), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let bad = |n| Matrix::from_fn(n, 3, |_, _| f64::NAN);
        let (x, nan) = (two_by_three(), f64::NAN);
        let rejection = |name| InputError::NotFinite { name, index: 0 };
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        rejected(
            "gradient(2×3, 3 labels, 2 weights)",
            gradient(&bad(2), &[2; 3], &[1.0; 2], 0.0),
            want,
            look,
        )?;
        let want = InputError::ShapeMismatch { left: (0, 3), right: (2, 1) };
        rejected("gradient(0×3, [], 2 weights)", gradient(&bad(0), &[], &[1.0; 2], 0.0), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("gradient(0×3, [], [NaN …], 0)", gradient(&bad(0), &[], &[nan; 3], 0.0), want, look)?;
        rejected(
            "gradient, NaN everywhere",
            gradient(&bad(2), &[2; 2], &[nan; 3], nan),
            rejection("x"),
            look,
        )?;
        rejected("gradient, NaN in w and b", gradient(&x, &[2; 2], &[nan; 3], nan), rejection("w"), look)?;
        rejected("gradient, NaN in b, labels 2", gradient(&x, &[2; 2], &[1.0; 3], nan), rejection("b"), look)
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::logistic::gradient;
        use kit::Matrix;
        let x = Matrix::from_rows([[2.0], [1.0]]);
        assert_eq!(gradient(&x, &[1, 1], &[0.0], 0.0), Ok((vec![-0.75], -0.5)));
        Ok::<(), kit::InputError>(())
    });
}
