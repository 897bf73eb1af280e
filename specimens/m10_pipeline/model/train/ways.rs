//! Other ways to compute it, right and wrong, for the specimens of `train`.

use kit::{Classifier, InputError, Matrix, Softmax, check};

use super::Fitted;
use crate::reference::m10_pipeline::model as reference;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Slip {
    None,
    Summed,
    Uphill,
    NoIntercepts,
    NoLabel,
    RowAfterRow,
    Sigmoids,
}

pub(super) fn descended(
    x: &Matrix,
    y: &[usize],
    classes: &[String],
    rate: f64,
    steps: usize,
    slip: Slip,
) -> Fitted {
    let (_, losses) = reference::train(x, y, classes, rate, steps)?;
    let (k, n) = (classes.len(), if slip == Slip::Summed { 1.0 } else { y.len() as f64 });
    let rate = if slip == Slip::Uphill { -rate } else { rate };
    let mut model = Softmax::new(Matrix::zeros(k, x.cols()), vec![0.0; k], classes.to_vec())?;
    for _ in 0..steps {
        let mut p: Vec<Vec<f64>> = (0..y.len()).map(|i| probabilities(&model, x.row(i), slip)).collect();
        if slip == Slip::RowAfterRow {
            for i in 0..y.len() {
                p[i] = probabilities(&model, x.row(i), slip);
                moved(&mut model, x, y, rate / n, &p, i..i + 1, slip);
            }
        } else {
            moved(&mut model, x, y, rate / n, &p, 0..y.len(), slip);
        }
    }
    Ok((model, losses))
}

pub(super) fn moved(
    model: &mut Softmax,
    x: &Matrix,
    y: &[usize],
    rate: f64,
    p: &[Vec<f64>],
    rows: std::ops::Range<usize>,
    slip: Slip,
) {
    (0..model.intercepts.len()).for_each(|c| {
        let residual = |i: usize| p[i][c] - f64::from(u8::from(y[i] == c && slip != Slip::NoLabel));
        for j in 0..x.cols() {
            model.weights[(c, j)] -= rate * rows.clone().map(|i| residual(i) * x[(i, j)]).sum::<f64>();
        }
        if slip != Slip::NoIntercepts {
            model.intercepts[c] -= rate * rows.clone().map(residual).sum::<f64>();
        }
    });
}

pub(super) fn probabilities(model: &Softmax, row: &[f64], slip: Slip) -> Vec<f64> {
    if slip != Slip::Sigmoids {
        return model.probabilities(row);
    }
    let logit = |c: usize| {
        model.weights.row(c).iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + model.intercepts[c]
    };
    (0..model.intercepts.len()).map(|c| 1.0 / (1.0 + (-logit(c)).exp())).collect()
}

pub(super) fn rejected(x: &Matrix, y: &[usize], k: usize, rate: f64) -> Result<(), InputError> {
    let n = x.rows();
    check::same_length(n, y.len())?;
    check::at_least(1, n)?;
    check::finite("x", x.as_slice())?;
    check::finite_number("learning_rate", rate)?;
    check::positive("learning_rate", rate)?;
    check::labels(y, k)
}

/// ln p of each class.
pub(super) fn log_softmax(z: &[f64]) -> Vec<f64> {
    let top = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let others = z.iter().map(|z| (z - top).exp()).sum::<f64>().ln();
    z.iter().map(|z| z - top - others).collect()
}

pub(super) fn whole_tables(x: &Matrix, y: &[usize], classes: &[String], rate: f64, steps: usize) -> Fitted {
    rejected(x, y, classes.len(), rate)?;
    let ((n, d), k) = (x.shape(), classes.len());
    // The intercept is the weight of a feature that is always 1.
    let cell = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
    let (mut w, mut losses) = (vec![vec![0.0; d + 1]; k], Vec::with_capacity(steps + 1));
    for t in 0..=steps {
        let z: Vec<Vec<f64>> =
            (0..n).map(|i| w.iter().map(|w| (0..=d).map(|j| w[j] * cell(i, j)).sum()).collect()).collect();
        let logs: Vec<Vec<f64>> = z.iter().map(|z| log_softmax(z)).collect();
        let loss = -(0..n).map(|i| logs[i][y[i]]).sum::<f64>() / n as f64;
        if !loss.is_finite() || w.iter().flatten().any(|w| !w.is_finite()) {
            return Err(InputError::NotConverged { steps, residual: f64::INFINITY });
        }
        losses.push(loss);
        if t == steps {
            break;
        }
        for (c, w) in w.iter_mut().enumerate() {
            let blame = |i: usize| if y[i] == c { logs[i][c].exp_m1() } else { logs[i][c].exp() };
            for (j, w) in w.iter_mut().enumerate() {
                *w -= rate / n as f64 * (0..n).map(|i| blame(i) * cell(i, j)).sum::<f64>();
            }
        }
    }
    let weights = Matrix::from_fn(k, d, |c, j| w[c][j]);
    Ok((Softmax::new(weights, w.iter().map(|w| w[d]).collect(), classes.to_vec())?, losses))
}

pub(super) fn gradient_by_moments(
    x: &Matrix,
    y: &[usize],
    classes: &[String],
    rate: f64,
    steps: usize,
) -> Fitted {
    rejected(x, y, classes.len(), rate)?;
    let ((n, d), k) = (x.shape(), classes.len());
    let model = |w: &[f64]| {
        let intercepts = w[k * d..].to_vec();
        Softmax { weights: Matrix::from_fn(k, d, |c, j| w[c * d + j]), intercepts, classes: classes.to_vec() }
    };
    // What the labels pull is the same at every step.
    let mut pull = vec![0.0; k * (d + 1)];
    for (i, label) in y.iter().enumerate().rev() {
        x.row(i).iter().enumerate().for_each(|(j, x)| pull[label * d + j] += x / n as f64);
        pull[k * d + label] += 1.0 / n as f64;
    }
    let (mut w, mut losses) = (vec![0.0; k * (d + 1)], vec![]);
    for t in 0..=steps {
        let (mut push, mut loss, at) = (vec![0.0; w.len()], 0.0, model(&w));
        for (i, label) in y.iter().enumerate().rev() {
            let z: Vec<f64> = (0..k)
                .map(|c| {
                    at.weights
                        .row(c)
                        .iter()
                        .zip(x.row(i))
                        .fold(at.intercepts[c], |z, (w, x)| w.mul_add(*x, z))
                })
                .collect();
            let logs = log_softmax(&z);
            loss -= logs[*label];
            for (c, log) in logs.iter().enumerate() {
                let p = log.exp() / n as f64;
                x.row(i).iter().enumerate().for_each(|(j, x)| push[c * d + j] += p * x);
                push[k * d + c] += p;
            }
        }
        losses.push(loss / n as f64);
        if t < steps {
            w.iter_mut().zip(pull.iter().zip(&push)).for_each(|(w, (pull, push))| *w += rate * (pull - push));
        }
    }
    if w.iter().chain(&losses).any(|number| !number.is_finite()) {
        return Err(InputError::NotConverged { steps, residual: f64::INFINITY });
    }
    Ok((model(&w), losses))
}
