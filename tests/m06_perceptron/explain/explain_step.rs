use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, reads_as, rejected, rounding};
use katas::m06_perceptron::explain::explain_step;
use kit::{Dense, Explanation, InputError, Matrix};
use proptest::prelude::*;
use proptest::sample::select;

use super::super::draw::{
    cost, cost_rounding, half_mean_square, layer, layer_of, parameters, small, targets, with,
};
use super::wording::{Told, alike, lines, numbers, row};

const NAMES: &str = "layer, x, targets, η";

fn any_step() -> impl Strategy<Value = Told> + Send + Sync + Clone {
    let inputs = prop_oneof![9 => 1..=3_usize, 1 => Just(0)];
    (inputs, 1..=2_usize).prop_flat_map(|(n, k)| {
        // Beyond 0 and 1, too: a target that no neuron reaches is one.
        let off = select(vec![0.0, 0.0, -1.5, 2.0]);
        let t = (targets(1, k), off).prop_map(|(t, off)| t.as_slice().iter().map(|t| t + off).collect());
        (layer(n, k), prop::collection::vec(small(), n), t, select(vec![0.5, 1.0, 0.125, 8.0]))
    })
}

fn told((layer, x, t, rate): &Told) -> Result<Explanation, Broken> {
    explain_step(layer, x, t, *rate).accepted("explain_step(layer, x, targets, η)")
}

/// The result of this step has these numbers.
fn comes_out(told: &Explanation, name: &str, want: &[f64], look: &str) -> judge::Verdict {
    let got = told.result(name).ok_or_else(|| {
        let names: Vec<_> = told.steps.iter().map(|step| step.name.as_str()).collect();
        Broken::answer(
            format!("the steps {names:?}"),
            format!("a step {name:?}"),
            "See the table in the documentation.",
        )
    })?;
    // Each number is a handful of operations away from sums of at most 4·3 + 2.
    close(&format!("the result of step {name}"), got, want, rounding(24, 14.0), look)
}

#[test]
fn each_step_has_its_name_and_its_formula() {
    for_all(NAMES, any_step()).holds(|given| {
        let (told, want) = (told(given)?, lines(given));
        let formulas = |lines: &[[String; 3]]| {
            lines.iter().map(|[name, formula, _]| format!("{name} = {formula}")).collect::<Vec<_>>()
        };
        let got: Vec<_> = told.steps.iter().map(|step| format!("{} = {}", step.name, step.formula)).collect();
        equal(
            "names and formulas",
            got,
            formulas(&want),
            "As in the table, in its order: all neurons forward, the loss, all slopes, all updates, the new \
             loss.",
        )
    });
}

