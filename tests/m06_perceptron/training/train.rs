use judge::any::select;
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::training::train;
use kit::{Dense, InputError, Matrix};

use super::super::draw::{
    Problem, any_problem, close_layers, cost, cost_rounding, each, gradient_of, layer_of, parameters,
    problem, sigmoid, sums, three_to_two, with,
};

fn trained((layer, x, t): &Problem, rate: f64, steps: usize) -> Result<(Dense, Vec<f64>), Broken> {
    train(layer, x, t, rate, steps).accepted(&format!("train(layer, x, targets, {rate}, {steps})"))
}

#[test]
fn returns_the_layer_after_0_steps() {
    for_all("layer, x, targets", problem()).cases(64).holds(|given| {
        let (layer, losses) = trained(given, 0.5, 0)?;
        equal(
            "the layer of train(…, 0.5, 0)",
            &layer,
            &given.0,
            "With 0 steps the result is the initial layer, not zero.",
        )?;
        equal("the number of losses of train(…, 0.5, 0)", losses.len(), 1, "With 0 steps there is one loss.")
    });
}

#[test]
fn each_step_follows_the_gradient() {
    let rates = select(vec![1.0, 0.125, 4.0]);
    for_all("layer, x, targets, η, k", (problem(), rates, 0..=2_usize)).cases(128).holds(
        |(given, rate, k)| {
            let (now, (next, _)) = (trained(given, *rate, *k)?.0, trained(given, *rate, k + 1)?);
            let (shape, x, t) = (now.weights.shape(), &given.1, &given.2);
            let (at, after) = (parameters(&now), parameters(&next));
            equal(
                "the number of parameters after a step",
                after.len(),
                at.len(),
                "A layer keeps its \
                shape.",
            )?;
            let step: Vec<f64> = at.iter().zip(&after).map(|(at, after)| (at - after) / rate).collect();
            let value = |p: &[f64]| cost(&layer_of(shape, p), x, t);
            // The step, divided by η ≥ ⅛, rounds with parameters that are at most 2 and three steps of at most 4 away.
            let rounding = 8.0 * cost_rounding(&now, x) + rounding(8, 16.0);
            let loss = Loss { value: &value, rounding, samples: x.rows() };
            let weights = shape.0 * shape.1;
            let blocks = [
                Block::matrix("W", [shape.0, shape.1], &at[..weights], &step[..weights]),
                Block::vector("b", &at[weights..], &step[weights..]),
            ];
            let look = "One step is −η times the gradient of L over all samples, computed before W and b are \
                    updated.";
            is_gradient("the step from k to k + 1, divided by −η", &blocks, &loss, look)
        },
    );
}

