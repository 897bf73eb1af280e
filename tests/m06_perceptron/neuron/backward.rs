use judge::gradient::{Block, Loss, is_gradient};
use judge::{
    Answer, Broken, Verdict, any, close, close_entries, ensure, example, for_all, rejected, rounding,
};
use katas::m06_perceptron::neuron::backward;
use kit::{Dense, InputError, Matrix};

use super::super::draw::{
    cost, cost_rounding, each, layer_of, only, parameters, problem, sigmoid, sums, three_to_two, with,
};

const CALL: &str = "backward(layer, x, targets)";

/// The slopes have the form of the layer.
fn formed(slopes: &Dense, layer: &Dense) -> Verdict {
    let form = |layer: &Dense| (layer.weights.shape(), layer.bias.len());
    ensure(form(slopes) == form(layer), || {
        let shown = |((k, n), biases)| format!("{k}×{n} slopes for W, {biases} for b");
        let look =
            "Every weight has its slope, in its place: row c belongs to neuron c, column j to feature j.";
        Broken::answer(format!("{CALL}: {}", shown(form(slopes))), shown(form(layer)), look)
    })
}

#[test]
fn it_is_the_slope_of_the_loss_in_every_parameter() {
    for_all("layer, x, targets", problem()).holds(|(layer, x, t)| {
        let slopes = backward(layer, x, t).accepted(CALL)?;
        formed(&slopes, layer)?;
        let (k, n) = layer.weights.shape();
        let value = |p: &[f64]| cost(&layer_of((k, n), p), x, t);
        let loss = Loss { value: &value, rounding: cost_rounding(layer, x), samples: x.rows() };
        let (at, got) = (parameters(layer), parameters(&slopes));
        let split = |all: &[f64]| (all[..k * n].to_vec(), all[k * n..].to_vec());
        let ((w, b), (dw, db)) = (split(&at), split(&got));
        let blocks = [Block::matrix("W", [k, n], &w, &dw), Block::vector("b", &b, &db)];
        let look = "From the loss back: the error p − t, then the slope of σ, σ′ = p·(1 − p), then what \
            stood at the weight.";
        is_gradient(CALL, &blocks, &loss, look)
    });
}

#[test]
fn the_slopes_of_many_samples_are_the_mean_of_each_alone() {
    for_all("layer, x, targets", problem()).holds(|(layer, x, t)| {
        let (m, size) = (x.rows(), parameters(layer).len());
        let got = parameters(&backward(layer, x, t).accepted(CALL)?);
        let mut mean = vec![0.0; size];
        for i in 0..m {
            let call = format!("backward(layer, row {i} of x, row {i} of targets)");
            let alone = parameters(&backward(layer, &only(x, i), &only(t, i)).accepted(&call)?);
            mean.iter_mut().zip(alone).for_each(|(mean, slope)| *mean += slope / m as f64);
        }
        let look = "The loss is a mean over the samples, so its slopes are means as well: neither their sum \
            nor one of them.";
        // A slope is at most ¼·2, and its σ errs with a sum of at most 4n + 2.
        let tolerance = rounding(8 * (m + x.cols() + 2), (x.cols() + 2) as f64);
        close("the slopes, W's row after row, then b's", got.as_slice(), mean.as_slice(), tolerance, look)
    });
}

#[test]
fn a_bias_learns_like_the_weight_of_a_feature_that_is_always_1() {
    for_all("layer, x, targets", problem()).holds(|(layer, x, t)| {
        let (k, n) = layer.weights.shape();
        let one_more = Matrix::from_fn(x.rows(), n + 1, |i, j| if j < n { x[(i, j)] } else { 1.0 });
        let weights = Matrix::from_fn(k, n + 1, |c, j| if j < n { layer.weights[(c, j)] } else { 0.0 });
        let wider = Dense { weights, bias: layer.bias.clone() };
        let call = "backward(layer with one more weight, x with a column of ones, targets)";
        let slopes = backward(&wider, &one_more, t).accepted(call)?;
        formed(&slopes, &wider)?;
        let column: Vec<f64> = (0..k).map(|c| slopes.weights[(c, n)]).collect();
        let look = "∂z/∂b is 1, as ∂z/∂w is 1 where the feature is 1: both have the same slope.";
        let call = format!("∂L/∂b of {call}");
        close(&call, slopes.bias.as_slice(), column.as_slice(), rounding(8 * x.rows(), 1.0), look)
    });
}

#[test]
fn targets_may_be_any_numbers() {
    for_all("layer, x, targets", problem()).cases(64).holds(|(layer, x, t)| {
        let at = |more: f64| -> Result<Vec<f64>, Broken> {
            let call = format!("backward(layer, x, targets + {more})");
            Ok(parameters(&backward(layer, x, &each(t, |t| t + more)).accepted(&call)?))
        };
        let (none, one, four) = (at(0.0)?, at(1.0)?, at(4.0)?);
        let less =
            |a: &[f64], factor: f64| a.iter().zip(&none).map(|(a, b)| factor * (a - b)).collect::<Vec<f64>>();
        let look = "The slope is p − t times something without t: 4 more move it four times as far as 1 \
            more, also where no neuron can follow. Are targets cut off at 0 and 1?";
        // Slopes are at most ¼·2·5.
        let call = "backward(…, targets + 4) less backward(…, targets)";
        close(call, less(&four, 1.0).as_slice(), less(&one, 4.0).as_slice(), rounding(64, 10.0), look)
    });
}