#[test]
fn each_formula_has_its_numbers_put_in() {
    for_all(NAMES, any_step()).holds(|given| {
        for (step, [name, _, numbers]) in told(given)?.steps.iter().zip(lines(given)) {
            ensure(alike(&step.numbers, &numbers), || {
                let look = "Four decimals each, as in the table; what rounds to −0.0000 is 0.0000.";
                Broken::answer(format!("the numbers of step {name}: {}", step.numbers), numbers, look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn the_forward_pass_gives_sums_and_outputs() {
    for_all(NAMES, any_step()).holds(|given| {
        let (told, numbers) = (told(given)?, numbers(given));
        for c in 0..given.2.len() {
            comes_out(&told, &format!("z{c}"), &[numbers.z[c]], "Weights times features, and the bias.")?;
            comes_out(&told, &format!("p{c}"), &[numbers.p[c]], "σ of the sum, not rounded before.")?;
        }
        Ok(())
    });
}

#[test]
fn the_loss_is_half_the_squared_distance_before_and_after() {
    for_all(NAMES, any_step()).holds(|given| {
        let (told, numbers, t) = (told(given)?, numbers(given), row(&given.2));
        let loss = |p: &[f64]| half_mean_square(&row(p), &t);
        comes_out(&told, "L", &[loss(&numbers.p)], "Half the sum of the squares, over all neurons.")?;
        comes_out(
            &told,
            "new L",
            &[loss(&numbers.new_p)],
            "The loss of the layer after the step, for the same sample.",
        )
    });
}

#[test]
fn the_slopes_are_those_of_the_loss() {
    for_all(NAMES, any_step()).holds(|given| {
        let (told, (layer, x, t, _)) = (told(given)?, given);
        let (shape, x, t) = (layer.weights.shape(), row(x), row(t));
        let all = |kind: &str| {
            let of = |c: usize| told.result(&format!("∂L/∂{kind}{c}")).unwrap_or_default().to_vec();
            (0..shape.0).flat_map(of).collect::<Vec<f64>>()
        };
        let (dw, db) = (all("w"), all("b"));
        let value = |p: &[f64]| cost(&layer_of(shape, p), &x, &t);
        let loss = Loss { value: &value, rounding: cost_rounding(layer, &x), samples: 1 };
        let at = parameters(layer);
        let (w, b) = at.split_at(shape.0 * shape.1);
        let blocks = [Block::matrix("W", [shape.0, shape.1], w, &dw), Block::vector("b", b, &db)];
        is_gradient("the steps ∂L/∂w and ∂L/∂b", &blocks, &loss, "δ is ∂L/∂z: the error times σ′.")?;
        let look = "∂z/∂b is 1: the slope of the bias is δ itself.";
        (0..shape.0).try_for_each(|c| comes_out(&told, &format!("δ{c}"), &db[c..=c], look))
    });
}

#[test]
fn the_update_is_minus_eta_times_the_slope() {
    for_all(NAMES, any_step()).holds(|given| {
        let (told, numbers) = (told(given)?, numbers(given));
        let look = "The old number minus η times its slope.";
        for c in 0..given.2.len() {
            comes_out(&told, &format!("new w{c}"), numbers.after.weights.row(c), look)?;
            comes_out(&told, &format!("new b{c}"), &[numbers.after.bias[c]], look)?;
        }
        equal(
            "the title",
            told.title,
            format!("One step of gradient descent with learning rate {:.4}", given.3),
            "As in the documentation.",
        )
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| {
        let (layer, x) = (Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] }, [1.0, 2.0]);
        let want = InputError::LengthMismatch { left: 1, right: 2 };
        rejected(
            "explain_step(2 → 1, x, [0, 1], 0.5)",
            explain_step(&layer, &x, &[0.0, 1.0], 0.5),
            want,
            "One target a neuron.",
        )?;
        let want = InputError::ShapeMismatch { left: (1, 3), right: (1, 2) };
        rejected(
            "explain_step(2 → 1, 3 features, [1], 0.5)",
            explain_step(&layer, &[1.0; 3], &[1.0], 0.5),
            want,
            "One weight a feature.",
        )?;
        let none = Dense { weights: Matrix::zeros(0, 2), bias: vec![] };
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "explain_step(2 → 0, x, [], 0.5)",
            explain_step(&none, &x, &[], 0.5),
            want,
            "No neuron, nothing to tell.",
        )?;
        for got in [0.0, -0.5] {
            let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
            let call = format!("explain_step(2 → 1, x, [1], {got})");
            rejected(&call, explain_step(&layer, &x, &[1.0], got), want, "A step needs a length.")?;
        }
        Ok(())
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..2_usize)).cases(64).holds(|(bad, k)| {
        let (layer, x) = (Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] }, [1.0, 2.0]);
        let mut odd = x;
        odd[*k] = *bad;
        let rejection = |name, index| InputError::NotFinite { name, index };
        let (call, look) =
            ("explain_step(layer, x, t, η)", "x, weights, bias, targets, learning rate, in this order.");
        rejected(call, explain_step(&layer, &odd, &[1.0], 0.5), rejection("x", *k), look)?;
        rejected(call, explain_step(&layer, &x, &[*bad], 0.5), rejection("targets", 0), look)?;
        rejected(call, explain_step(&layer, &x, &[1.0], *bad), rejection("learning_rate", 0), look)?;
        let weights = with(&layer.weights, *k, *bad);
        rejected(
            call,
            explain_step(&Dense { weights, ..layer }, &x, &[1.0], 0.5),
            rejection("weights", *k),
            look,
        )
    });
}

#[test]
fn it_reads_as_it_should() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[0.5, -1.0], [0.25, 0.75]]), bias: vec![0.25, -0.5] };
        let text = told(&(layer, vec![1.0, 2.0], vec![1.0, 0.0], 0.5))?.to_string();
        reads_as("m06_perceptron/explain/explain_step", &text, "Every line, in its order and words.")
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told: one target a neuron, \
            a neuron at all, what the layer does not accept, targets, the rate.";
        let (layer, nan) = (Dense { weights: Matrix::zeros(1, 2), bias: vec![f64::NAN] }, f64::NAN);
        let want = InputError::LengthMismatch { left: 1, right: 2 };
        rejected(
            "explain_step(2 → 1, [NaN], [NaN, 0], −1)",
            explain_step(&layer, &[nan], &[nan, 0.0], -1.0),
            want,
            look,
        )?;
        let none = Dense { weights: Matrix::zeros(0, 2), bias: vec![] };
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("explain_step(2 → 0, [NaN], [], −1)", explain_step(&none, &[nan], &[], -1.0), want, look)?;
        let want = InputError::NotFinite { name: "bias", index: 0 };
        rejected(
            "explain_step(a bias of NaN, x, [NaN], −1)",
            explain_step(&layer, &[0.0; 2], &[nan], -1.0),
            want,
            look,
        )
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::explain::explain_step;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
        let steps = explain_step(&layer, &[2.0], &[1.0], 0.5)?;
        assert_eq!(steps.result("δ0"), Some(&[-0.125][..]));
        assert_eq!(steps.result("new w0"), Some(&[0.125][..]));
        Ok::<(), kit::InputError>(())
    });
}