#[test]
fn reports_the_loss_of_each_step() {
    let inputs = (problem(), select(vec![0.5, 64.0]), 0..=3_usize);
    for_all("layer, x, targets, η, steps", inputs).cases(64).holds(|(given, rate, steps)| {
        let (_, losses) = trained(given, *rate, *steps)?;
        let look = format!("{steps} steps have a loss before the first and one after each.");
        equal("the number of losses", losses.len(), steps + 1, look)?;
        for (k, loss) in losses.iter().enumerate() {
            let layer = trained(given, *rate, k)?.0;
            let look = format!(
                "Loss number {k} is the mean over the samples of half the squared distance after {k} steps."
            );
            // Three steps of 64 make the sums at most a hundred times as large.
            let tolerance = 800.0 * cost_rounding(&layer, &given.1);
            close(&format!("loss number {k}"), *loss, cost(&layer, &given.1, &given.2), tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn takes_exactly_the_given_number_of_steps() {
    example(|| {
        let start = Dense { weights: Matrix::from_rows([[0.5]]), bias: vec![0.0] };
        let given = (start, Matrix::from_rows([[1.0], [-0.5]]), Matrix::from_rows([[1.0], [0.0]]));
        let (half, _) = trained(&given, 1.0, 150)?;
        let (want, _) = trained(&(half, given.1.clone(), given.2.clone()), 1.0, 150)?;
        let (got, losses) = trained(&given, 1.0, 300)?;
        let (last, end) = (losses.last().copied().unwrap_or(f64::NAN), cost(&got, &given.1, &given.2));
        close("the last of 301 losses", last, end, 1e-12, "It is the loss after the last step.")?;
        equal(
            "the number of losses of 300 steps",
            losses.len(),
            301,
            "One before the first step, one after each.",
        )?;
        let look = "300 steps are 150 and another 150. Is there a limit that is not documented?";
        let (got, want) = (parameters(&got), parameters(&want));
        // The descent contracts here: what rounds in a step is not carried on.
        close("W and b after 300 steps", got.as_slice(), want.as_slice(), 1e-9, look)
    });
}

#[test]
fn small_steps_decrease_the_loss() {
    for_all("layer, x, targets", problem()).cases(64).holds(|given| {
        // Along z the loss of one output has the curvature σ′² + |σ − t|·|σ″| ≤ 1/16 + 1/(6√3) < 0.16, along (W꜀, b꜀)
        // by at most (‖x‖² + 1) times as much; a step of less than 2 over that does not climb.
        let longest = (0..given.1.rows()).map(|i| given.1.row(i).iter().map(|x| x * x).sum::<f64>());
        let rate = 1.0 / (0.16 * (longest.fold(0.0, f64::max) + 1.0));
        let (_, losses) = trained(given, rate, 10)?;
        for (k, pair) in losses.windows(2).enumerate() {
            ensure(pair[1] <= pair[0] + cost_rounding(&given.0, &given.1), || {
                let got =
                    format!("with η = {rate} step {} takes the loss from {} to {}", k + 1, pair[0], pair[1]);
                let look =
                    "A small step against the gradient decreases the loss. Is its sign right, and is it \
                        the gradient of this loss?";
                Broken::answer(got, "a loss that falls: the step is small enough for that", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn separates_three_classes() {
    example(|| {
        let x =
            Matrix::from_rows([[2.0, 0.0], [1.5, 0.5], [-1.0, 2.0], [-1.5, 1.5], [-1.0, -2.0], [-0.5, -1.5]]);
        let t = Matrix::from_fn(6, 3, |i, c| f64::from(u8::from(i / 2 == c)));
        let start = Dense { weights: Matrix::zeros(3, 2), bias: vec![0.0; 3] };
        let (layer, _) = trained(&(start, x.clone(), t), 2.0, 100)?;
        let p = each(&sums(&layer, &x), sigmoid);
        for i in 0..6 {
            let right = (0..3).all(|c| (p[(i, c)] > 0.5) == (i / 2 == c));
            ensure(right, || {
                let got = format!(
                    "100 steps with η = 2 from zero: sample {i}, {:?}, gets {:?}",
                    x.row(i),
                    p.row(i)
                );
                let look = "Each group is linearly separable from the others. Does every neuron learn, \
                    weights and bias?";
                Broken::answer(got, format!("more than ½ from neuron {}, less from the others", i / 2), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::training::train;
        use kit::{Dense, Matrix};
        let start = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
        let (x, targets) = (Matrix::from_rows([[2.0]]), Matrix::from_rows([[1.0]]));
        let (trained, losses) = train(&start, &x, &targets, 1.0, 1)?;
        assert_eq!(trained, Dense { weights: Matrix::from_rows([[0.25]]), bias: vec![0.125] });
        assert!(losses[0] == 0.125 && losses[1] < 0.125);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_stop_when_the_loss_rises() {
        // From a slope that is nearly flat the first steps change the loss by less than 10⁻⁸, and a rate of 64 throws it up.
        for_all("w, b, η", (select(vec![0.25, -6.0, 16.0]), any::eighth(), select(vec![1.0, 64.0])))
            .cases(64)
            .holds(|&(w, b, rate)| {
                let given = (
                    Dense { weights: Matrix::from_rows([[w, -w]]), bias: vec![b] },
                    Matrix::from_rows([[2.0, -1.0], [1.0, 0.5], [-1.0, 1.0]]),
                    Matrix::from_rows([[0.0], [1.0], [1.0]]),
                );
                let (mut layer, _) = trained(&given, rate, 0)?;
                for k in 1..=4 {
                    let now = trained(&given, rate, k)?.0;
                    let from_there = trained(&(layer, given.1.clone(), given.2.clone()), rate, 1)?.0;
                    let look = format!(
                        "{k} steps are {} and one more, whatever the loss did: exactly the given number of \
                         steps.",
                        k - 1
                    );
                    let call = format!("W and b after {k} steps");
                    // The same step from the same layer; rates of 64 and a slope of at most 4 carry it.
                    let (got, want) = (parameters(&now), parameters(&from_there));
                    close(&call, got.as_slice(), want.as_slice(), 4.0 * rounding(32, 512.0), look)?;
                    layer = now;
                }
                Ok(())
            });
    }

    #[test]
    fn follows_tiny_gradients_and_any_targets() {
        for_all("b, t", (14..=18_i32, select(vec![1.0, 3.0, -2.0]))).cases(32).holds(|&(z, t)| {
            let b = -f64::from(z);
            let start = Dense { weights: Matrix::zeros(1, 1), bias: vec![b] };
            let given = (start, Matrix::from_rows([[1.0]]), Matrix::from_rows([[t]]));
            let (layer, _) = trained(&given, 64.0, 1)?;
            let p = sigmoid(b);
            let want = 64.0 * (t - p) * p * (1.0 - p);
            let look = "η·(t − p)·p·(1 − p), however small that is: no step is left out. Targets above 1 or \
                below 0 are not clipped.";
            // The sum with b rounds by ε·18. And p by ε, however small it is, where it comes from a tanh: 64·(t − p) times that.
            let tolerance = rounding(4, 18.0) + rounding(4, 64.0 * (t.abs() + 1.0)) + 1e-12 * want.abs();
            close("the change of b", layer.bias[0] - b, want, tolerance, look)
        });
    }

    #[test]
    fn rejects_an_invalid_learning_rate() {
        example(|| {
            let (layer, x, t) = three_to_two();
            for got in [0.0, -0.125] {
                let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
                let look =
                    "With η = 0 nothing changes, with η < 0 the loss increases. Check η even for 0 steps.";
                for steps in [0, 1] {
                    rejected(
                        &format!("train(layer, x, t, {got}, {steps})"),
                        train(&layer, &x, &t, got, steps),
                        want.clone(),
                        look,
                    )?;
                }
            }
            for bad in [f64::NAN, f64::INFINITY] {
                let want = InputError::NotFinite { name: "learning_rate", index: 0 };
                let look = "No comparison with NaN is true.";
                rejected(
                    &format!("train(layer, x, t, {bad}, 1)"),
                    train(&layer, &x, &t, bad, 1),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn reports_divergence() {
        example(|| {
            let start = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
            let (x, t) = (Matrix::from_rows([[1e300]]), Matrix::from_rows([[1.0]]));
            let want = InputError::NotConverged { steps: 1, residual: f64::INFINITY };
            let look = "1e10·1e300 is ∞. Check the layer before you return it.";
            rejected("train(zeros, [1e300], [1], 1e10, 1)", train(&start, &x, &t, 1e10, 1), want, look)?;
            let want = InputError::NotConverged { steps: 4, residual: f64::INFINITY };
            let look = "`steps` is the given number of steps, not the step at which the descent diverged.";
            rejected("train(zeros, [1e300], [1], 1e10, 4)", train(&start, &x, &t, 1e10, 4), want, look)
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_match() {
        example(|| {
            let (layer, x, t) = three_to_two();
            let want = InputError::ShapeMismatch { left: (2, 2), right: (1, 2) };
            let look = "One row of targets per sample.";
            rejected(
                "train(3 → 2, 2×3, 1×2, …)",
                train(&layer, &x, &Matrix::zeros(1, 2), 0.5, 1),
                want,
                look,
            )?;
            let want = InputError::ShapeMismatch { left: (2, 4), right: (2, 3) };
            let look = "One weight per feature.";
            rejected(
                "train(3 → 2, 2×4, 2×2, …)",
                train(&layer, &Matrix::zeros(2, 4), &t, 0.5, 1),
                want,
                look,
            )?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let none = train(&layer, &Matrix::zeros(0, 3), &Matrix::zeros(0, 2), 0.5, 0);
            rejected(
                "train(3 → 2, 0×3, 0×2, …)",
                none,
                want,
                "Without samples there is nothing to learn from, even for 0 steps.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
            let (layer, x, t) = three_to_two();
            let rejection = |name, index| InputError::NotFinite { name, index };
            let (call, look) =
                ("train(layer, x, targets, 0.5, 0)", "Check before the first step, even for 0 steps.");
            rejected(call, train(&layer, &with(&x, *k, *bad), &t, 0.5, 0), rejection("x", *k), look)?;
            rejected(
                call,
                train(&layer, &x, &with(&t, k % 4, *bad), 0.5, 0),
                rejection("targets", k % 4),
                look,
            )?;
            let weights = with(&layer.weights, *k, *bad);
            rejected(
                call,
                train(&Dense { weights, ..layer.clone() }, &x, &t, 0.5, 0),
                rejection("weights", *k),
                look,
            )?;
            let bias = (0..2).map(|c| if c == k % 2 { *bad } else { 0.0 }).collect();
            rejected(call, train(&Dense { bias, ..layer }, &x, &t, 0.5, 0), rejection("bias", k % 2), look)
        });
    }

    #[test]
    fn takes_the_first_step_for_any_size_and_magnitude() {
        for_all("layer, x, targets, η", (any_problem(), any::magnitude(-5, -1))).holds(|(given, rate)| {
            let (layer, rate) = (&given.0, rate.abs());
            let (got, losses) = trained(given, rate, 1)?;
            let [gradient, error] = gradient_of(given);
            let both = |other: &Dense, of: &dyn Fn(f64, f64) -> f64| {
                let (w, g) = (&layer.weights, &other.weights);
                let weights = Matrix::from_fn(w.rows(), w.cols(), |c, j| of(w[(c, j)], g[(c, j)]));
                Dense { weights, bias: layer.bias.iter().zip(&other.bias).map(|(b, g)| of(*b, *g)).collect() }
            };
            let want = both(&gradient, &|value, gradient| value - rate * gradient);
            // The parts of the samples may be subtracted one after the other.
            let off =
                both(&error, &|value, error| rounding(given.1.rows() + 4, value.abs()) + 2.0 * rate * error);
            let steps = both(&gradient, &|_, gradient| rounding(4, rate * gradient.abs()));
            let sum = |a: &Dense, b: &Dense| Dense {
                weights: Matrix::from_fn(a.weights.rows(), a.weights.cols(), |c, j| {
                    a.weights[(c, j)] + b.weights[(c, j)]
                }),
                bias: a.bias.iter().zip(&b.bias).map(|(a, b)| a + b).collect(),
            };
            let look = "Every sample, input and neuron counts, whatever their number and their size.";
            equal("the number of losses", losses.len(), 2, "One before the step, one after it.")?;
            close_layers("train(layer, x, targets, η, 1)", &got, &[want, sum(&off, &steps)], look)
        });
    }
}
