use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, Verdict, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m06_perceptron::neuron::backward;
use kit::{Dense, InputError, Matrix};

use super::super::draw::{
    close_layers, cost, cost_rounding, each, gradient_of, layer_of, only, parameters, problem, sigmoid,
    sized_problem, sums, three_to_two, with,
};
use super::super::sizes::{any_problem, fault, sound, unequal, with_bias};

const CALL: &str = "backward(layer, x, targets)";

/// The gradient have the form of the layer.
fn formed(gradient: &Dense, layer: &Dense) -> Verdict {
    let form = |layer: &Dense| (layer.weights.shape(), layer.bias.len());
    ensure(form(gradient) == form(layer), || {
        let shown = |((k, n), biases)| format!("{k}×{n} partial derivatives for W, {biases} for b");
        let look = "Every parameter has its partial derivative, in its place: row c belongs to neuron c, \
            column j to feature j.";
        Broken::answer(format!("{CALL}: {}", shown(form(gradient))), shown(form(layer)), look)
    })
}

#[test]
fn matches_finite_differences() {
    for_all("layer, x, targets", problem()).holds(|(layer, x, t)| {
        let gradient = backward(layer, x, t).accepted(CALL)?;
        formed(&gradient, layer)?;
        let (k, n) = layer.weights.shape();
        let value = |p: &[f64]| cost(&layer_of((k, n), p), x, t);
        let loss = Loss { value: &value, rounding: cost_rounding(layer, x), samples: x.rows() };
        let (at, got) = (parameters(layer), parameters(&gradient));
        let split = |all: &[f64]| (all[..k * n].to_vec(), all[k * n..].to_vec());
        let ((w, b), (dw, db)) = (split(&at), split(&got));
        let blocks = [Block::matrix("W", [k, n], &w, &dw), Block::vector("b", &b, &db)];
        let look = "From the loss back: the error p − t, then the derivative of the activation function, \
            σ′ = p·(1 − p), then the input of the weight.";
        is_gradient(CALL, &blocks, &loss, look)
    });
}

fn equals_the_definition(layer: &Dense, x: &Matrix, t: &Matrix) -> Verdict {
    let gradient = backward(layer, x, t).accepted(CALL)?;
    formed(&gradient, layer)?;
    let look = "Every sample, input and neuron counts, whatever their number and their size.";
    close_layers(CALL, &gradient, &gradient_of(&(layer.clone(), x.clone(), t.clone())), look)
}

#[test]
fn is_the_mean_of_deltas_times_inputs() {
    for_all("layer, x, targets", sized_problem()).holds(|(layer, x, t)| equals_the_definition(layer, x, t));
}

#[test]
fn is_the_mean_over_the_samples() {
    for_all("layer, x, targets", problem()).holds(|(layer, x, t)| {
        let (m, size) = (x.rows(), parameters(layer).len());
        let got = parameters(&backward(layer, x, t).accepted(CALL)?);
        let mut mean = vec![0.0; size];
        for i in 0..m {
            let call = format!("backward(layer, row {i} of x, row {i} of targets)");
            let alone = parameters(&backward(layer, &only(x, i), &only(t, i)).accepted(&call)?);
            mean.iter_mut().zip(alone).for_each(|(mean, slope)| *mean += slope / m as f64);
        }
        let look = "The loss is a mean over the samples, so its gradient is a mean as well: neither the sum \
            nor that of one sample.";
        // A slope is at most ¼·2, and its σ errs with a sum of at most 4n + 2.
        let tolerance = rounding(8 * (m + x.cols() + 2), (x.cols() + 2) as f64);
        close("the gradient, W's row after row, then b's", got.as_slice(), mean.as_slice(), tolerance, look)
    });
}

#[test]
fn a_bias_is_the_weight_of_a_constant_feature() {
    for_all("layer, x, targets", problem()).holds(|(layer, x, t)| {
        let (k, n) = layer.weights.shape();
        let one_more = Matrix::from_fn(x.rows(), n + 1, |i, j| if j < n { x[(i, j)] } else { 1.0 });
        let weights = Matrix::from_fn(k, n + 1, |c, j| if j < n { layer.weights[(c, j)] } else { 0.0 });
        let wider = Dense { weights, bias: layer.bias.clone() };
        let call = "backward(layer with one more weight, x with a column of ones, targets)";
        let gradient = backward(&wider, &one_more, t).accepted(call)?;
        formed(&gradient, &wider)?;
        let column: Vec<f64> = (0..k).map(|c| gradient.weights[(c, n)]).collect();
        let look = "∂z/∂b is 1, as ∂z/∂w is 1 where the feature is 1: both have the same derivative.";
        let call = format!("∂L/∂b of {call}");
        close(&call, gradient.bias.as_slice(), column.as_slice(), rounding(8 * x.rows(), 1.0), look)
    });
}

