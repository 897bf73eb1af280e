use kit::{InputError, Matrix, check};
use nalgebra::DMatrix;

use crate::reference::boss::pca as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Ratios = Result<Vec<f64>, InputError>;
type ExplainedVarianceRatio = fn(&Matrix) -> Ratios;

/// The kata, answered by a specimen.
pub fn explained_variance_ratio(x: &Matrix) -> Ratios {
    answering::<ExplainedVarianceRatio>(
        module_path!(),
        reference::explained_variance_ratio,
        &[
            wheat("by_the_trace", "eigenvalues by a library, over the trace", |x| {
                by(x, |variances, c| {
                    let total: f64 = (0..c.cols()).map(|j| c[(j, j)]).sum();
                    variances.iter().map(|v| v / total).collect()
                })
            }),
            wheat("singular_values", "squared singular values of the centered data", |x| {
                by(x, |_, _| vec![])?;
                let (centered, _) = reference::center(x)?;
                let values =
                    DMatrix::from_row_slice(x.rows(), x.cols(), centered.as_slice()).singular_values();
                let mut squares: Vec<f64> = values.iter().map(|s| s * s).collect();
                squares.sort_by(|a, b| b.total_cmp(a));
                squares.resize(x.cols(), 0.0);
                let total: f64 = squares.iter().sum();
                Ok(squares.iter().map(|s| s / total).collect())
            }),
            chaff("of_the_first", "Each variance is divided by the largest.", |x| {
                by(x, |variances, _| variances.iter().map(|v| v / variances[0]).collect())
            }),
            chaff("of_deviations", "The ratios are those of the standard deviations.", |x| {
                by(x, |variances, _| {
                    let roots: Vec<f64> = variances.iter().map(|v| v.max(0.0).sqrt()).collect();
                    roots.iter().map(|r| r / roots.iter().sum::<f64>()).collect()
                })
            }),
            chaff("first_rows_equal", "Whether the data are constant shows in the first 300 samples.", |x| {
                let first = (1..x.rows().min(301)).all(|i| x.row(i) == x.row(0));
                if x.rows() > 301 && first {
                    return Err(InputError::Constant { name: "x" });
                }
                reference::explained_variance_ratio(x)
            }),
            chaff("not_divided", "The result is the eigenvalues themselves.", |x| {
                by(x, |variances, _| variances.to_vec())
            }),
            chaff("of_the_columns", "The ratios are those of the columns' variances, without PCA.", |x| {
                by(x, |_, c| {
                    let mut own: Vec<f64> = (0..c.cols()).map(|j| c[(j, j)]).collect();
                    own.sort_by(|a, b| b.total_cmp(a));
                    own.iter().map(|v| v / own.iter().sum::<f64>()).collect()
                })
            }),
            chaff("small_is_constant", "A total variance below 10⁻⁹ is 0.", |x| {
                let ratios = reference::explained_variance_ratio(x)?;
                let c = reference::covariance(x)?;
                let total: f64 = (0..c.cols()).map(|j| c[(j, j)]).sum();
                if total < 1e-9 { Err(InputError::Constant { name: "x" }) } else { Ok(ratios) }
            }),
            chaff("cumulated", "The ratios are cumulative.", |x| {
                by(x, |variances, _| {
                    let total: f64 = variances.iter().sum();
                    (0..variances.len()).map(|k| variances[..=k].iter().sum::<f64>() / total).collect()
                })
            }),
            chaff("rising", "The ratios are in ascending order.", |x| {
                let mut ratios = reference::explained_variance_ratio(x)?;
                ratios.reverse();
                Ok(ratios)
            }),
            chaff("correlated", "The features are standardized first.", |x| {
                by(x, |_, c| {
                    let size = |j: usize| c[(j, j)].sqrt().max(1e-100);
                    let scaled = Matrix::from_fn(c.rows(), c.cols(), |j, k| c[(j, k)] / (size(j) * size(k)));
                    let variances = eigenvalues(&scaled);
                    variances.iter().map(|v| v / variances.iter().sum::<f64>()).collect()
                })
            }),
            chaff("zeros_left_out", "Components without variance are left out.", |x| {
                Ok(reference::explained_variance_ratio(x)?.into_iter().filter(|r| *r > 1e-12).collect())
            }),
            chaff("constant_shared", "For constant data all ratios are equal.", |x| {
                match reference::explained_variance_ratio(x) {
                    Err(InputError::Constant { .. }) => Ok(vec![1.0 / x.cols() as f64; x.cols()]),
                    answer => answer,
                }
            }),
            chaff("nan_comes_back", "A NaN in the data gives a NaN result.", |x| {
                match reference::explained_variance_ratio(x) {
                    Err(InputError::NotFinite { .. }) => Ok(vec![f64::NAN; x.cols()]),
                    answer => answer,
                }
            }),
            chaff("first_two_alike", "Samples are all equal if the first two are.", |x| {
                let r = reference::explained_variance_ratio(x)?;
                if x.row(0) == x.row(1) { Err(InputError::Constant { name: "x" }) } else { Ok(r) }
            }),
            wheat(
                "samples_against_samples",
                "eigenvalues of the Gram matrix of the samples, where they are few",
                |x| {
                    by(x, |_, _| vec![])?;
                    if x.rows() > 100 {
                        return reference::explained_variance_ratio(x);
                    }
                    let (centered, _) = reference::center(x)?;
                    let m = DMatrix::from_row_slice(x.rows(), x.cols(), centered.as_slice());
                    let gram = &m * m.transpose();
                    let gram = Matrix::from_fn(x.rows(), x.rows(), |i, k| gram[(i.min(k), i.max(k))]);
                    let mut values = eigenvalues(&gram);
                    values.resize(x.cols().max(x.rows()), 0.0);
                    values.truncate(x.cols());
                    let total: f64 = (0..gram.rows()).map(|i| gram[(i, i)]).sum();
                    Ok(values.iter().map(|v| v.max(0.0) / total).collect())
                },
            ),
            wheat(
                "one_sided_jacobi",
                "rotates pairs of columns until all are orthogonal (Hestenes)",
                columns_turned_apart,
            ),
            chaff("small_is_zero", "A ratio below a hundred-thousandth is 0.", |x| {
                let ratios = reference::explained_variance_ratio(x)?;
                Ok(ratios.into_iter().map(|ratio| if ratio < 1e-5 { 0.0 } else { ratio }).collect())
            }),
            chaff(
                "mean_of_products",
                "The covariance is the mean of the products minus the product of the means.",
                |x| {
                    reference::explained_variance_ratio(x)?;
                    let (n, d) = x.shape();
                    let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
                    let product =
                        |j, k| mean(&|i| x[(i, j)] * x[(i, k)]) - mean(&|i| x[(i, j)]) * mean(&|i| x[(i, k)]);
                    let variances = eigenvalues(&Matrix::from_fn(d, d, product));
                    let total: f64 = variances.iter().sum();
                    Ok(variances.iter().map(|variance| variance / total).collect())
                },
            ),
        ],
    )(x)
}

