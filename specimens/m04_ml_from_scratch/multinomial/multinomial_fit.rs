use kit::{InputError, Matrix};

use super::descents::{Model, descend, sample_by_sample, through_softmax};
use super::tuned;
use crate::reference::m04_ml_from_scratch::multinomial as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type MultinomialFit = fn(&Matrix, &[usize], usize, f64, usize) -> Result<Model, InputError>;

/// The kata, answered by a specimen.
pub fn multinomial_fit(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    learning_rate: f64,
    steps: usize,
) -> Result<Model, InputError> {
    answering::<MultinomialFit>(
        module_path!(),
        reference::multinomial_fit,
        &[
            wheat("through_softmax", "the softmax of all samples as one matrix", through_softmax),
            wheat(
                "odds_against",
                "one over the odds of all classes against each, sample after sample",
                |x, y, classes, rate, steps| {
                    reference::multinomial_fit(x, y, classes, rate, 0)?;
                    let d = x.cols();
                    let mut v = vec![vec![0.0; d + 1]; classes];
                    for _ in 0..steps {
                        let mut gradients = vec![vec![0.0; d + 1]; classes];
                        for (i, label) in y.iter().enumerate() {
                            let row = [x.row(i), &[1.0]].concat();
                            let z: Vec<f64> =
                                v.iter().map(|v| v.iter().zip(&row).map(|(v, x)| v * x).sum()).collect();
                            for (c, gradients) in gradients.iter_mut().enumerate() {
                                let p = 1.0 / z.iter().map(|other| (other - z[c]).exp()).sum::<f64>();
                                let off = (p - f64::from(u8::from(c == *label))) / y.len() as f64;
                                gradients.iter_mut().zip(&row).for_each(|(gradient, x)| *gradient += off * x);
                            }
                        }
                        v.iter_mut()
                            .zip(&gradients)
                            .for_each(|(v, s)| v.iter_mut().zip(s).for_each(|(v, s)| *v -= rate * s));
                    }
                    if v.iter().flatten().any(|v| !v.is_finite()) {
                        return Err(InputError::NotConverged { steps, residual: f64::INFINITY });
                    }
                    Ok((Matrix::from_fn(classes, d, |c, j| v[c][j]), v.iter().map(|v| v[d]).collect()))
                },
            ),
            wheat(
                "tuned",
                "reads each row once a step, and keeps the probabilities of one sample",
                tuned::multinomial_fit,
            ),
            chaff(
                "bias_not_updated",
                "Gradient descent updates the weights only.",
                |x, y, classes, rate, steps| descend(x, y, [classes, steps], rate, |p, truth| p - truth, 0.0),
            ),
            chaff(
                "rejected_by_the_softmax",
                "Divergence is reported as a logit that is not finite.",
                |x, y, classes, rate, steps| match reference::multinomial_fit(x, y, classes, rate, steps) {
                    Err(InputError::NotConverged { .. }) if steps > 1 => {
                        Err(InputError::NotFinite { name: "z", index: 0 })
                    }
                    other => other,
                },
            ),
            chaff("climbs", "A step adds the gradient.", |x, y, classes, rate, steps| {
                descend(x, y, [classes, steps], rate, |p, truth| truth - p, 1.0)
            }),
            chaff("half", "The gradient has a factor ½.", |x, y, classes, rate, steps| {
                descend(x, y, [classes, steps], rate, |p, truth| (p - truth) / 2.0, 1.0)
            }),
            chaff(
                "true_class_only",
                "Only the weights of the true class have a gradient.",
                |x, y, classes, rate, steps| {
                    descend(
                        x,
                        y,
                        [classes, steps],
                        rate,
                        |p, truth| if truth == 1.0 { p - truth } else { 0.0 },
                        1.0,
                    )
                },
            ),
            chaff(
                "derivative_of_the_softmax_too",
                "The gradient has the factor p(1 − p).",
                |x, y, classes, rate, steps| {
                    descend(x, y, [classes, steps], rate, |p, truth| (p - truth) * p * (1.0 - p), 1.0)
                },
            ),
            chaff(
                "not_averaged",
                "The gradient is the sum over all samples.",
                |x, y, classes, rate, steps| {
                    reference::multinomial_fit(x, y, classes, rate, 0)?;
                    reference::multinomial_fit(x, y, classes, rate * y.len() as f64, steps)
                },
            ),
            chaff(
                "averaged_over_classes",
                "The loss is averaged over samples and classes.",
                |x, y, classes, rate, steps| {
                    reference::multinomial_fit(x, y, classes, rate, 0)?;
                    reference::multinomial_fit(x, y, classes, rate / classes as f64, steps)
                },
            ),
            chaff(
                "one_class_per_column",
                "The weight matrix is d×k, one class per column.",
                |x, y, classes, rate, steps| {
                    let (w, b) = reference::multinomial_fit(x, y, classes, rate, steps)?;
                    Ok((Matrix::from_fn(w.cols(), w.rows(), |i, j| w[(j, i)]), b))
                },
            ),
            chaff(
                "transposed_entries",
                "The entries of W are stored column by column.",
                |x, y, classes, rate, steps| {
                    let (w, b) = reference::multinomial_fit(x, y, classes, rate, steps)?;
                    let (k, d) = w.shape();
                    Ok((
                        Matrix::from_fn(k, d, |i, j| w.as_slice()[((i * d + j) % k) * d + (i * d + j) / k]),
                        b,
                    ))
                },
            ),
            chaff(
                "sample_by_sample",
                "The parameters are updated after each sample (stochastic gradient descent).",
                sample_by_sample,
            ),
            chaff("one_step_more", "The loop takes steps + 1 steps.", |x, y, classes, rate, steps| {
                reference::multinomial_fit(x, y, classes, rate, steps + 1)
            }),
            chaff(
                "one_class_fitted",
                "A single class can be fitted like two.",
                |x, y, classes, rate, steps| match reference::multinomial_fit(x, y, classes, rate, steps) {
                    Err(InputError::Constant { .. }) => {
                        Ok((Matrix::zeros(classes, x.cols()), vec![rate; classes]))
                    }
                    answer => answer,
                },
            ),
            chaff(
                "one_of_two_fitted",
                "Labels of a single class can be fitted if `classes` is 2.",
                |x, y, classes, rate, steps| match reference::multinomial_fit(x, y, classes, rate, steps) {
                    Err(InputError::Constant { .. }) if classes == 2 => {
                        Ok((Matrix::zeros(classes, x.cols()), vec![rate; classes]))
                    }
                    answer => answer,
                },
            ),
            chaff(
                "one_sample_fitted",
                "Labels are constant only if there are several of them.",
                |x, y, classes, rate, steps| match reference::multinomial_fit(x, y, classes, rate, steps) {
                    Err(InputError::Constant { .. }) if y.len() == 1 => {
                        Ok((Matrix::zeros(classes, x.cols()), vec![0.0; classes]))
                    }
                    other => other,
                },
            ),
            chaff("label_k_allowed", "The labels are 1, 2, …, k.", |x, y, classes, rate, steps| {
                let known: Vec<usize> =
                    y.iter().map(|y| if *y == classes { classes.saturating_sub(1) } else { *y }).collect();
                reference::multinomial_fit(x, &known, classes, rate, steps)
            }),
            chaff(
                "diverged_returned",
                "Parameters that have diverged are returned as they are.",
                |x, y, classes, rate, steps| match reference::multinomial_fit(x, y, classes, rate, steps) {
                    Err(InputError::NotConverged { .. }) => {
                        Ok((Matrix::zeros(classes, x.cols()), vec![f64::NAN; classes]))
                    }
                    answer => answer,
                },
            ),
            chaff(
                "step_of_divergence",
                "`NotConverged` reports the step at which the descent diverged.",
                |x, y, classes, rate, steps| match reference::multinomial_fit(x, y, classes, rate, steps) {
                    Err(InputError::NotConverged { residual, .. }) => Err(InputError::NotConverged {
                        steps: (0..=steps)
                            .find(|s| reference::multinomial_fit(x, y, classes, rate, *s).is_err())
                            .unwrap_or(steps),
                        residual,
                    }),
                    other => other,
                },
            ),
        ],
    )(x, y, classes, learning_rate, steps)
}
