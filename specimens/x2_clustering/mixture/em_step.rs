use kit::{InputError, Matrix};

use super::super::fitting::{FIT, Fit, expected, logarithms, underflowing};
use super::super::placing::{clipped, each, nan_as_zero, single};
use crate::reference::x2_clustering::mixture as reference;
use crate::reference::x2_clustering::mixture::{EmStep, Mixture};
use crate::specimens::specimen::{answering, chaff, wheat};

type Stepped = Result<EmStep, InputError>;
type Step = fn(&Matrix, &Mixture, f64) -> Stepped;

/// The kata, answered by a specimen.
pub fn em_step(x: &Matrix, mixture: &Mixture, regularization: f64) -> Result<EmStep, InputError> {
    answering::<Step>(
        module_path!(),
        reference::em_step,
        &[
            wheat("running_sum", "adds one term after the other to a logarithm", |x, m, l| {
                fitted(x, m, l, &FIT)
            }),
            wheat("backwards", "goes through points and components from the last to the first", |x, m, l| {
                reference::em_step(x, m, l)?;
                let (n, k) = (x.rows(), m.weights.len());
                let turned = Matrix::from_fn(n, x.cols(), |i, a| x[(n - 1 - i, a)]);
                let step = reference::em_step(&turned, &reversed(m), l)?;
                let r = &step.responsibilities;
                let responsibilities = Matrix::from_fn(n, k, |i, j| r[(n - 1 - i, k - 1 - j)]);
                Ok(EmStep { responsibilities, mixture: reversed(&step.mixture), ..step })
            }),
            chaff("underflow", "A density is never too small for a number.", |x, m, l| {
                reference::em_step(x, m, l)?;
                with(x, m, l, &underflowing(&logarithms(x, m)?))
            }),
            chaff(
                "a_tiny_number",
                "10⁻³⁰⁰ in the denominator prevents a division by 0.",
                |x, m, l| {
                    reference::em_step(x, m, l)?;
                    let logs = logarithms(x, m)?;
                    let sum = |i: usize| logs.row(i).iter().map(|log| log.exp()).sum::<f64>() + 1e-300;
                    let r = Matrix::from_fn(x.rows(), m.weights.len(), |i, j| logs[(i, j)].exp() / sum(i));
                    let mean = (0..x.rows()).map(|i| sum(i).ln()).sum::<f64>() / x.rows() as f64;
                    with(x, m, l, &(r, mean))
                },
            ),
            chaff("clamped", "Logarithms below −700 may be cut off there.", |x, m, l| {
                reference::em_step(x, m, l)?;
                with(x, m, l, &expected(&each(&logarithms(x, m)?, |log| log.max(-700.0))))
            }),
            chaff("without_weights", "The weights do not matter for the responsibilities.", |x, m, l| {
                reference::em_step(x, m, l)?;
                let k = m.weights.len();
                let equal = Mixture { weights: vec![1.0 / k as f64; k], ..m.clone() };
                with(x, m, l, &expected(&logarithms(x, &equal)?))
            }),
            chaff("hard", "Each point belongs to its most likely component.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                let r = &step.responsibilities;
                let largest = |i: usize| {
                    let row = r.row(i);
                    (0..row.len()).fold(0, |best, j| if row[j] > row[best] { j } else { best })
                };
                let hard = Matrix::from_fn(x.rows(), r.cols(), |i, j| f64::from(u8::from(largest(i) == j)));
                with(x, m, l, &(hard, step.log_likelihood))
            }),
            chaff("joint", "The joint densities are the responsibilities.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                Ok(EmStep { responsibilities: each(&logarithms(x, m)?, f64::exp), ..step })
            }),
            chaff("by_columns", "The responsibilities of a component sum to 1.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                let r = &step.responsibilities;
                let sum = |j: usize| (0..r.rows()).map(|i| r[(i, j)]).sum::<f64>();
                let turned = Matrix::from_fn(r.rows(), r.cols(), |i, j| r[(i, j)] / sum(j));
                Ok(EmStep { responsibilities: turned, ..step })
            }),
            chaff("sum_of_logs", "The log-likelihood is a sum, not a mean.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                Ok(EmStep { log_likelihood: step.log_likelihood * x.rows() as f64, ..step })
            }),
            chaff("negative", "The log-likelihood is a loss, with a minus.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                Ok(EmStep { log_likelihood: -step.log_likelihood, ..step })
            }),
            chaff("likelihood_after", "The log-likelihood is that of the new mixture.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                let after = reference::em_step(x, &step.mixture, l);
                Ok(EmStep {
                    log_likelihood: after.map_or(step.log_likelihood, |it| it.log_likelihood),
                    ..step
                })
            }),
            chaff("largest_term", "The largest term is the log-likelihood.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                let logs = logarithms(x, m)?;
                let largest = |i: usize| logs.row(i).iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let mean = (0..x.rows()).map(largest).sum::<f64>() / x.rows() as f64;
                Ok(EmStep { log_likelihood: mean, ..step })
            }),
            chaff("sums_as_weights", "The weights are the numbers of points.", |x, m, l| {
                fitted(x, m, l, &Fit { weight: |_, total| total, ..FIT })
            }),
            chaff("weights_kept", "The weights do not change.", |x, m, l| {
                let step = reference::em_step(x, m, l)?;
                let mixture = Mixture { weights: m.weights.clone(), ..step.mixture };
                Ok(EmStep { mixture, ..step })
            }),
            chaff("not_updated", "The E part is a step.", |x, m, l| {
                Ok(EmStep { mixture: m.clone(), ..reference::em_step(x, m, l)? })
            }),
            chaff("old_means", "Covariances are about the means before the step.", |x, m, l| {
                fitted(x, m, l, &Fit { from_old_mean: true, ..FIT })
            }),
            chaff("one_less", "The divisor of the covariance is N − 1.", |x, m, l| {
                fitted(x, m, l, &Fit { divisor: |total| total - 1.0, ..FIT })
            }),
            chaff("diagonal", "Covariances are diagonal.", |x, m, l| {
                fitted(x, m, l, &Fit { shape: |a, b, entry| if a == b { entry } else { 0.0 }, ..FIT })
            }),
            chaff(
                "moments",
                "The mean of the squares minus the square of the mean is accurate.",
                |x, m, l| {
                    let step = reference::em_step(x, m, l)?;
                    let (r, mut mixture) = (&step.responsibilities, step.mixture.clone());
                    for j in 0..m.weights.len() {
                        let total: f64 = (0..x.rows()).map(|i| r[(i, j)]).sum();
                        if total > 0.0 {
                            mixture.covariances[j] = Matrix::from_fn(x.cols(), x.cols(), |a, b| {
                                let squares: f64 =
                                    (0..x.rows()).map(|i| r[(i, j)] * (x[(i, a)] * x[(i, b)])).sum();
                                squares / total - mixture.means[(j, a)] * mixture.means[(j, b)]
                                    + if a == b { l } else { 0.0 }
                            });
                        }
                    }
                    Ok(EmStep { mixture, ..step })
                },
            ),
            chaff("without_regularization", "The regularization is not needed.", |x, m, l| {
                reference::em_step(x, m, l)?;
                reference::em_step(x, m, 0.0)
            }),
            chaff("regularization_everywhere", "The regularization is added to each entry.", |x, m, l| {
                fitted(x, m, l, &Fit { ridge: |_, _, l| l, ..FIT })
            }),
            chaff("smallest_variance", "The regularization is the smallest variance.", |x, m, l| {
                let mut step = reference::em_step(x, m, 0.0)
                    .and_then(|step| reference::em_step(x, m, l).map(|_| step))?;
                for covariance in &mut step.mixture.covariances {
                    (0..x.cols()).for_each(|a| covariance[(a, a)] = covariance[(a, a)].max(l));
                }
                Ok(step)
            }),
            chaff("nan_without_points", "0/0 is the mean of no points.", |x, m, l| {
                fitted(x, m, l, &Fit { keeps: false, ..FIT })
            }),
            chaff("last_component_left_out", "Components are numbered up to k − 2.", |x, m, l| {
                let mut step = reference::em_step(x, m, l)?;
                let last = m.weights.len() - 1;
                step.mixture.covariances[last] = m.covariances[last].clone();
                Ok(step)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, m, l| {
                reference::em_step(x, m, l)?;
                reference::em_step(&each(x, single), m, l)
            }),
            chaff("any_weights", "Weights need not sum to 1.", |x, m, l| {
                let sum: f64 = m.weights.iter().sum();
                let is_usable = m.weights.iter().all(|weight| *weight >= 0.0) && sum > 0.0 && sum.is_finite();
                if !is_usable {
                    return reference::em_step(x, m, l);
                }
                let weights = m.weights.iter().map(|weight| weight / sum).collect();
                reference::em_step(x, &Mixture { weights, ..m.clone() }, l)
            }),
            chaff("exact_sum", "Weights sum to 1 up to 10⁻¹².", |x, m, l| {
                let sum: f64 = m.weights.iter().sum();
                kit::check::in_range("weights", sum, (sum - 1.0).abs() < 1e-12, "a sum of 1")?;
                reference::em_step(x, m, l)
            }),
            chaff("negative_regularization", "A regularization below 0 counts as 0.", |x, m, l| {
                reference::em_step(x, m, l.max(0.0))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, m, l| {
                reference::em_step(&each(x, nan_as_zero), m, l)
            }),
            chaff("any_size", "The square of a number is finite.", |x, m, l| {
                kit::check::finite("x", x.as_slice())?;
                reference::em_step(&each(x, clipped), m, l)
            }),
            chaff("loose_weights", "Weights sum to 1, give or take a hundredth.", |x, m, l| {
                let total: f64 = m.weights.iter().sum();
                if (total - 1.0).abs() < 0.01 && m.weights.iter().all(|w| *w >= 0.0) {
                    let even =
                        Mixture { weights: m.weights.iter().map(|w| w / total).collect(), ..m.clone() };
                    return reference::em_step(x, &even, l);
                }
                reference::em_step(x, m, l)
            }),
            chaff("last_negative", "Any negative weight may be named.", |x, m, l| {
                reference::em_step(x, m, l).map_err(|error| match error {
                    InputError::OutOfRange { name: "weights", got, wanted } => {
                        let last = m.weights.iter().rfind(|v| **v < 0.0);
                        InputError::OutOfRange { name: "weights", got: last.copied().unwrap_or(got), wanted }
                    }
                    other => other,
                })
            }),
        ],
    )(x, mixture, regularization)
}

fn fitted(x: &Matrix, mixture: &Mixture, regularization: f64, fit: &Fit) -> Stepped {
    reference::em_step(x, mixture, regularization)?;
    fit.step(x, mixture, regularization)
}

/// With these responsibilities and this log-likelihood.
fn with(x: &Matrix, before: &Mixture, regularization: f64, found: &(Matrix, f64)) -> Stepped {
    let mixture = FIT.maximized(x, &found.0, regularization, before);
    Ok(EmStep { responsibilities: found.0.clone(), log_likelihood: found.1, mixture })
}

/// The components in the opposite order.
fn reversed(mixture: &Mixture) -> Mixture {
    let (k, d) = mixture.means.shape();
    Mixture {
        weights: mixture.weights.iter().rev().copied().collect(),
        means: Matrix::from_fn(k, d, |j, a| mixture.means[(k - 1 - j, a)]),
        covariances: mixture.covariances.iter().rev().cloned().collect(),
    }
}