fn eigenvalues(c: &Matrix) -> Vec<f64> {
    let values = DMatrix::from_row_slice(c.rows(), c.cols(), c.as_slice()).symmetric_eigenvalues();
    let mut values = values.as_slice().to_vec();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// From the eigenvalues, falling, and the covariance; the reference says what is rejected.
fn by(x: &Matrix, ratios: fn(&[f64], &Matrix) -> Vec<f64>) -> Ratios {
    reference::explained_variance_ratio(x)?;
    let c = reference::covariance(x)?;
    Ok(ratios(&eigenvalues(&c), &c))
}

fn columns_turned_apart(x: &Matrix) -> Result<Vec<f64>, InputError> {
    let (n, d) = x.shape();
    check::at_least(2, n)?;
    check::finite("x", x.as_slice())?;
    let mut columns: Vec<Vec<f64>> = (0..d).map(|j| (0..n).map(|i| x[(i, j)]).collect()).collect();
    if columns.iter().flatten().count() == 0 || columns.iter().all(|c| c.iter().all(|x| *x == c[0])) {
        return Err(InputError::Constant { name: "x" });
    }
    for column in &mut columns {
        let first = column[0];
        column.iter_mut().for_each(|x| *x -= first);
        let mean = column.iter().sum::<f64>() / n as f64;
        column.iter_mut().for_each(|x| *x -= mean);
    }
    let largest = columns.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
    columns.iter_mut().flatten().for_each(|x| *x /= largest);
    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let total: f64 = columns.iter().map(|c| inner(c, c)).sum();
    let mut turned = true;
    while turned {
        turned = false;
        for p in 0..d {
            for q in p + 1..d {
                let product = inner(&columns[p], &columns[q]);
                if product.abs() > 1e-12 * total {
                    let (a, b) = (inner(&columns[p], &columns[p]), inner(&columns[q], &columns[q]));
                    let (s, c) = (0.5 * (2.0 * product).atan2(a - b)).sin_cos();
                    let (before, from_q) = columns.split_at_mut(q);
                    for (u, v) in before[p].iter_mut().zip(&mut from_q[0]) {
                        (*u, *v) = (c * *u + s * *v, c * *v - s * *u);
                    }
                    turned = true;
                }
            }
        }
    }
    let mut ratios: Vec<f64> = columns.iter().map(|c| inner(c, c) / total).collect();
    ratios.sort_by(|a, b| b.total_cmp(a));
    Ok(ratios)
}
