use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, close_entries, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::multinomial::multinomial_fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{column, few, labels, two_by_three};
use super::super::sizes::{
    Numbers, counting_but, fault, in_turn, kinds, many, matrix_of, place, several, unequal,
};
use super::descent::{descended, mean_cost};

/// Features, labels and the number of classes, not all of which need occur.
fn labeled() -> impl Strategy<Value = (Matrix, Vec<usize>, usize)> + Send + Sync + Clone {
    (2..=5_usize, few(), 2..=4_usize).prop_flat_map(|(n, d, k)| (any::matrix(n, d), labels(n, k), Just(k)))
}

#[test]
fn starts_at_zero() {
    for_all("x, y, k", labeled()).cases(64).holds(|(x, y, k)| {
        let (w, b) = multinomial_fit(x, y, *k, 0.125, 0).accepted("multinomial_fit(x, y, k, 0.125, 0)")?;
        let look = "With 0 steps: k×d weights, one class per row, and k intercepts, all zero.";
        equal("W of multinomial_fit(x, y, k, 0.125, 0)", w, Matrix::zeros(*k, x.cols()), look)?;
        equal("b of multinomial_fit(x, y, k, 0.125, 0)", b, vec![0.0; *k], look)
    });
}

#[test]
fn each_step_follows_the_gradient() {
    let rates = judge::any::select(vec![1.0, 0.125, 1.0 / 64.0]);
    for_all("x, y, k, η, t", (labeled(), rates, 0..=3_usize)).holds(|((x, y, k), rate, t)| {
        let (w, b) = multinomial_fit(x, y, *k, *rate, *t).accepted("multinomial_fit(x, y, k, η, t)")?;
        let (next_w, next_b) =
            multinomial_fit(x, y, *k, *rate, t + 1).accepted("multinomial_fit(x, y, k, η, t + 1)")?;
        equal(
            "the shape of W",
            next_w.shape(),
            (*k, x.cols()),
            "One class per row, one feature per column.",
        )?;
        equal("the length of b", next_b.len(), *k, "One intercept per class.")?;
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
        let look = "One step is −η times the gradient of L, computed before W and b are updated.";
        is_gradient("the step from t to t + 1, divided by −η", &blocks, &loss, look)
    });
}

#[test]
fn takes_every_step_for_any_size() {
    let part = judge::any::select(vec![1.0, 0.25, 1.0 / 64.0, 1.0 / 1024.0]);
    let steps = judge::any::select(vec![1_usize, 2, 3, 4, 13, 41, 151, 301, 1001]);
    let inputs =
        (many(2..=5), several(0..=3), several(2..=4), part, steps).prop_flat_map(|(n, d, k, part, steps)| {
            let n = n.min(2 + 40_000 / ((d + 1) * k));
            let steps = steps.min(1 + 8000 / (n * (d + 1) * k));
            (matrix_of(Numbers::Eighths, n, d), labels(n, k), Just(k), Just((part, steps)))
        });
    for_all("x, y, k, (part, steps)", inputs).holds(|(x, y, k, (part, steps))| {
        // 1 over the largest curvature that L can have: no step enlarges an error.
        let square = |i: usize| x.row(i).iter().map(|x| x * x).sum::<f64>();
        let rate = part * 2.0 / (1.0 + (0..x.rows()).map(square).fold(0.0, f64::max));
        let (want_w, want_b, error) = descended(x, y, *k, rate, *steps);
        let call = format!("multinomial_fit(x, y, {k}, {rate}, {steps})");
        let (w, b) = multinomial_fit(x, y, *k, rate, *steps).accepted(&call)?;
        let look = "Every step, sample, feature and class counts, however many they are.";
        close_entries(&format!("W of {call}"), &w, &want_w, |_, _| error, look)?;
        close_entries(&format!("b of {call}"), &column(&b), &column(&want_b), |_, _| error, look)
    });
}

