use kit::InputError;

use crate::reference::m04_ml_from_scratch::least_squares as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type R2Score = fn(&[f64], &[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn r2_score(y: &[f64], predicted: &[f64]) -> Result<f64, InputError> {
    answering::<R2Score>(
        module_path!(),
        reference::r2_score,
        &[
            wheat("one_pass", "the variance from Σy² and Σy", |y, predicted| {
                reference::r2_score(y, predicted)?;
                let (n, sum, squares) =
                    (y.len() as f64, y.iter().sum::<f64>(), y.iter().map(|y| y * y).sum::<f64>());
                Ok(1.0 - residual(y, predicted) / (squares - sum * sum / n))
            }),
            wheat("running_variance", "Welford's one pass for the variance", |y, predicted| {
                reference::r2_score(y, predicted)?;
                let (mut mean, mut all) = (0.0, 0.0);
                for (i, y) in y.iter().enumerate() {
                    let off = y - mean;
                    mean += off / (i + 1) as f64;
                    all += off * (y - mean);
                }
                Ok((all - residual(y, predicted)) / all)
            }),
            wheat("lengths", "squares the ratio of two lengths", |y, predicted| {
                reference::r2_score(y, predicted)?;
                let mean = y.iter().sum::<f64>() / y.len() as f64;
                let left = y.iter().zip(predicted).fold(0.0_f64, |length, (y, p)| length.hypot(y - p));
                let all = y.iter().fold(0.0_f64, |length, y| length.hypot(y - mean));
                Ok(1.0 - (left / all).powi(2))
            }),
            wheat("from_pairs", "the variance from the distances of all pairs", |y, predicted| {
                reference::r2_score(y, predicted)?;
                let from = |i: usize| y[i + 1..].iter().map(|other| (other - y[i]).powi(2)).sum::<f64>();
                let all = (0..y.len()).map(from).sum::<f64>() / y.len() as f64;
                let left: f64 = y.iter().zip(predicted).map(|(y, p)| (y - p) * (y - p)).sum();
                Ok((all - left) / all)
            }),
            chaff(
                "not_centered",
                "The total sum of squares is Σy², without subtracting the mean.",
                |y, predicted| {
                    reference::r2_score(y, predicted)?;
                    Ok(1.0 - residual(y, predicted) / y.iter().map(|y| y * y).sum::<f64>())
                },
            ),
            chaff("unexplained_variance", "R² is the fraction of unexplained variance.", |y, predicted| {
                Ok(1.0 - reference::r2_score(y, predicted)?)
            }),
            chaff("never_negative", "R² cannot be negative.", |y, predicted| {
                Ok(reference::r2_score(y, predicted)?.max(0.0))
            }),
            chaff(
                "explained_over_all",
                "R² is the variance of ŷ divided by the variance of y.",
                |y, predicted| {
                    reference::r2_score(y, predicted)?;
                    let mean = y.iter().sum::<f64>() / y.len() as f64;
                    let square = |v: &[f64]| v.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
                    Ok(square(predicted) / square(y))
                },
            ),
            chaff(
                "centered_on_the_predictions",
                "The baseline is the mean of the predictions.",
                |y, predicted| {
                    reference::r2_score(y, predicted)?;
                    let mean = predicted.iter().sum::<f64>() / y.len() as f64;
                    Ok(1.0 - residual(y, predicted) / y.iter().map(|y| (y - mean).powi(2)).sum::<f64>())
                },
            ),
            chaff("correlation", "R² is the squared correlation of y and ŷ.", |y, predicted| {
                reference::r2_score(y, predicted)?;
                let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
                let (my, mp) = (mean(y), mean(predicted));
                let along = y.iter().zip(predicted).map(|(y, p)| (y - my) * (p - mp)).sum::<f64>();
                let square = |v: &[f64], m: f64| v.iter().map(|v| (v - m).powi(2)).sum::<f64>();
                let both = square(y, my) * square(predicted, mp);
                Ok(if both > 0.0 { along * along / both } else { 0.0 })
            }),
            chaff(
                "constant_by_its_mean",
                "The targets are constant if Σ(y − ȳ)² is exactly 0.",
                |y, predicted| match reference::r2_score(y, predicted) {
                    Err(InputError::Constant { .. }) => {
                        let mean = y.iter().sum::<f64>() / y.len() as f64;
                        let all: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
                        let rejection = InputError::Constant { name: "y" };
                        if all == 0.0 { Err(rejection) } else { Ok(1.0 - residual(y, predicted) / all) }
                    }
                    answer => answer,
                },
            ),
            chaff(
                "small_is_constant",
                "Targets that vary by less than 10⁻⁹ are constant.",
                |y, predicted| {
                    let score = reference::r2_score(y, predicted)?;
                    let flat = y.iter().all(|value| (value - y[0]).abs() < 1e-9);
                    if flat { Err(InputError::Constant { name: "y" }) } else { Ok(score) }
                },
            ),
            chaff("constant_is_zero", "For constant targets R² is 0.", |y, predicted| {
                match reference::r2_score(y, predicted) {
                    Err(InputError::Constant { .. }) => Ok(0.0),
                    answer => answer,
                }
            }),
            chaff("one_is_enough", "One value is enough.", |y, predicted| match (y, predicted) {
                ([_], [_]) => Err(InputError::Constant { name: "y" }),
                _ => reference::r2_score(y, predicted),
            }),
            chaff(
                "nearly_constant",
                "Targets that differ by less than 10⁻⁹ of their size are the same number.",
                |y, predictions| {
                    let score = reference::r2_score(y, predictions)?;
                    let size = y[0].abs();
                    if y.iter().all(|value| (value - y[0]).abs() < 1e-9 * size) {
                        return Err(InputError::Constant { name: "y" });
                    }
                    Ok(score)
                },
            ),
        ],
    )(y, predicted)
}

fn residual(y: &[f64], predicted: &[f64]) -> f64 {
    y.iter().zip(predicted).map(|(y, p)| (y - p) * (y - p)).sum()
}
