use kit::{InputError, Matrix, check};

use super::super::making::{all, clipped, each, last, nan_as_zero, part, single, sized};
use crate::reference::x3_regularization::batch_norm as reference;
use crate::reference::x3_regularization::batch_norm::RunningStatistics;
use crate::specimens::specimen::{answering, chaff, wheat};

type Evaluated = Result<Matrix, InputError>;
type BatchNormEvaluate = fn(&Matrix, &[f64], &[f64], &RunningStatistics, f64) -> Evaluated;

/// The kata, answered by a specimen.
pub fn batch_norm_evaluate(
    x: &Matrix,
    gamma: &[f64],
    beta: &[f64],
    running: &RunningStatistics,
    epsilon: f64,
) -> Result<Matrix, InputError> {
    answering::<BatchNormEvaluate>(
        module_path!(),
        reference::batch_norm_evaluate,
        &[
            wheat("folded", "folds mean and deviation into one scale and one shift", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| {
                    let scale = g / (v + e).sqrt();
                    x * scale + (b - m * scale)
                })
            }),
            wheat("inverse_root", "multiplies by the inverse of the root", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| g * ((x - m) * (v + e).sqrt().recip()) + b)
            }),
            chaff("batch_statistics", "The batch has its own mean and variance.", |x, g, b, r, e| {
                let y = reference::batch_norm_evaluate(x, g, b, r, e)?;
                if x.rows() < 2 { Ok(y) } else { Ok(reference::batch_norm(x, g, b, r, 0.5, e)?.0) }
            }),
            chaff("identity", "In evaluation the layer does nothing, as dropout.", |x, g, b, r, e| {
                reference::batch_norm_evaluate(x, g, b, r, e)?;
                Ok(x.clone())
            }),
            chaff("not_affine", "γ and β are for training.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [_, _, m, v], e| (x - m) / (v + e).sqrt())
            }),
            chaff("no_mean", "Dividing by the deviation is enough.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, _, v], e| g * (x / (v + e).sqrt()) + b)
            }),
            chaff("no_deviation", "Subtracting the mean is enough.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, _], _| g * (x - m) + b)
            }),
            chaff("no_root", "The difference is divided by the variance.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| g * ((x - m) / (v + e)) + b)
            }),
            chaff("epsilon_outside", "ε is added to the deviation.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| g * ((x - m) / (v.sqrt() + e)) + b)
            }),
            chaff("no_epsilon", "The running variance is never 0.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], _| g * ((x - m) / v.sqrt()) + b)
            }),
            chaff("usual_epsilon", "ε is always 10⁻⁵.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], _| g * ((x - m) / (v + 1e-5).sqrt()) + b)
            }),
            chaff("mean_added", "The running mean is added.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| g * ((x + m) / (v + e).sqrt()) + b)
            }),
            chaff("shifted_first", "β is added before γ multiplies.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| g * ((x - m) / (v + e).sqrt() + b))
            }),
            chaff("exchanged", "γ is added and β multiplies.", |x, g, b, r, e| {
                entry(x, g, b, r, e, |x, [g, b, m, v], e| b * ((x - m) / (v + e).sqrt()) + g)
            }),
            chaff(
                "first_feature",
                "The statistics of the first feature are good for all.",
                |x, g, b, r, e| {
                    reference::batch_norm_evaluate(x, g, b, r, e)?;
                    let first = RunningStatistics {
                        mean: all(&r.mean, |_| r.mean[0]),
                        variance: all(&r.variance, |_| r.variance[0]),
                    };
                    reference::batch_norm_evaluate(x, g, b, &first, e)
                },
            ),
            chaff("two_samples_at_least", "A batch has two samples at least.", |x, g, b, r, e| {
                check::at_least(2, x.rows())?;
                reference::batch_norm_evaluate(x, g, b, r, e)
            }),
            chaff("sixty_features", "Sixty features are enough.", |x, g, b, r, e| {
                let y = reference::batch_norm_evaluate(x, g, b, r, e)?;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| if j < 60 { y[(i, j)] } else { x[(i, j)] }))
            }),
            chaff("a_hundred_samples", "A hundred samples are enough.", |x, g, b, r, e| {
                Ok(part(&reference::batch_norm_evaluate(x, g, b, r, e)?, 100, x.cols()))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, g, b, r, e| {
                reference::batch_norm_evaluate(x, g, b, r, e)?;
                reference::batch_norm_evaluate(&each(x, single), &all(g, single), b, r, e)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, g, b, r, e| {
                reference::batch_norm_evaluate(&each(x, nan_as_zero), g, b, r, e)
            }),
            chaff("any_size", "A product is finite.", |x, g, b, r, e| {
                check::finite("x", x.as_slice())?;
                reference::batch_norm_evaluate(&each(x, clipped), g, b, r, e)
            }),
            chaff("absolute_variance", "The sign of a variance does not matter.", |x, g, b, r, e| {
                let variance = all(&r.variance, f64::abs);
                reference::batch_norm_evaluate(x, g, b, &RunningStatistics { variance, ..r.clone() }, e)
            }),
            chaff("epsilon_of_0", "Without ε nothing changes.", |x, g, b, r, e| {
                reference::batch_norm_evaluate(x, g, b, r, if e == 0.0 { 1e-30 } else { e })
            }),
            chaff("empty", "Without samples the answer is empty.", |x, g, b, r, e| {
                if x.rows() == 0 { Ok(x.clone()) } else { reference::batch_norm_evaluate(x, g, b, r, e) }
            }),
            wheat(
                "ranges_first",
                "asks for the size first: what is infinite is too large",
                |x, g, b, r, e| {
                    for (name, values) in [
                        ("x", x.as_slice()),
                        ("gamma", g),
                        ("beta", b),
                        ("mean", &r.mean),
                        ("variance", &r.variance),
                    ] {
                        sized(name, values)?;
                    }
                    reference::batch_norm_evaluate(x, g, b, r, e)
                },
            ),
            chaff(
                "last_number",
                "Any number that is not finite or too large may be named.",
                |x, g, b, r, e| {
                    reference::batch_norm_evaluate(x, g, b, r, e)
                        .map_err(|error| last(error, "gamma", g, |v| v.abs() <= 1e60))
                },
            ),
            chaff(
                "untrained",
                "Before the first training step the statistics are those of the batch.",
                |x, g, b, r, e| {
                    let y = reference::batch_norm_evaluate(x, g, b, r, e)?;
                    let is_new = r.mean.iter().all(|m| *m == 0.0) && r.variance.iter().all(|v| *v == 1.0);
                    if is_new && x.rows() > 1 {
                        Ok(reference::batch_norm(x, g, b, r, 0.5, e)?.0)
                    } else {
                        Ok(y)
                    }
                },
            ),
        ],
    )(x, gamma, beta, running, epsilon)
}

/// One number of the answer: from x, from γ, β, mean and variance, and from ε.
fn entry(
    x: &Matrix,
    gamma: &[f64],
    beta: &[f64],
    running: &RunningStatistics,
    epsilon: f64,
    of: fn(f64, [f64; 4], f64) -> f64,
) -> Evaluated {
    reference::batch_norm_evaluate(x, gamma, beta, running, epsilon)?;
    Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| {
        of(x[(i, j)], [gamma[j], beta[j], running.mean[j], running.variance[j]], epsilon)
    }))
}
