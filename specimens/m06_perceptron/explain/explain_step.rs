use kit::{Dense, Explanation, InputError, Step};

use crate::reference::m06_perceptron::explain as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<Explanation, InputError>;
type ExplainStep = fn(&Dense, &[f64], &[f64], f64) -> Answer;

/// The kata, answered by a specimen.
pub fn explain_step(layer: &Dense, x: &[f64], targets: &[f64], learning_rate: f64) -> Answer {
    answering::<ExplainStep>(
        module_path!(),
        reference::explain_step,
        &[
            wheat("from_the_far_side", "outputs and gradients by (1 + tanh(z/2))/2", |layer, x, t, rate| {
                let mut explanation = reference::explain_step(layer, x, t, rate)?;
                for (c, t) in t.iter().enumerate() {
                    let z = value(&explanation, &format!("z{c}"));
                    let p = f64::midpoint(1.0, (z / 2.0).tanh());
                    let delta = -(t - p) * (p - p * p);
                    set(&mut explanation, &format!("p{c}"), vec![p]);
                    set(&mut explanation, &format!("δ{c}"), vec![delta]);
                    set(&mut explanation, &format!("∂L/∂b{c}"), vec![delta]);
                    set(&mut explanation, &format!("∂L/∂w{c}"), x.iter().map(|x| x * delta).collect());
                }
                Ok(explanation)
            }),
            wheat(
                "bias_first",
                "sums that start with the bias, squares added in reverse",
                |layer, x, t, rate| {
                    let mut explanation = reference::explain_step(layer, x, t, rate)?;
                    for c in 0..t.len() {
                        let z = layer
                            .weights
                            .row(c)
                            .iter()
                            .zip(x)
                            .rev()
                            .fold(layer.bias[c], |sum, (w, x)| sum + w * x);
                        set(&mut explanation, &format!("z{c}"), vec![z]);
                    }
                    let loss = (0..t.len())
                        .rev()
                        .map(|c| (t[c] - value(&explanation, &format!("p{c}"))).powi(2) * 0.5)
                        .sum();
                    set(&mut explanation, "L", vec![loss]);
                    Ok(explanation)
                },
            ),
            chaff(
                "derivative_forgotten",
                "The gradient with respect to z is p − t, without σ′.",
                |layer, x, t, rate| with_delta(layer, x, t, rate, |p, t| p - t),
            ),
            chaff("climbs", "The error is t − p.", |layer, x, t, rate| {
                with_delta(layer, x, t, rate, |p, t| (t - p) * p * (1.0 - p))
            }),
            chaff("update_adds", "The update adds η times the gradient.", |layer, x, t, rate| {
                updated(layer, x, t, rate, |old, gradient, rate| old + rate * gradient)
            }),
            chaff(
                "rate_forgotten",
                "The update subtracts the gradient without the learning rate.",
                |layer, x, t, rate| updated(layer, x, t, rate, |old, gradient, _| old - gradient),
            ),
            chaff("not_halved", "The loss has no factor ½.", |layer, x, t, rate| {
                changed(layer, x, t, rate, "L", |loss| 2.0 * loss)
            }),
            chaff("old_loss_again", "The new loss is the loss before the step.", |layer, x, t, rate| {
                let mut explanation = reference::explain_step(layer, x, t, rate)?;
                let old = value(&explanation, "L");
                set(&mut explanation, "new L", vec![old]);
                Ok(explanation)
            }),
            chaff("rounded", "The results are the printed, rounded numbers.", |layer, x, t, rate| {
                let mut explanation = reference::explain_step(layer, x, t, rate)?;
                let round = |value: &mut f64| *value = (*value * 1e4).round() / 1e4;
                explanation.steps.iter_mut().for_each(|step| step.result.iter_mut().for_each(round));
                Ok(explanation)
            }),
            chaff("numbers_left_out", "The formula alone explains a step.", |layer, x, t, rate| {
                let mut explanation = reference::explain_step(layer, x, t, rate)?;
                explanation.steps.iter_mut().for_each(|step| step.numbers.clone_from(&step.formula));
                Ok(explanation)
            }),
            chaff("two_decimals", "Two decimals are enough.", |layer, x, t, rate| {
                let mut explanation = reference::explain_step(layer, x, t, rate)?;
                explanation.steps.iter_mut().for_each(|step| step.numbers = step.numbers.replace("00", ""));
                Ok(explanation)
            }),
            chaff(
                "update_before_gradients",
                "Each neuron is updated before the next gradient is computed.",
                |layer, x, t, rate| {
                    let mut explanation = reference::explain_step(layer, x, t, rate)?;
                    let neuron =
                        |step: &Step| step.name.chars().rev().find_map(|c| c.to_digit(10)).unwrap_or(9);
                    explanation.steps.sort_by_key(neuron);
                    Ok(explanation)
                },
            ),
            chaff("bias_not_explained", "The bias need not be explained.", |layer, x, t, rate| {
                let mut explanation = reference::explain_step(layer, x, t, rate)?;
                explanation.steps.retain(|step| !step.name.contains("new b"));
                Ok(explanation)
            }),
            chaff("untitled", "An explanation needs no title.", |layer, x, t, rate| {
                Ok(Explanation { title: String::new(), ..reference::explain_step(layer, x, t, rate)? })
            }),
            chaff("nothing", "An explanation may be empty.", |layer, x, t, rate| {
                reference::explain_step(layer, x, t, rate)?;
                Ok(Explanation::default())
            }),
            chaff("any_rate", "The learning rate need not be checked.", |layer, x, t, rate| {
                let size = if rate == 0.0 { 1.0 } else { rate.abs() };
                reference::explain_step(layer, x, t, size)
            }),
            chaff("cut_to_fit", "Features without a weight are ignored.", |layer, x, t, rate| {
                reference::explain_step(layer, &x[..x.len().min(layer.weights.cols())], t, rate)
            }),
            chaff("nan_explained", "A NaN is explained like any number.", |layer, x, t, rate| {
                match reference::explain_step(layer, x, t, rate) {
                    Err(InputError::NotFinite { .. }) => Ok(Explanation::default()),
                    answer => answer,
                }
            }),
            chaff(
                "any_bias",
                "An infinite bias is allowed: the neuron is saturated.",
                |layer, x, t, rate| {
                    let calm = layer.bias.iter().map(|b| if b.is_finite() { *b } else { 0.0 }).collect();
                    reference::explain_step(&Dense { bias: calm, ..layer.clone() }, x, t, rate)
                },
            ),
            chaff("targets_clipped", "Targets are clipped to 0 to 1.", |layer, x, t, rate| {
                reference::explain_step(layer, x, t, rate)?;
                reference::explain_step(
                    layer,
                    x,
                    &t.iter().map(|t| t.clamp(0.0, 1.0)).collect::<Vec<_>>(),
                    rate,
                )
            }),
            chaff("loss_clipped", "A loss is at most a million.", |layer, x, t, rate| {
                let mut explained = reference::explain_step(layer, x, t, rate)?;
                let losses = explained.steps.iter_mut().filter(|step| step.name.ends_with('L'));
                losses.for_each(|step| step.result[0] = step.result[0].min(1e6));
                Ok(explained)
            }),
            chaff("delta_clipped", "A δ is at most a thousand.", |layer, x, t, rate| {
                let mut explained = reference::explain_step(layer, x, t, rate)?;
                let deltas = explained.steps.iter_mut().filter(|step| step.name.starts_with('δ'));
                deltas.for_each(|step| step.result[0] = step.result[0].clamp(-1e3, 1e3));
                Ok(explained)
            }),
        ],
    )(layer, x, targets, learning_rate)
}

