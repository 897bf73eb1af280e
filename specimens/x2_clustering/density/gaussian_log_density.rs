use kit::{InputError, Matrix, check};

use super::super::placing::{clipped, each, nan_as_zero, part, single};
use crate::reference::x2_clustering::density as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Logs = Result<Vec<f64>, InputError>;
type GaussianLogDensity = fn(&Matrix, &[f64], &Matrix) -> Logs;

/// The kata, answered by a specimen.
pub fn gaussian_log_density(x: &Matrix, mean: &[f64], covariance: &Matrix) -> Result<Vec<f64>, InputError> {
    answering::<GaussianLogDensity>(
        module_path!(),
        reference::gaussian_log_density,
        &[
            wheat(
                "by_columns",
                "factors column after column, and solves for the inverse of L",
                |x, mean, s| logs(x, mean, s, &PLAIN),
            ),
            wheat("unit_factor", "factors Σ = L·D·Lᵀ with ones on the diagonal of L", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let (lower, pivots) = unit_factor(s);
                let log_det: f64 = pivots.iter().map(|pivot| pivot.ln()).sum();
                let constant = -0.5 * (mean.len() as f64 * std::f64::consts::TAU.ln() + log_det);
                let of = |i: usize| {
                    let y = solved(&lower, &differences(x.row(i), mean));
                    constant - y.iter().zip(&pivots).map(|(y, pivot)| y * y / pivot).sum::<f64>() / 2.0
                };
                Ok((0..x.rows()).map(of).collect())
            }),
            chaff("density", "The density itself is returned.", |x, mean, s| {
                Ok(reference::gaussian_log_density(x, mean, s)?.into_iter().map(f64::exp).collect())
            }),
            chaff("log_of_density", "The logarithm of the density is finite.", |x, mean, s| {
                Ok(reference::gaussian_log_density(x, mean, s)?
                    .into_iter()
                    .map(|log_p| log_p.exp().ln())
                    .collect())
            }),
            chaff("without_constant", "The constant d·log 2π does not matter.", |x, mean, s| {
                logs(x, mean, s, &Terms { constant: |_| 0.0, ..PLAIN })
            }),
            chaff("constant_once", "log 2π counts once, whatever the dimension.", |x, mean, s| {
                logs(x, mean, s, &Terms { constant: |_| std::f64::consts::TAU.ln(), ..PLAIN })
            }),
            chaff("log_pi", "The constant is log π.", |x, mean, s| {
                logs(x, mean, s, &Terms { constant: |d| d * std::f64::consts::PI.ln(), ..PLAIN })
            }),
            chaff("without_determinant", "The determinant does not matter.", |x, mean, s| {
                logs(x, mean, s, &Terms { log_det: |_| 0.0, ..PLAIN })
            }),
            chaff("half_determinant", "The determinant of Σ is that of its factor L.", |x, mean, s| {
                logs(x, mean, s, &Terms { log_det: |roots| roots.iter().map(|l| l.ln()).sum(), ..PLAIN })
            }),
            chaff(
                "determinant_first",
                "The determinant is a number: its logarithm can wait.",
                |x, mean, s| {
                    let log_det = |roots: &[f64]| roots.iter().map(|l| l * l).product::<f64>().ln();
                    logs(x, mean, s, &Terms { log_det, ..PLAIN })
                },
            ),
            chaff("log_2", "The logarithm is that to the base 2.", |x, mean, s| {
                let all = reference::gaussian_log_density(x, mean, s)?;
                Ok(all.into_iter().map(|log_p| log_p / std::f64::consts::LN_2).collect())
            }),
            chaff("opposite_sign", "The negative log-likelihood is returned.", |x, mean, s| {
                Ok(reference::gaussian_log_density(x, mean, s)?.into_iter().map(|log_p| -log_p).collect())
            }),
            chaff("not_halved", "The squared distance is not halved.", |x, mean, s| {
                logs(x, mean, s, &Terms { distance: |y| 2.0 * squares(y), ..PLAIN })
            }),
            chaff("not_squared", "The distance is not squared.", |x, mean, s| {
                logs(x, mean, s, &Terms { distance: |y| squares(y).sqrt(), ..PLAIN })
            }),
            chaff("diagonal", "Only the variances matter.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let d = mean.len();
                let diagonal = Matrix::from_fn(d, d, |a, b| if a == b { s[(a, b)] } else { 0.0 });
                reference::gaussian_log_density(x, mean, &diagonal)
            }),
            chaff("deviations", "The diagonal of Σ holds standard deviations.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let d = mean.len();
                let squared = Matrix::from_fn(d, d, |a, b| if a == b { s[(a, b)].powi(2) } else { 0.0 });
                reference::gaussian_log_density(x, mean, &squared).or(Ok(vec![0.0; x.rows()]))
            }),
            chaff("not_inverted", "Σ itself weighs the squared distance.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let (lower, d) = (factor(s)?, mean.len());
                let roots: Vec<f64> = (0..d).map(|a| lower[(a, a)]).collect();
                let constant = (PLAIN.constant)(d as f64) + (PLAIN.log_det)(&roots);
                let of = |i: usize| {
                    let y = differences(x.row(i), mean);
                    let product = |a: usize| (0..d).map(|b| s[(a, b)] * y[b]).sum::<f64>();
                    -0.5 * (constant + (0..d).map(|a| y[a] * product(a)).sum::<f64>())
                };
                Ok((0..x.rows()).map(of).collect())
            }),
            chaff("without_mean", "The points have the mean 0.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                reference::gaussian_log_density(x, &vec![0.0; mean.len()], s)
            }),
            chaff("own_mean", "The mean is that of the points.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let column = |a: usize| (0..x.rows()).map(|i| x[(i, a)]).sum::<f64>() / x.rows() as f64;
                reference::gaussian_log_density(x, &(0..x.cols()).map(column).collect::<Vec<_>>(), s)
            }),
            chaff("a_little_added", "10⁻⁶ on the diagonal changes nothing.", |x, mean, s| {
                check::finite("covariance", s.as_slice())?;
                let more =
                    Matrix::from_fn(s.rows(), s.cols(), |a, b| s[(a, b)] + if a == b { 1e-6 } else { 0.0 });
                reference::gaussian_log_density(x, mean, &more)
            }),
            chaff(
                "determinant_only",
                "A matrix with a determinant above 0 is positive definite.",
                |x, mean, s| {
                    let result = reference::gaussian_log_density(x, mean, s);
                    let is_even = s.rows() == 2 && s[(0, 0)] * s[(1, 1)] > s[(0, 1)] * s[(1, 0)];
                    match result {
                        Err(InputError::NotPositiveDefinite { .. }) if is_even => Ok(vec![0.0; x.rows()]),
                        other => other,
                    }
                },
            ),
            chaff("singular_is_fine", "A variance of 0 is allowed.", |x, mean, s| {
                match reference::gaussian_log_density(x, mean, s) {
                    Err(InputError::NotPositiveDefinite { .. })
                        if (0..s.rows()).any(|a| s[(a, a)] == 0.0) =>
                    {
                        Ok(vec![f64::NEG_INFINITY; x.rows()])
                    }
                    other => other,
                }
            }),
            chaff("upper_half", "Only the upper half of Σ has to be looked at.", |x, mean, s| {
                if s.rows() != s.cols() {
                    return reference::gaussian_log_density(x, mean, s);
                }
                let mirrored = Matrix::from_fn(s.rows(), s.cols(), |a, b| s[(a.min(b), a.max(b))]);
                reference::gaussian_log_density(x, mean, &mirrored)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let mean: Vec<f64> = mean.iter().map(|mean| single(*mean)).collect();
                reference::gaussian_log_density(&each(x, single), &mean, s)
            }),
            chaff("sixty_features", "More than sixty features do not matter.", |x, mean, s| {
                reference::gaussian_log_density(x, mean, s)?;
                let d = mean.len().min(60);
                reference::gaussian_log_density(&part(x, x.rows(), d), &mean[..d], &part(s, d, d))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, mean, s| {
                reference::gaussian_log_density(&each(x, nan_as_zero), mean, s)
            }),
            chaff("any_size", "The square of a number is finite.", |x, mean, s| {
                check::finite("x", x.as_slice())?;
                reference::gaussian_log_density(&each(x, clipped), mean, s)
            }),
            chaff("empty", "Of no points there are no densities.", |x, mean, s| {
                if x.rows() == 0 { Ok(Vec::new()) } else { reference::gaussian_log_density(x, mean, s) }
            }),
            chaff("nearly_symmetric", "Entries that differ by rounding are symmetric.", |x, mean, s| {
                if s.rows() != s.cols() {
                    return reference::gaussian_log_density(x, mean, s);
                }
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
                let even = Matrix::from_fn(s.rows(), s.cols(), |a, b| {
                    if near(s[(a, b)], s[(b, a)]) { s[(a.min(b), a.max(b))] } else { s[(a, b)] }
                });
                reference::gaussian_log_density(x, mean, &even)
            }),
        ],
    )(x, mean, covariance)
}

