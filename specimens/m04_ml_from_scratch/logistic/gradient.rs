use kit::{InputError, Matrix};

use super::tuned;
use crate::reference::m04_ml_from_scratch::logistic as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Slope = (Vec<f64>, f64);
type Gradient = fn(&Matrix, &[usize], &[f64], f64) -> Result<Slope, InputError>;

/// The kata, answered by a specimen.
pub fn gradient(x: &Matrix, y: &[usize], w: &[f64], b: f64) -> Result<Slope, InputError> {
    answering::<Gradient>(
        module_path!(),
        reference::gradient,
        &[
            wheat("signed_labels", "−s·σ(−s·z) with s = 2y − 1", |x, y, w, b| {
                by(x, y, w, b, |z, y| {
                    let s = 2.0 * y - 1.0;
                    -s * reference::sigmoid(-s * z)
                })
            }),
            wheat("tanh", "σ − y is (tanh(z/2) + 1 − 2y)/2", |x, y, w, b| {
                by(x, y, w, b, |z, y| ((z / 2.0).tanh() + 1.0 - 2.0 * y) / 2.0)
            }),
            wheat(
                "tuned",
                "reads each row once, for its probability and its part of the gradient",
                tuned::gradient,
            ),
            chaff("climbs", "The residual is y − σ(z).", |x, y, w, b| {
                by(x, y, w, b, |z, y| y - reference::sigmoid(z))
            }),
            chaff("doubled", "The gradient has a factor 2.", |x, y, w, b| {
                by(x, y, w, b, |z, y| 2.0 * (reference::sigmoid(z) - y))
            }),
            chaff("half", "The gradient has a factor ½.", |x, y, w, b| {
                by(x, y, w, b, |z, y| (reference::sigmoid(z) - y) / 2.0)
            }),
            chaff("not_averaged", "The gradient is the sum over all samples.", |x, y, w, b| {
                let n = y.len() as f64;
                by(x, y, w, b, |z, y| n * (reference::sigmoid(z) - y))
            }),
            chaff("of_the_squared_error", "The gradient has the factor σ(1 − σ).", |x, y, w, b| {
                by(x, y, w, b, |z, y| {
                    (reference::sigmoid(z) - y) * reference::sigmoid(z) * (1.0 - reference::sigmoid(z))
                })
            }),
            chaff("residual_of_the_logit", "The prediction is the logit, not its sigmoid.", |x, y, w, b| {
                by(x, y, w, b, |z, y| z - y)
            }),
            chaff(
                "residual_of_the_class",
                "The prediction is the class, not the probability.",
                |x, y, w, b| by(x, y, w, b, |z, y| f64::from(u8::from(z >= 0.0)) - y),
            ),
            chaff("labels_plus_minus_one", "The target is 2y − 1.", |x, y, w, b| {
                by(x, y, w, b, |z, y| reference::sigmoid(z) - (2.0 * y - 1.0))
            }),
            chaff("bias_forgotten", "The gradient with respect to b is 0.", |x, y, w, b| {
                Ok((reference::gradient(x, y, w, b)?.0, 0.0))
            }),
            chaff(
                "bias_not_averaged",
                "The gradient with respect to b is the sum of the residuals.",
                |x, y, w, b| {
                    let (dw, db) = reference::gradient(x, y, w, b)?;
                    Ok((dw, db * y.len() as f64))
                },
            ),
            chaff("overflows", "The formula eᶻ/(1 + eᶻ) works for every z.", |x, y, w, b| {
                by(x, y, w, b, |z, y| z.exp() / (1.0 + z.exp()) - y)
            }),
            chaff("any_label", "Every label other than 0 counts as 1.", |x, y, w, b| {
                let binary: Vec<usize> = y.iter().map(|y| usize::from(*y != 0)).collect();
                reference::gradient(x, &binary, w, b)
            }),
            chaff("one_label_unchecked", "The last label need not be checked.", |x, y, w, b| match y {
                [label] => reference::gradient(x, &[*label.min(&1)], w, b),
                _ => reference::gradient(x, y, w, b),
            }),
            chaff("nan_comes_back", "NaN in the data may propagate into the gradient.", |x, y, w, b| {
                match reference::gradient(x, y, w, b) {
                    Err(InputError::NotFinite { .. }) => Ok((vec![f64::NAN; w.len()], f64::NAN)),
                    answer => answer,
                }
            }),
        ],
    )(x, y, w, b)
}

fn by(
    x: &Matrix,
    y: &[usize],
    w: &[f64],
    b: f64,
    residual: impl Fn(f64, f64) -> f64,
) -> Result<Slope, InputError> {
    reference::gradient(x, y, w, b)?;
    let n = y.len() as f64;
    let logit = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b;
    let residuals: Vec<f64> = (0..y.len()).map(|i| residual(logit(i), y[i] as f64)).collect();
    let along = |j: usize| residuals.iter().enumerate().map(|(i, r)| r * x[(i, j)]).sum::<f64>() / n;
    Ok(((0..w.len()).map(along).collect(), residuals.iter().sum::<f64>() / n))
}
