use kit::{InputError, Matrix, check};

use super::super::making::{clipped, each, last, nan_as_zero, part, single, sized};
use crate::reference::x3_regularization::stopping as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Lost = Result<(f64, Matrix), InputError>;
type SmoothedCrossEntropy = fn(&Matrix, &[usize], f64) -> Lost;

/// The kata, answered by a specimen.
pub fn smoothed_cross_entropy(
    logits: &Matrix,
    labels: &[usize],
    smoothing: f64,
) -> Result<(f64, Matrix), InputError> {
    answering::<SmoothedCrossEntropy>(
        module_path!(),
        reference::smoothed_cross_entropy,
        &[
            wheat(
                "two_parts",
                "adds the loss of the true class and that of the uniform target",
                |z, y, a| {
                    let (_, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                    let n = z.rows() as f64;
                    let (mut sharp, mut uniform) = (0.0, 0.0);
                    for (i, &label) in y.iter().enumerate() {
                        let logs = log_softmax(z.row(i));
                        sharp -= logs[label] / n;
                        uniform -= logs.iter().sum::<f64>() / z.cols() as f64 / n;
                    }
                    Ok(((1.0 - a) * sharp + a * uniform, gradient))
                },
            ),
            wheat("shares", "takes softmax as shares of a sum", |z, y, a| {
                let (loss, _) = reference::smoothed_cross_entropy(z, y, a)?;
                let t = reference::label_smoothing(y, z.cols(), a)?;
                let rows: Vec<Vec<f64>> = (0..z.rows()).map(|i| softmax(z.row(i))).collect();
                let entry = |i: usize, k: usize| (rows[i][k] - t[(i, k)]) / z.rows() as f64;
                Ok((loss, Matrix::from_fn(z.rows(), z.cols(), entry)))
            }),
            chaff("one_hot", "The targets are 0 and 1.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, a)?;
                reference::smoothed_cross_entropy(z, y, 0.0)
            }),
            chaff("gradient_one_hot", "The gradient is that of one-hot targets.", |z, y, a| {
                let (loss, _) = reference::smoothed_cross_entropy(z, y, a)?;
                Ok((loss, reference::smoothed_cross_entropy(z, y, 0.0)?.1))
            }),
            chaff("loss_one_hot", "The loss is that of one-hot targets.", |z, y, a| {
                let (_, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                Ok((reference::smoothed_cross_entropy(z, y, 0.0)?.0, gradient))
            }),
            chaff("summed", "The loss is a sum over the samples.", |z, y, a| scaled(z, y, a, |n| [n, n])),
            chaff("gradient_summed", "The gradient is not averaged.", |z, y, a| {
                scaled(z, y, a, |n| [1.0, n])
            }),
            chaff("negative", "The loss is Σ t·log p.", |z, y, a| scaled(z, y, a, |_| [-1.0, -1.0])),
            chaff("target_minus_softmax", "The gradient is target minus softmax.", |z, y, a| {
                scaled(z, y, a, |_| [1.0, -1.0])
            }),
            chaff("bits", "The logarithm has the base 2.", |z, y, a| {
                scaled(z, y, a, |_| [std::f64::consts::LOG2_E, 1.0])
            }),
            chaff("overflows", "The exponential of a logit is finite.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, a)?;
                let t = reference::label_smoothing(y, z.cols(), a)?;
                let n = z.rows() as f64;
                let (mut loss, mut gradient) = (0.0, t.clone());
                for i in 0..z.rows() {
                    let sum: f64 = z.row(i).iter().map(|z| z.exp()).sum();
                    for k in 0..z.cols() {
                        let p = z[(i, k)].exp() / sum;
                        loss -= t[(i, k)] * p.ln() / n;
                        gradient[(i, k)] = (p - t[(i, k)]) / n;
                    }
                }
                Ok((loss, gradient))
            }),
            chaff("log_of_0", "A tiny number is added before the logarithm.", |z, y, a| {
                let (_, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                let t = reference::label_smoothing(y, z.cols(), a)?;
                let row = |i: usize| -> f64 {
                    softmax(z.row(i)).iter().zip(t.row(i)).map(|(p, t)| -t * (p + 1e-12).ln()).sum()
                };
                Ok(((0..z.rows()).map(row).sum::<f64>() / z.rows() as f64, gradient))
            }),
            chaff("squared_error", "The loss is the squared error of the probabilities.", |z, y, a| {
                let (_, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                let t = reference::label_smoothing(y, z.cols(), a)?;
                let row = |i: usize| -> f64 {
                    softmax(z.row(i)).iter().zip(t.row(i)).map(|(p, t)| (p - t).powi(2)).sum()
                };
                Ok(((0..z.rows()).map(row).sum::<f64>() / z.rows() as f64, gradient))
            }),
            chaff(
                "divergence",
                "The loss is the Kullback–Leibler divergence, 0 for the best prediction.",
                |z, y, a| {
                    let (loss, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                    let t = reference::label_smoothing(y, z.cols(), a)?;
                    let entropy: f64 = t.as_slice().iter().filter(|t| **t > 0.0).map(|t| -t * t.ln()).sum();
                    Ok((loss - entropy / z.rows() as f64, gradient))
                },
            ),
            chaff("only_the_others", "The share α is spread over the other K − 1 classes.", |z, y, a| {
                let k = z.cols() as f64;
                if z.cols() < 2 {
                    return reference::smoothed_cross_entropy(z, y, a);
                }
                reference::smoothed_cross_entropy(z, y, a)?;
                reference::smoothed_cross_entropy(z, y, (a * k / (k - 1.0)).min(1.0))
            }),
            chaff("last_class_left_out", "Classes are numbered up to K − 2.", |z, y, a| {
                let (loss, mut gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                (0..z.rows()).for_each(|i| gradient[(i, z.cols() - 1)] = 0.0);
                Ok((loss, gradient))
            }),
            chaff("a_hundred_samples", "A hundred samples are enough for a mean.", |z, y, a| {
                let (_, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                let few = y.len().min(100);
                Ok((reference::smoothed_cross_entropy(&part(z, few, z.cols()), &y[..few], a)?.0, gradient))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, a)?;
                reference::smoothed_cross_entropy(&each(z, single), y, a)
            }),
            chaff("nan_as_0", "A missing logit (NaN) counts as 0.", |z, y, a| {
                reference::smoothed_cross_entropy(&each(z, nan_as_zero), y, a)
            }),
            chaff("any_size", "Any finite logit will do.", |z, y, a| {
                check::finite("logits", z.as_slice())?;
                reference::smoothed_cross_entropy(&each(z, clipped), y, a)
            }),
            chaff("unknown_ignored", "A label that names no class is the last one.", |z, y, a| {
                let known: Vec<usize> =
                    y.iter().map(|label| (*label).min(z.cols().saturating_sub(1))).collect();
                reference::smoothed_cross_entropy(z, &known, a)
            }),
            chaff("labels_cut", "Labels without a row are ignored.", |z, y, a| {
                reference::smoothed_cross_entropy(z, &y[..y.len().min(z.rows())], a)
            }),
            chaff("smoothing_clipped", "A smoothing above 1 counts as 1.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, if a > 1.0 { 1.0 } else { a })
            }),
            chaff("empty", "Without samples the loss is 0.", |z, y, a| {
                if z.rows() == 0 && y.is_empty() {
                    return Ok((0.0, z.clone()));
                }
                reference::smoothed_cross_entropy(z, y, a)
            }),
            wheat("less_the_dot", "subtracts Σ t·z from log Σ exp z", |z, y, a| {
                let (_, gradient) = reference::smoothed_cross_entropy(z, y, a)?;
                let targets = reference::label_smoothing(y, z.cols(), a)?;
                let loss = |i: usize| {
                    let row = z.row(i);
                    let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let log_sum = largest + row.iter().map(|z| (z - largest).exp()).sum::<f64>().ln();
                    log_sum - row.iter().zip(targets.row(i)).map(|(z, t)| z * t).sum::<f64>()
                };
                Ok(((0..z.rows()).map(loss).sum::<f64>() / z.rows() as f64, gradient))
            }),
            wheat("less_the_others", "gives the true class what the others leave", |z, y, a| {
                let (loss, _) = reference::smoothed_cross_entropy(z, y, a)?;
                let (n, k) = (z.rows() as f64, z.cols() as f64);
                let rows: Vec<Vec<f64>> = (0..z.rows()).map(|i| softmax(z.row(i))).collect();
                let entry = |i: usize, j: usize| {
                    let t = if y[i] == j { 1.0 - (k - 1.0) * (a / k) } else { a / k };
                    (rows[i][j] - t) / n
                };
                Ok((loss, Matrix::from_fn(z.rows(), z.cols(), entry)))
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |z, y, a| {
                sized("logits", z.as_slice())?;
                reference::smoothed_cross_entropy(z, y, a)
            }),
            chaff("last_number", "Any number that is not finite or too large may be named.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, a)
                    .map_err(|error| last(error, "logits", z.as_slice(), |v| v.abs() <= 1e60))
            }),
            chaff("last_unknown", "Any label that is unknown may be named.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, a).map_err(|error| match error {
                    InputError::UnknownClass { index, got, classes } => {
                        let index = y.iter().rposition(|label| *label >= classes).unwrap_or(index);
                        InputError::UnknownClass { index, got: y.get(index).copied().unwrap_or(got), classes }
                    }
                    other => other,
                })
            }),
            chaff("last_label_checked", "Only the last label is checked.", |z, y, a| {
                let k = z.cols();
                let known: Vec<usize> = y
                    .iter()
                    .enumerate()
                    .map(|(i, l)| if i + 1 < y.len() && k > 0 { (*l).min(k - 1) } else { *l })
                    .collect();
                reference::smoothed_cross_entropy(z, &known, a)
            }),
            chaff("hardly_negative", "What is below 0 by as little as rounding counts as 0.", |z, y, a| {
                reference::smoothed_cross_entropy(z, y, if a < 0.0 && a > -1e-12 { 0.0 } else { a })
            }),
        ],
    )(logits, labels, smoothing)
}

fn softmax(row: &[f64]) -> Vec<f64> {
    let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = row.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| share / sum).collect()
}

fn log_softmax(row: &[f64]) -> Vec<f64> {
    let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = row.iter().map(|z| (z - largest).exp()).sum();
    row.iter().map(|z| z - largest - sum.ln()).collect()
}

/// Loss and gradient, times factors that follow from n.
fn scaled(logits: &Matrix, labels: &[usize], smoothing: f64, factors: fn(f64) -> [f64; 2]) -> Lost {
    let (loss, gradient) = reference::smoothed_cross_entropy(logits, labels, smoothing)?;
    let [of_loss, of_gradient] = factors(logits.rows() as f64);
    Ok((loss * of_loss, each(&gradient, |g| g * of_gradient)))
}
