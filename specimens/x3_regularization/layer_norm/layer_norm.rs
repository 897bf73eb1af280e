use kit::{InputError, Matrix, check};

use super::super::making::{all, clipped, each, last, nan_as_zero, part, single, sized, turned};
use super::super::normalizing::{Plan, RIGHT, biased, mean, of_squares, running_mean, unbiased, welford};
use crate::reference::x3_regularization::layer_norm as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Normalized = Result<Matrix, InputError>;
type LayerNorm = fn(&Matrix, &[f64], &[f64], f64) -> Normalized;

/// The kata, answered by a specimen.
pub fn layer_norm(x: &Matrix, gamma: &[f64], beta: &[f64], epsilon: f64) -> Result<Matrix, InputError> {
    answering::<LayerNorm>(
        module_path!(),
        reference::layer_norm,
        &[
            wheat("welford", "updates mean and variance with each feature", |x, g, b, e| {
                planned(x, g, b, e, &Plan { mean: running_mean, variance: welford, ..RIGHT })
            }),
            wheat("centered_first", "subtracts the mean, then normalizes what is left", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                let centered = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean(x.row(i)));
                let plan = Plan { mean: |_| 0.0, ..RIGHT };
                // A difference may be twice as large as what the page allows.
                Ok(affine(&plan.rows(&centered, e), g, b))
            }),
            chaff(
                "over_samples",
                "The statistics are those of each feature over the batch.",
                |x, g, b, e| {
                    reference::layer_norm(x, g, b, e)?;
                    Ok(affine(&turned(&RIGHT.rows(&turned(x), e)), g, b))
                },
            ),
            chaff("whole_batch", "There is one mean and one variance for the whole batch.", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                let (x_hat, d) = (RIGHT.normalized(x.as_slice(), e), x.cols());
                Ok(affine(&Matrix::from_fn(x.rows(), d, |i, j| x_hat[i * d + j]), g, b))
            }),
            chaff("unbiased", "The variance is divided by d − 1.", |x, g, b, e| {
                planned(x, g, b, e, &Plan { variance: unbiased, ..RIGHT })
            }),
            chaff("of_squares", "The variance is E[x²] − μ².", |x, g, b, e| {
                planned(x, g, b, e, &Plan { variance: of_squares, ..RIGHT })
            }),
            chaff(
                "root_mean_square",
                "Dividing by the root mean square is enough (RMSNorm).",
                |x, g, b, e| planned(x, g, b, e, &Plan { mean: |_| 0.0, ..RIGHT }),
            ),
            chaff("not_centered", "Dividing by the deviation is enough.", |x, g, b, e| {
                let y = reference::layer_norm(x, g, b, e)?;
                let by = |i: usize| {
                    let middle = mean(x.row(i));
                    middle / (biased(x.row(i), middle) + e).sqrt()
                };
                Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| y[(i, j)] + g[j] * by(i)))
            }),
            chaff("epsilon_outside", "ε is added to the deviation.", |x, g, b, e| {
                planned(x, g, b, e, &Plan { root: |variance, epsilon| variance.sqrt() + epsilon, ..RIGHT })
            }),
            chaff("no_epsilon", "A sample always has a variance.", |x, g, b, e| {
                planned(x, g, b, e, &Plan { root: |variance, _| variance.sqrt(), ..RIGHT })
            }),
            chaff("no_root", "The difference is divided by the variance.", |x, g, b, e| {
                planned(x, g, b, e, &Plan { root: |variance, epsilon| variance + epsilon, ..RIGHT })
            }),
            chaff("not_scaled", "γ and β come later.", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                reference::layer_norm(x, &all(g, |_| 1.0), &all(b, |_| 0.0), e)
            }),
            chaff("shifted_first", "β is added before γ multiplies.", |x, g, b, e| {
                let y = reference::layer_norm(x, g, b, e)?;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| y[(i, j)] - b[j] + g[j] * b[j]))
            }),
            chaff(
                "gamma_of_the_sample",
                "γ and β belong to the samples, as mean and variance do.",
                |x, g, b, e| {
                    reference::layer_norm(x, g, b, e)?;
                    let x_hat = RIGHT.rows(x, e);
                    let of = |values: &[f64], i: usize| values[i.min(values.len() - 1)];
                    Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| of(g, i) * x_hat[(i, j)] + of(b, i)))
                },
            ),
            chaff("first_sample", "The statistics of the first sample are good for all.", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                let first = x.row(0);
                let middle = mean(first);
                let root =
                    (first.iter().map(|x| (x - middle).powi(2)).sum::<f64>() / first.len() as f64 + e).sqrt();
                Ok(affine(&each(x, |x| (x - middle) / root), g, b))
            }),
            chaff("last_feature_left_out", "Features are numbered up to d − 2.", |x, g, b, e| {
                let y = reference::layer_norm(x, g, b, e)?;
                if x.cols() < 2 {
                    return Ok(y);
                }
                let d = x.cols() - 1;
                let fewer = reference::layer_norm(&part(x, x.rows(), d), &g[..d], &b[..d], e)?;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| if j < d { fewer[(i, j)] } else { y[(i, j)] }))
            }),
            chaff("sixty_features", "Sixty features are enough for the statistics.", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                let few = part(x, x.rows(), 60);
                let entry = |i: usize, j: usize| {
                    let middle = mean(few.row(i));
                    let variance = biased(few.row(i), middle);
                    g[j] * (x[(i, j)] - middle) / (variance + e).sqrt() + b[j]
                };
                Ok(Matrix::from_fn(x.rows(), x.cols(), entry))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                reference::layer_norm(&each(x, single), &all(g, single), b, e)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, g, b, e| {
                reference::layer_norm(&each(x, nan_as_zero), g, b, e)
            }),
            chaff("any_size", "The square of a number is finite.", |x, g, b, e| {
                check::finite("x", x.as_slice())?;
                reference::layer_norm(&each(x, clipped), g, b, e)
            }),
            chaff("two_features", "A sample has two features at least.", |x, g, b, e| {
                check::at_least(2, x.cols())?;
                reference::layer_norm(x, g, b, e)
            }),
            chaff("epsilon_of_0", "Without ε nothing changes.", |x, g, b, e| {
                reference::layer_norm(x, g, b, if e == 0.0 { 1e-30 } else { e })
            }),
            chaff("empty", "Without samples the answer is empty.", |x, g, b, e| {
                if x.rows() == 0 { Ok(x.clone()) } else { reference::layer_norm(x, g, b, e) }
            }),
            wheat("folded", "folds mean and deviation into one scale and one shift", |x, g, b, e| {
                reference::layer_norm(x, g, b, e)?;
                let rows: Vec<[f64; 2]> = (0..x.rows())
                    .map(|i| {
                        let middle = mean(x.row(i));
                        let scale = (biased(x.row(i), middle) + e).sqrt().recip();
                        [scale, -middle * scale]
                    })
                    .collect();
                let entry = |i: usize, j: usize| g[j] * (x[(i, j)] * rows[i][0] + rows[i][1]) + b[j];
                Ok(Matrix::from_fn(x.rows(), x.cols(), entry))
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |x, g, b, e| {
                for (name, values) in [("x", x.as_slice()), ("gamma", g), ("beta", b)] {
                    sized(name, values)?;
                }
                reference::layer_norm(x, g, b, e)
            }),
            chaff("last_number", "Any number that is not finite or too large may be named.", |x, g, b, e| {
                reference::layer_norm(x, g, b, e).map_err(|error| last(error, "beta", b, |v| v.abs() <= 1e60))
            }),
            chaff("rough_bound", "A bound is meant up to rounding.", |x, g, b, e| {
                reference::layer_norm(x, g, b, if e > 9e-31 { e.max(1e-30) } else { e })
            }),
        ],
    )(x, gamma, beta, epsilon)
}

fn affine(x_hat: &Matrix, gamma: &[f64], beta: &[f64]) -> Matrix {
    Matrix::from_fn(x_hat.rows(), x_hat.cols(), |i, j| gamma[j] * x_hat[(i, j)] + beta[j])
}

fn planned(x: &Matrix, gamma: &[f64], beta: &[f64], epsilon: f64, plan: &Plan) -> Normalized {
    reference::layer_norm(x, gamma, beta, epsilon)?;
    Ok(affine(&plan.rows(x, epsilon), gamma, beta))
}
