use judge::any::select;
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, reads_as, rejected, rounding};
use katas::m06_perceptron::explain::explain_step;
use kit::{Dense, Explanation, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{
    cost, cost_error, cost_rounding, gradient_of, half_mean_square, layer, layer_of, parameters, sigmoid,
    sigmoid_error, sizes, small, sums, targets, with,
};
use super::super::sizes::{fault, kinds, layer_from, many, matrix_of, several, sound, unequal, with_bias};
use super::wording::{Given, alike, deltas_are_right, lines, numbers, row};

const NAMES: &str = "layer, x, targets, η";

fn any_step() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let inputs = prop_oneof![9 => 1..=3_usize, 1 => Just(0)];
    step_of((inputs, 1..=2_usize))
}

/// The same with any number of inputs and neurons, up to a thousand weights.
fn sized_step() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let inputs = prop_oneof![9 => several(1..=3), 1 => Just(0)];
    step_of((inputs, several(1..=2)).prop_map(|(n, k)| (n.min(1 + 1000 / k), k)))
}

fn step_of(
    sizes: impl Strategy<Value = (usize, usize)> + Send + Sync + Clone,
) -> impl Strategy<Value = Given> + Send + Sync + Clone {
    sizes.prop_flat_map(|(n, k)| {
        // Beyond 0 and 1, too: a target that no neuron reaches is one.
        let off = select(vec![0.0, 0.0, -1.5, 2.0]);
        let t = (targets(1, k), off).prop_map(|(t, off)| t.as_slice().iter().map(|t| t + off).collect());
        (layer(n, k), judge::any::vec(small(), n), t, select(vec![0.5, 1.0, 0.125, 8.0]))
    })
}

fn explained((layer, x, t, rate): &Given) -> Result<Explanation, Broken> {
    explain_step(layer, x, t, *rate).accepted("explain_step(layer, x, targets, η)")
}

/// The result of this step has these numbers.
fn comes_out(explained: &Explanation, name: &str, want: &[f64], look: &str) -> judge::Verdict {
    let got = explained.result(name).ok_or_else(|| {
        let names: Vec<_> = explained.steps.iter().map(|step| step.name.as_str()).collect();
        Broken::answer(
            format!("the steps {names:?}"),
            format!("a step {name:?}"),
            "See the table in the documentation.",
        )
    })?;
    close(&format!("the result of step {name}"), got, want, tolerance(explained), look)
}

/// Each number is a handful of operations away from sums of n products of up to 4, and 2; or from a sum of k squares of up to 9.
/// After a step with a rate of up to 8 the weights are at most 2 + 8·2.
fn tolerance(explained: &Explanation) -> f64 {
    let n = explained.result("∂L/∂w0").map_or(0, <[f64]>::len);
    let k = explained.steps.iter().filter(|step| step.name.starts_with('δ')).count();
    rounding(24 + 2 * (n + k), (4 * n + 2).max(5 * k) as f64)
}

#[test]
fn has_the_names_and_formulas() {
    for_all(NAMES, sized_step()).cases(128).holds(|given| {
        let (explained, want) = (explained(given)?, lines(given));
        let formulas = |lines: &[[String; 3]]| {
            lines.iter().map(|[name, formula, _]| format!("{name} = {formula}")).collect::<Vec<_>>()
        };
        let got: Vec<_> =
            explained.steps.iter().map(|step| format!("{} = {}", step.name, step.formula)).collect();
        equal(
            "names and formulas",
            got,
            formulas(&want),
            "As in the table, in its order: forward pass, loss, backward pass, updates, new loss, each \
             for all neurons.",
        )
    });
}

