use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{linear, samples, size, two_by_three, with};
use super::mean_square;

#[test]
fn the_descent_starts_at_zero() {
    for_all("x, y", samples()).cases(64).holds(|(x, y)| {
        let (w, b) = fit(x, y, 0.125, 0).accepted("fit(x, y, 0.125, 0)")?;
        let look = "No steps: the weights and the intercept are where they started.";
        close("w of fit(x, y, 0.125, 0)", w.as_slice(), vec![0.0; x.cols()].as_slice(), 0.0, look)?;
        close("b of fit(x, y, 0.125, 0)", b, 0.0, 0.0, look)
    });
}

#[test]
fn every_step_goes_down_the_slope_at_the_old_weights() {
    let rates = prop::sample::select(vec![1.0 / 64.0, 1.0 / 256.0, 1.0 / 512.0]);
    for_all("x, y, η, k", (samples(), rates, 0..=3_usize)).holds(|((x, y), rate, k)| {
        let (w, b) = fit(x, y, *rate, *k).accepted("fit(x, y, η, k)")?;
        let (next_w, next_b) = fit(x, y, *rate, k + 1).accepted("fit(x, y, η, k + 1)")?;
        let dw: Vec<f64> = w.iter().zip(&next_w).map(|(w, next)| (w - next) / rate).collect();
        let db = (b - next_b) / rate;
        let value = |p: &[f64]| mean_square(x, y, p);
        let largest = size(x, &w, b) + 8.0 + 1.0;
        // The loss rounds with its squares; the step, divided by η ≥ 1/512, with the weights and the slope.
        let rounding = rounding(4 * (y.len() + x.cols() + 4), largest * largest);
        let loss = Loss { value: &value, rounding, samples: y.len() };
        let blocks = [Block::vector("w", &w, &dw), Block::number("b", &b, &db)];
        let look = "One step is −η times the slope of L, all of it taken before w and b move.";
        is_gradient("the step from k to k + 1, divided by −η", &blocks, &loss, look)
    });
}

#[test]
fn it_reaches_the_least_squares_answer() {
    let inputs = (1..=3_usize).prop_flat_map(|d| (any::vector(d..=d), any::eighth(), any::vector(8..=8)));
    for_all("w, b, r", inputs).cases(64).holds(|(w, b, r)| {
        // The corners of a cube, each twice, r above and r below: L bends equally in all directions.
        let d = w.len();
        let x = Matrix::from_fn(2 << d, d, |i, j| if (i >> (j + 1)) & 1 == 1 { 1.0 } else { -1.0 });
        let off = |i: usize| if i.is_multiple_of(2) { r[i / 2] } else { -r[i / 2] };
        let y: Vec<f64> = linear(&x, w, *b).iter().enumerate().map(|(i, p)| p + off(i)).collect();
        let (got_w, got_b) = fit(&x, &y, 0.25, 64).accepted("fit(x, y, ¼, 64)")?;
        let look = "On these data each step with η = ¼ halves the distance to (w, b). Is b updated too?";
        let tolerance = rounding(64 * x.rows(), 40.0);
        let data = "x the corners of a cube of side 2, each twice, y = x·w + b ± r";
        close(&format!("w of fit(x, y, ¼, 64), {data},"), got_w.as_slice(), w.as_slice(), tolerance, look)?;
        close(&format!("b of fit(x, y, ¼, 64), {data},"), got_b, *b, tolerance, look)
    });
}

#[test]
fn a_rate_far_too_large_is_reported_not_returned() {
    example(|| {
        let x = Matrix::from_rows([[8.0], [-8.0]]);
        let want = InputError::NotConverged { steps: 400, residual: f64::INFINITY };
        let look = "Each step overshoots and the weights end as ∞ or NaN. Look before you return them.";
        rejected("fit([8; −8], [1, 0], 8, 400)", fit(&x, &[1.0, 0.0], 8.0, 400), want, look)?;
        // Without a slope for w only b runs away.
        let (x, want) =
            (Matrix::zeros(2, 0), InputError::NotConverged { steps: 400, residual: f64::INFINITY });
        rejected("fit(no features, [1, 0], 8, 400)", fit(&x, &[1.0, 0.0], 8.0, 400), want, look)
    });
}

#[test]
fn a_rate_that_is_not_positive_is_rejected() {
    example(|| {
        for got in [0.0, -0.125] {
            let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "more than 0" };
            let look = "With η = 0 nothing moves, below 0 the descent climbs.";
            rejected(&format!("fit(x, y, {got}, 1)"), fit(&two_by_three(), &[1.0; 2], got, 1), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn rows_and_targets_that_do_not_pair_up_are_rejected() {
    example(|| {
        let look = "Compare the number of rows with the number of targets, rows on the left.";
        for y in [&[1.0][..], &[1.0; 3]] {
            let want = InputError::LengthMismatch { left: 2, right: y.len() };
            rejected("fit(2×3, y, 0.125, 1)", fit(&two_by_three(), y, 0.125, 1), want, look)?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "fit(0×1, [], 0.125, 1)",
            fit(&Matrix::zeros(0, 1), &[], 0.125, 1),
            want,
            "Nothing to learn from.",
        )
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let look = "Look through x, y and the learning rate, in this order, before the first step.";
        let (call, rejection) = ("fit(x, y, η, 0)", |name, index| InputError::NotFinite { name, index });
        let y: Vec<f64> = (0..2).map(|i| if i == k % 2 { *bad } else { 1.0 }).collect();
        rejected(call, fit(&with(&two_by_three(), *k, *bad), &[1.0; 2], 0.125, 0), rejection("x", *k), look)?;
        rejected(call, fit(&two_by_three(), &y, 0.125, 0), rejection("y", k % 2), look)?;
        rejected(call, fit(&two_by_three(), &[1.0; 2], *bad, 0), rejection("learning_rate", 0), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let (x, bad) = (two_by_three(), Matrix::from_fn(2, 3, |_, _| f64::NAN));
        let rejection = |name| InputError::NotFinite { name, index: 0 };
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        rejected("fit(2×3 with NaN, 3 targets, −1, 1)", fit(&bad, &[1.0; 3], -1.0, 1), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("fit(0×3, [], −1, 1)", fit(&Matrix::zeros(0, 3), &[], -1.0, 1), want, look)?;
        rejected("fit, NaN everywhere", fit(&bad, &[f64::NAN; 2], f64::NAN, 1), rejection("x"), look)?;
        rejected("fit, NaN but in x", fit(&x, &[f64::NAN; 2], f64::NAN, 1), rejection("y"), look)?;
        rejected("fit(x, [NaN, NaN], −1, 1)", fit(&x, &[f64::NAN; 2], -1.0, 1), rejection("y"), look)
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::linear::fit;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [-1.0]]);
        assert_eq!(fit(&x, &[3.0, -1.0], 0.25, 1), Ok((vec![1.0], 0.5)));
        assert_eq!(fit(&x, &[3.0, -1.0], 0.5, 1), Ok((vec![2.0], 1.0)));
        Ok::<(), kit::InputError>(())
    });
}