#[test]
fn where_every_answer_is_right_nothing_pulls() {
    for_all("layer, x, _", problem()).holds(|(layer, x, _)| {
        let right = each(&sums(layer, x), sigmoid);
        let slopes = backward(layer, x, &right).accepted("backward(layer, x, σ(W·x + b))")?;
        let zeros = Matrix::zeros(layer.weights.rows(), layer.weights.cols());
        let look = "The targets are what the layer says, so p − t is 0.";
        let tolerance = rounding(x.cols() + 6, (x.cols() + 2) as f64);
        close_entries("∂L/∂W", &slopes.weights, &zeros, |_, _| tolerance, look)?;
        close("∂L/∂b", slopes.bias.as_slice(), vec![0.0; layer.bias.len()].as_slice(), tolerance, look)
    });
}

#[test]
fn a_neuron_that_is_too_sure_learns_nothing() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[1000.0], [-1000.0]]), bias: vec![0.0; 2] };
        let call = "backward(weights [1000; −1000], bias 0, x = [1], targets = [0, 1])";
        let slopes =
            backward(&layer, &Matrix::from_rows([[1.0]]), &Matrix::from_rows([[0.0, 1.0]])).accepted(call)?;
        let look = "σ is flat there: as wrong as can be, and yet the slope is 0. This is what a squared \
            error does to a sure neuron; NaN comes from ∞/∞.";
        close(&format!("∂L/∂W of {call}"), slopes.weights.as_slice(), [0.0; 2].as_slice(), 1e-300, look)?;
        close(&format!("∂L/∂b of {call}"), slopes.bias.as_slice(), [0.0; 2].as_slice(), 1e-300, look)
    });
}

#[test]
fn layers_samples_and_targets_that_do_not_fit_are_rejected() {
    example(|| {
        let (layer, x, t) = three_to_two();
        let look = "Two samples, two neurons: targets are 2×2, the shape of the outputs.";
        for right in [(2, 3), (1, 2), (2, 1)] {
            let want = InputError::ShapeMismatch { left: (2, 2), right };
            let call = format!("backward(3 → 2, 2×3, targets of {}×{})", right.0, right.1);
            rejected(&call, backward(&layer, &x, &Matrix::zeros(right.0, right.1)), want, look)?;
        }
        let want = InputError::ShapeMismatch { left: (2, 4), right: (2, 3) };
        let call = "backward(3 → 2, 2×4, 2×2)";
        rejected(call, backward(&layer, &Matrix::zeros(2, 4), &t), want, "One weight a feature.")?;
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        let odd = Dense { bias: vec![0.0], ..layer.clone() };
        rejected(
            "backward(one bias for two neurons, x, t)",
            backward(&odd, &x, &t),
            want,
            "One bias a neuron.",
        )?;
        let none = backward(&layer, &Matrix::zeros(0, 3), &Matrix::zeros(0, 2));
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("backward(3 → 2, 0×3, 0×2)", none, want.clone(), "0/0 is no slope.")?;
        let no_inputs = Dense { weights: Matrix::zeros(2, 0), bias: vec![0.0; 2] };
        let none = backward(&no_inputs, &Matrix::zeros(0, 0), &Matrix::zeros(0, 2));
        let look = "No sample, with features or without: 0/0 is no slope of a bias either.";
        rejected("backward(0 → 2, 0×0, 0×2)", none, want, look)
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (layer, x, t) = three_to_two();
        let rejection = |name, index| InputError::NotFinite { name, index };
        let look =
            "Look through x, the weights and the biases (`layer.accepts(x)?`), then through the targets.";
        rejected(CALL, backward(&layer, &with(&x, *k, *bad), &t), rejection("x", *k), look)?;
        rejected(CALL, backward(&layer, &x, &with(&t, k % 4, *bad)), rejection("targets", k % 4), look)?;
        let weights = with(&layer.weights, *k, *bad);
        rejected(CALL, backward(&Dense { weights, ..layer }, &x, &t), rejection("weights", *k), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told: targets of another \
            shape, no samples, what the layer does not accept, and last the targets.";
        let (layer, x, t) = three_to_two();
        let bad = |m, n| Matrix::from_fn(m, n, |_, _| f64::NAN);
        let want = InputError::ShapeMismatch { left: (2, 2), right: (1, 2) };
        rejected("backward(3 → 2, 2×4 with NaN, 1×2)", backward(&layer, &bad(2, 4), &bad(1, 2)), want, look)?;
        let want = InputError::ShapeMismatch { left: (0, 2), right: (2, 2) };
        rejected("backward(3 → 2, 0×3, 2×2)", backward(&layer, &bad(0, 3), &t), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("backward(3 → 2, 0×4, 0×2)", backward(&layer, &bad(0, 4), &bad(0, 2)), want, look)?;
        let want = InputError::NotFinite { name: "x", index: 0 };
        rejected(
            "backward(3 → 2, 2×3 with NaN, 2×2 with NaN)",
            backward(&layer, &bad(2, 3), &bad(2, 2)),
            want,
            look,
        )?;
        let odd = Dense { bias: vec![0.0, f64::NAN], ..layer };
        let want = InputError::NotFinite { name: "bias", index: 1 };
        rejected("backward(a bias of NaN, x, 2×2 with NaN)", backward(&odd, &x, &bad(2, 2)), want, look)
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::neuron::backward;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] };
        let gradient = backward(&layer, &Matrix::from_rows([[2.0, -1.0]]), &Matrix::from_rows([[1.0]]))?;
        assert_eq!(gradient, Dense { weights: Matrix::from_rows([[-0.25, 0.125]]), bias: vec![-0.125] });
        Ok::<(), kit::InputError>(())
    });
}
