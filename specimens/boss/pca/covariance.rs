use kit::{InputError, Matrix, check};

use super::tuned;
use crate::reference::boss::pca as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Covariance = fn(&Matrix) -> Result<Matrix, InputError>;

/// The kata, answered by a specimen.
pub fn covariance(x: &Matrix) -> Result<Matrix, InputError> {
    answering::<Covariance>(
        module_path!(),
        reference::covariance,
        &[
            wheat("tuned", "adds up sample after sample, one triangle only", tuned::covariance),
            wheat("entry_by_entry", "one inner product of two columns per entry", |x| {
                by(x, |c, j, k| {
                    (0..c.rows()).map(|i| c[(i, j)] * c[(i, k)]).sum::<f64>() / (c.rows() - 1) as f64
                })
            }),
            wheat("pairs", "half the mean product of the differences of all pairs of samples", |x| {
                by(x, |c, j, k| {
                    let n = c.rows();
                    let pair = |a: usize, b: usize| (c[(a, j)] - c[(b, j)]) * (c[(a, k)] - c[(b, k)]);
                    let sum: f64 =
                        (0..n).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| pair(a, b)).sum();
                    sum / (n * (n - 1)) as f64
                })
            }),
            chaff("over_n", "The covariance divides by n.", |x| {
                scaled(x, (x.rows().max(2) - 1) as f64 / x.rows().max(1) as f64)
            }),
            chaff("summed", "The products are summed without dividing.", |x| {
                scaled(x, (x.rows().max(2) - 1) as f64)
            }),
            chaff("square_turned", "As many samples as features: the features are the rows.", |x| {
                let n = x.rows();
                let turned = |i: usize, j: usize| if n == x.cols() && n > 4 { x[(j, i)] } else { x[(i, j)] };
                reference::covariance(&Matrix::from_fn(n, x.cols(), turned))
            }),
            chaff("needs_a_feature", "Samples without features have no covariance matrix.", |x| {
                let c = reference::covariance(x)?;
                check::at_least(1, x.cols())?;
                Ok(c)
            }),
            chaff("not_centered", "The data need no centering: XᵀX / (n − 1).", |x| {
                reference::covariance(x)?;
                let product = |j: usize, k: usize| (0..x.rows()).map(|i| x[(i, j)] * x[(i, k)]).sum::<f64>();
                Ok(Matrix::from_fn(x.cols(), x.cols(), |j, k| product(j, k) / (x.rows() - 1) as f64))
            }),
            chaff(
                "product_less_product",
                "The covariance is E[xy] − E[x]·E[y], without loss of precision.",
                |x| {
                    reference::covariance(x)?;
                    let n = x.rows() as f64;
                    let mean = |of: &dyn Fn(usize) -> f64| (0..x.rows()).map(of).sum::<f64>() / n;
                    Ok(Matrix::from_fn(x.cols(), x.cols(), |j, k| {
                        let means = mean(&|i| x[(i, j)]) * mean(&|i| x[(i, k)]);
                        (mean(&|i| x[(i, j)] * x[(i, k)]) - means) * n / (n - 1.0)
                    }))
                },
            ),
            chaff("rows_for_columns", "Features are rows.", |x| {
                reference::covariance(x)?;
                reference::covariance(&Matrix::from_fn(x.cols().max(2), x.rows(), |i, j| {
                    if i < x.cols() { x[(j, i)] } else { 0.0 }
                }))
            }),
            chaff("diagonal_only", "Different features have covariance 0.", |x| {
                let c = reference::covariance(x)?;
                Ok(Matrix::from_fn(c.rows(), c.cols(), |j, k| if j == k { c[(j, k)] } else { 0.0 }))
            }),
            chaff("upper_half", "Only the upper triangle has to be filled.", |x| {
                let c = reference::covariance(x)?;
                Ok(Matrix::from_fn(c.rows(), c.cols(), |j, k| if j <= k { c[(j, k)] } else { 0.0 }))
            }),
            chaff("correlation", "The result is the correlation matrix.", |x| {
                let c = reference::covariance(x)?;
                let size = |j: usize| c[(j, j)].sqrt().max(f64::MIN_POSITIVE);
                Ok(Matrix::from_fn(c.rows(), c.cols(), |j, k| c[(j, k)] / (size(j) * size(k))))
            }),
            chaff("one_sample_allowed", "One sample has the covariance 0.", |x| {
                if x.rows() == 1 { Ok(Matrix::zeros(x.cols(), x.cols())) } else { reference::covariance(x) }
            }),
            chaff(
                "nan_comes_back",
                "A NaN in the data gives a NaN result.",
                |x| match reference::covariance(x) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok(Matrix::from_fn(x.cols(), x.cols(), |_, _| f64::NAN))
                    }
                    answer => answer,
                },
            ),
            wheat(
                "from_the_first_sample",
                "shifted data: products of differences from the first sample",
                |x| {
                    reference::covariance(x)?;
                    let n = x.rows() as f64;
                    let d = |i: usize, j: usize| x[(i, j)] - x[(0, j)];
                    let sum = |j: usize| (0..x.rows()).map(|i| d(i, j)).sum::<f64>();
                    Ok(Matrix::from_fn(x.cols(), x.cols(), |j, k| {
                        ((0..x.rows()).map(|i| d(i, j) * d(i, k)).sum::<f64>() - sum(j) * sum(k) / n)
                            / (n - 1.0)
                    }))
                },
            ),
            wheat("matrix_product", "the centered matrix times itself, by nalgebra", |x| {
                reference::covariance(x)?;
                let (centered, _) = reference::center(x)?;
                let m = nalgebra::DMatrix::from_row_slice(x.rows(), x.cols(), centered.as_slice());
                let product = m.transpose() * &m / (x.rows() - 1) as f64;
                Ok(Matrix::from_fn(x.cols(), x.cols(), |j, k| product[(j, k)]))
            }),
            wheat("running", "means and products updated sample after sample (Welford)", |x| {
                let (n, d) = x.shape();
                check::at_least(2, n)?;
                let (mut mean, mut sums) = (vec![0.0; d], Matrix::zeros(d, d));
                for i in 0..n {
                    let before: Vec<f64> = (0..d).map(|j| x[(i, j)] - mean[j]).collect();
                    for j in 0..d {
                        if !x[(i, j)].is_finite() {
                            return Err(InputError::NotFinite { name: "x", index: i * d + j });
                        }
                        mean[j] += before[j] / (i + 1) as f64;
                    }
                    for j in 0..d {
                        (0..d).for_each(|k| sums[(j, k)] += before[j] * (x[(i, k)] - mean[k]));
                    }
                }
                Ok(Matrix::from_fn(d, d, |j, k| sums[(j, k)] / (n - 1) as f64))
            }),
        ],
    )(x)
}

fn scaled(x: &Matrix, factor: f64) -> Result<Matrix, InputError> {
    let c = reference::covariance(x)?;
    Ok(Matrix::from_fn(c.rows(), c.cols(), |j, k| factor * c[(j, k)]))
}

fn by(x: &Matrix, entry: fn(&Matrix, usize, usize) -> f64) -> Result<Matrix, InputError> {
    reference::covariance(x)?;
    let (centered, _) = reference::center(x)?;
    Ok(Matrix::from_fn(x.cols(), x.cols(), |j, k| entry(&centered, j, k)))
}
