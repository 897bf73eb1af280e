//! Other ways to compute it, right and wrong, for the specimens of `train`.

use kit::{Dense, InputError, Matrix, check};

use super::Trained;
use crate::reference::m06_perceptron::neuron::{backward, forward, loss};
use crate::reference::m06_perceptron::training as reference;
use crate::reference::m06_perceptron::training::update;

pub(super) fn only(a: &Matrix, i: usize) -> Matrix {
    Matrix::from_fn(1, a.cols(), |_, j| a[(i, j)])
}

/// Rests at the layer behind the first step whose two losses are like this, and repeats its loss.
pub(super) fn until(
    layer: &Dense,
    x: &Matrix,
    t: &Matrix,
    rate: f64,
    steps: usize,
    done: fn(f64, f64) -> bool,
) -> Trained {
    let (trained, mut losses) = reference::train(layer, x, t, rate, steps)?;
    let Some(k) = losses.windows(2).position(|pair| done(pair[0], pair[1])) else {
        return Ok((trained, losses));
    };
    let last = losses[k + 1];
    losses[k + 1..].fill(last);
    Ok((reference::train(layer, x, t, rate, k + 1)?.0, losses))
}

pub(super) type Step = fn(&Dense, &Matrix, &Matrix, f64, usize) -> Result<Dense, InputError>;

pub(super) fn by(layer: &Dense, x: &Matrix, t: &Matrix, rate: f64, steps: usize, step: Step) -> Trained {
    reference::train(layer, x, t, rate, steps)?;
    let (mut layer, mut losses) = (layer.clone(), vec![loss(&forward(layer, x)?, t)?]);
    for k in 0..steps {
        layer = step(&layer, x, t, rate, k)?;
        losses.push(loss(&forward(&layer, x)?, t)?);
    }
    Ok((layer, losses))
}

pub(super) fn recursive(layer: &Dense, x: &Matrix, t: &Matrix, rate: f64, steps: usize) -> Trained {
    let here = loss(&forward(layer, x)?, t)?;
    if steps == 0 {
        return Ok((layer.clone(), vec![here]));
    }
    let moved = update(layer, &backward(layer, x, t)?, rate)?;
    let (end, losses) = recursive(&moved, x, t, rate, steps - 1)?;
    Ok((end, [vec![here], losses].concat()))
}

pub(super) fn one_matrix(layer: &Dense, x: &Matrix, t: &Matrix, rate: f64, steps: usize) -> Trained {
    let ((m, n), k) = (x.shape(), layer.weights.rows());
    check::same_shape((m, k), t.shape())?;
    check::at_least(1, m)?;
    layer.accepts(x)?;
    check::finite("targets", t.as_slice())?;
    check::finite_number("learning_rate", rate)?;
    check::positive("learning_rate", rate)?;
    let wide = Matrix::from_fn(n + 1, m, |j, i| if j < n { x[(i, j)] } else { 1.0 });
    let mut w = Matrix::from_fn(k, n + 1, |c, j| if j < n { layer.weights[(c, j)] } else { layer.bias[c] });
    let mut losses = Vec::new();
    for step in 0..=steps {
        let z = |c: usize, i: usize| (0..=n).map(|j| w[(c, j)] * wide[(j, i)]).sum::<f64>();
        let p = Matrix::from_fn(k, m, |c, i| f64::midpoint(1.0, (z(c, i) / 2.0).tanh()));
        let off = Matrix::from_fn(k, m, |c, i| p[(c, i)] - t[(i, c)]);
        losses.push(off.as_slice().iter().fold(0.0_f64, |sum, off| off.mul_add(*off, sum)) * 0.5 / m as f64);
        if step < steps {
            let pull = Matrix::from_fn(k, m, |c, i| off[(c, i)] * p[(c, i)] * (1.0 - p[(c, i)]));
            let slope = |c: usize, j: usize| (0..m).map(|i| pull[(c, i)] * wide[(j, i)]).sum::<f64>();
            w = Matrix::from_fn(k, n + 1, |c, j| w[(c, j)] - rate / m as f64 * slope(c, j));
        }
    }
    if w.as_slice().iter().any(|w| !w.is_finite()) {
        return Err(InputError::NotConverged { steps, residual: f64::INFINITY });
    }
    let weights = Matrix::from_fn(k, n, |c, j| w[(c, j)]);
    Ok((Dense { weights, bias: (0..k).map(|c| w[(c, n)]).collect() }, losses))
}
