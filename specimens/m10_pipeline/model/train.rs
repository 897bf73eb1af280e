use kit::{Classifier, InputError, Matrix, Softmax, check};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::model as reference;

type Fitted = Result<(Softmax, Vec<f64>), InputError>;
type Train = fn(&Matrix, &[usize], &[String], f64, usize) -> Fitted;

/// The kata, answered by a specimen.
pub fn train(x: &Matrix, y: &[usize], classes: &[String], learning_rate: f64, steps: usize) -> Fitted {
    answering::<Train>(
        module_path!(),
        reference::train,
        &[
            wheat(
                "class_by_class",
                "one class after the other, with all probabilities kept",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::None),
            ),
            wheat(
                "step_by_step",
                "each model trained anew from the start, and asked for its last loss",
                |x, y, classes, rate, steps| {
                    let (model, last) = reference::train(x, y, classes, rate, steps)?;
                    let mut losses = vec![];
                    for t in 0..steps {
                        losses.extend(reference::train(x, y, classes, rate, t)?.1.pop());
                    }
                    losses.extend(last.last());
                    Ok((model, losses))
                },
            ),
            chaff("summed", "the slope is the sum over the rows", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::Summed)
            }),
            chaff("uphill", "the slope points where to go", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::Uphill)
            }),
            chaff("intercepts_forgotten", "the weights do the work", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::NoIntercepts)
            }),
            chaff(
                "label_not_subtracted",
                "the slope is the probability times x",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::NoLabel),
            ),
            chaff("row_after_row", "each row may move the weights at once", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::RowAfterRow)
            }),
            chaff("sigmoids", "each class has its own sigmoid", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::Sigmoids)
            }),
            chaff("losses_after", "a loss is noted after each step", |x, y, classes, rate, steps| {
                let (model, mut losses) = reference::train(x, y, classes, rate, steps)?;
                losses.remove(0);
                Ok((model, losses))
            }),
            chaff("last_loss_missing", "a loss is noted before each step", |x, y, classes, rate, steps| {
                let (model, mut losses) = reference::train(x, y, classes, rate, steps)?;
                losses.pop();
                Ok((model, losses))
            }),
            chaff("losses_summed", "the loss is the sum over the rows", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                Ok((model, losses.iter().map(|loss| loss * y.len() as f64).collect()))
            }),
            chaff("losses_in_bits", "a logarithm is a logarithm", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                Ok((model, losses.iter().map(|loss| loss / 2.0_f64.ln()).collect()))
            }),
            chaff(
                "clipped_loss",
                "a probability of 0 is replaced by 10⁻¹⁵ under the logarithm",
                |x, y, classes, rate, steps| {
                    let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                    let most = -(1e-15_f64.ln());
                    Ok((model, losses.iter().map(|loss| loss.min(most)).collect()))
                },
            ),
            chaff("one_step_more", "steps counts from 0 to steps", |x, y, classes, rate, steps| {
                let (model, _) = reference::train(x, y, classes, rate, steps + 1)?;
                Ok((model, reference::train(x, y, classes, rate, steps)?.1))
            }),
            chaff("names_forgotten", "numbers are names", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                let classes = (0..classes.len()).map(|c| c.to_string()).collect();
                Ok((Softmax { classes, ..model }, losses))
            }),
            chaff("nan_passed_on", "whoever brings a NaN gets one", |x, y, classes, rate, steps| {
                let zero = Matrix::zeros(x.rows(), x.cols());
                reference::train(&zero, y, classes, if rate > 0.0 { 1.0 } else { rate }, 0)?;
                reference::train(x, y, classes, rate, steps)
                    .or(reference::train(&zero, y, classes, 1.0, steps))
            }),
            chaff("labels_trusted", "a label that is no class does nothing", |x, y, classes, rate, steps| {
                let known: Vec<usize> =
                    y.iter().map(|label| (*label).min(classes.len().saturating_sub(1))).collect();
                if classes.is_empty() {
                    return Ok((
                        Softmax { weights: Matrix::zeros(0, x.cols()), intercepts: vec![], classes: vec![] },
                        vec![],
                    ));
                }
                reference::train(x, &known, classes, rate, steps)
            }),
            chaff("standing_still_allowed", "a rate of 0 is a rate", |x, y, classes, rate, steps| {
                reference::train(x, y, classes, if rate == 0.0 { 1e-300 } else { rate }, steps)
            }),
            chaff("untrained", "zeros are a start", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, 0)?;
                Ok((model, vec![losses[0]; steps + 1]))
            }),
            chaff(
                "labels_before_rates",
                "labels are looked at before the rate",
                |x, y, classes, rate, steps| match reference::train(x, y, classes, rate, steps) {
                    Err(
                        InputError::OutOfRange { .. } | InputError::NotFinite { name: "learning_rate", .. },
                    ) if y.iter().any(|l| *l >= classes.len()) => {
                        let index = y.iter().position(|l| *l >= classes.len()).unwrap_or(0);
                        Err(InputError::UnknownClass { index, got: y[index], classes: classes.len() })
                    }
                    other => other,
                },
            ),
            chaff("rate_first", "the rate is looked at before the rows", |x, y, classes, rate, steps| {
                check::finite_number("learning_rate", rate)?;
                check::positive("learning_rate", rate)?;
                reference::train(x, y, classes, rate, steps)
            }),
            chaff(
                "step_where_it_ran_away",
                "the step is named at which it ran away",
                |x, y, classes, rate, steps| match reference::train(x, y, classes, rate, steps) {
                    Err(InputError::NotConverged { residual, .. }) => {
                        let at = (0..=steps)
                            .find(|s| reference::train(x, y, classes, rate, *s).is_err())
                            .unwrap_or(steps);
                        Err(InputError::NotConverged { steps: at, residual })
                    }
                    other => other,
                },
            ),
            wheat(
                "whole_tables",
                "logits, their logarithmic softmax and the slopes as whole tables",
                whole_tables,
            ),
            wheat(
                "slopes_by_moments",
                "the slope by the mean of what is there less the mean of what is said, both ends of a list",
                slopes_by_moments,
            ),
        ],
    )(x, y, classes, learning_rate, steps)
}

