//! What a training looked like.

use kit::figure::{Figure, Layer};
use kit::{InputError, check};

use super::fitting::Epoch;

/// The course of a training, measure by measure: entry i belongs to epoch i + 1.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The loss on the training samples.
    pub training_loss: Vec<f64>,
    /// The loss on the validation samples.
    pub validation_loss: Vec<f64>,
    /// The share of right answers on the training samples.
    pub training_accuracy: Vec<f64>,
    /// The share of right answers on the validation samples.
    pub validation_accuracy: Vec<f64>,
    /// The epoch, counted from 1, after which the validation loss was smallest; the first of several.
    pub best: usize,
}

/// The four curves of a training, and where it should have stopped.
///
/// * `epochs`: at least one.
/// * Returns each measure in the order of the epochs, and the best epoch.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no epoch;
/// * [`InputError::NotFinite`] with `name` `"training loss"`, `"validation loss"`, `"training accuracy"` or
///   `"validation accuracy"`, the first of them that holds a NaN or an infinity, and the `index` of the epoch, from 0.
///
/// ```
/// # use katas::m07_deep_learning::curves::history;
/// # use katas::m07_deep_learning::fitting::Epoch;
/// # use katas::m07_deep_learning::training::Score;
/// let epoch = |loss| Epoch { training: Score { loss: 0.0, accuracy: 1.0 }, validation: Score { loss, accuracy: 0.5 } };
/// assert_eq!(history(&[epoch(0.9), epoch(0.7), epoch(0.8)]).unwrap().best, 2);
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §7.8.
pub fn history(epochs: &[Epoch]) -> Result<History, InputError> {
    todo!()
}

/// The picture of a training: what it learns by heart, and what it understands.
///
/// * `epochs`: at least one.
/// * Returns a figure with the title `Training`, the axes `epoch` and `loss and accuracy`, and from back to front
///   1. four lines: `training loss`, `validation loss`, `training accuracy`, `validation accuracy`, each through
///      (i, value after epoch i), i from 1;
///   2. points `best epoch`: one, on the validation loss, where that is smallest for the first time.
///
/// # Errors
///
/// As [`history`].
///
/// ```
/// # use katas::m07_deep_learning::curves::curves_figure;
/// # use katas::m07_deep_learning::fitting::Epoch;
/// # use katas::m07_deep_learning::training::Score;
/// let score = Score { loss: 0.5, accuracy: 0.75 };
/// let figure = curves_figure(&[Epoch { training: score, validation: score }]).unwrap();
/// assert_eq!(figure.layers.len(), 5);
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §7.8, figure 7.3.
pub fn curves_figure(epochs: &[Epoch]) -> Result<Figure, InputError> {
    todo!()
}
