use super::costs::{CALL, descent, mean_cost, names, parameters, rows};
use judge::any::sizes;
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, Verdict, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::model::train;
use kit::{InputError, Matrix};
use proptest::prelude::*;

#[test]
fn starts_at_zero() {
    for_all("x, y, classes", rows()).cases(64).holds(|(x, y, classes)| {
        let (model, losses) = train(x, y, classes, 0.125, 0).accepted(CALL)?;
        let look = "0 steps: one row of zeros per class, an intercept of 0 for each, and the loss of uniform \
            probabilities, ln k.";
        equal("W", model.weights, Matrix::zeros(classes.len(), x.cols()), look)?;
        equal("b", model.intercepts, vec![0.0; classes.len()], look)?;
        equal("names", model.classes, classes.clone(), "The model holds the names of the classes.")?;
        equal(
            "number of losses after 0 steps",
            losses.len(),
            1,
            "steps + 1 losses: the one at the start is always there.",
        )?;
        close(
            "the loss at the start",
            losses[0],
            (classes.len() as f64).ln(),
            rounding(4 * y.len() + 8, 2.0),
            look,
        )
    });
}

#[test]
fn steps_follow_the_negative_gradient() {
    let rates = judge::any::select(vec![1.0, 0.125, 1.0 / 64.0]);
    for_all("x, y, classes, η, t", (rows(), rates, 0..=3_usize)).cases(160).holds(
        |((x, y, classes), rate, t)| {
            let (old, _) = train(x, y, classes, *rate, *t).accepted(CALL)?;
            let (new, _) = train(x, y, classes, *rate, t + 1).accepted(CALL)?;
            let k = classes.len();
            equal(
                "the shape of W",
                new.weights.shape(),
                (k, x.cols()),
                "One row per class, one column per feature.",
            )?;
            equal("the length of b", new.intercepts.len(), k, "One intercept per class.")?;
            let step = |from: &[f64], to: &[f64]| {
                from.iter().zip(to).map(|(a, b)| (a - b) / rate).collect::<Vec<_>>()
            };
            let dw = step(old.weights.as_slice(), new.weights.as_slice());
            let db = step(&old.intercepts, &new.intercepts);
            let value = |p: &[f64]| mean_cost(x, y, k, p);
            // A step moves a weight by at most 8η: three of them make logits up to 3·(2·64 + 1), and the loss rounds with those.
            let size = parameters(&old).iter().fold(0.0_f64, |size, w| size.max(w.abs()))
                * 8.0
                * (x.cols() as f64 + 1.0)
                + 8.0;
            let loss = Loss {
                value: &value,
                rounding: rounding(4 * (y.len() + x.cols() + k + 4), 2.0 * size),
                samples: y.len(),
            };
            let blocks = [
                Block::matrix("W", [k, x.cols()], old.weights.as_slice(), &dw),
                Block::vector("b", &old.intercepts, &db),
            ];
            let look = "One step is −η times the gradient of L, all of it at the old W and b.";
            is_gradient("the step from t to t + 1, divided by −η", &blocks, &loss, look)
        },
    );
}

#[test]
fn losses_are_recorded_before_each_step() {
    for_all("x, y, classes, steps", (rows(), 0..=3_usize)).cases(128).holds(|((x, y, classes), steps)| {
        let (_, losses) = train(x, y, classes, 0.25, *steps).accepted(CALL)?;
        equal("number of losses", losses.len(), steps + 1, "Before each step, and after the last.")?;
        for (t, got) in losses.iter().enumerate() {
            let (model, _) = train(x, y, classes, 0.25, t).accepted(CALL)?;
            let p = parameters(&model);
            let size = p.iter().fold(1.0_f64, |size, w| size.max(w.abs())) * 8.0 * (x.cols() as f64 + 1.0);
            let want = mean_cost(x, y, classes.len(), &p);
            let look = format!("Loss {t} is the mean cross-entropy of the weights after {t} steps.");
            close(
                &format!("loss {t}"),
                *got,
                want,
                rounding(8 * (y.len() + x.cols() + 8), 2.0 * size),
                look,
            )?;
        }
        Ok(())
    });
}