#[derive(Clone, Copy, PartialEq)]
enum Slip {
    None,
    Summed,
    Uphill,
    NoIntercepts,
    NoLabel,
    RowAfterRow,
    Sigmoids,
}

fn descended(x: &Matrix, y: &[usize], classes: &[String], rate: f64, steps: usize, slip: Slip) -> Fitted {
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

fn moved(
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

fn probabilities(model: &Softmax, row: &[f64], slip: Slip) -> Vec<f64> {
    if slip != Slip::Sigmoids {
        return model.probabilities(row);
    }
    let logit = |c: usize| {
        model.weights.row(c).iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + model.intercepts[c]
    };
    (0..model.intercepts.len()).map(|c| 1.0 / (1.0 + (-logit(c)).exp())).collect()
}

fn refused(x: &Matrix, y: &[usize], k: usize, rate: f64) -> Result<(), InputError> {
    let n = x.rows();
    check::same_length(n, y.len())?;
    check::at_least(1, n)?;
    for (index, x) in x.as_slice().iter().enumerate() {
        if !x.is_finite() {
            return Err(InputError::NotFinite { name: "x", index });
        }
    }
    if rate.is_nan() || rate.is_infinite() {
        return Err(InputError::NotFinite { name: "learning_rate", index: 0 });
    }
    check::positive("learning_rate", rate)?;
    match y.iter().enumerate().find(|(_, label)| **label >= k) {
        Some((index, &got)) => Err(InputError::UnknownClass { index, got, classes: k }),
        None => Ok(()),
    }
}

/// ln p of each class.
fn log_softmax(z: &[f64]) -> Vec<f64> {
    let top = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let others = z.iter().map(|z| (z - top).exp()).sum::<f64>().ln();
    z.iter().map(|z| z - top - others).collect()
}

fn whole_tables(x: &Matrix, y: &[usize], classes: &[String], rate: f64, steps: usize) -> Fitted {
    refused(x, y, classes.len(), rate)?;
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

fn slopes_by_moments(x: &Matrix, y: &[usize], classes: &[String], rate: f64, steps: usize) -> Fitted {
    refused(x, y, classes.len(), rate)?;
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