#[test]
fn vanishes_at_the_targets() {
    for_all("layer, x, _", problem()).holds(|(layer, x, _)| {
        let right = each(&sums(layer, x), sigmoid);
        let gradient = backward(layer, x, &right).accepted("backward(layer, x, σ(W·x + b))")?;
        let zeros = Matrix::zeros(layer.weights.rows(), layer.weights.cols());
        let look = "The targets are the outputs of the layer, so p − t is 0.";
        let tolerance = rounding(x.cols() + 6, (x.cols() + 2) as f64);
        close_entries("∂L/∂W", &gradient.weights, &zeros, |_, _| tolerance, look)?;
        close("∂L/∂b", gradient.bias.as_slice(), vec![0.0; layer.bias.len()].as_slice(), tolerance, look)
    });
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

mod robust {
    use super::*;

    #[test]
    fn accepts_any_targets() {
        for_all("layer, x, targets", problem()).cases(64).holds(|(layer, x, t)| {
            let at = |more: f64| -> Result<Vec<f64>, Broken> {
                let call = format!("backward(layer, x, targets + {more})");
                Ok(parameters(&backward(layer, x, &each(t, |t| t + more)).accepted(&call)?))
            };
            let (none, one, four) = (at(0.0)?, at(1.0)?, at(4.0)?);
            let less = |a: &[f64], factor: f64| {
                a.iter().zip(&none).map(|(a, b)| factor * (a - b)).collect::<Vec<f64>>()
            };
            let look = "The gradient is p − t times something without t: it is linear in the targets, also \
                outside of 0 to 1. Are targets clipped?";
            // Derivatives are at most ¼·2·5.
            let call = "backward(…, targets + 4) less backward(…, targets)";
            close(call, less(&four, 1.0).as_slice(), less(&one, 4.0).as_slice(), rounding(64, 10.0), look)
        });
    }

    #[test]
    fn vanishes_where_the_neuron_is_saturated() {
        example(|| {
            let layer = Dense { weights: Matrix::from_rows([[1000.0], [-1000.0]]), bias: vec![0.0; 2] };
            let call = "backward(weights [1000; −1000], bias 0, x = [1], targets = [0, 1])";
            let gradient = backward(&layer, &Matrix::from_rows([[1.0]]), &Matrix::from_rows([[0.0, 1.0]]))
                .accepted(call)?;
            let look = "σ is saturated there: the output is wrong, and yet the gradient is 0, the vanishing \
                gradient of the squared error; NaN comes from ∞/∞.";
            close(
                &format!("∂L/∂W of {call}"),
                gradient.weights.as_slice(),
                [0.0; 2].as_slice(),
                1e-300,
                look,
            )?;
            close(&format!("∂L/∂b of {call}"), gradient.bias.as_slice(), [0.0; 2].as_slice(), 1e-300, look)
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_match() {
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
            rejected(call, backward(&layer, &Matrix::zeros(2, 4), &t), want, "One weight per feature.")?;
            let want = InputError::LengthMismatch { left: 2, right: 1 };
            let odd = Dense { bias: vec![0.0], ..layer.clone() };
            rejected(
                "backward(one bias for two neurons, x, t)",
                backward(&odd, &x, &t),
                want,
                "One bias per neuron.",
            )?;
            let none = backward(&layer, &Matrix::zeros(0, 3), &Matrix::zeros(0, 2));
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("backward(3 → 2, 0×3, 0×2)", none, want.clone(), "Without samples there is no mean.")?;
            let no_inputs = Dense { weights: Matrix::zeros(2, 0), bias: vec![0.0; 2] };
            let none = backward(&no_inputs, &Matrix::zeros(0, 0), &Matrix::zeros(0, 2));
            let look = "Without samples there is no mean, with features or without.";
            rejected("backward(0 → 2, 0×0, 0×2)", none, want, look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[m, n, k], [i, j, c], bad", fault()).cases(96).holds(|(sizes, [i, j, c], bad)| {
            let ((layer, x, t), [_, n, k]) = (sound(*sizes), *sizes);
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "Check x, the weights and the biases (`layer.accepts(x)?`), and the targets.";
            rejected(
                CALL,
                backward(&layer, &with(&x, i * n + j, *bad), &t),
                rejection("x", i * n + j),
                look,
            )?;
            let odd = with(&t, i * k + c, *bad);
            rejected(CALL, backward(&layer, &x, &odd), rejection("targets", i * k + c), look)?;
            let odd = Dense { weights: with(&layer.weights, c * n + j, *bad), ..layer.clone() };
            rejected(CALL, backward(&odd, &x, &t), rejection("weights", c * n + j), look)?;
            rejected(CALL, backward(&with_bias(&layer, *c, *bad), &x, &t), rejection("bias", *c), look)
        });
    }

    #[test]
    fn rejects_shapes_of_any_size_that_do_not_match() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let shape = |sizes: [usize; 3], t: (usize, usize)| {
                let (layer, x, _) = sound(sizes);
                backward(&layer, &x, &Matrix::zeros(t.0, t.1))
            };
            let look =
                "Targets are m×k, one row per sample and one column per neuron: the shape of the outputs.";
            let cases =
                [([n, 2, 3], (m, 3)), ([5, 2, n], (5, m)), ([n, 2, m], (m, n)), ([n, m, 2], (n, m.max(3)))];
            for (sizes, right) in cases {
                let want = InputError::ShapeMismatch { left: (sizes[0], sizes[2]), right };
                rejected(
                    &format!("backward of m, n, k = {sizes:?}, targets {right:?}"),
                    shape(sizes, right),
                    want,
                    look,
                )?;
            }
            let (layer, _, t) = sound([4, n, 2]);
            let want = InputError::ShapeMismatch { left: (4, m), right: (2, n) };
            let got = backward(&layer, &Matrix::zeros(4, m), &t);
            rejected("backward(2×n weights, x of 4×m, 4×2)", got, want, "One weight per feature.")?;
            let odd = Dense { weights: Matrix::zeros(n, 2), bias: vec![0.0; m] };
            let got = backward(&odd, &Matrix::zeros(3, 2), &Matrix::zeros(3, n));
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected("backward(n neurons with m biases, x, t)", got, want, "One bias per neuron.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        for_all("layer, x, targets", any_problem()).holds(|(layer, x, t)| equals_the_definition(layer, x, t));
    }
}