#[test]
fn separates_distant_samples() {
    for_all("points", any::matrix(3, 2)).cases(64).holds(|points| {
        // One sample near each of three corners, at most ½ off.
        let corners = [[4.0, 0.0], [-4.0, 4.0], [-4.0, -4.0]];
        let x = Matrix::from_fn(3, 2, |i, j| corners[i][j] + points[(i, j)] / 16.0);
        let call = "multinomial_fit(x, [0, 1, 2], 3, 1/32, 250)";
        let (w, b) = multinomial_fit(&x, &[0, 1, 2], 3, 0.03125, 250).accepted(call)?;
        // The curvature of L is at most max(‖x‖² + 1)/2 < 21, so η = 1/32 descends, and after T steps L ≤ L(V) +
        // ‖V‖²/(2ηT) for every V (Beck and Teboulle, SIAM J. Imaging Sciences 2 (2009), theorem 3.1). With an eighth
        // of the corners for weights, and intercepts that put the borders half-way, logits are 3.5 apart and ‖V‖² <
        // 1.84: L < ln(1 + 2e⁻³·⁵) + 0.118. That is below ln 2/3, which one sample of three on the wrong side would
        // cost at least.
        for i in 0..3 {
            let z: Vec<f64> = (0..3).map(|c| w[(c, 0)] * x[(i, 0)] + w[(c, 1)] * x[(i, 1)] + b[c]).collect();
            let others = (0..3).filter(|c| *c != i).map(|c| z[c]).fold(f64::NEG_INFINITY, f64::max);
            ensure(z[i] > others, || {
                let got =
                    format!("{call} gives the logits {z:?} for the sample of class {i}, at {:?}", x.row(i));
                Broken::answer(got, "the largest for its own class", "Does row c of W belong to class c?")
            })?;
        }
        Ok(())
    });
}

