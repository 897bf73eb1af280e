use kit::InputError;

use crate::reference::m04_ml_from_scratch::metrics as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type LogLoss = fn(&[usize], &[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn log_loss(y: &[usize], p: &[f64]) -> Result<f64, InputError> {
    answering::<LogLoss>(
        module_path!(),
        reference::log_loss,
        &[
            wheat("of_one_minus_p", "−ln(1 − p) as it stands", |y, p| {
                mean(y, p, |y, p| -(if y == 1 { p } else { 1.0 - p }).ln())
            }),
            wheat(
                "of_the_inverse",
                "the logarithm of one over the probability, last sample first",
                |y, p| {
                    reference::log_loss(y, p)?;
                    let cost = |i: usize| (if y[i] == 1 { p[i] } else { 1.0 - p[i] }).recip().ln();
                    Ok((0..y.len()).rev().map(cost).sum::<f64>() / y.len() as f64)
                },
            ),
            wheat("counted_in_bits", "counts in bits, and multiplies by ln 2", |y, p| {
                let bits = mean(y, p, |y, p| -(if y == 1 { p } else { 1.0 - p }).log2())?;
                Ok(bits * std::f64::consts::LN_2)
            }),
            chaff(
                "both_terms",
                "The textbook formula y·ln p + (1 − y)·ln(1 − p) works at p = 0 and 1.",
                |y, p| mean(y, p, |y, p| -(y as f64 * p.ln() + (1.0 - y as f64) * (1.0 - p).ln())),
            ),
            chaff("clipped", "Probabilities are clipped to 10⁻¹⁵ away from 0 and 1.", |y, p| {
                mean(y, p, |y, p| {
                    let p = p.clamp(1e-15, 1.0 - 1e-15);
                    -(if y == 1 { p } else { 1.0 - p }).ln()
                })
            }),
            chaff("labels_swapped", "The number p is the probability of class 0.", |y, p| {
                mean(y, p, |y, p| -(if y == 0 { p } else { 1.0 - p }).ln())
            }),
            chaff("ones_only", "Only the label 1 contributes to the loss.", |y, p| {
                mean(y, p, |y, p| if y == 1 { -p.ln() } else { 0.0 })
            }),
            chaff("sum", "The losses are summed, not averaged.", |y, p| {
                Ok(reference::log_loss(y, p)? * y.len() as f64)
            }),
            chaff("in_bits", "The logarithm is to base 2.", |y, p| {
                Ok(reference::log_loss(y, p)? / std::f64::consts::LN_2)
            }),
            chaff("no_minus", "The loss is the log-likelihood, without the minus.", |y, p| {
                Ok(-reference::log_loss(y, p)?)
            }),
            chaff(
                "squares",
                "The log loss is the Brier score, the mean squared error of the probabilities.",
                |y, p| mean(y, p, |y, p| (p - y as f64).powi(2)),
            ),
            chaff("any_number", "A number above 1 counts as probability 1.", |y, p| {
                let p: Vec<f64> =
                    p.iter().map(|p| if p.is_finite() { p.clamp(0.0, 1.0) } else { *p }).collect();
                reference::log_loss(y, &p)
            }),
            chaff("below_zero_only", "Only a negative number is an invalid probability.", |y, p| {
                let p: Vec<f64> = p.iter().map(|p| if p.is_finite() { p.min(1.0) } else { *p }).collect();
                reference::log_loss(y, &p)
            }),
            chaff("nearly_0", "A number within 10⁻⁹ of 0 or 1 counts as 0 or 1.", |y, p| {
                let near = |p: &f64| p.is_finite() && *p > -1e-9 && *p < 1.0 + 1e-9;
                let p: Vec<f64> = p.iter().map(|p| if near(p) { p.clamp(0.0, 1.0) } else { *p }).collect();
                reference::log_loss(y, &p)
            }),
            chaff("any_label", "Every label other than 1 counts as 0.", |y, p| {
                let binary: Vec<usize> = y.iter().map(|y| usize::from(*y == 1)).collect();
                reference::log_loss(&binary, p)
            }),
        ],
    )(y, p)
}

fn mean(y: &[usize], p: &[f64], cost: impl Fn(usize, f64) -> f64) -> Result<f64, InputError> {
    reference::log_loss(y, p)?;
    Ok(y.iter().zip(p).map(|(y, p)| cost(*y, *p)).sum::<f64>() / y.len() as f64)
}
