use kit::{InputError, Matrix, check};

use super::super::making::{all, clipped, column, each, last, nan_as_zero, part, single, sized, turned};
use super::super::normalizing::{Plan, RIGHT, biased, mean, of_squares, running_mean, unbiased, welford};
use crate::reference::x3_regularization::batch_norm as reference;
use crate::reference::x3_regularization::batch_norm::RunningStatistics;
use crate::specimens::specimen::{answering, chaff, wheat};

type Normalized = Result<(Matrix, RunningStatistics), InputError>;
type BatchNorm = fn(&Matrix, &[f64], &[f64], &RunningStatistics, f64, f64) -> Normalized;

/// The kata, answered by a specimen.
pub fn batch_norm(
    x: &Matrix,
    gamma: &[f64],
    beta: &[f64],
    running: &RunningStatistics,
    momentum: f64,
    epsilon: f64,
) -> Result<(Matrix, RunningStatistics), InputError> {
    answering::<BatchNorm>(
        module_path!(),
        reference::batch_norm,
        &[
            wheat("welford", "updates mean and variance with each sample", |x, g, b, r, m, e| {
                planned(x, g, b, r, m, e, &Plan { mean: running_mean, variance: welford, ..RIGHT })
            }),
            wheat("scale_and_shift", "multiplies the difference by γ/√(σ² + ε)", |x, g, b, r, m, e| {
                let (_, new) = reference::batch_norm(x, g, b, r, m, e)?;
                let scaled = |i: usize, j: usize| {
                    let values = column(x, j);
                    let middle = mean(&values);
                    (x[(i, j)] - middle) * (g[j] / (biased(&values, middle) + e).sqrt()) + b[j]
                };
                Ok((Matrix::from_fn(x.rows(), x.cols(), scaled), new))
            }),
            wheat(
                "running_difference",
                "moves the statistics by α times the difference",
                |x, g, b, r, m, e| {
                    let (y, _) = reference::batch_norm(x, g, b, r, m, e)?;
                    let mut new = r.clone();
                    for j in 0..x.cols() {
                        let values = column(x, j);
                        let middle = mean(&values);
                        new.mean[j] += m * (middle - r.mean[j]);
                        new.variance[j] = (1.0 - m) * r.variance[j] + m * unbiased(&values, middle);
                    }
                    Ok((y, new))
                },
            ),
            chaff(
                "unbiased_batch",
                "The batch is normalized with the variance that is divided by n − 1.",
                |x, g, b, r, m, e| planned(x, g, b, r, m, e, &Plan { variance: unbiased, ..RIGHT }),
            ),
            chaff(
                "biased_running",
                "The running variance takes up the biased variance.",
                |x, g, b, r, m, e| {
                    let (y, mut new) = reference::batch_norm(x, g, b, r, m, e)?;
                    for j in 0..x.cols() {
                        let values = column(x, j);
                        new.variance[j] = (1.0 - m) * r.variance[j] + m * biased(&values, mean(&values));
                    }
                    Ok((y, new))
                },
            ),
            chaff(
                "momentum_kept",
                "The momentum is the share of the old statistics that is kept.",
                |x, g, b, r, m, e| {
                    reference::batch_norm(x, g, b, r, m, e)?;
                    reference::batch_norm(x, g, b, r, 1.0 - m, e)
                },
            ),
            chaff("not_updated", "The running statistics change in evaluation.", |x, g, b, r, m, e| {
                Ok((reference::batch_norm(x, g, b, r, m, e)?.0, r.clone()))
            }),
            chaff("replaced", "The running statistics are those of the last batch.", |x, g, b, r, m, e| {
                let (y, _) = reference::batch_norm(x, g, b, r, m, e)?;
                Ok((y, reference::batch_norm(x, g, b, r, 1.0, e)?.1))
            }),
            chaff(
                "running_used",
                "The batch is normalized with the running statistics.",
                |x, g, b, r, m, e| {
                    let (_, new) = reference::batch_norm(x, g, b, r, m, e)?;
                    Ok((reference::batch_norm_evaluate(x, g, b, r, e)?, new))
                },
            ),
            chaff(
                "new_running_used",
                "The batch is normalized with the new running statistics.",
                |x, g, b, r, m, e| {
                    let (_, new) = reference::batch_norm(x, g, b, r, m, e)?;
                    Ok((reference::batch_norm_evaluate(x, g, b, &new, e)?, new))
                },
            ),
            chaff("over_features", "The statistics are those of each sample.", |x, g, b, r, m, e| {
                let (_, new) = reference::batch_norm(x, g, b, r, m, e)?;
                Ok((affine(&RIGHT.rows(x, e), g, b), new))
            }),
            chaff(
                "whole_batch",
                "There is one mean and one variance for the whole batch.",
                |x, g, b, r, m, e| {
                    let (_, new) = reference::batch_norm(x, g, b, r, m, e)?;
                    let x_hat = RIGHT.normalized(x.as_slice(), e);
                    let d = x.cols();
                    Ok((affine(&Matrix::from_fn(x.rows(), d, |i, j| x_hat[i * d + j]), g, b), new))
                },
            ),
            chaff("epsilon_outside", "ε is added to the deviation.", |x, g, b, r, m, e| {
                planned(
                    x,
                    g,
                    b,
                    r,
                    m,
                    e,
                    &Plan { root: |variance, epsilon| variance.sqrt() + epsilon, ..RIGHT },
                )
            }),
            chaff("no_epsilon", "A batch always has a variance.", |x, g, b, r, m, e| {
                planned(x, g, b, r, m, e, &Plan { root: |variance, _| variance.sqrt(), ..RIGHT })
            }),
            chaff("no_root", "The difference is divided by the variance.", |x, g, b, r, m, e| {
                planned(x, g, b, r, m, e, &Plan { root: |variance, epsilon| variance + epsilon, ..RIGHT })
            }),
            chaff(
                "absolute_deviation",
                "The deviation is the mean absolute difference.",
                |x, g, b, r, m, e| {
                    let variance = |x: &[f64], mean: f64| {
                        let deviation = x.iter().map(|x| (x - mean).abs()).sum::<f64>() / x.len() as f64;
                        deviation * deviation
                    };
                    planned(x, g, b, r, m, e, &Plan { variance, ..RIGHT })
                },
            ),
            chaff("of_squares", "The variance is E[x²] − μ².", |x, g, b, r, m, e| {
                planned(x, g, b, r, m, e, &Plan { variance: of_squares, ..RIGHT })
            }),
            chaff("not_centered", "Dividing by the deviation is enough.", |x, g, b, r, m, e| {
                let (y, new) = reference::batch_norm(x, g, b, r, m, e)?;
                let by = |j: usize| {
                    let values = column(x, j);
                    let middle = mean(&values);
                    g[j] * middle / (biased(&values, middle) + e).sqrt()
                };
                Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| y[(i, j)] + by(j)), new))
            }),
            chaff("not_scaled", "γ and β come later.", |x, g, b, r, m, e| {
                let (_, new) = reference::batch_norm(x, g, b, r, m, e)?;
                let (ones, zeros) = (all(g, |_| 1.0), all(b, |_| 0.0));
                Ok((reference::batch_norm(x, &ones, &zeros, r, m, e)?.0, new))
            }),
            chaff("shifted_first", "β is added before γ multiplies.", |x, g, b, r, m, e| {
                let (y, new) = reference::batch_norm(x, g, b, r, m, e)?;
                let entry = |i, j| y[(i, j)] - b[j] + g[j] * b[j];
                Ok((Matrix::from_fn(x.rows(), x.cols(), entry), new))
            }),
            chaff("first_gamma", "One γ and one β are enough for a layer.", |x, g, b, r, m, e| {
                reference::batch_norm(x, g, b, r, m, e)?;
                reference::batch_norm(x, &all(g, |_| g[0]), &all(b, |_| b[0]), r, m, e)
            }),
            chaff("last_sample_left_out", "Samples are numbered up to n − 2.", |x, g, b, r, m, e| {
                let (y, _) = reference::batch_norm(x, g, b, r, m, e)?;
                if x.rows() < 3 {
                    return reference::batch_norm(x, g, b, r, m, e);
                }
                Ok((y, reference::batch_norm(&part(x, x.rows() - 1, x.cols()), g, b, r, m, e)?.1))
            }),
            chaff(
                "a_hundred_samples",
                "A hundred samples are enough for the statistics.",
                |x, g, b, r, m, e| {
                    let (y, _) = reference::batch_norm(x, g, b, r, m, e)?;
                    Ok((y, reference::batch_norm(&part(x, 100, x.cols()), g, b, r, m, e)?.1))
                },
            ),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, g, b, r, m, e| {
                reference::batch_norm(x, g, b, r, m, e)?;
                reference::batch_norm(&each(x, single), g, b, r, m, e)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, g, b, r, m, e| {
                reference::batch_norm(
                    &each(x, nan_as_zero),
                    &all(g, nan_as_zero),
                    &all(b, nan_as_zero),
                    r,
                    m,
                    e,
                )
            }),
            chaff("any_size", "The square of a number is finite.", |x, g, b, r, m, e| {
                check::finite("x", x.as_slice())?;
                reference::batch_norm(&each(x, clipped), g, b, r, m, e)
            }),
            chaff("one_sample", "One sample is a batch, too.", |x, g, b, r, m, e| {
                if x.rows() == 1 {
                    return Ok((Matrix::from_fn(1, x.cols(), |_, j| b[j]), r.clone()));
                }
                reference::batch_norm(x, g, b, r, m, e)
            }),
            chaff("epsilon_of_0", "Without ε nothing changes.", |x, g, b, r, m, e| {
                reference::batch_norm(x, g, b, r, m, if e == 0.0 { 1e-30 } else { e })
            }),
            chaff("momentum_clipped", "A momentum above 1 counts as 1.", |x, g, b, r, m, e| {
                reference::batch_norm(x, g, b, r, if m > 1.0 { 1.0 } else { m }, e)
            }),
            chaff("transposed", "Features are rows.", |x, g, b, r, m, e| {
                let (y, new) = reference::batch_norm(x, g, b, r, m, e)?;
                Ok((turned(&y), new))
            }),
            wheat(
                "ranges_first",
                "asks for the size first: what is infinite is too large",
                |x, g, b, r, m, e| {
                    for (name, values) in [
                        ("x", x.as_slice()),
                        ("gamma", g),
                        ("beta", b),
                        ("mean", &r.mean),
                        ("variance", &r.variance),
                    ] {
                        sized(name, values)?;
                    }
                    reference::batch_norm(x, g, b, r, m, e)
                },
            ),
            chaff(
                "last_number",
                "Any number that is not finite or too large may be named.",
                |x, g, b, r, m, e| {
                    reference::batch_norm(x, g, b, r, m, e)
                        .map_err(|error| last(error, "x", x.as_slice(), |v| v.abs() <= 1e60))
                },
            ),
            chaff("last_variance", "Any variance that is negative may be named.", |x, g, b, r, m, e| {
                reference::batch_norm(x, g, b, r, m, e)
                    .map_err(|error| last(error, "variance", &r.variance, |v| (0.0..=1e60).contains(&v)))
            }),
            chaff(
                "hardly_negative",
                "What is below 0 by as little as rounding counts as 0.",
                |x, g, b, r, m, e| {
                    let variance = all(&r.variance, |v| if v < 0.0 && v > -1e-12 { 0.0 } else { v });
                    reference::batch_norm(x, g, b, &RunningStatistics { variance, ..r.clone() }, m, e)
                },
            ),
        ],
    )(x, gamma, beta, running, momentum, epsilon)
}

fn affine(x_hat: &Matrix, gamma: &[f64], beta: &[f64]) -> Matrix {
    Matrix::from_fn(x_hat.rows(), x_hat.cols(), |i, j| gamma[j] * x_hat[(i, j)] + beta[j])
}

fn planned(
    x: &Matrix,
    gamma: &[f64],
    beta: &[f64],
    running: &RunningStatistics,
    momentum: f64,
    epsilon: f64,
    plan: &Plan,
) -> Normalized {
    let (_, new) = reference::batch_norm(x, gamma, beta, running, momentum, epsilon)?;
    Ok((affine(&turned(&plan.rows(&turned(x), epsilon)), gamma, beta), new))
}
