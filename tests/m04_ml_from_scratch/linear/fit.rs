use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, close_entries, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{column, linear, samples, size, two_by_three};
use super::super::sizes::{
    any_problem, counting_but, fault, ones_but, place, several, sized_problem, unequal,
};
use super::{descended, mean_square, steady_rate};

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
fn takes_every_step_for_any_size() {
    let part = judge::any::select(vec![1.0, 0.5, 1.0 / 64.0, 1.0 / 1024.0]);
    let steps = judge::any::select(vec![1_usize, 2, 3, 4, 13, 41, 151, 301, 1001]);
    let inputs = (sized_problem(), part, steps).prop_map(|((x, y, ..), part, steps)| {
        // A step as a map, and its powers by squaring, takes d³ operations.
        let affordable = if x.cols() > 129 { 1 } else { 1 + 8000 / (x.rows() * (x.cols() + 1)) };
        (x, y, part, steps.min(affordable))
    });
    for_all("x, y, part, steps", inputs).within_seconds(60).holds(|(x, y, part, steps)| {
        let rate = part * steady_rate(x);
        let (want_w, want_b, error) = descended(x, y, rate, *steps);
        let call = format!("fit(x, y, {rate}, {steps})");
        let (w, b) = fit(x, y, rate, *steps).accepted(&call)?;
        let look = "Every step, every sample and every feature counts, however many they are.";
        close_entries(&format!("w of {call}"), &column(&w), &column(&want_w), |_, _| error, look)?;
        close(&format!("b of {call}"), b, want_b, error, look)
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
    fn reports_divergence_of_any_weight() {
        let inputs =
            several(1..=3).prop_map(|d| d.min(101)).prop_flat_map(|d| (Just(d), place(d), 300..=400_usize));
        for_all("d, j, steps", inputs).cases(64).holds(|&(d, j, steps)| {
            // Only feature j is so large that its weight diverges, 31 times as far with each step; b stays 0.
            let x =
                Matrix::from_fn(2, d, |i, k| [1.0, -1.0][i] * if k == j { 8.0 } else { 0.125 / d as f64 });
            let want = InputError::NotConverged { steps, residual: f64::INFINITY };
            let look = "Check every weight before you return, not only the first or the intercept.";
            rejected("fit(x, [1, −1], ¼, steps)", fit(&x, &[1.0, -1.0], 0.25, steps), want, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            rejected(
                "fit(n×2, m targets, ⅛, 1)",
                fit(&Matrix::zeros(n, 2), &vec![1.0; m], 0.125, 1),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        example(|| {
            for got in [0.0, -0.125, -1e-300, -1e300] {
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
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let look = "Check x, y and the learning rate before the first step.";
            let (call, rejection) = ("fit(x, y, η, 0)", |name, index| InputError::NotFinite { name, index });
            let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
            let y = vec![1.0; *n];
            rejected(call, fit(&spoiled, &y, 0.125, 0), rejection("x", i * d + j), look)?;
            rejected(call, fit(&x, &ones_but(*n, *i, *bad), 0.125, 0), rejection("y", *i), look)?;
            rejected(call, fit(&x, &y, *bad, 0), rejection("learning_rate", 0), look)
        });
    }

    #[test]
    fn takes_the_first_step_for_any_size_and_magnitude() {
        let rates = prop_oneof![3 => any::magnitude(-5, -1), 1 => any::magnitude(-120, -101)];
        for_all("x, y, w, b, η", (any_problem(), rates)).within_seconds(60).holds(|((x, y, ..), rate)| {
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
