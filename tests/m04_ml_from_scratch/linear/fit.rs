use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, close_entries, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{any_problem, column, linear, samples, size, two_by_three, with};
use super::mean_square;

#[test]
fn starts_at_zero() {
    for_all("x, y", samples()).cases(64).holds(|(x, y)| {
        let (w, b) = fit(x, y, 0.125, 0).accepted("fit(x, y, 0.125, 0)")?;
        let look = "With 0 steps the weights and the intercept are the initial zeros.";
        close("w of fit(x, y, 0.125, 0)", w.as_slice(), vec![0.0; x.cols()].as_slice(), 0.0, look)?;
        close("b of fit(x, y, 0.125, 0)", b, 0.0, 0.0, look)
    });
}

#[test]
fn each_step_follows_the_gradient() {
    let rates = judge::any::select(vec![1.0 / 64.0, 1.0 / 256.0, 1.0 / 512.0]);
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
        let look = "One step is −η times the gradient of L, computed before w and b are updated.";
        is_gradient("the step from k to k + 1, divided by −η", &blocks, &loss, look)
    });
}

#[test]
fn converges_to_least_squares() {
    let inputs = (1..=3_usize).prop_flat_map(|d| (any::vector(d..=d), any::eighth(), any::vector(8..=8)));
    for_all("w, b, r", inputs).cases(64).holds(|(w, b, r)| {
        // The corners of a cube, each twice, r above and r below: L has the same curvature in all directions.
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

mod robust {
    use super::*;

    #[test]
    fn reports_divergence() {
        example(|| {
            let x = Matrix::from_rows([[8.0], [-8.0]]);
            let want = InputError::NotConverged { steps: 400, residual: f64::INFINITY };
            let look = "Each step overshoots and the weights end as ∞ or NaN. Check them before you return.";
            rejected("fit([8; −8], [1, 0], 8, 400)", fit(&x, &[1.0, 0.0], 8.0, 400), want, look)?;
            // Without features only b diverges.
            let (x, want) =
                (Matrix::zeros(2, 0), InputError::NotConverged { steps: 400, residual: f64::INFINITY });
            rejected("fit(no features, [1, 0], 8, 400)", fit(&x, &[1.0, 0.0], 8.0, 400), want, look)
        });
    }

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        example(|| {
            for got in [0.0, -0.125] {
                let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "more than 0" };
                let look = "With η = 0 nothing changes, with η < 0 the loss increases.";
                rejected(
                    &format!("fit(x, y, {got}, 1)"),
                    fit(&two_by_three(), &[1.0; 2], got, 1),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_samples() {
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
                "Without samples there is nothing to learn from.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
            let look = "Check x, y and the learning rate before the first step.";
            let (call, rejection) = ("fit(x, y, η, 0)", |name, index| InputError::NotFinite { name, index });
            let y: Vec<f64> = (0..2).map(|i| if i == k % 2 { *bad } else { 1.0 }).collect();
            rejected(
                call,
                fit(&with(&two_by_three(), *k, *bad), &[1.0; 2], 0.125, 0),
                rejection("x", *k),
                look,
            )?;
            rejected(call, fit(&two_by_three(), &y, 0.125, 0), rejection("y", k % 2), look)?;
            rejected(call, fit(&two_by_three(), &[1.0; 2], *bad, 0), rejection("learning_rate", 0), look)
        });
    }

    #[test]
    fn takes_the_first_step_for_any_size_and_magnitude() {
        for_all("x, y, w, b, η", (any_problem(), any::magnitude(-5, -1))).holds(|((x, y, ..), rate)| {
            let (rate, (n, d)) = (rate.abs(), x.shape());
            let (w, b) = fit(x, y, rate, 1).accepted("fit(x, y, η, 1)")?;
            // At w = 0 and b = 0 the residuals are −y.
            let mean = |of: &dyn Fn(usize) -> f64| 2.0 * rate * (0..n).map(of).sum::<f64>() / n as f64;
            let want: Vec<f64> = (0..d).map(|j| mean(&|i| y[i] * x[(i, j)])).collect();
            let error = |j: usize| rounding(2 * (n + 8), mean(&|i| (y[i] * x[(i, j)]).abs()));
            let look = "Every sample and every feature counts, whatever their number and their size.";
            close_entries("w of fit(x, y, η, 1)", &column(&w), &column(&want), |j, _| error(j), look)?;
            let error = rounding(2 * (n + 8), mean(&|i| y[i].abs()));
            close("b of fit(x, y, η, 1)", b, mean(&|i| y[i]), error, look)
        });
    }
}
