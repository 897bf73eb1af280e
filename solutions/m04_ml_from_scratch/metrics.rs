//! How good a classifier is, in one number.

use kit::InputError;

/// The share of labels that were predicted rightly.
///
/// ```text
/// accuracy = (number of i with ŷᵢ = yᵢ) / n
/// ```
///
/// * `y`: the true labels, n of them; any numbers may name the classes. `predicted`: ŷ, n labels.
/// * Returns a number in \[0, 1\].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predicted` differ in length;
/// * [`InputError::TooFew`] if they are empty.
///
/// ```
/// # use katas::m04_ml_from_scratch::metrics::accuracy;
/// assert_eq!(accuracy(&[0, 1, 2, 1], &[0, 2, 2, 1]), Ok(0.75));
/// ```
///
/// Source: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, §8.3.
pub fn accuracy(y: &[usize], predicted: &[usize]) -> Result<f64, InputError> {
    same_length(y.len(), predicted.len())?;
    some(y.len())?;
    let right = y.iter().zip(predicted).filter(|(y, p)| y == p).count();
    Ok(right as f64 / y.len() as f64)
}

/// The mean logarithmic loss of predicted probabilities.
///
/// ```text
/// L = −Σᵢ ln(probability that was given to the true label of i) / n
/// ```
///
/// * `y`: the true labels, 0 or 1, n of them. `p`: the predicted probabilities of class 1, n of them.
/// * Returns a number ≥ 0 in nats: 0 if every true label was predicted with certainty, ∞ if one was excluded with
///   certainty. Nothing is clipped.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `p` differ in length;
/// * [`InputError::TooFew`] if they are empty;
/// * [`InputError::NotFinite`] with `name` `"p"`;
/// * [`InputError::OutOfRange`] with `name` `"p"`, `wanted` `"0 to 1"`, for the first that is not in \[0, 1\];
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m04_ml_from_scratch::metrics::log_loss;
/// assert!((log_loss(&[1, 0], &[0.5, 0.5])? - 2.0_f64.ln()).abs() < 1e-14);
/// assert_eq!(log_loss(&[1, 0], &[1.0, 1.0]), Ok(f64::INFINITY));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.2.
pub fn log_loss(y: &[usize], p: &[f64]) -> Result<f64, InputError> {
    same_length(y.len(), p.len())?;
    some(y.len())?;
    finite("p", p)?;
    if let Some(&got) = p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(InputError::OutOfRange { name: "p", got, wanted: "0 to 1" });
    }
    binary(y)?;
    // One logarithm a sample: the other term of the textbook's sum is 0·ln 0 at p = 0 or 1, a NaN.
    let cost = |(y, p): (&usize, &f64)| if *y == 1 { -p.ln() } else { -(-p).ln_1p() };
    Ok(y.iter().zip(p).map(cost).sum::<f64>() / y.len() as f64)
}

/// The area under the receiver operating characteristic: how well a score ranks class 1 above class 0.
///
/// It is the share of pairs of one sample of each class in which the one of class 1 has the higher score; a pair with
/// equal scores counts half.
///
/// * `y`: the true labels, 0 or 1, n of them, both present. `score`: n finite numbers, higher for class 1;
///   probabilities, logits or anything else, since only their order matters.
/// * Returns a number in \[0, 1\]: 1 for a perfect ranking, ½ for chance, 0 for a perfectly wrong one.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `score` differ in length;
/// * [`InputError::TooFew`] if they are empty;
/// * [`InputError::NotFinite`] with `name` `"score"`;
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same: there are no pairs.
///
/// ```
/// # use katas::m04_ml_from_scratch::metrics::roc_auc;
/// assert_eq!(roc_auc(&[0, 1, 0, 1], &[0.1, 0.9, 0.5, 0.5]), Ok(0.875));
/// ```
///
/// Source: Hanley and McNeil, *The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve*,
/// Radiology 143 (1982).
pub fn roc_auc(y: &[usize], score: &[f64]) -> Result<f64, InputError> {
    same_length(y.len(), score.len())?;
    some(y.len())?;
    finite("score", score)?;
    binary(y)?;
    let ones: usize = y.iter().sum();
    let zeros = y.len() - ones;
    if ones == 0 || zeros == 0 {
        return Err(InputError::Constant { name: "y" });
    }
    let mut sorted: Vec<(f64, usize)> = score.iter().copied().zip(y.iter().copied()).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Group by group of equal scores: each 1 beats the zeros below, and ties with those of its group. `==`, because
    // the order tells −0 from 0, and as scores they are equal.
    let (mut zeros_below, mut halves_won) = (0, 0);
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let ones_here = group.iter().filter(|(_, label)| *label == 1).count();
        let zeros_here = group.len() - ones_here;
        halves_won += ones_here * (2 * zeros_below + zeros_here);
        zeros_below += zeros_here;
    }
    Ok(halves_won as f64 / (2 * ones * zeros) as f64)
}

fn binary(y: &[usize]) -> Result<(), InputError> {
    let bad = y.iter().position(|&label| label > 1);
    bad.map_or(Ok(()), |index| Err(InputError::UnknownClass { index, got: y[index], classes: 2 }))
}

fn same_length(left: usize, right: usize) -> Result<(), InputError> {
    if left == right { Ok(()) } else { Err(InputError::LengthMismatch { left, right }) }
}

fn some(got: usize) -> Result<(), InputError> {
    if got > 0 { Ok(()) } else { Err(InputError::TooFew { got, wanted: 1 }) }
}

fn finite(name: &'static str, values: &[f64]) -> Result<(), InputError> {
    let bad = values.iter().position(|v| !v.is_finite());
    bad.map_or(Ok(()), |index| Err(InputError::NotFinite { name, index }))
}
