use kit::{InputError, Matrix};

use crate::reference::m04_ml_from_scratch::decision as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Predict = fn(&Matrix, &[f64], f64, f64) -> Result<Vec<usize>, InputError>;

/// The kata, answered by a specimen.
pub fn predict(x: &Matrix, w: &[f64], b: f64, threshold: f64) -> Result<Vec<usize>, InputError> {
    answering::<Predict>(
        module_path!(),
        reference::predict,
        &[
            wheat("on_the_logit", "compares z with ln(t/(1 − t))", |x, w, b, threshold| {
                let border = (threshold / (1.0 - threshold)).ln();
                each(x, w, b, threshold, |z| z >= border)
            }),
            wheat("stable_probability", "a power of at most 1 on either side", |x, w, b, threshold| {
                each(x, w, b, threshold, |z| {
                    let small = (-z.abs()).exp();
                    let p = if z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) };
                    p >= threshold
                })
            }),
            wheat("odds", "compares the odds eᶻ with t/(1 − t)", |x, w, b, threshold| {
                each(x, w, b, threshold, |z| z.exp() >= threshold / (1.0 - threshold))
            }),
            chaff(
                "logit_against_the_threshold",
                "The logit is compared with the threshold.",
                |x, w, b, threshold| each(x, w, b, threshold, |z| z >= threshold),
            ),
            chaff(
                "always_one_half",
                "The decision boundary is always at the logit 0.",
                |x, w, b, threshold| each(x, w, b, threshold, |z| z >= 0.0),
            ),
            chaff(
                "strictly_above",
                "The probability must be strictly greater than the threshold.",
                |x, w, b, threshold| each(x, w, b, threshold, |z| 1.0 / (1.0 + (-z).exp()) > threshold),
            ),
            chaff(
                "nearly_there",
                "A probability within 10⁻⁹ of the threshold reaches it.",
                |x, w, b, threshold| {
                    each(x, w, b, threshold, |z| 1.0 / (1.0 + (-z).exp()) + 1e-9 >= threshold)
                },
            ),
            chaff(
                "unchecked_when_empty",
                "Without samples the threshold need not be checked.",
                |x, w, b, threshold| {
                    if x.rows() == 0 && x.cols() == w.len() {
                        Ok(vec![])
                    } else {
                        reference::predict(x, w, b, threshold)
                    }
                },
            ),
            chaff("classes_swapped", "A high probability means class 0.", |x, w, b, threshold| {
                each(x, w, b, threshold, |z| 1.0 / (1.0 + (-z).exp()) < threshold)
            }),
            chaff("overflows", "The formula eᶻ/(1 + eᶻ) works for every z.", |x, w, b, threshold| {
                each(x, w, b, threshold, |z| z.exp() / (1.0 + z.exp()) >= threshold)
            }),
            chaff("no_intercept", "A logistic model has no intercept.", |x, w, b, threshold| {
                reference::predict(x, w, b, threshold)?;
                reference::predict(x, w, 0.0, threshold)
            }),
            chaff(
                "all_or_nothing_allowed",
                "The thresholds 0 and 1 are allowed, since they are probabilities.",
                |x, w, b, threshold| match reference::predict(x, w, b, threshold) {
                    Err(InputError::OutOfRange { got, .. }) if got == 0.0 || got == 1.0 => {
                        Ok(vec![1; x.rows()])
                    }
                    answer => answer,
                },
            ),
            chaff("nan_is_class_0", "A NaN probability belongs to class 0.", |x, w, b, threshold| {
                match reference::predict(x, w, b, threshold) {
                    Err(InputError::NotFinite { .. }) => Ok(vec![0; x.rows()]),
                    answer => answer,
                }
            }),
            chaff(
                "truncates",
                "The method `zip` rejects rows and weights of different lengths by itself.",
                |x, w, b, threshold| {
                    let d = x.cols().min(w.len());
                    let part = Matrix::from_fn(x.rows(), d, |i, j| x[(i, j)]);
                    reference::predict(&part, &w[..d], b, threshold)
                },
            ),
            chaff("always_class_1", "The majority-class baseline is good enough.", |x, w, b, threshold| {
                each(x, w, b, threshold, |_| true)
            }),
        ],
    )(x, w, b, threshold)
}

fn each(
    x: &Matrix,
    w: &[f64],
    b: f64,
    threshold: f64,
    one: impl Fn(f64) -> bool,
) -> Result<Vec<usize>, InputError> {
    reference::predict(x, w, b, threshold)?;
    let logit = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b;
    Ok((0..x.rows()).map(|i| usize::from(one(logit(i)))).collect())
}
