use judge::gradient::{Block, Loss, is_gradient};
use judge::{Broken, any, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m06_perceptron::two_layers::two_layer_backward;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{each, half_mean_square, layer_of, only, parameters, with};
use super::networks::{CALL, NAMES, backward, fixed, network, outputs};

#[test]
fn it_is_the_slope_of_the_loss_in_every_parameter_of_both_layers() {
    for_all(NAMES, network()).holds(|(hidden, (output, x, t))| {
        let slopes = backward(hidden, output, x, t, CALL)?;
        let (q, n) = hidden.weights.shape();
        let (k, first) = (output.weights.rows(), q * (n + 1));
        let value = |p: &[f64]| {
            let (hidden, output) = (layer_of((q, n), &p[..first]), layer_of((k, q), &p[first..]));
            half_mean_square(&outputs(&hidden, &output, x), t)
        };
        // Sums of at most 4·2 + 2, bent to at most 1, summed again to at most 2·3 + 2.
        let rounding = rounding(x.rows() * k + n + q + 16, (8 * k * (q + n)) as f64);
        let loss = Loss { value: &value, rounding, samples: x.rows() };
        let blocks = [
            Block::matrix("V", [q, n], hidden.weights.as_slice(), slopes[0].weights.as_slice()),
            Block::vector("a", &hidden.bias, &slopes[0].bias),
            Block::matrix("W", [k, q], output.weights.as_slice(), slopes[1].weights.as_slice()),
            Block::vector("b", &output.bias, &slopes[1].bias),
        ];
        let look = "Output: error times σ′. Hidden: that, carried back through the columns of W, times \
            tanh′ = 1 − h².";
        is_gradient(CALL, &blocks, &loss, look)
    });
}

#[test]
fn the_slopes_of_many_samples_are_the_mean_of_each_alone() {
    for_all(NAMES, network()).holds(|(hidden, (output, x, t))| {
        let flat = |[first, second]: [Dense; 2]| [parameters(&first), parameters(&second)].concat();
        let got = flat(backward(hidden, output, x, t, CALL)?);
        let mut mean = vec![0.0; got.len()];
        for i in 0..x.rows() {
            let call = format!("two_layer_backward(hidden, output, row {i} of x, row {i} of targets)");
            let alone = flat(backward(hidden, output, &only(x, i), &only(t, i), &call)?);
            mean.iter_mut().zip(alone).for_each(|(mean, slope)| *mean += slope / x.rows() as f64);
        }
        let look = "The loss is a mean over the samples, so its slopes are means as well.";
        close("all slopes, hidden first", got.as_slice(), mean.as_slice(), rounding(64, 20.0), look)
    });
}

#[test]
fn targets_may_be_any_numbers() {
    for_all(NAMES, network()).cases(64).holds(|(hidden, (output, x, t))| {
        let at = |more: f64| -> Result<Vec<f64>, Broken> {
            let call = format!("two_layer_backward(hidden, output, x, targets + {more})");
            let [first, second] = backward(hidden, output, x, &each(t, |t| t + more), &call)?;
            Ok([parameters(&first), parameters(&second)].concat())
        };
        let (none, one, four) = (at(0.0)?, at(1.0)?, at(4.0)?);
        let less =
            |a: &[f64], factor: f64| a.iter().zip(&none).map(|(a, b)| factor * (a - b)).collect::<Vec<f64>>();
        let look = "Every slope is p − t times something without t: 4 more move it four times as far as 1 \
            more. Are targets cut off at 0 and 1?";
        let call = "two_layer_backward(…, targets + 4) less two_layer_backward(…, targets)";
        close(call, less(&four, 1.0).as_slice(), less(&one, 4.0).as_slice(), rounding(64, 40.0), look)
    });
}

#[test]
fn what_no_output_listens_to_is_to_blame_for_nothing() {
    for_all(NAMES, network()).holds(|(hidden, (output, x, t))| {
        let (k, q) = output.weights.shape();
        let deaf = Dense { weights: Matrix::zeros(k, q), bias: output.bias.clone() };
        let call = "two_layer_backward(hidden, output with W = 0, x, targets)";
        let [first, _] = backward(hidden, &deaf, x, t, call)?;
        let look = "Blame goes back through W, and W is 0: the hidden layer cannot change the loss.";
        let zeros = Matrix::zeros(q, x.cols());
        close_entries(&format!("∂L/∂V of {call}"), &first.weights, &zeros, |_, _| 0.0, look)?;
        close(&format!("∂L/∂a of {call}"), first.bias.as_slice(), vec![0.0; q].as_slice(), 0.0, look)
    });
}

#[test]
fn a_neuron_that_is_sure_learns_little_but_not_less() {
    for_all("|z|, negative, hidden", (13..=30_i32, any::<bool>(), any::<bool>())).cases(64).holds(
        |&(size, negative, deep)| {
            let z = f64::from(if negative { -size } else { size });
            // Without weights the sums are the biases: the one in question is z, the other 0.
            let (a, b) = if deep { (z, 0.0) } else { (0.0, z) };
            let (v, w) = (Matrix::zeros(1, 1), Matrix::from_rows([[f64::from(u8::from(deep))]]));
            let (hidden, output) = (Dense { weights: v, bias: vec![a] }, Dense { weights: w, bias: vec![b] });
            let (x, t) = (Matrix::from_rows([[1.0]]), Matrix::from_rows([[0.5]]));
            let call = if deep { "∂L/∂a at V·x + a = z" } else { "∂L/∂b at W·h + b = z" };
            let slopes = backward(&hidden, &output, &x, &t, CALL)?;
            let p = outputs(&hidden, &output, &x)[(0, 0)];
            let blame = (p - 0.5) * p * (1.0 - p);
            let want = if deep { blame / z.cosh().powi(2) } else { blame };
            let got = slopes[usize::from(!deep)].bias[0];
            let look =
                "σ′ and tanh′ fall like e⁻ᶻ and e⁻²ᶻ, and go on falling. Are the sums cut off somewhere?";
            // 1 − p and 1 − h² are taken from 1, which has a rounding of ε.
            close(call, got, want, rounding(8, 1.0), look)
        },
    );
}

#[test]
fn descending_it_learns_exclusive_or() {
    example(|| {
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        let t = Matrix::from_rows([[0.0], [1.0], [1.0], [0.0]]);
        let weights = Matrix::from_rows([[-0.75, 1.25], [0.25, -1.0], [1.75, -1.75]]);
        let mut hidden = Dense { weights, bias: vec![0.0, 0.25, 1.0] };
        let mut output = Dense { weights: Matrix::from_rows([[-1.5, -1.5, -2.0]]), bias: vec![0.0] };
        let moved = |layer: &Dense, slopes: &Dense| {
            let step = |(value, slope): (f64, f64)| value - 4.0 * slope;
            let stepped = parameters(layer).into_iter().zip(parameters(slopes)).map(step);
            layer_of(layer.weights.shape(), &stepped.collect::<Vec<_>>())
        };
        for _ in 0..100 {
            let [first, second] = backward(&hidden, &output, &x, &t, CALL)?;
            (hidden, output) = (moved(&hidden, &first), moved(&output, &second));
        }
        let p = outputs(&hidden, &output, &x);
        let right = (0..4).all(|i| (p[(i, 0)] > 0.5) == (t[(i, 0)] > 0.5));
        ensure(right, || {
            let look = "100 steps of 4 times the slopes, from a start that is right for it. Do all four \
                blocks learn?";
            Broken::answer(
                format!("outputs {:?} for 00, 01, 10, 11", p.as_slice()),
                "less than ½ for 00 and 11, more for 01 and 10",
                look,
            )
        })
    });
}

#[test]
fn layers_samples_and_targets_that_do_not_fit_are_rejected() {
    example(|| {
        let (hidden, output, x, t) = fixed();
        let want = InputError::ShapeMismatch { left: (2, 1), right: (1, 2) };
        let odd = two_layer_backward(&hidden, &output, &x, &Matrix::zeros(1, 2));
        rejected(
            "two_layer_backward(2 → 3, 3 → 1, 2×2, targets of 1×2)",
            odd,
            want,
            "Targets have the shape of the outputs.",
        )?;
        let want = InputError::ShapeMismatch { left: (2, 3), right: (3, 2) };
        let odd = two_layer_backward(&hidden, &output, &Matrix::zeros(2, 3), &t);
        rejected("two_layer_backward(2 → 3, 3 → 1, 2×3, 2×1)", odd, want, "x goes into the hidden layer.")?;
        let want = InputError::ShapeMismatch { left: (2, 3), right: (1, 2) };
        let small = Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] };
        let odd = two_layer_backward(&hidden, &small, &x, &t);
        rejected(
            "two_layer_backward(2 → 3, 2 → 1, 2×2, 2×1)",
            odd,
            want,
            "Three hidden neurons go into the output layer.",
        )?;
        let want = InputError::LengthMismatch { left: 3, right: 2 };
        let odd = Dense { bias: vec![0.0; 2], ..hidden.clone() };
        rejected(
            "two_layer_backward(hidden with two biases, …)",
            two_layer_backward(&odd, &output, &x, &t),
            want,
            "One bias a neuron.",
        )?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        let none = two_layer_backward(&hidden, &output, &Matrix::zeros(0, 2), &Matrix::zeros(0, 1));
        rejected("two_layer_backward(2 → 3, 3 → 1, 0×2, 0×1)", none, want, "0/0 is no slope.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..2_usize)).cases(64).holds(|(bad, k)| {
        let (hidden, output, x, t) = fixed();
        let rejection = |name, index| InputError::NotFinite { name, index };
        let look = "`hidden.accepts(x)?`, then `output.accepts(h)?`, then the targets.";
        rejected(
            CALL,
            two_layer_backward(&hidden, &output, &with(&x, *k, *bad), &t),
            rejection("x", *k),
            look,
        )?;
        rejected(
            CALL,
            two_layer_backward(&hidden, &output, &x, &with(&t, *k, *bad)),
            rejection("targets", *k),
            look,
        )?;
        let odd = Dense { weights: with(&output.weights, *k, *bad), ..output.clone() };
        rejected(CALL, two_layer_backward(&hidden, &odd, &x, &t), rejection("weights", *k), look)?;
        let odd = Dense { weights: with(&hidden.weights, *k, *bad), ..hidden };
        rejected(CALL, two_layer_backward(&odd, &output, &x, &t), rejection("weights", *k), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told: targets of another \
            shape, no samples, the hidden layer, the output layer, and last the targets.";
        let (hidden, output, x, t) = fixed();
        let bad = |m, n| Matrix::from_fn(m, n, |_, _| f64::NAN);
        let want = InputError::ShapeMismatch { left: (2, 1), right: (2, 2) };
        let got = two_layer_backward(&hidden, &output, &bad(2, 3), &bad(2, 2));
        rejected("two_layer_backward(2 → 3, 3 → 1, 2×3 with NaN, 2×2)", got, want, look)?;
        let want = InputError::ShapeMismatch { left: (0, 1), right: (2, 1) };
        let got = two_layer_backward(&hidden, &output, &bad(0, 2), &t);
        rejected("two_layer_backward(2 → 3, 3 → 1, 0×2, 2×1)", got, want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        let got = two_layer_backward(&hidden, &output, &bad(0, 3), &bad(0, 1));
        rejected("two_layer_backward(2 → 3, 3 → 1, 0×3, 0×1)", got, want, look)?;
        let nan = |layer: &Dense| Dense { bias: vec![f64::NAN; layer.bias.len()], ..layer.clone() };
        let want = InputError::NotFinite { name: "x", index: 0 };
        let got = two_layer_backward(&nan(&hidden), &nan(&output), &bad(2, 2), &bad(2, 1));
        rejected("two_layer_backward, NaN in x, biases and targets", got, want, look)?;
        let want = InputError::NotFinite { name: "bias", index: 0 };
        let got = two_layer_backward(&nan(&hidden), &output, &x, &bad(2, 1));
        rejected("two_layer_backward, NaN in the hidden biases and targets", got, want.clone(), look)?;
        let got = two_layer_backward(&hidden, &nan(&output), &x, &bad(2, 1));
        rejected("two_layer_backward, NaN in the bias of the output and targets", got, want, look)
    })
}

#[test]
fn one_hidden_neuron_with_an_error_of_one_half() {
    example(|| {
        let hidden = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
        let output = Dense { weights: Matrix::from_rows([[2.0]]), bias: vec![0.0] };
        let (x, t) = (Matrix::from_rows([[3.0]]), Matrix::from_rows([[1.0]]));
        let call = "∂L/∂V and ∂L/∂a with V = 0, a = 0, W = 2, b = 0, x = 3, t = 1";
        let [first, _] = backward(&hidden, &output, &x, &t, CALL)?;
        let look = "h = 0 and p = ½: (½ − 1)·½·½ at the output, times W = 2 and 1 − h² = 1 at the hidden \
            neuron, times x for V and times 1 for a.";
        close(call, parameters(&first).as_slice(), [-0.75, -0.25].as_slice(), rounding(16, 1.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::two_layers::two_layer_backward;
        use kit::{Dense, Matrix};
        let hidden = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
        let output = Dense { weights: Matrix::from_rows([[2.0]]), bias: vec![0.0] };
        let (x, targets) = (Matrix::from_rows([[3.0]]), Matrix::from_rows([[1.0]]));
        let [first, second] = two_layer_backward(&hidden, &output, &x, &targets)?;
        assert_eq!(first, Dense { weights: Matrix::from_rows([[-0.75]]), bias: vec![-0.25] });
        assert_eq!(second, Dense { weights: Matrix::from_rows([[0.0]]), bias: vec![-0.125] });
        Ok::<(), kit::InputError>(())
    });
}
