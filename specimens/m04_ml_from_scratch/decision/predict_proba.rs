use kit::{InputError, Matrix, check};

use crate::reference::m04_ml_from_scratch::decision as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type PredictProba = fn(&Matrix, &[f64], f64) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn predict_proba(x: &Matrix, w: &[f64], b: f64) -> Result<Vec<f64>, InputError> {
    answering::<PredictProba>(
        module_path!(),
        reference::predict_proba,
        &[
            wheat("two_branches", "a power of at most 1 on either side", |x, w, b| {
                each(x, w, b, |z| {
                    let small = (-z.abs()).exp();
                    if z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
                })
            }),
            wheat("tanh", "(1 + tanh(z/2))/2", |x, w, b| each(x, w, b, |z| 0.5 + 0.5 * (0.5 * z).tanh())),
            wheat("balanced", "e to half of z over itself and its inverse", |x, w, b| {
                each(x, w, b, |z| {
                    let half = (z.clamp(-1400.0, 1400.0) / 2.0).exp();
                    half / (half + 1.0 / half)
                })
            }),
            chaff("logits", "The logit is the predicted probability.", |x, w, b| each(x, w, b, |z| z)),
            chaff("of_class_0", "The probability is that of class 0.", |x, w, b| {
                each(x, w, b, |z| 1.0 / (1.0 + z.exp()))
            }),
            chaff("overflows", "The formula eᶻ/(1 + eᶻ) works for every z.", |x, w, b| {
                each(x, w, b, |z| z.exp() / (1.0 + z.exp()))
            }),
            chaff("classes", "The predicted probability is 0 or 1.", |x, w, b| {
                each(x, w, b, |z| if z >= 0.0 { 1.0 } else { 0.0 })
            }),
            chaff("no_intercept", "A logistic model has no intercept.", |x, w, _| {
                reference::predict_proba(x, w, 0.0)
            }),
            chaff(
                "sigmoid_of_each_product",
                "The sigmoid is applied to each product before the sum.",
                |x, w, b| {
                    each(x, w, b, |z| z)?;
                    let share = |z: f64| 1.0 / (1.0 + (-z).exp());
                    Ok((0..x.rows())
                        .map(|i| x.row(i).iter().zip(w).map(|(x, w)| share(x * w)).sum::<f64>() + b)
                        .collect())
                },
            ),
            chaff(
                "truncates",
                "The method `zip` rejects rows and weights of different lengths by itself.",
                |x, w, b| {
                    let logit = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b;
                    Ok((0..x.rows()).map(|i| 1.0 / (1.0 + (-logit(i)).exp())).collect())
                },
            ),
            chaff("empty_rejected", "An empty data set is an error.", |x, w, b| {
                check::at_least(1, x.rows())?;
                reference::predict_proba(x, w, b)
            }),
            chaff(
                "unchecked_when_empty",
                "Without samples the number of weights need not be checked.",
                |x, w, b| {
                    if x.rows() == 0 { Ok(vec![]) } else { reference::predict_proba(x, w, b) }
                },
            ),
            chaff(
                "zero_weights_skipped",
                "A feature with weight 0 can be skipped, even if it is NaN.",
                |x, w, b| {
                    reference::predict_proba(x, w, b)?;
                    let used = |i: usize| x.row(i).iter().zip(w).filter(|(_, w)| **w != 0.0);
                    let logit = |i: usize| used(i).map(|(x, w)| x * w).sum::<f64>() + b;
                    Ok((0..x.rows()).map(|i| 1.0 / (1.0 + (-logit(i)).exp())).collect())
                },
            ),
            chaff("nan_is_even", "A missing value (NaN) has the probability ½.", |x, w, b| {
                let p = reference::predict_proba(x, w, b)?;
                Ok(p.into_iter().map(|p| if p.is_nan() { 0.5 } else { p }).collect())
            }),
        ],
    )(x, w, b)
}

fn each(x: &Matrix, w: &[f64], b: f64, of: impl Fn(f64) -> f64) -> Result<Vec<f64>, InputError> {
    reference::predict_proba(x, w, b)?;
    Ok((0..x.rows()).map(|i| of(x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b)).collect())
}
