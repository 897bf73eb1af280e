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
    check::at_least(1, epochs.len())?;
    let curve = |name, of: fn(&Epoch) -> f64| {
        let curve: Vec<f64> = epochs.iter().map(of).collect();
        check::finite(name, &curve).map(|()| curve)
    };
    let training_loss = curve("training loss", |epoch| epoch.training.loss)?;
    let validation_loss = curve("validation loss", |epoch| epoch.validation.loss)?;
    let training_accuracy = curve("training accuracy", |epoch| epoch.training.accuracy)?;
    let validation_accuracy = curve("validation accuracy", |epoch| epoch.validation.accuracy)?;
    // `min_by` keeps the first of equal ones.
    let best = (0..epochs.len()).min_by(|&i, &j| validation_loss[i].total_cmp(&validation_loss[j]));
    let best = best.map_or(1, |i| i + 1);
    Ok(History { training_loss, validation_loss, training_accuracy, validation_accuracy, best })
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
    let history = history(epochs)?;
    let best = [history.best as f64, history.validation_loss[history.best - 1]];
    let line = |label: &str, curve: &[f64]| {
        let through = curve.iter().enumerate().map(|(i, &y)| [(i + 1) as f64, y]).collect();
        Layer::Line { label: label.to_owned(), through }
    };
    Ok(Figure::new("Training", "epoch", "loss and accuracy")
        .with(line("training loss", &history.training_loss))
        .with(line("validation loss", &history.validation_loss))
        .with(line("training accuracy", &history.training_accuracy))
        .with(line("validation accuracy", &history.validation_accuracy))
        .with(Layer::Points { label: "best epoch".to_owned(), at: vec![best] }))
}