/// Rows, features, classes and steps: one of them may be large.
fn any_size() -> impl Strategy<Value = [usize; 4]> + Send + Sync + Clone {
    sizes([1..=4, 1..=3, 2..=3, 1..=5], [301, 65, 33, 401]).prop_map(|[n, d, k, steps]| {
        // What is large in all of them at once takes too long.
        [n, d, k, if n > 5 { steps.min(3) } else { steps }]
    })
}

/// Weights, intercepts and losses are those of gradient descent by its definition, at a rate for which a step does not
/// amplify the rounding errors of those before, times a share of it.
fn is_the_descent(x: &Matrix, y: &[usize], k: usize, steps: usize, share: f64) -> Verdict {
    // In no order: the model returns them as they are.
    let classes: Vec<String> = (0..k).map(|c| format!("class {}", (7 * c + 3) % k.max(8))).collect();
    let largest = |j: usize| (0..x.rows()).map(|i| x[(i, j)].abs()).fold(0.0, f64::max);
    let sizes: Vec<f64> = (0..x.cols()).map(largest).collect();
    let rate = share / (1.0 + sizes.iter().map(|size| size * size).sum::<f64>());
    let (model, losses) = train(x, y, &classes, rate, steps).accepted(CALL)?;
    let (want, costs) = descent(x, y, k, rate, steps);
    equal("the shape of W", model.weights.shape(), (k, x.cols()), "One row per class.")?;
    equal("the length of b", model.intercepts.len(), k, "One intercept per class.")?;
    equal("the names of the classes", model.classes, classes, "As they are given, in their order.")?;
    equal("the number of losses", losses.len(), steps + 1, "Before each step, and after the last.")?;
    // Per step: n products of residuals, and logits of at most `steps` in size over d + k terms.
    let operations = 64 * steps * steps * (x.rows() + x.cols() + k + 8);
    let look = "Every row, feature, class and step counts, whatever the magnitude of the features.";
    for c in 0..k {
        for (j, size) in sizes.iter().enumerate() {
            let (got, want) = (model.weights[(c, j)], want[c * (x.cols() + 1) + j]);
            close(&format!("W[{c}, {j}]"), got, want, rounding(operations, rate * size), look)?;
        }
        let want = want[c * (x.cols() + 1) + x.cols()];
        close(&format!("b[{c}]"), model.intercepts[c], want, rounding(operations, rate), look)?;
    }
    close("the losses", losses.as_slice(), costs.as_slice(), rounding(operations, k as f64), look)
}

#[test]
fn is_gradient_descent_for_any_number_of_rows_features_and_classes() {
    let inputs = any_size()
        .prop_flat_map(|[n, d, k, steps]| (any::matrix(n, d), judge::any::vec(0..k, n), Just([k, steps])));
    for_all("x, y, k and steps", inputs)
        .cases(64)
        .holds(|(x, y, [k, steps])| is_the_descent(x, y, *k, *steps, 1.0));
}

