use kit::InputError;

use crate::reference::m04_ml_from_scratch::logistic as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type BinaryCrossEntropy = fn(&[f64], &[usize]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn binary_cross_entropy(z: &[f64], y: &[usize]) -> Result<f64, InputError> {
    answering::<BinaryCrossEntropy>(
        module_path!(),
        reference::binary_cross_entropy,
        &[
            wheat("max_minus_product", "max(z, 0) − z·y + ln(1 + e^−|z|)", |z, y| {
                mean(z, y, |z, y| z.max(0.0) - z * y + (1.0 + (-z.abs()).exp()).ln())
            }),
            wheat(
                "in_two_halves",
                "all labels 1 first, then all labels 0, each with a branch for large logits",
                |z, y| {
                    let softplus = |t: f64| if t > 40.0 { t } else { t.exp().ln_1p() };
                    mean(z, y, |z, y| y * softplus(-z) + (1.0 - y) * softplus(z))
                },
            ),
            wheat("hyperbolic_cosine", "ln 2cosh(z/2) less half of z for or against", |z, y| {
                reference::binary_cross_entropy(z, y)?;
                let cost = |(z, y): (&f64, &usize)| {
                    let size = z.abs() / 2.0;
                    size + (-2.0 * size).exp().ln_1p() - (*y as f64 - 0.5) * z
                };
                Ok(z.iter().zip(y).map(cost).sum::<f64>() / y.len() as f64)
            }),
            chaff("log_of_the_sigmoid", "The textbook formula ln σ(z) works for every z.", |z, y| {
                mean(z, y, |z, y| {
                    -(y * reference::sigmoid(z).ln() + (1.0 - y) * (1.0 - reference::sigmoid(z)).ln())
                })
            }),
            chaff(
                "log_of_the_true_probability",
                "The logarithm of the saturated sigmoid is harmless.",
                |z, y| {
                    mean(z, y, |z, y| {
                        -(if y == 1.0 { reference::sigmoid(z) } else { 1.0 - reference::sigmoid(z) }).ln()
                    })
                },
            ),
            chaff("clipped", "Probabilities are clipped to 10⁻¹⁵ away from 0 and 1.", |z, y| {
                let p = |z: f64| reference::sigmoid(z).clamp(1e-15, 1.0 - 1e-15);
                mean(z, y, |z, y| -(y * p(z).ln() + (1.0 - y) * (1.0 - p(z)).ln()))
            }),
            chaff("softplus_overflows", "The formula ln(1 + eᵗ) works for every t.", |z, y| {
                mean(z, y, |z, y| (1.0 + (z * (1.0 - 2.0 * y)).exp()).ln())
            }),
            chaff(
                "labels_plus_minus_one",
                "The formula ln(1 + e^(−yz)) is right for labels 0 and 1, too.",
                |z, y| mean(z, y, |z, y| (-y * z).max(0.0) + (-(y * z).abs()).exp().ln_1p()),
            ),
            chaff("labels_swapped", "The label 1 belongs to 1 − σ(z).", |z, y| {
                mean(z, y, |z, y| {
                    reference::binary_cross_entropy(&[z], &[1 - y as usize]).unwrap_or_default()
                })
            }),
            chaff("sum", "The losses are summed, not averaged.", |z, y| {
                Ok(reference::binary_cross_entropy(z, y)? * y.len() as f64)
            }),
            chaff("in_bits", "The logarithm is to base 2.", |z, y| {
                Ok(reference::binary_cross_entropy(z, y)? / std::f64::consts::LN_2)
            }),
            chaff("a_likelihood", "The loss is the log-likelihood, without the minus.", |z, y| {
                Ok(-reference::binary_cross_entropy(z, y)?)
            }),
            chaff("ones_only", "Only the label 1 contributes to the loss.", |z, y| {
                mean(z, y, |z, y| y * ((-z).max(0.0) + (-z.abs()).exp().ln_1p()))
            }),
            chaff("any_label", "Every label other than 0 counts as 1.", |z, y| {
                let binary: Vec<usize> = y.iter().map(|y| usize::from(*y != 0)).collect();
                reference::binary_cross_entropy(z, &binary)
            }),
            chaff("infinite_logits", "An infinite logit is allowed.", |z, y| {
                let finite: Vec<f64> = z.iter().map(|z| z.clamp(-1e300, 1e300)).collect();
                reference::binary_cross_entropy(&finite, y)
            }),
            chaff("nothing_costs_nothing", "The loss of an empty data set is 0.", |z, y| {
                if z.is_empty() && y.is_empty() { Ok(0.0) } else { reference::binary_cross_entropy(z, y) }
            }),
            chaff("linear_beyond_twenty", "Above 20 the softplus of t is t itself.", |z, y| {
                mean(z, y, |z, y| {
                    let t = z * (1.0 - 2.0 * y);
                    if t > 20.0 { t } else { t.exp().ln_1p() }
                })
            }),
            chaff("squares_on_the_way", "The root of a square is the number itself.", |z, y| {
                mean(z, y, |z, y| {
                    let loss = reference::binary_cross_entropy(&[z], &[y as usize]).unwrap_or_default();
                    (loss * loss).sqrt()
                })
            }),
            chaff("last_nan", "The index is that of any logit that is not finite.", |z, y| {
                reference::binary_cross_entropy(z, y).map_err(|error| match error {
                    InputError::NotFinite { name, index } => {
                        let last = z.iter().rposition(|z| !z.is_finite());
                        InputError::NotFinite { name, index: last.unwrap_or(index) }
                    }
                    other => other,
                })
            }),
        ],
    )(z, y)
}

fn mean(z: &[f64], y: &[usize], cost: impl Fn(f64, f64) -> f64) -> Result<f64, InputError> {
    reference::binary_cross_entropy(z, y)?;
    Ok(z.iter().zip(y).map(|(z, y)| cost(*z, *y as f64)).sum::<f64>() / y.len() as f64)
}