#[test]
fn takes_one_step_with_three_classes() {
    example(|| {
        let call = "multinomial_fit([[3], [0]], [0, 1], 3, 1, 1)";
        let x = Matrix::from_rows([[3.0], [0.0]]);
        let (w, b) = multinomial_fit(&x, &[0, 1], 3, 1.0, 1).accepted(call)?;
        let look = "At zero each class has the probability 1/3. The gradient is the mean over the two \
                    samples of (probability − one-hot label), for W times x.";
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

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow_for_large_features() {
        for_all("c, steps", (40..=1000_i32, 1..=3_usize)).holds(|&(c, steps)| {
            let (c, call) =
                (f64::from(c), format!("multinomial_fit([[{c}], [−{c}]], [1, 0], 2, 1, {steps})"));
            let x = Matrix::from_rows([[c], [-c]]);
            let (w, b) = multinomial_fit(&x, &[1, 0], 2, 1.0, steps).accepted(&call)?;
            // After one step the logits are c² apart: both probabilities are 0 or 1, and the gradient is 0.
            let look = "The logits are far apart, and e to the power of one of them overflows. Softmax does \
                        not change when the largest logit is subtracted from all.";
            let want = [-c / 2.0, c / 2.0];
            close(&format!("W of {call}"), w.as_slice(), want.as_slice(), rounding(8, c), look)?;
            close(&format!("b of {call}"), b.as_slice(), [0.0, 0.0].as_slice(), 1e-12, look)
        });
    }

    #[test]
    fn rejects_unknown_labels() {
        example(|| {
            for (y, classes, index, got) in [([0, 3], 3, 1, 3), ([9, 0], 2, 0, 9), ([1, 0], 1, 0, 1)] {
                let want = InputError::UnknownClass { index, got, classes };
                let call = format!("multinomial_fit(2×3, {y:?}, {classes}, 0.125, 1)");
                let got = multinomial_fit(&two_by_three(), &y, classes, 0.125, 1);
                rejected(
                    &call,
                    got,
                    want,
                    "The labels are 0, 1, …, k − 1. Check them before you index with them.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unknown_labels_of_any_size() {
        let beyond = prop_oneof![Just(0), Just(1), Just(1 << 32), 2..=300_usize];
        let inputs = (many(3..=5), several(2..=4), beyond)
            .prop_flat_map(|(n, k, beyond)| (labels(n, k), place(n), Just(k), Just(k + beyond)));
        for_all("y, i, k, label", inputs).cases(128).holds(|(y, i, k, label)| {
            let y: Vec<usize> =
                y.iter().enumerate().map(|(l, y)| if l == *i { *label } else { *y }).collect();
            let want = InputError::UnknownClass { index: *i, got: *label, classes: *k };
            let look = "The labels are 0, 1, …, k − 1: k itself is none.";
            let x = Matrix::zeros(y.len(), 1);
            rejected("multinomial_fit(x, y, k, ⅛, 1)", multinomial_fit(&x, &y, *k, 0.125, 1), want, look)?;
            if *label > 1000 {
                return Ok(());
            }
            let call = "multinomial_fit(x, y, label + 1, ⅛, 0)";
            let (w, _) = multinomial_fit(&x, &y, label + 1, 0.125, 0).accepted(call)?;
            equal("the shape of W", w.shape(), (label + 1, 1), "One row per class, whether it occurs or not.")
        });
    }

    #[test]
    fn reports_divergence_of_any_weight() {
        let inputs =
            (several(1..=3), several(2..=4)).prop_flat_map(|(d, k)| (Just([d, k]), place(d), 1..=5_usize));
        for_all("[d, k], j, steps", inputs).cases(64).holds(|&([d, k], j, steps)| {
            let x = Matrix::from_fn(2, d, |i, l| [1.0, -1.0][i] * if l == j { 1e300 } else { 0.0 });
            let want = InputError::NotConverged { steps, residual: f64::INFINITY };
            let got = multinomial_fit(&x, &[k - 2, k - 1], k, 1e10, steps);
            rejected("multinomial_fit(x, [k − 2, k − 1], k, 1e10, steps)", got, want, "Check every weight.")
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            let got = multinomial_fit(&Matrix::zeros(n, 2), &in_turn(m), 2, 0.125, 1);
            let look = "Compare the number of rows with the number of labels, rows on the left.";
            rejected("multinomial_fit(n×2, m labels, 2, ⅛, 1)", got, want, look)
        });
    }

    #[test]
    fn rejects_a_single_class() {
        for_all("n, label, more", (many(1..=3), several(1..=3), 0..=2_usize)).cases(64).holds(
            |&(n, label, more)| {
                let x = Matrix::from_fn(n, 1, |i, _| i as f64);
                let got = multinomial_fit(&x, &vec![label - 1; n], label + more, 0.125, 1);
                let call = format!("multinomial_fit(n×1, n times {}, {}, ⅛, 1)", label - 1, label + more);
                let look = "One class leaves nothing to separate. Compare the labels, not `classes`.";
                rejected(&call, got, InputError::Constant { name: "y" }, look)
            },
        );
    }

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        example(|| {
            for rate in [0.0, -0.125, -1e-300, -1e300] {
                let want = InputError::OutOfRange { name: "learning_rate", got: rate, wanted: "more than 0" };
                let got = multinomial_fit(&two_by_three(), &[0, 1], 2, rate, 1);
                let look = "With η = 0 nothing changes, with η < 0 the loss increases.";
                rejected(&format!("multinomial_fit(x, y, 2, {rate}, 1)"), got, want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn reports_divergence() {
        example(|| {
            let x = Matrix::from_rows([[1e300], [-1e300]]);
            let want = InputError::NotConverged { steps: 1, residual: f64::INFINITY };
            let got = multinomial_fit(&x, &[1, 0], 2, 1e10, 1);
            rejected(
                "multinomial_fit([1e300; −1e300], [1, 0], 2, 1e10, 1)",
                got,
                want,
                "Check the weights before you return them.",
            )?;
            let want = InputError::NotConverged { steps: 4, residual: f64::INFINITY };
            let look = "`steps` is the given number of steps, not the step at which the descent diverged. A \
                        softmax that rejects infinite logits on the way returns another error: report \
                            this one.";
            let got = multinomial_fit(&x, &[1, 0], 2, 1e10, 4);
            rejected("multinomial_fit([1e300; −1e300], [1, 0], 2, 1e10, 4)", got, want, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_samples() {
        example(|| {
            let look = "Compare the number of rows with the number of labels, rows on the left.";
            for y in [&[1, 0][..], &[1, 0, 1, 0]] {
                let want = InputError::LengthMismatch { left: 3, right: y.len() };
                rejected(
                    "multinomial_fit(3×2, y, 2, 0.125, 1)",
                    multinomial_fit(&Matrix::zeros(3, 2), y, 2, 0.125, 1),
                    want,
                    look,
                )?;
            }
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let got = multinomial_fit(&Matrix::zeros(0, 1), &[], 2, 0.125, 1);
            rejected(
                "multinomial_fit(0×1, [], 2, 0.125, 1)",
                got,
                want,
                "Without samples there is nothing to learn from.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let look = "Check x and the learning rate before the first step.";
            let rejection = |name, index| InputError::NotFinite { name, index };
            let call = "multinomial_fit(x, y, 2, η, 0)";
            let ([x, spoiled], y) = ([4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it)), in_turn(*n));
            rejected(call, multinomial_fit(&spoiled, &y, 2, 0.125, 0), rejection("x", i * d + j), look)?;
            rejected(call, multinomial_fit(&x, &y, 2, *bad, 0), rejection("learning_rate", 0), look)
        });
    }

    #[test]
    fn takes_the_first_step_for_any_size_and_magnitude() {
        let inputs =
            (many(2..=5), several(1..=3), several(2..=4), kinds()).prop_flat_map(|(n, d, k, [kind, _])| {
                let n = n.min(2 + 40_000 / (d * k));
                (
                    matrix_of(kind, n, d),
                    labels(n, k),
                    Just(k),
                    prop_oneof![3 => any::magnitude(-5, -1), 1 => any::magnitude(-120, -101)],
                )
            });
        for_all("x, y, k, η", inputs).holds(|(x, y, k, rate)| {
            let (rate, (n, d)) = (rate.abs(), x.shape());
            let call = "multinomial_fit(x, y, k, η, 1)";
            let (w, b) = multinomial_fit(x, y, *k, rate, 1).accepted(call)?;
            // At W = 0 and b = 0 every probability is 1/k.
            let r = |i: usize, c: usize| f64::from(u8::from(y[i] == c)) - 1.0 / *k as f64;
            let mean = |of: &dyn Fn(usize) -> f64| rate * (0..n).map(of).sum::<f64>() / n as f64;
            let want = Matrix::from_fn(*k, d, |c, j| mean(&|i| r(i, c) * x[(i, j)]));
            let error: Vec<f64> =
                (0..d).map(|j| rounding(2 * (n + k + 8), mean(&|i| x[(i, j)].abs()))).collect();
            let look = "Every sample, feature and class counts, whatever their number and their size.";
            close_entries(&format!("W of {call}"), &w, &want, |_, j| error[j], look)?;
            let want: Vec<f64> = (0..*k).map(|c| mean(&|i| r(i, c))).collect();
            let error = rounding(2 * (n + k + 8), rate);
            close_entries(&format!("b of {call}"), &column(&b), &column(&want), |_, _| error, look)
        });
    }

    #[test]
    fn takes_exactly_the_given_number_of_steps() {
        for_all("steps", judge::any::select(vec![60_usize, 101, 150])).cases(6).holds(|&steps| {
            let (x, y) = ([1.0, -0.5, 0.25], [1, 0, 2]);
            let (mut w, mut b) = ([0.0_f64; 3], [0.0_f64; 3]);
            for _ in 0..steps {
                let (mut dw, mut db) = ([0.0; 3], [0.0; 3]);
                for i in 0..3 {
                    let powers = [0, 1, 2].map(|c: usize| (w[c] * x[i] + b[c]).exp());
                    for c in 0..3 {
                        let r = powers[c] / powers.iter().sum::<f64>() - f64::from(u8::from(y[i] == c));
                        dw[c] += r * x[i] / 3.0;
                        db[c] += r / 3.0;
                    }
                }
                for c in 0..3 {
                    w[c] -= dw[c];
                    b[c] -= db[c];
                }
            }
            let call = format!("multinomial_fit([1; −0.5; 0.25], [1, 0, 2], 3, 1, {steps})");
            let x = Matrix::from_rows([[1.0], [-0.5], [0.25]]);
            let (got_w, got_b) = multinomial_fit(&x, &y, 3, 1.0, steps).accepted(&call)?;
            let look = "Exactly the given number of steps. Is there a limit that is not documented?";
            // The loss is convex and η is below 2 over its curvature: rounding errors of a step do not grow.
            let tolerance = rounding(64 * steps, 8.0);
            close(&format!("W of {call}"), got_w.as_slice(), w.as_slice(), tolerance, look)?;
            close(&format!("b of {call}"), got_b.as_slice(), b.as_slice(), tolerance, look)
        });
    }
}
