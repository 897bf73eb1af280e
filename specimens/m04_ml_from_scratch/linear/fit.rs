use kit::{InputError, Matrix};

use super::tuned;
use crate::reference::m04_ml_from_scratch::linear as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Model = (Vec<f64>, f64);
type Fit = fn(&Matrix, &[f64], f64, usize) -> Result<Model, InputError>;

/// The kata, answered by a specimen.
pub fn fit(x: &Matrix, y: &[f64], learning_rate: f64, steps: usize) -> Result<Model, InputError> {
    answering::<Fit>(
        module_path!(),
        reference::fit,
        &[
            wheat(
                "from_moments",
                "looks at the data once: XᵀX and Xᵀy are all that the steps need",
                from_moments,
            ),
            wheat(
                "one_map",
                "makes one affine map of a step, and raises it to the power of the steps by squaring",
                |x, y, rate, steps| {
                    reference::fit(x, y, rate, 0)?;
                    let ((n, d), count) = (x.shape(), y.len() as f64);
                    let entry = |i: usize, j: usize| match j.cmp(&d) {
                        std::cmp::Ordering::Less => x[(i, j)],
                        std::cmp::Ordering::Equal => 1.0,
                        std::cmp::Ordering::Greater => -y[i],
                    };
                    let product = |a: &Matrix, b: &Matrix| {
                        Matrix::from_fn(d + 2, d + 2, |i, j| (0..d + 2).map(|k| a[(i, k)] * b[(k, j)]).sum())
                    };
                    let one = |i: usize, j: usize| f64::from(u8::from(i == j));
                    let mut step = Matrix::from_fn(d + 2, d + 2, |j, k| {
                        let slope = (0..n).map(|i| entry(i, j) * entry(i, k)).sum::<f64>() * 2.0 / count;
                        one(j, k) - if j > d { 0.0 } else { rate * slope }
                    });
                    let (mut power, mut rest) = (Matrix::from_fn(d + 2, d + 2, one), steps);
                    while rest > 0 {
                        if rest % 2 == 1 {
                            power = product(&power, &step);
                        }
                        (step, rest) = (product(&step, &step), rest / 2);
                    }
                    let w: Vec<f64> = (0..=d).map(|j| power[(j, d + 1)]).collect();
                    if w.iter().all(|w| w.is_finite()) {
                        return Ok((w[..d].to_vec(), w[d]));
                    }
                    Err(InputError::NotConverged { steps, residual: f64::INFINITY })
                },
            ),
            wheat(
                "tuned",
                "reads each row once a step, for its residual and its part of the gradient",
                tuned::fit,
            ),
            chaff("bias_not_updated", "Gradient descent updates the weights only.", |x, y, rate, steps| {
                descend(x, y, rate, steps, |w, _, dw, _| (moved(w, dw, 1.0), 0.0))
            }),
            chaff("half_steps", "The factor 2 of the gradient can be left out.", |x, y, rate, steps| {
                descend(x, y, rate, steps, |w, b, dw, db| (moved(w, dw, 0.5), b - db / 2.0))
            }),
            chaff("climbs", "A step adds the gradient.", |x, y, rate, steps| {
                descend(x, y, rate, steps, |w, b, dw, db| (moved(w, dw, -1.0), b + db))
            }),
            chaff("not_averaged", "The gradient is the sum over all samples.", |x, y, rate, steps| {
                let n = y.len() as f64;
                descend(x, y, rate, steps, |w, b, dw, db| (moved(w, dw, n), b - n * db))
            }),
            chaff(
                "bias_after_the_weights",
                "The gradient for b is taken at the new weights.",
                |x, y, rate, steps| {
                    reference::fit(x, y, rate, 0)?;
                    let (mut w, mut b) = (vec![0.0; x.cols()], 0.0);
                    for _ in 0..steps {
                        w = moved(&w, &slope(x, y, &w, b, rate).0, 1.0);
                        b -= slope(x, y, &w, b, rate).1;
                    }
                    finite(w, b, steps)
                },
            ),
            chaff("one_step_fewer", "The initialization counts as a step.", |x, y, rate, steps| {
                reference::fit(x, y, rate, steps)?;
                reference::fit(x, y, rate, steps.saturating_sub(1))
            }),
            chaff(
                "sample_by_sample",
                "The parameters are updated after each sample (stochastic gradient descent).",
                |x, y, rate, steps| {
                    reference::fit(x, y, rate, 0)?;
                    let (mut w, mut b) = (vec![0.0; x.cols()], 0.0);
                    for _ in 0..steps {
                        for (i, y) in y.iter().enumerate() {
                            let row = Matrix::from_fn(1, x.cols(), |_, j| x[(i, j)]);
                            let (dw, db) = slope(&row, &[*y], &w, b, rate);
                            (w, b) = (moved(&w, &dw, 1.0), b - db);
                        }
                    }
                    finite(w, b, steps)
                },
            ),
            chaff("starts_at_the_mean", "The intercept starts at the mean of y.", |x, y, rate, steps| {
                let mean = y.iter().sum::<f64>() / y.len() as f64;
                let centered: Vec<f64> = y.iter().map(|y| y - mean).collect();
                reference::fit(x, y, rate, steps)?;
                reference::fit(x, &centered, rate, steps).map(|(w, b)| (w, b + mean))
            }),
            chaff(
                "diverged_returned",
                "Parameters that have diverged are returned as they are.",
                |x, y, rate, steps| match reference::fit(x, y, rate, steps) {
                    Err(InputError::NotConverged { .. }) => Ok((vec![f64::NAN; x.cols()], f64::NAN)),
                    answer => answer,
                },
            ),
            chaff(
                "only_the_weights_looked_at",
                "If the weights are finite, the intercept is finite, too.",
                |x, y, rate, steps| match reference::fit(x, y, rate, steps) {
                    Err(InputError::NotConverged { .. }) if x.cols() == 0 => Ok((vec![], f64::NAN)),
                    answer => answer,
                },
            ),
            chaff("any_rate", "A learning rate of 0 is allowed.", |x, y, rate, steps| {
                if rate == 0.0 { reference::fit(x, y, 1.0, 0) } else { reference::fit(x, y, rate, steps) }
            }),
            chaff("zeros", "Weights of zero are a safe answer.", |x, y, rate, steps| {
                reference::fit(x, y, rate, steps)?;
                Ok((vec![0.0; x.cols()], 0.0))
            }),
        ],
    )(x, y, learning_rate, steps)
}

