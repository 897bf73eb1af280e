use std::collections::HashSet;

use kit::InputError;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m04_ml_from_scratch::metrics as reference;

type Accuracy = fn(&[usize], &[usize]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn accuracy(y: &[usize], predicted: &[usize]) -> Result<f64, InputError> {
    answering::<Accuracy>(
        module_path!(),
        reference::accuracy,
        &[
            wheat("one_minus_the_errors", "counts the wrong ones", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(1.0 - (0..y.len()).filter(|&i| y[i] != predicted[i]).count() as f64 / y.len() as f64)
            }),
            wheat("mean_of_hits", "the mean of ones and zeros", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(y.iter().zip(predicted).map(|(y, p)| f64::from(u8::from(y == p))).sum::<f64>()
                    / y.len() as f64)
            }),
            wheat("adds_shares", "adds 1/n for each hit", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(y.iter().zip(predicted).filter(|(y, p)| y == p).map(|_| 1.0 / y.len() as f64).sum())
            }),
            chaff("error_rate", "accuracy is the share of errors", |y, predicted| {
                Ok(1.0 - reference::accuracy(y, predicted)?)
            }),
            chaff("count", "accuracy is how many were right", |y, predicted| {
                Ok(reference::accuracy(y, predicted)? * y.len() as f64)
            }),
            chaff("percent", "accuracy is given in percent", |y, predicted| {
                Ok(reference::accuracy(y, predicted)? * 100.0)
            }),
            chaff("whole_division", "counts are divided as whole numbers", |y, predicted| {
                Ok(reference::accuracy(y, predicted)?.floor())
            }),
            chaff("positives_only", "class 0 is no class", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(y.iter().zip(predicted).filter(|(y, p)| y == p && **y > 0).count() as f64 / y.len() as f64)
            }),
            chaff("as_sets", "what counts is which labels occur", |y, predicted| {
                reference::accuracy(y, predicted)?;
                let (y, p): (HashSet<_>, HashSet<_>) = (y.iter().collect(), predicted.iter().collect());
                Ok(y.intersection(&p).count() as f64 / y.len() as f64)
            }),
            chaff("near_enough", "a neighboring class is half right", |y, predicted| {
                reference::accuracy(y, predicted)?;
                let score = |(y, p): (&usize, &usize)| [1.0, 0.5].get(y.abs_diff(*p)).copied().unwrap_or(0.0);
                Ok(y.iter().zip(predicted).map(score).sum::<f64>() / y.len() as f64)
            }),
            chaff("truncates", "`zip` rejects different lengths by itself", |y, predicted| {
                if y.is_empty() {
                    return reference::accuracy(y, predicted);
                }
                Ok(y.iter().zip(predicted).filter(|(y, p)| y == p).count() as f64 / y.len() as f64)
            }),
            chaff("nothing_is_perfect", "no errors among none: 1", |y, predicted| {
                if y.is_empty() && predicted.is_empty() { Ok(1.0) } else { reference::accuracy(y, predicted) }
            }),
            chaff("labels_in_bytes", "no problem has more than 256 classes", |y, predicted| {
                let bytes =
                    |of: &[usize]| of.iter().map(|label| usize::from(*label as u8)).collect::<Vec<_>>();
                reference::accuracy(&bytes(y), &bytes(predicted))
            }),
        ],
    )(y, predicted)
}
