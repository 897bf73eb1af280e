use kit::{InputError, Matrix};

use super::tuned;
use crate::reference::m04_ml_from_scratch::linear as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Gradient = (Vec<f64>, f64);
type MseGradient = fn(&Matrix, &[f64], &[f64], f64) -> Result<Gradient, InputError>;

/// The kata, answered by a specimen.
pub fn mse_gradient(x: &Matrix, y: &[f64], w: &[f64], b: f64) -> Result<Gradient, InputError> {
    answering::<MseGradient>(
        module_path!(),
        reference::mse_gradient,
        &[
            wheat(
                "from_moments",
                "2(XᵀX·w + b·Xᵀ1 − Xᵀy)/n, with the products of the data first",
                |x, y, w, b| {
                    reference::mse_gradient(x, y, w, b)?;
                    let (n, d) = x.shape();
                    let column = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
                    let part = |j: usize| {
                        let product = |k: usize| (0..n).map(|i| column(i, j) * column(i, k)).sum::<f64>();
                        let with_y = (0..n).map(|i| column(i, j) * y[i]).sum::<f64>();
                        let fitted = (0..d).map(|k| product(k) * w[k]).sum::<f64>() + product(d) * b;
                        2.0 * (fitted - with_y) / n as f64
                    };
                    Ok(((0..d).map(part).collect(), part(d)))
                },
            ),
            wheat(
                "dual_numbers",
                "carries the derivative of every number along, one parameter at a time",
                |x, y, w, b| {
                    reference::mse_gradient(x, y, w, b)?;
                    let d = w.len();
                    let along = |moving: usize| {
                        let slope = |j: usize| f64::from(u8::from(j == moving));
                        let square = |i: usize| {
                            let start = (b - y[i], slope(d));
                            let add = |(value, rise): (f64, f64), j: usize| {
                                (x[(i, j)].mul_add(w[j], value), x[(i, j)].mul_add(slope(j), rise))
                            };
                            let (value, rise) = (0..d).fold(start, add);
                            value * rise + rise * value
                        };
                        (0..y.len()).map(square).sum::<f64>() / y.len() as f64
                    };
                    Ok(((0..d).map(along).collect(), along(d)))
                },
            ),
            wheat(
                "tuned",
                "reads each row once, for its residual and its part of the gradient",
                tuned::mse_gradient,
            ),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, y, w, b| {
                let short = |v: &[f64]| v.iter().map(|v| f64::from(*v as f32)).collect::<Vec<_>>();
                reference::mse_gradient(x, y, w, b)?;
                let x = Matrix::new(x.rows(), x.cols(), short(x.as_slice()))?;
                reference::mse_gradient(&x, &short(y), &short(w), f64::from(b as f32))
            }),
            chaff("half", "The factor 2 of the square cancels with a ½ in the loss.", |x, y, w, b| {
                times(0.5, x, y, w, b)
            }),
            chaff("doubled", "The gradient has a factor 4.", |x, y, w, b| times(2.0, x, y, w, b)),
            chaff("climbs", "The residual is y − ŷ.", |x, y, w, b| times(-1.0, x, y, w, b)),
            chaff("not_averaged", "The gradient is the sum over all samples.", |x, y, w, b| {
                times(y.len() as f64, x, y, w, b)
            }),
            chaff("averaged_twice", "The gradient is divided by n².", |x, y, w, b| {
                times(1.0 / y.len() as f64, x, y, w, b)
            }),
            chaff("bias_forgotten", "The gradient with respect to b is 0.", |x, y, w, b| {
                Ok((reference::mse_gradient(x, y, w, b)?.0, 0.0))
            }),
            chaff(
                "bias_not_averaged",
                "The gradient with respect to b is the sum of the residuals.",
                |x, y, w, b| {
                    let (dw, db) = reference::mse_gradient(x, y, w, b)?;
                    Ok((dw, db * y.len() as f64))
                },
            ),
            chaff("model_without_intercept", "The residual is x·w − y, without b.", |x, y, w, b| {
                reference::mse_gradient(x, y, w, b)?;
                reference::mse_gradient(x, y, w, 0.0)
            }),
            chaff(
                "of_the_absolute_error",
                "The derivative of the squared error is the sign of the residual.",
                |x, y, w, b| {
                    reference::mse_gradient(x, y, w, b)?;
                    let signs: Vec<f64> = residuals(x, y, w, b).iter().map(|r| -r.signum()).collect();
                    let (dw, db) = reference::mse_gradient(x, &signs, &vec![0.0; w.len()], 0.0)?;
                    Ok((dw.iter().map(|g| g / 2.0).collect(), db / 2.0))
                },
            ),
            chaff("last_sample_missing", "A loop up to n − 1 includes the last sample.", |x, y, w, b| {
                reference::mse_gradient(x, y, w, b)?;
                let mut residuals = residuals(x, y, w, b);
                residuals.pop();
                let n = y.len() as f64;
                let along = |j: usize| residuals.iter().enumerate().map(|(i, r)| r * x[(i, j)]).sum::<f64>();
                Ok((
                    (0..w.len()).map(|j| along(j) * 2.0 / n).collect(),
                    residuals.iter().sum::<f64>() * 2.0 / n,
                ))
            }),
            chaff("nan_comes_back", "NaN in the data may propagate into the gradient.", |x, y, w, b| {
                let zeros = Matrix::zeros(x.rows(), x.cols());
                reference::mse_gradient(&zeros, &vec![0.0; y.len()], &vec![0.0; w.len()], 0.0)?;
                if x.as_slice().iter().chain(y).chain(w).chain([&b]).all(|v| v.is_finite()) {
                    return reference::mse_gradient(x, y, w, b);
                }
                Ok((vec![f64::NAN; w.len()], f64::NAN))
            }),
            chaff("nothing_is_flat", "The gradient of an empty data set is 0.", |x, y, w, b| {
                if x.rows() == 0 && y.is_empty() {
                    Ok((vec![0.0; w.len()], 0.0))
                } else {
                    reference::mse_gradient(x, y, w, b)
                }
            }),
        ],
    )(x, y, w, b)
}

fn residuals(x: &Matrix, y: &[f64], w: &[f64], b: f64) -> Vec<f64> {
    (0..y.len()).map(|i| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b - y[i]).collect()
}

fn times(factor: f64, x: &Matrix, y: &[f64], w: &[f64], b: f64) -> Result<Gradient, InputError> {
    let (dw, db) = reference::mse_gradient(x, y, w, b)?;
    Ok((dw.iter().map(|g| factor * g).collect(), factor * db))
}
