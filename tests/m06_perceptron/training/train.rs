use judge::any::select;
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::training::train;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{
    Problem, close_layers, cost, cost_error, cost_rounding, each, gradient_of, layer_of, parameters, problem,
    sigmoid, sized_problem, sums, three_to_two, with,
};
use super::super::sizes::{any_problem, fault, place, several, sound, unequal, with_bias};

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

/// The layer after so many steps by the definition, its losses, and how far rounding may carry a parameter.
fn by_definition((start, x, t): &Problem, rate: f64, steps: usize) -> (Dense, Vec<f64>, f64) {
    let (mut layer, mut losses, mut error) = (start.clone(), vec![cost(start, x, t)], 0.0);
    let length = |all: &[f64]| all.iter().map(|a| a * a).sum::<f64>().sqrt();
    for _ in 0..steps {
        let [gradient, off] = gradient_of(&(layer.clone(), x.clone(), t.clone()));
        error += rate * length(&parameters(&off)) + rounding(4, length(&parameters(&layer)));
        let step = |(value, slope): (f64, f64)| value - rate * slope;
        let stepped = parameters(&layer).into_iter().zip(parameters(&gradient)).map(step);
        layer = layer_of(layer.weights.shape(), &stepped.collect::<Vec<_>>());
        losses.push(cost(&layer, x, t));
    }
    (layer, losses, error)
}

#[test]
fn takes_every_step_for_any_size() {
    let inputs = (sized_problem(), select(vec![1_usize, 2, 3, 4, 13, 41, 151, 301, 1001])).prop_map(
        |(given, steps)| {
            let affordable = 1 + 5000 / (given.1.rows() * (given.1.cols() + 1) * given.2.cols());
            (given, steps.min(affordable))
        },
    );
    for_all("layer, x, targets, steps", inputs).cases(128).holds(|(given, steps)| {
        let (layer, x, t) = given;
        // The curvature of L is at most 0.16·(‖x‖² + 1), as below: in so many steps an error grows by less than e.
        let square = |i: usize| x.row(i).iter().map(|x| x * x).sum::<f64>();
        let longest = (0..x.rows()).map(square).fold(0.0, f64::max);
        let rate = 1.0 / (0.16 * (longest + 1.0) * *steps as f64);
        let (want, want_losses, error) = by_definition(given, rate, *steps);
        let (got, losses) = trained(given, rate, *steps)?;
        let error = 6.0 * error;
        let look = "Every step, every sample, input and neuron counts, however many they are.";
        let all = |layer: &Dense| Dense {
            weights: each(&layer.weights, |_| error),
            bias: vec![error; layer.bias.len()],
        };
        close_layers("train(layer, x, targets, η, steps)", &got, &[want, all(layer)], look)?;
        equal("the number of losses", losses.len(), steps + 1, "One before the first step, one after each.")?;
        for (k, loss) in losses.iter().enumerate() {
            // An output moves by at most a quarter of its sum, and the loss by at most the distance, 2, times that.
            let moved = t.cols() as f64 * error * (longest.sqrt() + 1.0);
            let (call, error) = (format!("loss number {k}"), moved + 4.0 * cost_rounding(layer, x));
            close(&call, *loss, want_losses[k], error, look)?;
        }
        Ok(())
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
        for_all("w, b, η", (select(vec![0.25, -6.0, 16.0]), any::eighth(), select(vec![1.0, 8.0, 64.0])))
            .cases(96)
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
            for got in [0.0, -0.125, -1e-300, -1e300] {
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
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
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
    fn reports_divergence_of_any_weight() {
        let inputs = (several(1..=3), several(1..=3))
            .prop_flat_map(|(n, k)| (Just([n, k]), place(n), place(k), 1..=4_usize));
        for_all("[n, k], j, c, steps", inputs).cases(64).holds(|&([n, k], j, c, steps)| {
            // Only the weight of neuron c for feature j moves: the other features are 0, the other targets ½, which is what
            // the neurons say.
            let start = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
            let x = Matrix::from_fn(1, n, |_, l| if l == j { 1e300 } else { 0.0 });
            let t = Matrix::from_fn(1, k, |_, l| if l == c { 1.0 } else { 0.5 });
            let want = InputError::NotConverged { steps, residual: f64::INFINITY };
            let look = "Check every weight of every neuron before you return the layer.";
            rejected("train(zeros, x, t, 1e10, steps)", train(&start, &x, &t, 1e10, steps), want, look)
        });
    }

    #[test]
    fn rejects_shapes_of_any_size_that_do_not_match() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let look =
                "Targets are m×k, one row per sample and one column per neuron: the shape of the outputs.";
            for (sizes, right) in [([n, 2, 3], (m, 3)), ([5, 2, n], (5, m)), ([n, 2, m], (m, n))] {
                let (layer, x, _) = sound(sizes);
                let want = InputError::ShapeMismatch { left: (sizes[0], sizes[2]), right };
                let got = train(&layer, &x, &Matrix::zeros(right.0, right.1), 0.5, 0);
                rejected(&format!("train of m, n, k = {sizes:?}, targets {right:?}"), got, want, look)?;
            }
            let (layer, _, t) = sound([4, n, 2]);
            let want = InputError::ShapeMismatch { left: (4, m), right: (2, n) };
            let got = train(&layer, &Matrix::zeros(4, m), &t, 0.5, 1);
            rejected("train(2×n weights, x of 4×m, 4×2, ½, 1)", got, want, "One weight per feature.")?;
            let odd = Dense { weights: Matrix::zeros(n, 2), bias: vec![0.0; m] };
            let got = train(&odd, &Matrix::zeros(3, 2), &Matrix::zeros(3, n), 0.5, 1);
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected("train(n neurons with m biases, x, t, ½, 1)", got, want, "One bias per neuron.")
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
        for_all("[m, n, k], [i, j, c], bad", fault()).cases(96).holds(|(sizes, [i, j, c], bad)| {
            let ((layer, x, t), [_, n, k]) = (sound(*sizes), *sizes);
            let rejection = |name, index| InputError::NotFinite { name, index };
            let (call, look) =
                ("train(layer, x, targets, 0.5, 0)", "Check before the first step, even for 0 steps.");
            let got = train(&layer, &with(&x, i * n + j, *bad), &t, 0.5, 0);
            rejected(call, got, rejection("x", i * n + j), look)?;
            let got = train(&layer, &x, &with(&t, i * k + c, *bad), 0.5, 0);
            rejected(call, got, rejection("targets", i * k + c), look)?;
            let odd = Dense { weights: with(&layer.weights, c * n + j, *bad), ..layer.clone() };
            rejected(call, train(&odd, &x, &t, 0.5, 0), rejection("weights", c * n + j), look)?;
            let odd = with_bias(&layer, *c, *bad);
            rejected(call, train(&odd, &x, &t, 0.5, 0), rejection("bias", *c), look)
        });
    }

    #[test]
    fn takes_the_first_step_for_any_size_and_magnitude() {
        let (tiny, large) = (any::magnitude(-120, -101), any::magnitude(0, 9));
        let rates = prop_oneof![3 => any::magnitude(-5, -1), 1 => tiny, 2 => large];
        for_all("layer, x, targets, η", (any_problem(), rates)).holds(|(given, rate)| {
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
            let (first, error_of_first) =
                (cost(layer, &given.1, &given.2), cost_error(layer, &given.1, &given.2));
            close("the loss before the step", losses[0], first, error_of_first, look)?;
            close_layers("train(layer, x, targets, η, 1)", &got, &[want, sum(&off, &steps)], look)
        });
    }
}