#[test]
fn has_the_numbers_put_in() {
    // Also where there are four and more digits before the point: no separator, no exponent.
    let units = select(vec![1.0, 1.0, 300.0, 40_000.0]);
    for_all("layer, x, targets, η, unit of x and targets", (sized_step(), units)).cases(128).holds(
        |(given, unit)| {
            let (layer, x, t, rate) = given;
            let by = |all: &[f64]| all.iter().map(|a| a * unit).collect::<Vec<_>>();
            let given = &(layer.clone(), by(x), by(t), *rate);
            let explained = explained(given)?;
            for (step, [name, _, numbers]) in explained.steps.iter().zip(lines(given)) {
                ensure(alike(&step.numbers, &numbers), || {
                    let look = "Four decimals each, as in the table; what rounds to −0.0000 is 0.0000.";
                    Broken::answer(format!("the numbers of step {name}: {}", step.numbers), numbers, look)
                })?;
            }
            deltas_are_right(&explained, given)
        },
    );
}

#[test]
fn has_the_forward_pass() {
    for_all(NAMES, sized_step()).cases(128).holds(|given| {
        let (explained, numbers) = (explained(given)?, numbers(given));
        for c in 0..given.2.len() {
            comes_out(
                &explained,
                &format!("z{c}"),
                &[numbers.z[c]],
                "Weights times features, plus the bias.",
            )?;
            comes_out(
                &explained,
                &format!("p{c}"),
                &[numbers.p[c]],
                "σ of the weighted sum, not rounded before.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn has_the_loss_before_and_after() {
    for_all(NAMES, sized_step()).cases(128).holds(|given| {
        let (explained, numbers, t) = (explained(given)?, numbers(given), row(&given.2));
        let loss = |p: &[f64]| half_mean_square(&row(p), &t);
        comes_out(&explained, "L", &[loss(&numbers.p)], "Half the sum of the squares, over all neurons.")?;
        comes_out(
            &explained,
            "new L",
            &[loss(&numbers.new_p)],
            "The loss of the layer after the step, for the same sample.",
        )
    });
}

#[test]
fn gradients_match_finite_differences() {
    for_all(NAMES, any_step()).holds(|given| {
        let (explained, (layer, x, t, _)) = (explained(given)?, given);
        let (shape, x, t) = (layer.weights.shape(), row(x), row(t));
        let all = |kind: &str| {
            let of = |c: usize| explained.result(&format!("∂L/∂{kind}{c}")).unwrap_or_default().to_vec();
            (0..shape.0).flat_map(of).collect::<Vec<f64>>()
        };
        let (dw, db) = (all("w"), all("b"));
        let value = |p: &[f64]| cost(&layer_of(shape, p), &x, &t);
        let loss = Loss { value: &value, rounding: cost_rounding(layer, &x), samples: 1 };
        let at = parameters(layer);
        let (w, b) = at.split_at(shape.0 * shape.1);
        let blocks = [Block::matrix("W", [shape.0, shape.1], w, &dw), Block::vector("b", b, &db)];
        is_gradient("the steps ∂L/∂w and ∂L/∂b", &blocks, &loss, "δ is ∂L/∂z: the error times σ′.")?;
        let look = "∂z/∂b is 1: the gradient of the bias is δ itself.";
        (0..shape.0).try_for_each(|c| comes_out(&explained, &format!("δ{c}"), &db[c..=c], look))
    });
}

#[test]
fn has_the_update() {
    for_all(NAMES, sized_step()).cases(128).holds(|given| {
        let (explained, numbers) = (explained(given)?, numbers(given));
        let look = "The old parameter minus η times its gradient.";
        for c in 0..given.2.len() {
            comes_out(&explained, &format!("new w{c}"), numbers.after.weights.row(c), look)?;
            comes_out(&explained, &format!("new b{c}"), &[numbers.after.bias[c]], look)?;
        }
        equal(
            "the title",
            explained.title,
            format!("One step of gradient descent with learning rate {:.4}", given.3),
            "As documented.",
        )
    });
}

#[test]
fn reads_as_documented() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[0.5, -1.0], [0.25, 0.75]]), bias: vec![0.25, -0.5] };
        let text = explained(&(layer, vec![1.0, 2.0], vec![1.0, 0.0], 0.5))?.to_string();
        reads_as("m06_perceptron/explain/explain_step", &text, "Every line, in its order and words.")
    });
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

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            let (layer, x) = (Dense { weights: Matrix::zeros(1, 2), bias: vec![0.0] }, [1.0, 2.0]);
            let want = InputError::LengthMismatch { left: 1, right: 2 };
            rejected(
                "explain_step(2 → 1, x, [0, 1], 0.5)",
                explain_step(&layer, &x, &[0.0, 1.0], 0.5),
                want,
                "One target per neuron.",
            )?;
            let want = InputError::ShapeMismatch { left: (1, 3), right: (1, 2) };
            rejected(
                "explain_step(2 → 1, 3 features, [1], 0.5)",
                explain_step(&layer, &[1.0; 3], &[1.0], 0.5),
                want,
                "One weight per feature.",
            )?;
            let none = Dense { weights: Matrix::zeros(0, 2), bias: vec![] };
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "explain_step(2 → 0, x, [], 0.5)",
                explain_step(&none, &x, &[], 0.5),
                want,
                "Without neurons there is nothing to explain.",
            )?;
            for got in [0.0, -0.5, -1e-300, -1e300] {
                let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
                let call = format!("explain_step(2 → 1, x, [1], {got})");
                rejected(
                    &call,
                    explain_step(&layer, &x, &[1.0], got),
                    want,
                    "The learning rate is positive.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn learns_with_large_weights_and_rounds_its_texts() {
        for_all("w", 0..=1000_u32).cases(32).holds(|&w| {
            let w = f64::from(w);
            let layer = Dense { weights: Matrix::from_rows([[w]]), bias: vec![-w] };
            let of = explained(&(layer, vec![1.0], vec![0.30006], 1.0))?;
            // z = 0, so δ = (½ − 0.30006)/4 = 0.049985.
            let (look, delta) = ("However large a weight is, it learns.", (0.5 - 0.30006) / 4.0);
            let close = |name, want: f64| {
                close(name, of.result(name).unwrap_or_default(), &[want][..], rounding(8, 1.0 + w), look)
            };
            close("new w0", w - delta)?;
            close("new b0", -w - delta)?;
            let text = of.steps.iter().find(|step| step.name == "∂L/∂b0").map(|step| step.numbers.as_str());
            equal("the numbers of ∂L/∂b0 = 0.049985", text, Some("0.0500"), "Rounded, not cut.")
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[m, n, k], [i, j, c], bad", fault()).cases(96).holds(|([_, n, k], [_, j, c], bad)| {
            let (layer, x, t) = sound([1, *n, *k]);
            let (x, t) = (x.as_slice().to_vec(), t.as_slice().to_vec());
            let with_one = |all: &[f64], at: usize| -> Vec<f64> {
                all.iter().enumerate().map(|(l, it)| if l == at { *bad } else { *it }).collect()
            };
            let rejection = |name, index| InputError::NotFinite { name, index };
            let (call, look) =
                ("explain_step(layer, x, t, η)", "Check x, weights, bias, targets and learning rate.");
            rejected(call, explain_step(&layer, &with_one(&x, *j), &t, 0.5), rejection("x", *j), look)?;
            rejected(call, explain_step(&layer, &x, &with_one(&t, *c), 0.5), rejection("targets", *c), look)?;
            rejected(call, explain_step(&layer, &x, &t, *bad), rejection("learning_rate", 0), look)?;
            let odd = Dense { weights: with(&layer.weights, c * n + j, *bad), ..layer.clone() };
            rejected(call, explain_step(&odd, &x, &t, 0.5), rejection("weights", c * n + j), look)?;
            rejected(
                call,
                explain_step(&with_bias(&layer, *c, *bad), &x, &t, 0.5),
                rejection("bias", *c),
                look,
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let (layer, x, t) = sound([1, 2, n]);
            let want = InputError::LengthMismatch { left: n, right: m };
            let got = explain_step(&layer, x.as_slice(), &vec![0.5; m], 0.5);
            rejected(
                "explain_step(n neurons, x, m targets, ½)",
                got,
                want.clone(),
                "One target per neuron.",
            )?;
            let odd = Dense { weights: layer.weights, bias: vec![0.0; m] };
            let got = explain_step(&odd, x.as_slice(), t.as_slice(), 0.5);
            rejected("explain_step(n neurons with m biases, x, t, ½)", got, want, "One bias per neuron.")?;
            let (layer, _, t) = sound([1, n, 2]);
            let want = InputError::ShapeMismatch { left: (1, m), right: (2, n) };
            let got = explain_step(&layer, &vec![0.5; m], t.as_slice(), 0.5);
            rejected("explain_step(2×n weights, m features, t, ½)", got, want, "One weight per feature.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let inputs = (many(1..=3), several(1..=2), kinds()).prop_flat_map(|(n, k, [x, w])| {
            let n = n.min(1 + 2000 / k);
            (layer_from(w, n, k), matrix_of(x, 1, n), matrix_of(w, 1, k))
        });
        let (small, tiny) = (any::magnitude(-5, -1), any::magnitude(-120, -101));
        let rate = prop_oneof![2 => small, 1 => tiny, 1 => any::magnitude(1, 9)];
        for_all("layer, x, targets, η", (inputs, rate)).cases(128).holds(|((layer, x, t), rate)| {
            let rate = rate.abs();
            let given = (layer.clone(), x.as_slice().to_vec(), t.as_slice().to_vec(), rate);
            let explained = explained(&given)?;
            let problem = (layer.clone(), x.clone(), t.clone());
            let [gradient, error] = gradient_of(&problem);
            let (z, sizes) = (sums(layer, x), sizes(layer, x));
            let result = |name: String| -> Result<Vec<f64>, Broken> {
                let got = explained.result(&name).map(<[f64]>::to_vec);
                got.ok_or_else(|| {
                    Broken::answer("no such step", format!("a step {name:?}"), "See the table.")
                })
            };
            let look = "Every input and every neuron counts, whatever their number and their size.";
            let check = |name: String, want: &[f64], error: &dyn Fn(usize) -> f64| {
                let got = result(name.clone())?;
                equal(&format!("the number of results of step {name}"), got.len(), want.len(), look)?;
                (0..want.len()).try_for_each(|j| {
                    close(&format!("result {j} of step {name}"), got[j], want[j], error(j), look)
                })
            };
            check("L".to_owned(), &[cost(layer, x, t)], &|_| cost_error(layer, x, t))?;
            for c in 0..layer.bias.len() {
                let off = rounding(x.cols() + 2, sizes[(0, c)]);
                check(format!("z{c}"), &[z[(0, c)]], &|_| off)?;
                check(format!("p{c}"), &[sigmoid(z[(0, c)])], &|_| sigmoid_error(z[(0, c)], off))?;
                let (dw, db) = (gradient.weights.row(c), gradient.bias[c]);
                check(format!("∂L/∂w{c}"), dw, &|j| error.weights[(c, j)])?;
                check(format!("∂L/∂b{c}"), &[db], &|_| error.bias[c])?;
                check(format!("δ{c}"), &[db], &|_| error.bias[c])?;
                let w = layer.weights.row(c);
                let after: Vec<f64> = w.iter().zip(dw).map(|(w, dw)| w - rate * dw).collect();
                let off = |j: usize| {
                    rounding(4, w[j].abs() + rate * dw[j].abs()) + 2.0 * rate * error.weights[(c, j)]
                };
                check(format!("new w{c}"), &after, &off)?;
                let off = rounding(4, layer.bias[c].abs() + rate * db.abs()) + 2.0 * rate * error.bias[c];
                check(format!("new b{c}"), &[layer.bias[c] - rate * db], &|_| off)?;
            }
            Ok(())
        });
    }
}
