use kit::InputError;

use crate::reference::m04_ml_from_scratch::linear as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type MeanSquaredError = fn(&[f64], &[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn mean_squared_error(y: &[f64], predicted: &[f64]) -> Result<f64, InputError> {
    answering::<MeanSquaredError>(
        module_path!(),
        reference::mean_squared_error,
        &[
            wheat("mean_of_shares", "divides each square by n before adding", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                let n = y.len() as f64;
                Ok(y.iter().zip(predicted).map(|(y, p)| (y - p).powi(2) / n).sum())
            }),
            wheat("running_mean", "carries the mean of the squares so far along", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                let squares = y.iter().zip(predicted).map(|(y, p)| (y - p) * (y - p));
                Ok(squares.enumerate().fold(0.0, |mean, (i, s)| mean + (s - mean) / (i + 1) as f64))
            }),
            wheat("length", "squares the length of the differences", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                let length = y.iter().zip(predicted).fold(0.0_f64, |length, (y, p)| length.hypot(y - p));
                Ok(length * length / y.len() as f64)
            }),
            chaff("sum", "The squared errors are summed, not averaged.", |y, predicted| {
                Ok(reference::mean_squared_error(y, predicted)? * y.len() as f64)
            }),
            chaff("half", "The mean squared error has a factor ½.", |y, predicted| {
                Ok(reference::mean_squared_error(y, predicted)? / 2.0)
            }),
            chaff("root", "The mean squared error is the root mean squared error.", |y, predicted| {
                Ok(reference::mean_squared_error(y, predicted)?.sqrt())
            }),
            chaff("absolute", "The mean squared error is the mean absolute error.", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                Ok(y.iter().zip(predicted).map(|(y, p)| (y - p).abs()).sum::<f64>() / y.len() as f64)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                let square = |(y, p): (&f64, &f64)| ((p - y) as f32).powi(2);
                Ok(f64::from(y.iter().zip(predicted).map(square).sum::<f32>()) / y.len() as f64)
            }),
            chaff("square_of_the_mean", "The mean can be taken before squaring.", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                Ok((y.iter().zip(predicted).map(|(y, p)| p - y).sum::<f64>() / y.len() as f64).powi(2))
            }),
            chaff("unbiased", "The mean squared error divides by n − 1.", |y, predicted| {
                let n = y.len() as f64;
                Ok(reference::mean_squared_error(y, predicted)? * n / (n - 1.0).max(1.0))
            }),
            chaff(
                "multiplied_out",
                "Expanding (ŷ − y)² into ŷ² − 2yŷ + y² is as accurate.",
                |y, predicted| {
                    reference::mean_squared_error(y, predicted)?;
                    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                    Ok((dot(predicted, predicted) - 2.0 * dot(y, predicted) + dot(y, y)) / y.len() as f64)
                },
            ),
            chaff("truncates", "The method `zip` rejects different lengths by itself.", |y, predicted| {
                let n = y.len().min(predicted.len());
                reference::mean_squared_error(&y[..n], &predicted[..n])
            }),
            chaff("nothing_costs_nothing", "The loss of an empty data set is 0.", |y, predicted| {
                if y.is_empty() && predicted.is_empty() {
                    Ok(0.0)
                } else {
                    reference::mean_squared_error(y, predicted)
                }
            }),
            chaff("nan_skipped", "A NaN is a missing value and can be skipped.", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                let squares = y.iter().zip(predicted).map(|(y, p)| (y - p).powi(2)).filter(|s| !s.is_nan());
                Ok(squares.sum::<f64>() / y.len() as f64)
            }),
            wheat("kahan", "compensated summation: adds up with what rounding lost", |y, predicted| {
                reference::mean_squared_error(y, predicted)?;
                let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
                for (a, b) in y.iter().zip(predicted) {
                    let t = (a - b) * (a - b) - lost;
                    let s = sum + t;
                    lost = (s - sum) - t;
                    sum = s;
                }
                Ok(sum / y.len() as f64)
            }),
        ],
    )(y, predicted)
}
