use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::logistic::fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{column, labeled_samples, labels, linear, size, two_by_three};
use super::super::sizes::{
    any_labeled, counting_but, fault, in_turn, place, several, sized_labeled, stray, unequal,
};
use super::{descended, mean_cost, steady_rate};

#[test]
fn starts_at_zero() {
    for_all("x, y", labeled_samples()).cases(64).holds(|(x, y)| {
        let (w, b) = fit(x, y, 0.125, 0).accepted("fit(x, y, 0.125, 0)")?;
        let look = "With 0 steps the weights and the intercept are the initial zeros.";
        close("w of fit(x, y, 0.125, 0)", w.as_slice(), vec![0.0; x.cols()].as_slice(), 0.0, look)?;
        close("b of fit(x, y, 0.125, 0)", b, 0.0, 0.0, look)
    });
}

#[test]
fn each_step_follows_the_gradient() {
    let rates = judge::any::select(vec![1.0, 0.125, 1.0 / 64.0]);
    for_all("x, y, η, k", (labeled_samples(), rates, 0..=3_usize)).holds(|((x, y), rate, k)| {
        let (w, b) = fit(x, y, *rate, *k).accepted("fit(x, y, η, k)")?;
        let (next_w, next_b) = fit(x, y, *rate, k + 1).accepted("fit(x, y, η, k + 1)")?;
        let dw: Vec<f64> = w.iter().zip(&next_w).map(|(w, next)| (w - next) / rate).collect();
        let db = (b - next_b) / rate;
        let value = |p: &[f64]| mean_cost(x, y, p);
        // The loss rounds with its logits; the step, divided by η ≥ 1/64, with the weights and a slope of at most 8.
        let rounding = rounding(4 * (y.len() + x.cols() + 4), size(x, &w, b) + 8.0);
        let loss = Loss { value: &value, rounding, samples: y.len() };
        let blocks = [Block::vector("w", &w, &dw), Block::number("b", &b, &db)];
        let look = "One step is −η times the gradient of L, computed before w and b are updated.";
        is_gradient("the step from k to k + 1, divided by −η", &blocks, &loss, look)
    });
}

