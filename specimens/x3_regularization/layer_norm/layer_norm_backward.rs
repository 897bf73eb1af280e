use kit::{InputError, Matrix, check};

use super::super::making::{all, clipped, column, each, last, nan_as_zero, part, single, sized, turned};
use super::super::normalizing::{
    BOTH, Plan, RIGHT, Ways, by_jacobian, by_paper, multiplied, of_squares, staged, unbiased, welford,
};
use crate::reference::x3_regularization::layer_norm as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Gradients = Result<(Matrix, Vec<f64>, Vec<f64>), InputError>;
type LayerNormBackward = fn(&Matrix, &Matrix, &[f64], f64) -> Gradients;

/// The kata, answered by a specimen.
pub fn layer_norm_backward(
    grad_output: &Matrix,
    x: &Matrix,
    gamma: &[f64],
    epsilon: f64,
) -> Result<(Matrix, Vec<f64>, Vec<f64>), InputError> {
    answering::<LayerNormBackward>(
        module_path!(),
        reference::layer_norm_backward,
        &[
            wheat("staged", "goes through mean and variance step by step", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &RIGHT, BOTH))
            }),
            wheat("jacobian", "multiplies with the Jacobian matrix", |g, x, s, e| {
                rows(g, x, s, e, by_jacobian)
            }),
            wheat("welford", "updates the variance with each feature", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &Plan { variance: welford, ..RIGHT }, BOTH))
            }),
            chaff("constants", "Mean and variance are constants.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &RIGHT, Ways { mean: false, variance: false }))
            }),
            chaff("variance_constant", "The variance is a constant.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &RIGHT, Ways { mean: true, variance: false }))
            }),
            chaff("mean_constant", "The mean is a constant.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &RIGHT, Ways { mean: false, variance: true }))
            }),
            chaff(
                "gamma_last",
                "γ multiplies ∂L/∂x at the end, as in batch normalization.",
                |g, x, s, e| {
                    let (_, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                    let (dx, ..) = reference::layer_norm_backward(g, x, &all(s, |_| 1.0), e)?;
                    Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| s[j] * dx[(i, j)]), dgamma, dbeta))
                },
            ),
            chaff("no_gamma", "γ has no part in ∂L/∂x.", |g, x, s, e| {
                let (_, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                Ok((reference::layer_norm_backward(g, x, &all(s, |_| 1.0), e)?.0, dgamma, dbeta))
            }),
            chaff("unbiased", "The variance is divided by d − 1.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &Plan { variance: unbiased, ..RIGHT }, BOTH))
            }),
            chaff("of_squares", "The variance is E[x²] − μ².", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| staged(g, x, e, &Plan { variance: of_squares, ..RIGHT }, BOTH))
            }),
            chaff("epsilon_outside", "ε is added to the deviation.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| {
                    staged(
                        g,
                        x,
                        e,
                        &Plan { root: |variance, epsilon| variance.sqrt() + epsilon, ..RIGHT },
                        BOTH,
                    )
                })
            }),
            chaff("no_epsilon", "A sample always has a variance.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, _| staged(g, x, 0.0, &RIGHT, BOTH))
            }),
            chaff("added", "The part along x̂ is added.", |g, x, s, e| {
                rows(g, x, s, e, |g, x, e| {
                    let without = staged(g, x, e, &RIGHT, Ways { mean: true, variance: false });
                    let with = staged(g, x, e, &RIGHT, BOTH);
                    without.iter().zip(with).map(|(without, with)| 2.0 * without - with).collect()
                })
            }),
            chaff("negative", "The gradient points downhill.", |g, x, s, e| {
                let (dx, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                Ok((each(&dx, |d| -d), all(&dgamma, |d| -d), all(&dbeta, |d| -d)))
            }),
            chaff(
                "over_samples",
                "The statistics are those of each feature over the batch.",
                |g, x, s, e| {
                    let (_, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                    let of =
                        |j: usize| staged(&all(&column(g, j), |g| g * s[j]), &column(x, j), e, &RIGHT, BOTH);
                    let columns: Vec<Vec<f64>> = (0..x.cols()).map(of).collect();
                    Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| columns[j][i]), dgamma, dbeta))
                },
            ),
            chaff("averaged", "∂L/∂γ and ∂L/∂β are means over the batch.", |g, x, s, e| {
                let (dx, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                let n = x.rows() as f64;
                Ok((dx, all(&dgamma, |d| d / n), all(&dbeta, |d| d / n)))
            }),
            chaff(
                "summed_over_features",
                "∂L/∂γ is a sum over the features, as the mean is.",
                |g, x, s, e| {
                    let (dx, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                    let [sum_gamma, sum_beta] = [&dgamma, &dbeta].map(|it| it.iter().sum::<f64>());
                    Ok((dx, all(&dgamma, |_| sum_gamma), all(&dbeta, |_| sum_beta)))
                },
            ),
            chaff("dgamma_of_x", "∂L/∂γ is the sum of ∂L/∂y times x.", |g, x, s, e| {
                let (dx, _, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                let dot = |j: usize| (0..x.rows()).map(|i| g[(i, j)] * x[(i, j)]).sum();
                Ok((dx, (0..x.cols()).map(dot).collect(), dbeta))
            }),
            chaff("dgamma_scaled", "γ is part of ∂L/∂γ.", |g, x, s, e| {
                let (dx, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                Ok((dx, dgamma.iter().zip(s).map(|(d, s)| d * s).collect(), dbeta))
            }),
            chaff("exchanged", "∂L/∂β comes before ∂L/∂γ.", |g, x, s, e| {
                let (dx, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                Ok((dx, dbeta, dgamma))
            }),
            chaff("last_sample", "The last sample decides about ∂L/∂γ and ∂L/∂β.", |g, x, s, e| {
                let (dx, ..) = reference::layer_norm_backward(g, x, s, e)?;
                let last = |it: &Matrix| Matrix::from_fn(1, it.cols(), |_, j| it[(it.rows() - 1, j)]);
                let (_, dgamma, dbeta) = reference::layer_norm_backward(&last(g), &last(x), s, e)?;
                Ok((dx, dgamma, dbeta))
            }),
            chaff("a_hundred_samples", "A hundred samples are enough for the sums.", |g, x, s, e| {
                let (dx, ..) = reference::layer_norm_backward(g, x, s, e)?;
                let [few_g, few_x] = [g, x].map(|it| part(it, 100, x.cols()));
                let (_, dgamma, dbeta) = reference::layer_norm_backward(&few_g, &few_x, s, e)?;
                Ok((dx, dgamma, dbeta))
            }),
            chaff("transposed", "Features are rows.", |g, x, s, e| {
                let (dx, dgamma, dbeta) = reference::layer_norm_backward(g, x, s, e)?;
                Ok((turned(&dx), dgamma, dbeta))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |g, x, s, e| {
                reference::layer_norm_backward(g, x, s, e)?;
                reference::layer_norm_backward(&each(g, single), &each(x, single), s, e)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |g, x, s, e| {
                reference::layer_norm_backward(&each(g, nan_as_zero), &each(x, nan_as_zero), s, e)
            }),
            chaff("any_size", "The square of a number is finite.", |g, x, s, e| {
                check::finite("grad_output", g.as_slice())?;
                check::finite("x", x.as_slice())?;
                reference::layer_norm_backward(&each(g, clipped), &each(x, clipped), s, e)
            }),
            chaff("empty", "Without samples the gradients are 0.", |g, x, s, e| {
                if x.rows() == 0 && g.shape() == x.shape() {
                    return Ok((x.clone(), vec![0.0; x.cols()], vec![0.0; x.cols()]));
                }
                reference::layer_norm_backward(g, x, s, e)
            }),
            wheat(
                "six_equations",
                "computes the six equations of Ioffe and Szegedy one by one",
                |g, x, s, e| rows(g, x, s, e, by_paper),
            ),
            wheat(
                "multiplied",
                "divides d·g − Σg − x̂·Σ(g·x̂) by d·√(σ² + ε)",
                |g, x, s, e| rows(g, x, s, e, multiplied),
            ),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |g, x, s, e| {
                for (name, values) in [("grad_output", g.as_slice()), ("x", x.as_slice()), ("gamma", s)] {
                    sized(name, values)?;
                }
                reference::layer_norm_backward(g, x, s, e)
            }),
            chaff("last_number", "Any number that is not finite or too large may be named.", |g, x, s, e| {
                reference::layer_norm_backward(g, x, s, e)
                    .map_err(|error| last(error, "x", x.as_slice(), |v| v.abs() <= 1e60))
            }),
        ],
    )(grad_output, x, gamma, epsilon)
}

/// ∂L/∂x row by row, from ∂L/∂x̂.
fn rows(
    g: &Matrix,
    x: &Matrix,
    gamma: &[f64],
    epsilon: f64,
    backward: fn(&[f64], &[f64], f64) -> Vec<f64>,
) -> Gradients {
    let (_, dgamma, dbeta) = reference::layer_norm_backward(g, x, gamma, epsilon)?;
    let of = |i: usize| {
        let scaled: Vec<f64> = g.row(i).iter().zip(gamma).map(|(g, gamma)| g * gamma).collect();
        backward(&scaled, x.row(i), epsilon)
    };
    let rows: Vec<Vec<f64>> = (0..x.rows()).map(of).collect();
    Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| rows[i][j]), dgamma, dbeta))
}
