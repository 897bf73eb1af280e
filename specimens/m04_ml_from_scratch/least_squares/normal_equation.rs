use kit::{InputError, Matrix};

use super::{householder, uncentered};
use crate::reference::m04_ml_from_scratch::least_squares as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Model = (Vec<f64>, f64);
type NormalEquation = fn(&Matrix, &[f64]) -> Result<Model, InputError>;

/// The kata, answered by a specimen.
pub fn normal_equation(x: &Matrix, y: &[f64]) -> Result<Model, InputError> {
    answering::<NormalEquation>(
        module_path!(),
        reference::normal_equation,
        &[
            wheat("textbook", "[X 1]ᵀ[X 1]·v = [X 1]ᵀy by elimination with pivots", |x, y| {
                usable(x, y)?;
                uncentered(x, y, 0.0).ok_or(InputError::Dependent { name: "x" })
            }),
            wheat("reflections", "Householder's QR of [1 X], without ever squaring the condition", |x, y| {
                usable(x, y)?;
                householder(x, y).ok_or(InputError::Dependent { name: "x" })
            }),
            wheat("determinants", "each unknown as a quotient of two determinants (Cramer)", |x, y| {
                reference::normal_equation(x, y)?;
                let (n, d) = x.shape();
                let entry = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
                let unit: Vec<f64> =
                    (0..=d).map(|j| (0..n).map(|i| entry(i, j).powi(2)).sum::<f64>().sqrt()).collect();
                let dot = |j: usize, of: &dyn Fn(usize) -> f64| {
                    (0..n).map(|i| entry(i, j) / unit[j] * of(i)).sum::<f64>()
                };
                let products = Matrix::from_fn(d + 1, d + 2, |j, k| {
                    if k > d { dot(j, &|i| y[i]) } else { dot(j, &|i| entry(i, k) / unit[k]) }
                });
                let with = |column: usize| {
                    let at = |j: usize, k: usize| products[(j, if k == column { d + 1 } else { k })];
                    determinant(Matrix::from_fn(d + 1, d + 1, at))
                };
                let all = with(d + 1);
                Ok(((0..d).map(|j| with(j) / all / unit[j]).collect(), with(d) / all / unit[d]))
            }),
            chaff("small_is_constant", "A column that varies by less than 10⁻⁹ is constant.", |x, y| {
                let model = reference::normal_equation(x, y)?;
                let reach =
                    |j: usize| (0..x.rows()).map(|i| (x[(i, j)] - x[(0, j)]).abs()).fold(0.0, f64::max);
                let flat = (0..x.cols()).any(|j| reach(j) < 1e-9);
                if flat { Err(InputError::Dependent { name: "x" }) } else { Ok(model) }
            }),
            chaff("through_the_origin", "The normal equation needs no column of ones: b is 0.", |x, y| {
                reference::normal_equation(x, y)?;
                through_the_origin(x, y).map(|w| (w, 0.0))
            }),
            chaff(
                "intercept_afterwards",
                "The weights can be fitted without an intercept, and b afterwards.",
                |x, y| {
                    reference::normal_equation(x, y)?;
                    let w = through_the_origin(x, y)?;
                    let off =
                        (0..y.len()).map(|i| y[i] - x.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>());
                    let b = off.sum::<f64>() / y.len() as f64;
                    Ok((w, b))
                },
            ),
            chaff("intercept_is_the_mean", "The intercept is the mean of y.", |x, y| {
                let (w, _) = reference::normal_equation(x, y)?;
                Ok((w, y.iter().sum::<f64>() / y.len() as f64))
            }),
            chaff(
                "one_feature_at_a_time",
                "Each weight is covariance over variance, independent of the other features.",
                |x, y| {
                    reference::normal_equation(x, y)?;
                    let single = |j: usize| {
                        let column = Matrix::from_fn(x.rows(), 1, |i, _| x[(i, j)]);
                        reference::ridge(&column, y, 0.0).map(|(w, _)| w[0])
                    };
                    let w = (0..x.cols()).map(single).collect::<Result<Vec<f64>, _>>()?;
                    let off =
                        (0..y.len()).map(|i| y[i] - x.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>());
                    let b = off.sum::<f64>() / y.len() as f64;
                    Ok((w, b))
                },
            ),
            chaff("a_little_ridge", "A small number on the diagonal does no harm.", |x, y| {
                usable(x, y)?;
                reference::ridge(x, y, 1e-6)
            }),
            chaff("dependent_divided", "Any pivot that is not exactly 0 can be divided by.", |x, y| {
                match reference::normal_equation(x, y) {
                    Err(InputError::Dependent { .. }) => Ok((vec![f64::INFINITY; x.cols()], f64::NAN)),
                    answer => answer,
                }
            }),
            chaff(
                "absolute_pivots",
                "A pivot below 10⁻¹² is 0, whatever the unit of the feature.",
                |x, y| {
                    usable(x, y)?;
                    let small = (0..x.cols()).any(|j| (0..x.rows()).all(|i| x[(i, j)].abs() < 1e-6));
                    if small {
                        Err(InputError::Dependent { name: "x" })
                    } else {
                        reference::normal_equation(x, y)
                    }
                },
            ),
            chaff(
                "as_many_samples_as_weights",
                "As many samples as weights are enough, although there is an intercept.",
                |x, y| {
                    if x.rows() == y.len() && x.rows() == 2 && x.cols() == 3 {
                        return Err(InputError::TooFew { got: 2, wanted: 3 });
                    }
                    reference::normal_equation(x, y)
                },
            ),
            chaff("nan_out", "NaN in the data may propagate into the result.", |x, y| {
                match reference::normal_equation(x, y) {
                    Err(InputError::NotFinite { .. }) => Ok((vec![f64::NAN; x.cols()], f64::NAN)),
                    answer => answer,
                }
            }),
            chaff("zeros", "Weights of zero are a safe answer.", |x, y| {
                reference::normal_equation(x, y)?;
                Ok((vec![0.0; x.cols()], 0.0))
            }),
            chaff(
                "nearly_dependent",
                "Columns that are highly correlated are linearly dependent.",
                |x, y| {
                    let fitted = reference::normal_equation(x, y)?;
                    let near = (0..x.cols()).any(|a| {
                        (0..a).any(|b| {
                            let far =
                                (0..x.rows()).map(|i| (x[(i, a)] - x[(i, b)]).abs()).fold(0.0, f64::max);
                            let size = (0..x.rows()).map(|i| x[(i, a)].abs()).fold(0.0, f64::max);
                            far < 0.01 * size
                        })
                    });
                    if near { Err(InputError::Dependent { name: "x" }) } else { Ok(fitted) }
                },
            ),
        ],
    )(x, y)
}

