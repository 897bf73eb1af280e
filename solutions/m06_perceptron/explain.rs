//! One step of gradient descent, explained with every number in it.

use kit::{Dense, Explanation, InputError, Matrix, Step, check, four_decimals as four};

/// Explains one step of gradient descent of a layer of sigmoid neurons, for one sample: forward pass, loss, backward
/// pass, update.
///
/// The steps, in this order; neurons are counted from 0. All numbers are written with four decimals, a vector as
/// `[1.0000, 2.0000]`. Without features nothing is added to the bias, and the numbers put in for z0 are `0.2500` alone:
///
/// ```text
/// name      formula                 numbers put in                                        result
/// z0        w0·x + b0               0.5000·1.0000 + -1.0000·2.0000 + 0.2500               one number
/// p0        1 / (1 + e^−z0)         1 / (1 + e^−(-1.2500))                                one number
/// …         both for each neuron
/// L         ½·Σ(p − t)²             ½·((0.2227 − 1.0000)² + (0.5000 − 0.0000)²)           one number
/// δ0        (p0 − t0)·p0·(1 − p0)   (0.2227 − 1.0000)·0.2227·(1 − 0.2227)                 ∂L/∂z0
/// ∂L/∂w0    δ0·x                    -0.1346·[1.0000, 2.0000]                              n numbers
/// ∂L/∂b0    δ0                      -0.1346                                               one number
/// …         the three for each neuron
/// new w0    w0 − η·∂L/∂w0           [0.5000, -1.0000] − 0.1000·[-0.1346, -0.2691]         n numbers
/// new b0    b0 − η·∂L/∂b0           0.2500 − 0.1000·-0.1346                               one number
/// …         both for each neuron
/// new L     ½·Σ(p − t)² with new w, b     ½·((0.2370 − 1.0000)² + (0.4813 − 0.0000)²)     one number
/// ```
///
/// * `layer`: W, k×n, and b, k biases; at least one neuron. `x`: the sample, n features. `targets`: t, k numbers.
/// * `learning_rate`: η > 0.
/// * Returns the explanation, its title `One step of gradient descent with learning rate 0.1000`. Results are not
///   rounded; only the texts are.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one target per neuron; `left` is the number of neurons;
/// * [`InputError::TooFew`] if there is no neuron;
/// * those of [`Dense::accepts`], with x as a matrix of one row;
/// * [`InputError::NotFinite`] with `name` `"targets"` or `"learning_rate"`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"`, `wanted` `"a number > 0"`.
///
/// ```
/// # use katas::m06_perceptron::explain::explain_step;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
/// let steps = explain_step(&layer, &[2.0], &[1.0], 0.5)?;
/// assert_eq!(steps.result("δ0"), Some(&[-0.125][..]));
/// assert_eq!(steps.result("new w0"), Some(&[0.125][..]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; `print` each line of the forward and backward pass, or set `requires_grad_()` and read
/// `w.grad` after `loss.backward()`.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2.
pub fn explain_step(
    layer: &Dense,
    x: &[f64],
    targets: &[f64],
    learning_rate: f64,
) -> Result<Explanation, InputError> {
    check::same_length(layer.weights.rows(), targets.len())?;
    check::at_least(1, targets.len())?;
    layer.accepts(&Matrix::from_fn(1, x.len(), |_, j| x[j]))?;
    check::finite("targets", targets)?;
    check::finite_number("learning_rate", learning_rate)?;
    check::positive("learning_rate", learning_rate)?;
    let (k, rate) = (targets.len(), four(learning_rate));
    let mut steps = Vec::new();
    let mut p = Vec::new();
    for c in 0..k {
        let (w, b) = (layer.weights.row(c), layer.bias[c]);
        let z = weighted_sum(w, x, b);
        p.push(sigmoid(z));
        let terms: String = w.iter().zip(x).map(|(w, x)| format!("{}·{} + ", four(*w), four(*x))).collect();
        steps.push(Step::new(format!("z{c}"), format!("w{c}·x + b{c}"), terms + &four(b), &[z]));
        let numbers = format!("1 / (1 + e^−({}))", four(z));
        steps.push(Step::new(format!("p{c}"), format!("1 / (1 + e^−z{c})"), numbers, &p[c..=c]));
    }
    steps.push(Step::new("L", "½·Σ(p − t)²", squares(&p, targets), &[half_squares(&p, targets)]));
    let mut new_p = Vec::new();
    let mut updates = Vec::new();
    for c in 0..k {
        let (w, b, t) = (layer.weights.row(c), layer.bias[c], targets[c]);
        let delta = (p[c] - t) * p[c] * (1.0 - p[c]);
        let (shown_p, shown_delta) = (four(p[c]), four(delta));
        let numbers = format!("({shown_p} − {})·{shown_p}·(1 − {shown_p})", four(t));
        steps.push(Step::new(format!("δ{c}"), format!("(p{c} − t{c})·p{c}·(1 − p{c})"), numbers, &[delta]));
        let dw: Vec<f64> = x.iter().map(|x| delta * x).collect();
        let numbers = format!("{shown_delta}·{}", vector(x));
        steps.push(Step::new(format!("∂L/∂w{c}"), format!("δ{c}·x"), numbers, &dw));
        steps.push(Step::new(format!("∂L/∂b{c}"), format!("δ{c}"), shown_delta.clone(), &[delta]));
        let new_w: Vec<f64> = w.iter().zip(&dw).map(|(w, dw)| w - learning_rate * dw).collect();
        let new_b = b - learning_rate * delta;
        let numbers = format!("{} − {rate}·{}", vector(w), vector(&dw));
        updates.push(Step::new(format!("new w{c}"), format!("w{c} − η·∂L/∂w{c}"), numbers, &new_w));
        let numbers = format!("{} − {rate}·{shown_delta}", four(b));
        updates.push(Step::new(format!("new b{c}"), format!("b{c} − η·∂L/∂b{c}"), numbers, &[new_b]));
        new_p.push(sigmoid(weighted_sum(&new_w, x, new_b)));
    }
    steps.extend(updates);
    let (numbers, result) = (squares(&new_p, targets), half_squares(&new_p, targets));
    steps.push(Step::new("new L", "½·Σ(p − t)² with new w, b", numbers, &[result]));
    Ok(Explanation { title: format!("One step of gradient descent with learning rate {rate}"), steps })
}

fn weighted_sum(w: &[f64], x: &[f64], b: f64) -> f64 {
    w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + b
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

fn half_squares(p: &[f64], t: &[f64]) -> f64 {
    p.iter().zip(t).map(|(p, t)| (p - t) * (p - t)).sum::<f64>() / 2.0
}

fn squares(p: &[f64], t: &[f64]) -> String {
    let terms: Vec<_> = p.iter().zip(t).map(|(p, t)| format!("({} − {})²", four(*p), four(*t))).collect();
    format!("½·({})", terms.join(" + "))
}

fn vector(values: &[f64]) -> String {
    format!("[{}]", values.iter().map(|value| four(*value)).collect::<Vec<_>>().join(", "))
}
