//! Learning curves: loss and accuracy after each epoch.

use kit::figure::{Figure, Layer};
use kit::{InputError, check};

use super::fitting::Epoch;

/// The learning curves of a training, measure by measure: entry i belongs to epoch i + 1.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The loss on the training set.
    pub training_loss: Vec<f64>,
    /// The loss on the validation set.
    pub validation_loss: Vec<f64>,
    /// The accuracy on the training set.
    pub training_accuracy: Vec<f64>,
    /// The accuracy on the validation set.
    pub validation_accuracy: Vec<f64>,
    /// The epoch, counted from 1, with the smallest validation loss, whose parameters early stopping would keep; the
    /// first of several.
    pub best: usize,
}

/// The four learning curves of a training, and its best epoch (for early stopping).
///
/// * `epochs`: at least one.
/// * Returns each measure in the order of the epochs, and the best epoch.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no epoch;
/// * [`InputError::NotFinite`] with `name` `"training loss"`, `"validation loss"`, `"training accuracy"` or
///   `"validation accuracy"`, if that curve holds a NaN or an infinity, and the `index` of the epoch, from 0.
///
/// ```
/// # use katas::m07_deep_learning::curves::history;
/// # use katas::m07_deep_learning::fitting::Epoch;
/// # use katas::m07_deep_learning::training::Score;
/// let epoch = |loss| Epoch { training: Score { loss: 0.0, accuracy: 1.0 }, validation: Score { loss, accuracy: 0.5 } };
/// assert_eq!(history(&[epoch(0.9), epoch(0.7), epoch(0.8)]).unwrap().best, 2);
/// ```
///
/// In Python: `history = model.fit(...).history` in Keras; in PyTorch lists that the training loop fills, and
/// `numpy.argmin(validation_loss) + 1`.
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

/// The figure of the learning curves: where the validation loss rises while the training loss still falls, the
/// network overfits.
///
/// * `epochs`: at least one.
/// * Returns a figure with the title `Learning curves`, the axes `epoch` and `loss and accuracy`, and from back to
///   front
///   1. four lines: `training loss`, `validation loss`, `training accuracy`, `validation accuracy`, each through
///      (i, value after epoch i), i from 1;
/// 2. points `best epoch`: one, on the validation loss, at its first minimum.
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
/// In Python: `matplotlib.pyplot.plot(epochs, training_loss, label="training loss")` for each curve;
/// `sklearn.model_selection.LearningCurveDisplay` draws scores against the number of samples instead.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §7.8, figure 7.3.
pub fn curves_figure(epochs: &[Epoch]) -> Result<Figure, InputError> {
    let history = history(epochs)?;
    let best = [history.best as f64, history.validation_loss[history.best - 1]];
    let line = |label: &str, curve: &[f64]| {
        let through = curve.iter().enumerate().map(|(i, &y)| [(i + 1) as f64, y]).collect();
        Layer::Line { label: label.to_owned(), through }
    };
    Ok(Figure::new("Learning curves", "epoch", "loss and accuracy")
        .with(line("training loss", &history.training_loss))
        .with(line("validation loss", &history.validation_loss))
        .with(line("training accuracy", &history.training_accuracy))
        .with(line("validation accuracy", &history.validation_accuracy))
        .with(Layer::Points { label: "best epoch".to_owned(), at: vec![best] }))
}