/// The three terms, of which minus a half is taken.
struct Terms {
    constant: fn(f64) -> f64,
    log_det: fn(&[f64]) -> f64,
    distance: fn(&[f64]) -> f64,
}

const PLAIN: Terms = Terms {
    constant: |d| d * std::f64::consts::TAU.ln(),
    log_det: |roots| roots.iter().map(|l| 2.0 * l.ln()).sum(),
    distance: squares,
};

fn squares(y: &[f64]) -> f64 {
    y.iter().map(|y| y * y).sum()
}

fn differences(point: &[f64], mean: &[f64]) -> Vec<f64> {
    point.iter().zip(mean).map(|(x, mean)| x - mean).collect()
}

fn logs(x: &Matrix, mean: &[f64], covariance: &Matrix, terms: &Terms) -> Logs {
    reference::gaussian_log_density(x, mean, covariance)?;
    let lower = factor(covariance)?;
    let roots: Vec<f64> = (0..mean.len()).map(|a| lower[(a, a)]).collect();
    let constant = (terms.constant)(mean.len() as f64) + (terms.log_det)(&roots);
    let of = |i: usize| -0.5 * (constant + (terms.distance)(&solved(&lower, &differences(x.row(i), mean))));
    Ok((0..x.rows()).map(of).collect())
}

