use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::multinomial::multinomial_fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{few, labels, two_by_three, with};

/// Features, labels and the number of classes, not all of which need occur.
fn labeled() -> impl Strategy<Value = (Matrix, Vec<usize>, usize)> + Send + Sync + Clone {
    (2..=5_usize, few(), 2..=4_usize).prop_flat_map(|(n, d, k)| (any::matrix(n, d), labels(n, k), Just(k)))
}

/// The mean cross-entropy as a function of (W, b), row after row.
fn mean_cost(x: &Matrix, y: &[usize], classes: usize, parameters: &[f64]) -> f64 {
    let (w, b) = parameters.split_at(classes * x.cols());
    let cost = |(i, label): (usize, &usize)| {
        let weights = |c: usize| &w[c * x.cols()..(c + 1) * x.cols()];
        let z: Vec<f64> = (0..classes)
            .map(|c| x.row(i).iter().zip(weights(c)).map(|(x, w)| x * w).sum::<f64>() + b[c])
            .collect();
        let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
        largest - z[*label] + z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln()
    };
    y.iter().enumerate().map(cost).sum::<f64>() / y.len() as f64
}

#[test]
fn the_descent_starts_at_zero() {
    for_all("x, y, k", labeled()).cases(64).holds(|(x, y, k)| {
        let (w, b) = multinomial_fit(x, y, *k, 0.125, 0).accepted("multinomial_fit(x, y, k, 0.125, 0)")?;
        let look = "No steps: k×d weights, one class a row, and k intercepts, where they started.";
        equal("W of multinomial_fit(x, y, k, 0.125, 0)", w, Matrix::zeros(*k, x.cols()), look)?;
        equal("b of multinomial_fit(x, y, k, 0.125, 0)", b, vec![0.0; *k], look)
    });
}

#[test]
fn every_step_goes_down_the_slope_at_the_old_weights() {
    let rates = prop::sample::select(vec![1.0, 0.125, 1.0 / 64.0]);
    for_all("x, y, k, η, t", (labeled(), rates, 0..=3_usize)).holds(|((x, y, k), rate, t)| {
        let (w, b) = multinomial_fit(x, y, *k, *rate, *t).accepted("multinomial_fit(x, y, k, η, t)")?;
        let (next_w, next_b) =
            multinomial_fit(x, y, *k, *rate, t + 1).accepted("multinomial_fit(x, y, k, η, t + 1)")?;
        equal("the shape of W", next_w.shape(), (*k, x.cols()), "One class a row, one feature a column.")?;
        equal("the length of b", next_b.len(), *k, "One intercept a class.")?;
        let steps =
            |from: &[f64], to: &[f64]| from.iter().zip(to).map(|(a, b)| (a - b) / rate).collect::<Vec<_>>();
        let (dw, db) = (steps(w.as_slice(), next_w.as_slice()), steps(&b, &next_b));
        let value = |p: &[f64]| mean_cost(x, y, *k, p);
        // Steps are at most 8η: three of them make logits up to 3·(3·64 + 1), and the loss rounds with those.
        let largest =
            w.as_slice().iter().fold(0.0_f64, |size, w| size.max(w.abs())) * 8.0 * x.cols() as f64 + 8.0;
        let loss = Loss {
            value: &value,
            rounding: rounding(4 * (y.len() + x.cols() + k + 4), 2.0 * largest),
            samples: y.len(),
        };
        let blocks = [Block::matrix("W", [*k, x.cols()], w.as_slice(), &dw), Block::vector("b", &b, &db)];
        let look = "One step is −η times the slope of L, all of it taken before W and b move.";
        is_gradient("the step from t to t + 1, divided by −η", &blocks, &loss, look)
    });
}