#[test]
fn takes_every_step_for_any_size() {
    let part = judge::any::select(vec![1.0, 0.25, 1.0 / 64.0, 1.0 / 1024.0]);
    let steps = judge::any::select(vec![1_usize, 2, 3, 4, 13, 41, 151, 301, 1001]);
    let inputs = (sized_labeled(), part, steps).prop_map(|((x, y, ..), part, steps)| {
        let affordable = 1 + 5000 / (x.rows() * (x.cols() + 1));
        (x, y, part, steps.min(affordable))
    });
    for_all("x, y, part, steps", inputs).holds(|(x, y, part, steps)| {
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
fn separates_linearly_separable_data() {
    let inputs = (1..=3_usize).prop_flat_map(|d| {
        (Just(d), any::vector(d..=d), judge::any::vec(any::vector(3..=3), 4), labels(4, 2))
    });
    for_all("d, direction, points, y", inputs).cases(32).holds(|(d, direction, points, y)| {
        let u: Vec<f64> = direction.iter().map(|v| v + 0.0625).collect();
        let length = u.iter().map(|u| u * u).sum::<f64>().sqrt();
        // Every point is pushed to its side of a line through the origin, one unit away from it at least.
        let x = Matrix::from_fn(4, *d, |i, j| {
            let at = |k: usize| points[i][k] / 4.0;
            let along = (0..*d).map(|k| at(k) * u[k]).sum::<f64>() / length;
            let side = (2.0 * y[i] as f64 - 1.0) * (1.0 + along.abs());
            at(j) + (side - along) * u[j] / length
        });
        // The curvature of L is at most max(‖xᵢ‖² + 1)/4 < 21/4, so η = ⅛ descends, and after T steps L ≤ L(v) +
        // ‖v‖²/(2ηT) for every v (Beck and Teboulle, SIAM J. Imaging Sciences 2 (2009), theorem 3.1). With v 2.6
        // times the unit normal of the line and T = 400 that is at most e⁻²·⁶ + 0.068 < ln 2/4; and one sample of
        // four on the wrong side would cost ln 2/4 at least.
        let (w, b) = fit(&x, y, 0.125, 400).accepted("fit(x, y, ⅛, 400)")?;
        let right = linear(&x, &w, b).iter().zip(y).all(|(z, y)| (*z > 0.0) == (*y == 1));
        ensure(right, || {
            let got = format!(
                "fit(x, y, ⅛, 400) = ({w:?}, {b})\nwith logits {:?} for x = {x:?}",
                linear(&x, &w, b)
            );
            let want = "positive logits for the label 1, negative ones for 0: a line separates them";
            Broken::answer(
                got,
                want,
                "The loss decreases as long as a sample is misclassified. Is every sign right?",
            )
        })
    });
}

#[test]
fn takes_exactly_the_given_number_of_steps() {
    for_all("steps", judge::any::select(vec![100_usize, 150, 300])).cases(6).holds(|&steps| {
        let (x, y) = ([1.0, -0.5, 0.25], [1, 0, 0]);
        let (mut w, mut b) = (0.0_f64, 0.0_f64);
        for _ in 0..steps {
            let residual = |i: usize| 1.0 / (1.0 + (-(w * x[i] + b)).exp()) - y[i] as f64;
            let gradients = [0, 1, 2].map(|i| [residual(i) * x[i] / 3.0, residual(i) / 3.0]);
            w -= gradients.iter().map(|gradient| gradient[0]).sum::<f64>();
            b -= gradients.iter().map(|gradient| gradient[1]).sum::<f64>();
        }
        let call = format!("fit([1; −0.5; 0.25], [1, 0, 0], 1, {steps})");
        let (got_w, got_b) =
            fit(&Matrix::from_rows([[1.0], [-0.5], [0.25]]), &y, 1.0, steps).accepted(&call)?;
        let look = "Exactly the given number of steps. Is there a limit that is not documented?";
        // The loss is convex and η is below 2 over its curvature: what rounds in a step is not carried on.
        let tolerance = rounding(32 * steps, w.abs() + b.abs());
        close(&format!("w of {call}"), got_w.as_slice(), [w].as_slice(), tolerance, look)?;
        close(&format!("b of {call}"), got_b, b, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::logistic::fit;
        use kit::Matrix;
        let x = Matrix::from_rows([[2.0], [-2.0]]);
        assert_eq!(fit(&x, &[1, 0], 0.5, 1), Ok((vec![0.5], 0.0)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_a_single_class() {
        example(|| {
            for y in [[0, 0], [1, 1]] {
                let want = InputError::Constant { name: "y" };
                let look = "With one class there is nothing to separate: b would grow without bound.";
                rejected(
                    &format!("fit(2×3, {y:?}, 0.125, 1)"),
                    fit(&two_by_three(), &y, 0.125, 1),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unknown_labels() {
        for_all("y, i", stray()).cases(64).holds(|(y, index)| {
            let want = InputError::UnknownClass { index: *index, got: y[*index], classes: 2 };
            let got = fit(&Matrix::zeros(y.len(), 2), y, 0.125, 1);
            rejected("fit(n×2, y, 0.125, 1)", got, want, "Labels are 0 and 1, in every place.")
        });
    }

    #[test]
    fn reports_divergence_of_any_weight() {
        let inputs = several(1..=3).prop_flat_map(|d| (Just(d), place(d), 1..=5_usize));
        for_all("d, j, steps", inputs).cases(64).holds(|&(d, j, steps)| {
            let x = Matrix::from_fn(2, d, |i, k| [1.0, -1.0][i] * if k == j { 1e300 } else { 0.0 });
            let want = InputError::NotConverged { steps, residual: f64::INFINITY };
            let look = "Check every weight before you return, not only the first or the intercept.";
            rejected("fit(x, [1, 0], 1e10, steps)", fit(&x, &[1, 0], 1e10, steps), want, look)
        });
    }

    #[test]
    fn a_single_sample_of_the_other_class_is_enough() {
        let inputs = unequal().prop_flat_map(|[n, _]| (place(n), 0..2_usize, Just(n)));
        for_all("i, label, n", inputs).cases(64).holds(|&(i, label, n)| {
            let y: Vec<usize> = (0..n).map(|k| if k == i { 1 - label } else { label }).collect();
            let (_, b) = fit(&Matrix::zeros(n, 1), &y, 1.0, 1).accepted("fit(n×1, y, 1, 1)")?;
            let want = y.iter().map(|y| *y as f64 - 0.5).sum::<f64>() / n as f64;
            let look = "Two classes are present, wherever the other one is.";
            close("b of fit(zeros, y, 1, 1)", b, want, rounding(2 * n + 8, 1.0), look)?;
            let got = fit(&Matrix::zeros(n, 1), &vec![label; n], 1.0, 1);
            rejected("fit(n×1, one class, 1, 1)", got, InputError::Constant { name: "y" }, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the number of rows with the number of labels, rows on the left.";
            rejected("fit(n×2, m labels, ⅛, 1)", fit(&Matrix::zeros(n, 2), &in_turn(m), 0.125, 1), want, look)
        });
    }

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        example(|| {
            for got in [0.0, -0.125, -1e-300, -1e300] {
                let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "more than 0" };
                let look = "With η = 0 nothing changes, with η < 0 the loss increases.";
                rejected(&format!("fit(x, y, {got}, 1)"), fit(&two_by_three(), &[0, 1], got, 1), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn reports_divergence() {
        example(|| {
            let look = "Check the weights before you return them.";
            let want = InputError::NotConverged { steps: 1, residual: f64::INFINITY };
            let x = Matrix::from_rows([[1e300], [-1e300]]);
            rejected("fit([1e300; −1e300], [1, 0], 1e10, 1)", fit(&x, &[1, 0], 1e10, 1), want, look)?;
            let want = InputError::NotConverged { steps: 4, residual: f64::INFINITY };
            let look = "`steps` is the given number of steps, not the step at which the descent diverged.";
            rejected("fit([1e300; −1e300], [1, 0], 1e10, 4)", fit(&x, &[1, 0], 1e10, 4), want, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_samples() {
        example(|| {
            let look = "Compare the number of rows with the number of labels, rows on the left.";
            for y in [&[1, 0][..], &[1, 0, 1, 0]] {
                let want = InputError::LengthMismatch { left: 3, right: y.len() };
                rejected("fit(3×2, y, 0.125, 1)", fit(&Matrix::zeros(3, 2), y, 0.125, 1), want, look)?;
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
            let look = "Check x and the learning rate before the first step.";
            let (call, rejection) = ("fit(x, y, η, 0)", |name, index| InputError::NotFinite { name, index });
            let ([x, spoiled], y) = ([4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it)), in_turn(*n));
            rejected(call, fit(&spoiled, &y, 0.125, 0), rejection("x", i * d + j), look)?;
            rejected(call, fit(&x, &y, *bad, 0), rejection("learning_rate", 0), look)
        });
    }

    #[test]
    fn takes_the_first_step_for_any_size_and_magnitude() {
        for_all(
            "x, y, w, b, η",
            (any_labeled(), prop_oneof![3 => any::magnitude(-5, -1), 1 => any::magnitude(-120, -101)]),
        )
        .holds(|((x, y, ..), rate)| {
            let (rate, (n, d)) = (rate.abs(), x.shape());
            let (w, b) = fit(x, y, rate, 1).accepted("fit(x, y, η, 1)")?;
            // At w = 0 and b = 0 every probability is ½.
            let r = |i: usize| y[i] as f64 - 0.5;
            let mean = |of: &dyn Fn(usize) -> f64| rate * (0..n).map(of).sum::<f64>() / n as f64;
            let want: Vec<f64> = (0..d).map(|j| mean(&|i| r(i) * x[(i, j)])).collect();
            let error = |j: usize| rounding(2 * (n + 8), mean(&|i| x[(i, j)].abs()));
            let look = "Every sample and every feature counts, whatever their number and their size.";
            close_entries("w of fit(x, y, η, 1)", &column(&w), &column(&want), |j, _| error(j), look)?;
            close("b of fit(x, y, η, 1)", b, mean(&r), rounding(2 * (n + 8), rate), look)
        });
    }
}