fn value(explanation: &Explanation, name: &str) -> f64 {
    explanation.result(name).and_then(|result| result.first().copied()).unwrap_or(f64::NAN)
}

fn set(explanation: &mut Explanation, name: &str, result: Vec<f64>) {
    if let Some(step) = explanation.steps.iter_mut().find(|step| step.name == name) {
        step.result = result;
    }
}

/// The reference's explanation with another result in one step.
fn changed(layer: &Dense, x: &[f64], t: &[f64], rate: f64, name: &str, to: fn(f64) -> f64) -> Answer {
    let mut explanation = reference::explain_step(layer, x, t, rate)?;
    let result = explanation.result(name).unwrap_or_default().iter().map(|value| to(*value)).collect();
    set(&mut explanation, name, result);
    Ok(explanation)
}

/// With another δ as a function of p and t.
fn with_delta(layer: &Dense, x: &[f64], t: &[f64], rate: f64, delta: fn(f64, f64) -> f64) -> Answer {
    let mut explanation = reference::explain_step(layer, x, t, rate)?;
    for (c, t) in t.iter().enumerate() {
        let delta = delta(value(&explanation, &format!("p{c}")), *t);
        set(&mut explanation, &format!("δ{c}"), vec![delta]);
        set(&mut explanation, &format!("∂L/∂b{c}"), vec![delta]);
        set(&mut explanation, &format!("∂L/∂w{c}"), x.iter().map(|x| x * delta).collect());
    }
    Ok(explanation)
}

/// With another update from the old number, its gradient and the rate.
fn updated(layer: &Dense, x: &[f64], t: &[f64], rate: f64, to: fn(f64, f64, f64) -> f64) -> Answer {
    let mut explanation = reference::explain_step(layer, x, t, rate)?;
    for c in 0..t.len() {
        let gradient = explanation.result(&format!("∂L/∂w{c}")).unwrap_or_default();
        let new = layer.weights.row(c).iter().zip(gradient).map(|(w, g)| to(*w, *g, rate)).collect();
        set(&mut explanation, &format!("new w{c}"), new);
        let new = to(layer.bias[c], value(&explanation, &format!("∂L/∂b{c}")), rate);
        set(&mut explanation, &format!("new b{c}"), vec![new]);
    }
    Ok(explanation)
}