#[test]
fn samples_far_apart_are_told_apart() {
    for_all("points", any::matrix(3, 2)).cases(64).holds(|points| {
        // One sample near each of three corners, at most ½ off.
        let corners = [[4.0, 0.0], [-4.0, 4.0], [-4.0, -4.0]];
        let x = Matrix::from_fn(3, 2, |i, j| corners[i][j] + points[(i, j)] / 16.0);
        let call = "multinomial_fit(x, [0, 1, 2], 3, 1/32, 250)";
        let (w, b) = multinomial_fit(&x, &[0, 1, 2], 3, 0.03125, 250).accepted(call)?;
        // L bends by at most max(‖x‖² + 1)/2 < 21, so η = 1/32 descends, and after T steps L ≤ L(V) + ‖V‖²/(2ηT) for
        // every V (Beck and Teboulle, SIAM J. Imaging Sciences 2 (2009), theorem 3.1). With an eighth of the corners
        // for weights, and intercepts that put the borders half-way, logits are 3.5 apart and ‖V‖² < 1.84: L < ln(1 +
        // 2e⁻³·⁵) + 0.118. That is below ln 2/3, which one sample of three on the wrong side would cost at least.
        for i in 0..3 {
            let z: Vec<f64> = (0..3).map(|c| w[(c, 0)] * x[(i, 0)] + w[(c, 1)] * x[(i, 1)] + b[c]).collect();
            let others = (0..3).filter(|c| *c != i).map(|c| z[c]).fold(f64::NEG_INFINITY, f64::max);
            ensure(z[i] > others, || {
                let got =
                    format!("{call} gives the logits {z:?} for the sample of class {i}, at {:?}", x.row(i));
                Broken::answer(got, "the largest for its own class", "Which class does row c of W speak for?")
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_label_that_names_no_class_is_rejected() {
    example(|| {
        for (y, classes, index, got) in [([0, 3], 3, 1, 3), ([9, 0], 2, 0, 9), ([0, 1], 0, 0, 0)] {
            let want = InputError::UnknownClass { index, got, classes };
            let call = format!("multinomial_fit(2×3, {y:?}, {classes}, 0.125, 1)");
            let got = multinomial_fit(&two_by_three(), &y, classes, 0.125, 1);
            rejected(&call, got, want, "The labels are 0, 1, …, k − 1. Look before you index with them.")?;
        }
        Ok(())
    });
}

#[test]
fn one_class_alone_is_rejected() {
    example(|| {
        for (y, classes) in [([2, 2], 3), ([0, 0], 2), ([1, 1], 2)] {
            let got = multinomial_fit(&two_by_three(), &y, classes, 0.125, 1);
            let call = format!("multinomial_fit(2×3, {y:?}, {classes}, 0.125, 1)");
            let look =
                "With one class there is nothing to tell apart. Ask the labels, not the number of classes.";
            rejected(&call, got, InputError::Constant { name: "y" }, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_rate_that_is_not_positive_is_rejected() {
    example(|| {
        for rate in [0.0, -0.125] {
            let want = InputError::OutOfRange { name: "learning_rate", got: rate, wanted: "more than 0" };
            let got = multinomial_fit(&two_by_three(), &[0, 1], 2, rate, 1);
            let look = "With η = 0 nothing moves, below 0 the descent climbs.";
            rejected(&format!("multinomial_fit(x, y, 2, {rate}, 1)"), got, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn weights_that_leave_the_finite_numbers_are_reported() {
    example(|| {
        let x = Matrix::from_rows([[1e300], [-1e300]]);
        let want = InputError::NotConverged { steps: 1, residual: f64::INFINITY };
        let got = multinomial_fit(&x, &[1, 0], 2, 1e10, 1);
        rejected(
            "multinomial_fit([1e300; −1e300], [1, 0], 2, 1e10, 1)",
            got,
            want,
            "Look at the weights before you return them.",
        )?;
        let want = InputError::NotConverged { steps: 4, residual: f64::INFINITY };
        let look = "`steps` is what was asked for, not the step at which it ran away. A softmax that \
                    rejects infinite logits on the way says something else: this is the reason.";
        let got = multinomial_fit(&x, &[1, 0], 2, 1e10, 4);
        rejected("multinomial_fit([1e300; −1e300], [1, 0], 2, 1e10, 4)", got, want, look)
    });
}

#[test]
fn rows_and_labels_that_do_not_pair_up_are_rejected() {
    example(|| {
        let look = "Compare the number of rows with the number of labels, rows on the left.";
        for y in [&[1][..], &[1, 0, 1]] {
            let want = InputError::LengthMismatch { left: 2, right: y.len() };
            rejected(
                "multinomial_fit(2×3, y, 2, 0.125, 1)",
                multinomial_fit(&two_by_three(), y, 2, 0.125, 1),
                want,
                look,
            )?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        let got = multinomial_fit(&Matrix::zeros(0, 1), &[], 2, 0.125, 1);
        rejected("multinomial_fit(0×1, [], 2, 0.125, 1)", got, want, "Nothing to learn from.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let look = "Look through x and the learning rate, in this order, before the first step.";
        let rejection = |name, index| InputError::NotFinite { name, index };
        let call = "multinomial_fit(x, y, 2, η, 0)";
        let spoiled = with(&two_by_three(), *k, *bad);
        rejected(call, multinomial_fit(&spoiled, &[0, 1], 2, 0.125, 0), rejection("x", *k), look)?;
        rejected(
            call,
            multinomial_fit(&two_by_three(), &[0, 1], 2, *bad, 0),
            rejection("learning_rate", 0),
            look,
        )
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let (x, bad) = (two_by_three(), Matrix::from_fn(2, 3, |_, _| f64::NAN));
        let rejection = |name| InputError::NotFinite { name, index: 0 };
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        rejected(
            "multinomial_fit(2×3 with NaN, [2, 2, 2], 2, −1, 1)",
            multinomial_fit(&bad, &[2; 3], 2, -1.0, 1),
            want,
            look,
        )?;
        let (want, none) = (InputError::TooFew { got: 0, wanted: 1 }, Matrix::zeros(0, 3));
        rejected("multinomial_fit(0×3, [], 2, −1, 1)", multinomial_fit(&none, &[], 2, -1.0, 1), want, look)?;
        let got = multinomial_fit(&bad, &[2; 2], 2, f64::NAN, 1);
        rejected("multinomial_fit(x with NaN, [2, 2], 2, NaN, 1)", got, rejection("x"), look)?;
        let got = multinomial_fit(&x, &[2; 2], 2, f64::NAN, 1);
        rejected("multinomial_fit(x, [2, 2], 2, NaN, 1)", got, rejection("learning_rate"), look)?;
        let want = InputError::OutOfRange { name: "learning_rate", got: -1.0, wanted: "more than 0" };
        rejected(
            "multinomial_fit(x, [2, 2], 2, −1, 1)",
            multinomial_fit(&x, &[2; 2], 2, -1.0, 1),
            want,
            look,
        )?;
        let want = InputError::UnknownClass { index: 0, got: 2, classes: 2 };
        rejected("multinomial_fit(x, [2, 2], 2, 1, 1)", multinomial_fit(&x, &[2; 2], 2, 1.0, 1), want, look)
    })
}

#[test]
fn one_step_with_three_classes() {
    example(|| {
        let call = "multinomial_fit([[3], [0]], [0, 1], 3, 1, 1)";
        let x = Matrix::from_rows([[3.0], [0.0]]);
        let (w, b) = multinomial_fit(&x, &[0, 1], 3, 1.0, 1).accepted(call)?;
        let look = "At zero each class has the probability 1/3. The slope is the mean over the two samples \
                    of (probability − truth), for W times x.";
        let (want, sixth) = ([1.0, -0.5, -0.5], 1.0 / 6.0);
        close(&format!("W of {call}"), w.as_slice(), want.as_slice(), rounding(64, 1.0), look)?;
        let want = [sixth, sixth, -2.0 * sixth];
        close(&format!("b of {call}"), b.as_slice(), want.as_slice(), rounding(64, 1.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::multinomial::multinomial_fit;
        use kit::Matrix;
        let x = Matrix::from_rows([[2.0], [-2.0]]);
        let (w, b) = multinomial_fit(&x, &[1, 0], 2, 0.5, 1)?;
        assert_eq!((w, b), (Matrix::from_rows([[-0.5], [0.5]]), vec![0.0, 0.0]));
        Ok::<(), kit::InputError>(())
    });
}
