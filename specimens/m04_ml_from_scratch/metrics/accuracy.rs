use std::collections::HashSet;

use kit::InputError;

use crate::reference::m04_ml_from_scratch::metrics as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Accuracy = fn(&[usize], &[usize]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn accuracy(y: &[usize], predicted: &[usize]) -> Result<f64, InputError> {
    answering::<Accuracy>(
        module_path!(),
        reference::accuracy,
        &[
            wheat("one_minus_the_errors", "counts the errors", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(1.0 - (0..y.len()).filter(|&i| y[i] != predicted[i]).count() as f64 / y.len() as f64)
            }),
            wheat("mean_of_hits", "the mean of ones and zeros", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(y.iter().zip(predicted).map(|(y, p)| f64::from(u8::from(y == p))).sum::<f64>()
                    / y.len() as f64)
            }),
            wheat("adds_shares", "adds 1/n for each correct prediction", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(y.iter().zip(predicted).filter(|(y, p)| y == p).map(|_| 1.0 / y.len() as f64).sum())
            }),
            chaff("error_rate", "The accuracy is the fraction of errors.", |y, predicted| {
                Ok(1.0 - reference::accuracy(y, predicted)?)
            }),
            chaff("count", "The accuracy is the number of correctly classified samples.", |y, predicted| {
                Ok(reference::accuracy(y, predicted)? * y.len() as f64)
            }),
            chaff("percent", "The accuracy is given in percent.", |y, predicted| {
                Ok(reference::accuracy(y, predicted)? * 100.0)
            }),
            chaff("whole_division", "The counts can be divided as integers.", |y, predicted| {
                Ok(reference::accuracy(y, predicted)?.floor())
            }),
            chaff("positives_only", "True negatives do not count.", |y, predicted| {
                reference::accuracy(y, predicted)?;
                Ok(y.iter().zip(predicted).filter(|(y, p)| y == p && **y > 0).count() as f64 / y.len() as f64)
            }),
            chaff("as_sets", "The accuracy compares which labels occur, not where.", |y, predicted| {
                reference::accuracy(y, predicted)?;
                let (y, p): (HashSet<_>, HashSet<_>) = (y.iter().collect(), predicted.iter().collect());
                Ok(y.intersection(&p).count() as f64 / y.len() as f64)
            }),
            chaff("near_enough", "A neighboring class counts half.", |y, predicted| {
                reference::accuracy(y, predicted)?;
                let score = |(y, p): (&usize, &usize)| [1.0, 0.5].get(y.abs_diff(*p)).copied().unwrap_or(0.0);
                Ok(y.iter().zip(predicted).map(score).sum::<f64>() / y.len() as f64)
            }),
            chaff("truncates", "The method `zip` rejects different lengths by itself.", |y, predicted| {
                if y.is_empty() {
                    return reference::accuracy(y, predicted);
                }
                Ok(y.iter().zip(predicted).filter(|(y, p)| y == p).count() as f64 / y.len() as f64)
            }),
            chaff("nothing_is_perfect", "The accuracy of an empty data set is 1.", |y, predicted| {
                if y.is_empty() && predicted.is_empty() { Ok(1.0) } else { reference::accuracy(y, predicted) }
            }),
            chaff("labels_in_bytes", "A label fits into one byte.", |y, predicted| {
                let bytes =
                    |of: &[usize]| of.iter().map(|label| usize::from(*label as u8)).collect::<Vec<_>>();
                reference::accuracy(&bytes(y), &bytes(predicted))
            }),
        ],
    )(y, predicted)
}
