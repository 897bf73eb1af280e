use kit::{Generator, InputError, Matrix, check};

use super::super::fitting::{FIT, Fit};
use super::super::placing::{clipped, each, nan_as_zero, single};
use crate::reference::x2_clustering::kmeans::{Clustering, kmeans, kmeans_plus_plus};
use crate::reference::x2_clustering::mixture as reference;
use crate::reference::x2_clustering::mixture::Mixture;
use crate::specimens::specimen::{answering, chaff, wheat};

type Fitted = Result<Mixture, InputError>;
type GaussianMixture = fn(&Matrix, usize, f64, usize, &mut Generator) -> Fitted;

/// The kata, answered by a specimen.
pub fn gaussian_mixture(
    x: &Matrix,
    k: usize,
    regularization: f64,
    steps: usize,
    generator: &mut Generator,
) -> Result<Mixture, InputError> {
    answering::<GaussianMixture>(
        module_path!(),
        reference::gaussian_mixture,
        &[
            wheat("running_sum", "adds one term after the other to a logarithm", |x, k, l, steps, g| {
                fitted(x, k, l, steps, g, &PLAIN)
            }),
            wheat(
                "until_it_stays",
                "stops where a step changes nothing to the last bit",
                |x, k, l, steps, g| {
                    let mut mixture = reference::gaussian_mixture(x, k, l, 0, g)?;
                    for _ in 0..steps {
                        let next = reference::em_step(x, &mixture, l)?.mixture;
                        if next == mixture {
                            break;
                        }
                        mixture = next;
                    }
                    Ok(mixture)
                },
            ),
            chaff("a_number_for_each_step", "Each step of EM draws a number.", |x, k, l, steps, g| {
                let mixture = reference::gaussian_mixture(x, k, l, steps, g)?;
                (0..steps).for_each(|_| {
                    g.uniform();
                });
                Ok(mixture)
            }),
            chaff("singular_start", "A singular covariance is rejected at once.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, steps.max(1), &mut g.clone())?;
                reference::gaussian_mixture(x, k, l, steps, g)
            }),
            chaff(
                "squares_of_the_start",
                "The first covariance is the mean of x·xᵀ minus μ·μᵀ.",
                |x, k, l, steps, g| {
                    let start = kmeans(x, k, 1, &mut g.clone())?;
                    let mut first = reference::gaussian_mixture(x, k, l, 0, g)?;
                    for j in 0..k {
                        let rows: Vec<usize> = (0..x.rows()).filter(|&i| start.labels[i] == j).collect();
                        if rows.is_empty() {
                            continue;
                        }
                        let mean = |of: &dyn Fn(usize) -> f64| {
                            rows.iter().map(|&i| of(i)).sum::<f64>() / rows.len() as f64
                        };
                        let means: Vec<f64> = (0..x.cols()).map(|a| mean(&|i| x[(i, a)])).collect();
                        first.covariances[j] = Matrix::from_fn(x.cols(), x.cols(), |a, b| {
                            let ridge = if a == b { l } else { 0.0 };
                            mean(&|i| x[(i, a)] * x[(i, b)]) - means[a] * means[b] + ridge
                        });
                    }
                    (0..steps).try_fold(first, |mixture, _| Ok(reference::em_step(x, &mixture, l)?.mixture))
                },
            ),
            chaff("points_as_start", "k-means++ alone is the start.", |x, k, l, steps, g| {
                let start = |x: &Matrix, k, g: &mut Generator| {
                    let centers = kmeans_plus_plus(x, k, g)?;
                    let (labels, _) = crate::reference::x2_clustering::kmeans::lloyd_step(x, &centers)?;
                    Ok(Clustering { labels, centers, inertia: 0.0 })
                };
                fitted(x, k, l, steps, g, &Way { start, ..PLAIN })
            }),
            chaff("ten_starts", "k-means makes ten starts, as usual.", |x, k, l, steps, g| {
                fitted(x, k, l, steps, g, &Way { start: |x, k, g| kmeans(x, k, 10, g), ..PLAIN })
            }),
            chaff("equal_weights", "The components start with equal weights.", |x, k, l, steps, g| {
                let first = |mixture: Mixture, _: &Matrix, _| {
                    let k = mixture.weights.len();
                    Mixture { weights: vec![1.0 / k as f64; k], ..mixture }
                };
                fitted(x, k, l, steps, g, &Way { first, ..PLAIN })
            }),
            chaff("unit_covariances", "The components start with the covariance I.", |x, k, l, steps, g| {
                let first = |mixture: Mixture, x: &Matrix, _| {
                    let d = x.cols();
                    let unit = Matrix::from_fn(d, d, |a, b| f64::from(u8::from(a == b)));
                    let covariances = vec![unit; mixture.weights.len()];
                    Mixture { covariances, ..mixture }
                };
                fitted(x, k, l, steps, g, &Way { first, ..PLAIN })
            }),
            chaff(
                "common_covariance",
                "The components start with the covariance of all points.",
                |x, k, l, steps, g| {
                    let first = |mixture: Mixture, x: &Matrix, l| {
                        let ones = Matrix::from_fn(x.rows(), 1, |_, _| 1.0);
                        let one = Mixture {
                            weights: vec![1.0],
                            means: Matrix::zeros(1, x.cols()),
                            covariances: vec![Matrix::zeros(x.cols(), x.cols())],
                        };
                        let all = FIT.maximized(x, &ones, l, &one).covariances;
                        let covariances = vec![all[0].clone(); mixture.weights.len()];
                        Mixture { covariances, ..mixture }
                    };
                    fitted(x, k, l, steps, g, &Way { first, ..PLAIN })
                },
            ),
            chaff(
                "no_regularization_at_the_start",
                "The start needs no regularization.",
                |x, k, l, steps, g| {
                    let first = |mut mixture: Mixture, x: &Matrix, l: f64| {
                        for covariance in &mut mixture.covariances {
                            (0..x.cols()).for_each(|a| covariance[(a, a)] -= l);
                        }
                        mixture
                    };
                    fitted(x, k, l, steps, g, &Way { first, ..PLAIN })
                },
            ),
            chaff(
                "regularization_at_the_start_only",
                "After the start no regularization is needed.",
                |x, k, l, steps, g| {
                    let mixture = reference::gaussian_mixture(x, k, l, 0, g)?;
                    (0..steps)
                        .try_fold(mixture, |mixture, _| Ok(reference::em_step(x, &mixture, 0.0)?.mixture))
                },
            ),
            chaff("one_step_more", "The start is no step: one more is needed.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, steps + 1, g)
            }),
            chaff("one_step_less", "The start is the first step.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, steps.saturating_sub(1), g)
            }),
            chaff("one_step", "One step is enough.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, steps.min(1), g)
            }),
            chaff("fifty_steps", "More than fifty steps change nothing.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, steps.min(50), g)
            }),
            chaff(
                "until_converged",
                "Steps end where the likelihood rises by less than 10⁻³.",
                |x, k, l, steps, g| {
                    let mut mixture = reference::gaussian_mixture(x, k, l, 0, g)?;
                    let mut before = f64::NEG_INFINITY;
                    for _ in 0..steps {
                        let step = reference::em_step(x, &mixture, l)?;
                        mixture = step.mixture;
                        if step.log_likelihood - before < 1e-3 {
                            break;
                        }
                        before = step.log_likelihood;
                    }
                    Ok(mixture)
                },
            ),
            chaff("diagonal", "Covariances are diagonal.", |x, k, l, steps, g| {
                let fit = Fit { shape: |a, b, entry| if a == b { entry } else { 0.0 }, ..FIT };
                fitted(x, k, l, steps, g, &Way { fit, ..PLAIN })
            }),
            chaff("one_less", "The divisor of the covariance is N − 1.", |x, k, l, steps, g| {
                let fit = Fit { divisor: |total| if total > 1.0 { total - 1.0 } else { total }, ..FIT };
                fitted(x, k, l, steps, g, &Way { fit, ..PLAIN })
            }),
            chaff("sums_as_weights", "The weights are the numbers of points.", |x, k, l, steps, g| {
                let mixture = reference::gaussian_mixture(x, k, l, steps, g)?;
                let weights = mixture.weights.iter().map(|weight| weight * x.rows() as f64).collect();
                Ok(Mixture { weights, ..mixture })
            }),
            chaff("singular_stays", "A singular covariance ends the steps.", |x, k, l, steps, g| {
                let mixture = reference::gaussian_mixture(x, k, l, 0, &mut g.clone())?;
                reference::gaussian_mixture(x, k, l, steps, g).or(Ok(mixture))
            }),
            chaff("kmeans_only", "k-means is a mixture already.", |x, k, l, _, g| {
                reference::gaussian_mixture(x, k, l, 0, g)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, 0, &mut g.clone())?;
                reference::gaussian_mixture(&each(x, single), k, l, steps, g)
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |x, k, l, steps, _| {
                    reference::gaussian_mixture(x, k, l, steps, &mut Generator::from_seed(42))
                },
            ),
            chaff("generator_not_moved", "A clone of the generator is as random.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l, steps, &mut g.clone())
            }),
            chaff("k_clipped", "If k is too large each point is a component.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k.min(x.rows()), l, steps, g)
            }),
            chaff("negative_regularization", "A regularization below 0 counts as 0.", |x, k, l, steps, g| {
                reference::gaussian_mixture(x, k, l.max(0.0), steps, g)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, k, l, steps, g| {
                reference::gaussian_mixture(&each(x, nan_as_zero), k, l, steps, g)
            }),
            chaff("any_size", "The square of a number is finite.", |x, k, l, steps, g| {
                check::finite("x", x.as_slice())?;
                reference::gaussian_mixture(&each(x, clipped), k, l, steps, g)
            }),
        ],
    )(x, k, regularization, steps, generator)
}

struct Way {
    start: fn(&Matrix, usize, &mut Generator) -> Result<Clustering, InputError>,
    /// What becomes of the first mixture, given the points and the regularization.
    first: fn(Mixture, &Matrix, f64) -> Mixture,
    fit: Fit,
}

const PLAIN: Way = Way { start: |x, k, g| kmeans(x, k, 1, g), first: |mixture, _, _| mixture, fit: FIT };

fn fitted(x: &Matrix, k: usize, l: f64, steps: usize, generator: &mut Generator, way: &Way) -> Fitted {
    reference::gaussian_mixture(x, k, l, 0, &mut generator.clone())?;
    let start = (way.start)(x, k, generator)?;
    let d = x.cols();
    let unit = Matrix::from_fn(d, d, |a, b| if a == b { 1.0 + l } else { 0.0 });
    let empty = Mixture { weights: vec![0.0; k], means: start.centers, covariances: vec![unit; k] };
    let belongs = Matrix::from_fn(x.rows(), k, |i, j| f64::from(u8::from(start.labels[i] == j)));
    let first = (way.first)(way.fit.maximized(x, &belongs, l, &empty), x, l);
    (0..steps).try_fold(first, |mixture, _| Ok(way.fit.step(x, &mixture, l)?.mixture))
}