fn usable(x: &Matrix, y: &[f64]) -> Result<(), InputError> {
    match reference::normal_equation(x, y) {
        Err(InputError::Dependent { .. }) | Ok(_) => Ok(()),
        Err(rejection) => Err(rejection),
    }
}

/// With every sample a second time, mirrored, the means are 0 and no intercept is fitted.
fn through_the_origin(x: &Matrix, y: &[f64]) -> Result<Vec<f64>, InputError> {
    let sign = |i: usize| if i < y.len() { 1.0 } else { -1.0 };
    let mirrored = Matrix::from_fn(2 * y.len(), x.cols(), |i, j| sign(i) * x[(i % y.len(), j)]);
    let targets: Vec<f64> = (0..2 * y.len()).map(|i| sign(i) * y[i % y.len()]).collect();
    reference::normal_equation(&mirrored, &targets).map(|(w, _)| w)
}

/// The determinant: the product of the pivots of an elimination, the largest of each column first.
fn determinant(mut a: Matrix) -> f64 {
    let (n, mut product) = (a.rows(), 1.0);
    for p in 0..n {
        let best = (p..n).max_by(|&i, &j| a[(i, p)].abs().total_cmp(&a[(j, p)].abs())).unwrap_or(p);
        if best != p {
            product = -product;
        }
        for k in 0..n {
            let held = a[(p, k)];
            a[(p, k)] = a[(best, k)];
            a[(best, k)] = held;
        }
        product *= a[(p, p)];
        if product == 0.0 {
            return 0.0;
        }
        for i in p + 1..n {
            let factor = a[(i, p)] / a[(p, p)];
            for k in p..n {
                a[(i, k)] -= factor * a[(p, k)];
            }
        }
    }
    product
}