/// The gradient at (w, b), times the rate.
fn slope(x: &Matrix, y: &[f64], w: &[f64], b: f64, rate: f64) -> Model {
    let n = y.len() as f64;
    let predicted = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b;
    let residuals: Vec<f64> = (0..y.len()).map(|i| predicted(i) - y[i]).collect();
    let along = |j: usize| residuals.iter().enumerate().map(|(i, r)| r * x[(i, j)]).sum::<f64>();
    let dw = (0..x.cols()).map(|j| rate * 2.0 * along(j) / n).collect();
    (dw, rate * 2.0 * residuals.iter().sum::<f64>() / n)
}

fn moved(w: &[f64], dw: &[f64], factor: f64) -> Vec<f64> {
    w.iter().zip(dw).map(|(w, dw)| w - factor * dw).collect()
}

fn finite(w: Vec<f64>, b: f64, steps: usize) -> Result<Model, InputError> {
    let all = w.iter().chain([&b]).all(|v| v.is_finite());
    if all { Ok((w, b)) } else { Err(InputError::NotConverged { steps, residual: f64::INFINITY }) }
}

fn descend(
    x: &Matrix,
    y: &[f64],
    rate: f64,
    steps: usize,
    step: impl Fn(&[f64], f64, &[f64], f64) -> Model,
) -> Result<Model, InputError> {
    reference::fit(x, y, rate, 0)?;
    let (mut w, mut b) = (vec![0.0; x.cols()], 0.0);
    for _ in 0..steps {
        let (dw, db) = slope(x, y, &w, b, rate);
        (w, b) = step(&w, b, &dw, db);
    }
    finite(w, b, steps)
}

fn from_moments(x: &Matrix, y: &[f64], rate: f64, steps: usize) -> Result<Model, InputError> {
    reference::fit(x, y, rate, 0)?;
    let (n, d) = x.shape();
    let column = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
    let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
    let gram = Matrix::from_fn(d + 1, d + 1, |j, k| mean(&|i| column(i, j) * column(i, k)));
    let moments: Vec<f64> = (0..=d).map(|j| mean(&|i| column(i, j) * y[i])).collect();
    let mut v = vec![0.0; d + 1];
    for _ in 0..steps {
        let slope = |j: usize| gram.row(j).iter().zip(&v).map(|(g, v)| g * v).sum::<f64>() - moments[j];
        v = (0..=d).map(|j| v[j] - rate * 2.0 * slope(j)).collect();
    }
    let b = v.pop().unwrap_or_default();
    finite(v, b, steps)
}