/// The lower triangular factor, column after column, with what is left over subtracted at once.
fn factor(matrix: &Matrix) -> Result<Matrix, InputError> {
    let (mut rest, d) = (matrix.clone(), matrix.rows());
    let mut lower = Matrix::zeros(d, d);
    for j in 0..d {
        if rest[(j, j)] <= 0.0 {
            return Err(InputError::NotPositiveDefinite { name: "covariance" });
        }
        let root = rest[(j, j)].sqrt();
        (j..d).for_each(|i| lower[(i, j)] = rest[(i, j)] / root);
        for a in j..d {
            for b in j..d {
                rest[(a, b)] -= lower[(a, j)] * lower[(b, j)];
            }
        }
    }
    Ok(lower)
}

/// L and the pivots of L·D·Lᵀ, L with ones on the diagonal.
fn unit_factor(matrix: &Matrix) -> (Matrix, Vec<f64>) {
    let (mut rest, d) = (matrix.clone(), matrix.rows());
    let (mut lower, mut pivots) = (Matrix::zeros(d, d), Vec::new());
    for j in 0..d {
        let pivot = rest[(j, j)];
        (j..d).for_each(|i| lower[(i, j)] = rest[(i, j)] / pivot);
        for a in j..d {
            for b in j..d {
                rest[(a, b)] -= lower[(a, j)] * pivot * lower[(b, j)];
            }
        }
        pivots.push(pivot);
    }
    (lower, pivots)
}

/// Forward substitution, column after column.
fn solved(lower: &Matrix, b: &[f64]) -> Vec<f64> {
    let mut y = b.to_vec();
    for j in 0..y.len() {
        y[j] /= lower[(j, j)];
        for i in j + 1..y.len() {
            y[i] -= lower[(i, j)] * y[j];
        }
    }
    y
}
