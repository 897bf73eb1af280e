//! Evaluation metrics for classifiers: one number each.

use kit::{InputError, check};

/// Accuracy: the fraction of samples that are correctly classified.
///
/// ```formula
/// accuracy = (number of i with ŷᵢ = yᵢ) / n
/// ```
///
/// * `y`: the true labels, n of them; any numbers may name the classes. `predictions`: ŷ, n labels.
/// * Returns a number in \[0, 1\].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predictions` differ in length;
/// * [`InputError::TooFew`] if they are empty.
///
/// ```
/// # use katas::m04_ml_from_scratch::metrics::accuracy;
/// assert_eq!(accuracy(&[0, 1, 2, 1], &[0, 2, 2, 1]), Ok(0.75));
/// ```
///
/// In Python: `sklearn.metrics.accuracy_score(y, predictions)`.
///
/// Source: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, §8.3.
pub fn accuracy(y: &[usize], predictions: &[usize]) -> Result<f64, InputError> {
    check::same_length(y.len(), predictions.len())?;
    check::at_least(1, y.len())?;
    let right = y.iter().zip(predictions).filter(|(y, p)| y == p).count();
    Ok(right as f64 / y.len() as f64)
}

/// The log loss (binary cross-entropy) of predicted probabilities, averaged over the samples.
///
/// ```formula
/// L = −Σᵢ ln(probability that was given to the true label of i) / n
/// ```
///
/// * `y`: the true labels, 0 or 1, n of them. `p`: the predicted probabilities of class 1, n of them.
/// * Returns a number ≥ 0 in nats: 0 if every true label was predicted with probability 1, ∞ if one was predicted
///   with probability 0. Nothing is clipped.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `p` differ in length;
/// * [`InputError::TooFew`] if they are empty;
/// * [`InputError::NotFinite`] with `name` `"p"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"p"` and a number that is not in \[0, 1\];
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m04_ml_from_scratch::metrics::log_loss;
/// assert!((log_loss(&[1, 0], &[0.5, 0.5])? - 2.0_f64.ln()).abs() < 1e-14);
/// assert_eq!(log_loss(&[1, 0], &[1.0, 1.0]), Ok(f64::INFINITY));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.metrics.log_loss(y, p)`; there p is clipped to \[ε, 1 − ε\], so that the loss stays finite.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.2.
pub fn log_loss(y: &[usize], p: &[f64]) -> Result<f64, InputError> {
    check::same_length(y.len(), p.len())?;
    check::at_least(1, y.len())?;
    check::finite("p", p)?;
    check::all_in_range("p", p, |p| (0.0..=1.0).contains(&p), "0 to 1")?;
    check::labels(y, 2)?;
    // One logarithm a sample: the other term of the textbook's sum is 0·ln 0 at p = 0 or 1, a NaN.
    let cost = |(y, p): (&usize, &f64)| if *y == 1 { -p.ln() } else { -(-p).ln_1p() };
    Ok(y.iter().zip(p).map(cost).sum::<f64>() / y.len() as f64)
}

/// The area under the receiver operating characteristic curve (ROC AUC): how well a score ranks class 1 above class
/// 0.
///
/// It is the fraction of pairs of one positive (class 1) and one negative sample (class 0) in which the positive one
/// has the higher score; a pair with equal scores (a tie) counts half.
///
/// * `y`: the true labels, 0 or 1, n of them, both present. `score`: n finite numbers, higher for class 1;
///   probabilities, logits or anything else, since only their order matters.
/// * Returns a number in \[0, 1\]: 1 for a perfect ranking, ½ for random guessing, 0 for a perfectly reversed
///   ranking.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `score` differ in length;
/// * [`InputError::TooFew`] if they are empty;
/// * [`InputError::NotFinite`] with `name` `"score"` and the first `index`;
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same: there are no pairs.
///
/// ```
/// # use katas::m04_ml_from_scratch::metrics::roc_auc;
/// assert_eq!(roc_auc(&[0, 1, 0, 1], &[0.1, 0.9, 0.5, 0.5]), Ok(0.875));
/// ```
///
/// In Python: `sklearn.metrics.roc_auc_score(y, score)`; with one class only it warns and returns NaN.
///
/// Source: Hanley and McNeil, *The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve*,
/// Radiology 143 (1982).
pub fn roc_auc(y: &[usize], score: &[f64]) -> Result<f64, InputError> {
    check::same_length(y.len(), score.len())?;
    check::at_least(1, y.len())?;
    check::finite("score", score)?;
    check::labels(y, 2)?;
    check::varies("y", y)?;
    let scores_of =
        |class: usize| y.iter().zip(score).filter(move |(y, _)| **y == class).map(|(_, score)| score);
    let (mut pairs, mut won, mut tied) = (0, 0, 0);
    for one in scores_of(1) {
        for zero in scores_of(0) {
            pairs += 1;
            won += usize::from(one > zero);
            tied += usize::from(one == zero);
        }
    }
    Ok((won as f64 + 0.5 * tied as f64) / pairs as f64)
}
