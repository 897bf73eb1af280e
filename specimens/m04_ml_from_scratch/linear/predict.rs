use kit::{InputError, Matrix, check};

use crate::reference::m04_ml_from_scratch::linear as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Predict = fn(&Matrix, &[f64], f64) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn predict(x: &Matrix, w: &[f64], b: f64) -> Result<Vec<f64>, InputError> {
    answering::<Predict>(
        module_path!(),
        reference::predict,
        &[
            wheat("column_by_column", "starts from b and adds one feature after the other", |x, w, b| {
                usable(x, w)?;
                let mut predicted = vec![b; x.rows()];
                for (j, w) in w.iter().enumerate() {
                    predicted.iter_mut().enumerate().for_each(|(i, p)| *p += w * x[(i, j)]);
                }
                Ok(predicted)
            }),
            wheat(
                "fused_from_the_back",
                "rounds once for each product and sum, last feature first",
                |x, w, b| {
                    usable(x, w)?;
                    Ok((0..x.rows())
                        .map(|i| (0..w.len()).rev().fold(b, |sum, j| w[j].mul_add(x[(i, j)], sum)))
                        .collect())
                },
            ),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, w, b| {
                usable(x, w)?;
                let sum = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| *x as f32 * *w as f32).sum::<f32>();
                Ok((0..x.rows()).map(|i| f64::from(sum(i) + b as f32)).collect())
            }),
            chaff(
                "unchecked_when_empty",
                "Without samples the number of weights need not be checked.",
                |x, w, b| {
                    if x.rows() == 0 { Ok(vec![]) } else { reference::predict(x, w, b) }
                },
            ),
            chaff("no_intercept", "A linear model passes through the origin.", |x, w, _| {
                reference::predict(x, w, 0.0)
            }),
            chaff(
                "intercept_for_each_feature",
                "The intercept is added once for each feature.",
                |x, w, b| reference::predict(x, w, b * w.len() as f64),
            ),
            chaff(
                "truncates",
                "The method `zip` rejects rows and weights of different lengths by itself.",
                |x, w, b| {
                    Ok((0..x.rows())
                        .map(|i| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b)
                        .collect())
                },
            ),
            chaff("for_each_column", "Samples are the columns of x.", |x, w, b| {
                usable(x, w)?;
                let first = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>();
                Ok((0..x.cols()).map(|j| first(j) * w[j] + b).collect())
            }),
            chaff("first_feature_only", "A linear model has a single weight.", |x, w, b| {
                usable(x, w)?;
                Ok((0..x.rows()).map(|i| w.first().map_or(0.0, |w| w * x[(i, 0)]) + b).collect())
            }),
            chaff("empty_rejected", "An empty data set is an error.", |x, w, b| {
                check::at_least(1, x.rows())?;
                reference::predict(x, w, b)
            }),
            chaff("nan_as_zero", "A missing value (NaN) can be left out of the sum.", |x, w, b| {
                usable(x, w)?;
                let known =
                    Matrix::from_fn(
                        x.rows(),
                        x.cols(),
                        |i, j| if x[(i, j)].is_nan() { 0.0 } else { x[(i, j)] },
                    );
                reference::predict(&known, w, b)
            }),
            chaff("weights_as_a_row", "In the error, w counts as a row vector.", |x, w, b| {
                let rejection = InputError::ShapeMismatch { left: x.shape(), right: (1, w.len()) };
                if x.cols() == w.len() { reference::predict(x, w, b) } else { Err(rejection) }
            }),
        ],
    )(x, w, b)
}

fn usable(x: &Matrix, w: &[f64]) -> Result<(), InputError> {
    reference::predict(x, w, 0.0).map(|_| ())
}