#[test]
fn separates_separable_points() {
    for_all("points", any::matrix(3, 2)).cases(16).holds(|points| {
        let corners = [[4.0, 0.0], [-4.0, 4.0], [-4.0, -4.0]];
        let x = Matrix::from_fn(3, 2, |i, j| corners[i][j] + points[(i, j)] / 16.0);
        let (model, losses) = train(&x, &[0, 1, 2], &names(3), 0.03125, 250).accepted(CALL)?;
        for i in 0..3 {
            let z = |c: usize| {
                x.row(i).iter().zip(model.weights.row(c)).map(|(x, w)| x * w).sum::<f64>()
                    + model.intercepts[c]
            };
            // The curvature of L is below 21, so η = 1/32 descends to L < 0.18 (Beck and Teboulle 2009, theorem 3.1), and one row
            // of three on the wrong side would cost ln 2/3 = 0.23 at least.
            ensure((0..3).all(|c| c == i || z(c) < z(i)), || {
                let got = format!("logits {:?} for the row of class {i}", [z(0), z(1), z(2)]);
                Broken::answer(got, "the largest for its own class", "Row c of W belongs to class c.")
            })?;
        }
        let falling = losses.windows(2).all(|pair| pair[1] < pair[0]);
        ensure(falling, || {
            let look =
                "With η this small every step reduces the loss. In which order are the losses recorded?";
            Broken::answer(format!("losses {:?} …", &losses[..4]), "a strictly decreasing sequence", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::model::train;
        use kit::Matrix;
        let classes = ["down".to_owned(), "up".to_owned()];
        let (model, losses) = train(&Matrix::from_rows([[2.0], [-2.0]]), &[1, 0], &classes, 0.5, 1)?;
        assert_eq!((model.weights, model.intercepts), (Matrix::from_rows([[-0.5], [0.5]]), vec![0.0, 0.0]));
        assert_eq!((losses[0], losses[1] < losses[0]), (2.0_f64.ln(), true));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn loss_does_not_overflow() {
        example(|| {
            // Three rows alike, the last of another class: after one large step its probability is 0 in f64.
            let x = Matrix::from_rows([[30.0], [30.0], [30.0]]);
            let (_, losses) = train(&x, &[0, 0, 1], &names(2), 20.0, 1)
                .accepted("train([30; 30; 30], [a, a, b], 20, 1)")?;
            // ∂L/∂w₀ = (½·30 − 30·⅔) = −5: w = ±100, b = ±10/3, logits apart by 2·(3000 + 10/3); a third of the rows pays.
            let want = 2.0 * (3000.0 + 10.0 / 3.0) / 3.0;
            let look = "ln 0 is −∞, and clipping at 1e-15 gives 34. Compute the logarithm from the logits \
                (log-sum-exp).";
            close("the loss after the step", losses[1], want, rounding(64, 6000.0), look)
        });
    }

    #[test]
    fn rejects_invalid_labels_and_rates() {
        example(|| {
            let x = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
            let ask = |y: &[usize], rate| train(&x, y, &names(2), rate, 1);
            let mismatch = |right| InputError::LengthMismatch { left: 2, right };
            let look = "One label per row, labels are indices into the classes, and η is above 0.";
            rejected("train(2×2, [0], …)", ask(&[0], 0.5), mismatch(1), look)?;
            rejected("train(2×2, [0, 1, 0], …)", ask(&[0, 1, 0], 0.5), mismatch(3), look)?;
            let empty = train(&Matrix::zeros(0, 2), &[], &names(2), 0.5, 1);
            rejected("train(0×2, [], …)", empty, InputError::TooFew { got: 0, wanted: 1 }, look)?;
            rejected(
                "train(x, [0, 2], …)",
                ask(&[0, 2], 0.5),
                InputError::UnknownClass { index: 1, got: 2, classes: 2 },
                look,
            )?;
            let none = train(&x, &[0, 0], &[], 0.5, 1);
            rejected(
                "train(x, [0, 0], no classes, …)",
                none,
                InputError::UnknownClass { index: 0, got: 0, classes: 0 },
                look,
            )?;
            for got in [0.0, -1.0] {
                let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
                rejected(&format!("train(x, y, classes, {got}, 1)"), ask(&[0, 1], got), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, k)| {
            let x = Matrix::from_fn(2, 2, |i, j| if 2 * i + j == *k { *bad } else { 1.0 });
            let look = "Check x and η before the first step.";
            let rejection = |name, index| InputError::NotFinite { name, index };
            rejected(
                "train(x, …, 0 steps)",
                train(&x, &[0, 1], &names(2), 0.5, 0),
                rejection("x", *k),
                look,
            )?;
            let fine = Matrix::zeros(2, 2);
            let got = train(&fine, &[0, 1], &names(2), *bad, 0);
            rejected(&format!("train(x, y, classes, {bad}, 0)"), got, rejection("learning_rate", 0), look)
        });
    }

    #[test]
    fn reports_divergence() {
        example(|| {
            // A step of 1 for features of 10¹⁵⁵ leaves the weights finite, but the loss of the third row exceeds every number,
            // by whatever formula it is computed.
            for (unit, rate, steps) in [(1e300, 1e10, 1), (1e300, 1e10, 3), (1e155, 1.0, 1), (1e200, 1.0, 1)]
            {
                let x = Matrix::from_rows([[unit]; 3]);
                let want = InputError::NotConverged { steps, residual: f64::INFINITY };
                let call = format!("train([{unit:e}; {unit:e}; {unit:e}], [1, 1, 0], {rate:e}, {steps})");
                let look = "Check losses and weights before you return them, the last loss too. `steps` is \
                    the argument, not the step of divergence.";
                rejected(&call, train(&x, &[1, 1, 0], &names(2), rate, steps), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn takes_a_step_of_any_size() {
        let (any_rate, minute) = (any::magnitude(-12, 12), any::magnitude(-130, -110));
        for_all("x, y, classes, η", (rows(), prop_oneof![3 => any_rate, 1 => minute])).cases(128).holds(
            |((x, y, classes), rate)| {
                let (k, d, rate) = (classes.len(), x.cols(), rate.abs());
                let (model, losses) = train(x, y, classes, rate, 1).accepted(CALL)?;
                let (want, costs) = descent(x, y, k, rate, 1);
                let (look, error) =
                    ("A step is η times the gradient, for every η.", rounding(64, 8.0 * rate));
                for c in 0..k {
                    for j in 0..d {
                        let call = format!("W[{c}, {j}]");
                        close(&call, model.weights[(c, j)], want[c * (d + 1) + j], error, look)?;
                    }
                    close(&format!("b[{c}]"), model.intercepts[c], want[c * (d + 1) + d], error, look)?;
                }
                equal("the number of losses", losses.len(), 2, "Before the step, and after it.")?;
                // Logits of at most 8·8·η for each feature, and η for the intercept.
                let error = rounding(256, 8.0 + (64 * d + 1) as f64 * rate);
                close("the loss after the step", losses[1], costs[1], error, look)
            },
        );
    }

    #[test]
    fn handles_features_of_all_magnitudes() {
        let units =
            prop_oneof![4 => Just(1.0), 2 => any::magnitude(-140, 140), 1 => any::magnitude(101, 140)];
        let inputs = any_size().prop_flat_map(|[n, d, k, steps]| {
            (any::matrix_of(n, d), judge::any::vec(0..k, n), Just([k, steps]))
        });
        let rates = judge::any::select(vec![1.0, 1e-4, 1e-9]);
        for_all("x / unit, y, k and steps, unit, rate", (inputs, units, rates)).cases(48).holds(
            |((x, y, [k, steps]), unit, rate)| {
                let x = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
                is_the_descent(&x, y, *k, *steps, *rate)
            },
        );
    }

    #[test]
    fn rejects_bad_rows_labels_and_rates_wherever_they_are() {
        let inputs = (sizes([1..=4, 1..=3, 1..=3], [301, 65, 33]), any::seed(), any::not_finite());
        for_all("n, d, k, i, bad, rate", (inputs, any::magnitude(-150, 150))).cases(48).holds(
            |&(([n, d, k], i, bad), rate)| {
                let (good, y) = (Matrix::zeros(n, d), vec![k - 1; n]);
                let classes: Vec<String> = (0..k).rev().map(|c| format!("class {c}")).collect();
                let ask = |x: &Matrix, y: &[usize], rate| train(x, y, &classes, rate, 1).map(|_| "a model");
                let (mut x, mut labels, index) = (good.clone(), y.clone(), i as usize % (n * d));
                x[(index / d, index % d)] = bad;
                labels[i as usize % n] = k + i as usize % 3;
                let look = "Check every entry, every label and η, and report which one.";
                rejected(
                    "train of a bad x",
                    ask(&x, &y, 0.5),
                    InputError::NotFinite { name: "x", index },
                    look,
                )?;
                let want =
                    InputError::UnknownClass { index: i as usize % n, got: k + i as usize % 3, classes: k };
                rejected(
                    &format!("train of a label of {}", k + i as usize % 3),
                    ask(&good, &labels, 0.5),
                    want,
                    look,
                )?;
                for got in [0.0, -rate.abs()] {
                    let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
                    rejected(&format!("train with η = {got}"), ask(&good, &y, got), want, look)?;
                }
                for wrong in [n - 1, n + 1] {
                    let want = InputError::LengthMismatch { left: n, right: wrong };
                    rejected(
                        &format!("{n} rows, {wrong} labels"),
                        ask(&good, &vec![0; wrong], 0.5),
                        want,
                        look,
                    )?;
                }
                Ok(())
            },
        );
    }
}
