use kit::{InputError, Matrix};

use super::tuned;
use crate::reference::m04_ml_from_scratch::logistic as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Model = (Vec<f64>, f64);
type Fit = fn(&Matrix, &[usize], f64, usize) -> Result<Model, InputError>;

/// The kata, answered by a specimen.
pub fn fit(x: &Matrix, y: &[usize], learning_rate: f64, steps: usize) -> Result<Model, InputError> {
    answering::<Fit>(
        module_path!(),
        reference::fit,
        &[
            wheat(
                "residuals_first",
                "all residuals, then one product a feature, as NumPy would",
                |x, y, rate, steps| descend(x, y, rate, steps, 1.0, |z, y| reference::sigmoid(z) - y),
            ),
            wheat("signed_labels", "−s·σ(−s·z) with s = 2y − 1", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| {
                    -(2.0 * y - 1.0) * reference::sigmoid(-(2.0 * y - 1.0) * z)
                })
            }),
            wheat("tanh", "σ − y is (tanh(z/2) + 1 − 2y)/2", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| ((z / 2.0).tanh() + 1.0 - 2.0 * y) / 2.0)
            }),
            wheat(
                "tuned",
                "reads each row once a step, for its probability and its part of the gradient",
                tuned::fit,
            ),
            chaff("bias_not_updated", "Gradient descent updates the weights only.", |x, y, rate, steps| {
                descend(x, y, rate, steps, 0.0, |z, y| reference::sigmoid(z) - y)
            }),
            chaff("climbs", "A step adds the gradient.", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| y - reference::sigmoid(z))
            }),
            chaff("least_squares", "The prediction is the logit, not its sigmoid.", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| z - y)
            }),
            chaff("squared_error", "The loss is the squared error of σ(z).", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| {
                    2.0 * (reference::sigmoid(z) - y) * reference::sigmoid(z) * (1.0 - reference::sigmoid(z))
                })
            }),
            chaff("perceptron", "The prediction is the class, not the probability.", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| f64::from(u8::from(z >= 0.0)) - y)
            }),
            chaff("labels_plus_minus_one", "The target is 2y − 1.", |x, y, rate, steps| {
                descend(x, y, rate, steps, 1.0, |z, y| reference::sigmoid(z) - (2.0 * y - 1.0))
            }),
            chaff("not_averaged", "The gradient is the sum over all samples.", |x, y, rate, steps| {
                reference::fit(x, y, rate, 0)?;
                reference::fit(x, y, rate * y.len() as f64, steps)
            }),
            chaff("one_step_more", "The loop takes steps + 1 steps.", |x, y, rate, steps| {
                reference::fit(x, y, rate, steps + 1)
            }),
            chaff("one_class_fitted", "A single class can be fitted like two.", |x, y, rate, steps| {
                match reference::fit(x, y, rate, steps) {
                    Err(InputError::Constant { .. }) => Ok((vec![0.0; x.cols()], rate)),
                    answer => answer,
                }
            }),
            chaff("any_label", "Every label other than 0 counts as 1.", |x, y, rate, steps| {
                let binary: Vec<usize> = y.iter().map(|y| usize::from(*y != 0)).collect();
                reference::fit(x, &binary, rate, steps)
            }),
            chaff("any_rate", "A learning rate of 0 is allowed.", |x, y, rate, steps| {
                if rate == 0.0 { reference::fit(x, y, 1.0, 0) } else { reference::fit(x, y, rate, steps) }
            }),
            chaff(
                "diverged_returned",
                "Parameters that have diverged are returned as they are.",
                |x, y, rate, steps| match reference::fit(x, y, rate, steps) {
                    Err(InputError::NotConverged { .. }) => Ok((vec![f64::INFINITY; x.cols()], 0.0)),
                    answer => answer,
                },
            ),
            chaff(
                "step_of_divergence",
                "`NotConverged` reports the step at which the descent diverged.",
                |x, y, rate, steps| match reference::fit(x, y, rate, steps) {
                    Err(InputError::NotConverged { residual, .. }) => Err(InputError::NotConverged {
                        steps: (0..=steps).find(|s| reference::fit(x, y, rate, *s).is_err()).unwrap_or(steps),
                        residual,
                    }),
                    other => other,
                },
            ),
            chaff(
                "at_most_100",
                "A hundred steps of gradient descent are always enough.",
                |x, y, rate, steps| reference::fit(x, y, rate, steps.min(100)),
            ),
        ],
    )(x, y, learning_rate, steps)
}

fn descend(
    x: &Matrix,
    y: &[usize],
    rate: f64,
    steps: usize,
    bias: f64,
    residual: impl Fn(f64, f64) -> f64,
) -> Result<Model, InputError> {
    reference::fit(x, y, rate, 0)?;
    let (mut w, mut b, n) = (vec![0.0; x.cols()], 0.0, y.len() as f64);
    for _ in 0..steps {
        let logit = |i: usize| x.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>() + b;
        let residuals: Vec<f64> = (0..y.len()).map(|i| residual(logit(i), y[i] as f64)).collect();
        let along = |j: usize| residuals.iter().enumerate().map(|(i, r)| r * x[(i, j)]).sum::<f64>() / n;
        w = (0..x.cols()).map(|j| w[j] - rate * along(j)).collect();
        b -= bias * rate * residuals.iter().sum::<f64>() / n;
    }
    let finite = w.iter().chain([&b]).all(|v| v.is_finite());
    if finite { Ok((w, b)) } else { Err(InputError::NotConverged { steps, residual: f64::INFINITY }) }
}
