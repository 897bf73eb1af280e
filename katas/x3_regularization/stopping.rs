//! When to stop the training, and targets that are not quite 0 and 1.

use kit::{InputError, Matrix, check};

/// When training would have been stopped.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlyStopping {
    /// The best epoch, whose parameters are kept, counted from 0.
    pub best: usize,
    /// The epoch after which training stops, counted from 0; `None` if it goes on to the end.
    pub stop: Option<usize>,
}

/// Early stopping: finds the epoch whose parameters are kept, and the one after which training stops.
///
/// The first epoch is the best one so far. A later epoch is the new best one if it is better than the best so far by more than
/// δ: its loss < the best loss − δ. Training stops after the first epoch that is the P-th in a row without a new best one,
/// and no later epoch counts.
///
/// * `losses`: the validation loss after each epoch, at least one number. `patience`: P, at least 1.
/// * `min_delta`: δ, finite and at least 0. With δ = 0 an equal loss is not better.
/// * Returns the best epoch and where training stops: P epochs after the best one. With δ > 0 the best epoch need not have
///   the lowest loss.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no loss;
/// * [`InputError::NotFinite`] with `name` `"losses"` and the first `index`, also for epochs after the stop;
/// * [`InputError::OutOfRange`] with `name` `"patience"` if it is 0, or with `"min_delta"`.
///
/// ```
/// # use katas::x3_regularization::stopping::{EarlyStopping, early_stopping};
/// let losses = [0.9, 0.5, 0.6, 0.5, 0.1];
/// assert_eq!(early_stopping(&losses, 2, 0.0), Ok(EarlyStopping { best: 1, stop: Some(3) }));
/// assert_eq!(early_stopping(&losses, 3, 0.0), Ok(EarlyStopping { best: 4, stop: None }));
/// ```
///
/// In Python: `keras.callbacks.EarlyStopping(patience=patience, min_delta=min_delta, restore_best_weights=True)`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §7.8, algorithm 7.1; Prechelt, *Early Stopping – But When?* (1998).
pub fn early_stopping(losses: &[f64], patience: usize, min_delta: f64) -> Result<EarlyStopping, InputError> {
    todo!()
}

/// Label smoothing: target probabilities that are not quite 0 and 1.
///
/// ```formula
/// tᵢₖ = (1 − α)·[k = yᵢ] + α/K
/// ```
///
/// The share α is spread over all K classes, the true one included, so that it has 1 − α + α/K.
///
/// * `labels`: yᵢ, n classes from 0 to K − 1; n may be 0. `classes`: K, at least 1. `smoothing`: α, from 0 (one-hot) to 1 (uniform).
/// * Returns t, n×K. Each row sums to 1.
///
/// # Errors
///
/// * [`InputError::UnknownClass`] with the first label that is K or more;
/// * [`InputError::OutOfRange`] with `name` `"classes"` if K is 0, or with `"smoothing"`.
///
/// ```
/// # use katas::x3_regularization::stopping::label_smoothing;
/// # use kit::Matrix;
/// assert_eq!(label_smoothing(&[1], 4, 0.5), Ok(Matrix::from_rows([[0.125, 0.625, 0.125, 0.125]])));
/// ```
///
/// In Python: `(1 - smoothing) * torch.nn.functional.one_hot(labels, classes) + smoothing / classes`.
///
/// Source: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, *Rethinking the Inception Architecture for Computer Vision*, CVPR
/// (2016), §7.
pub fn label_smoothing(labels: &[usize], classes: usize, smoothing: f64) -> Result<Matrix, InputError> {
    todo!()
}

/// Cross-entropy loss with label smoothing, and its gradient with respect to the logits.
///
/// ```formula
/// L = −(1/n)·Σᵢₖ tᵢₖ·log pᵢₖ   pᵢ = softmax(zᵢ)
/// ```
///
/// with the targets t of [`label_smoothing`]. With α > 0 the loss grows where a class is predicted with too high a probability,
/// be it the true one, so the logits stay finite: the best pᵢ is tᵢ.
///
/// * `logits`: z, n×K, n and K at least 1, no entry above 10⁶⁰ in size. The exponential of a logit may overflow; the loss does
///   not.
/// * `labels`: yᵢ, n classes from 0 to K − 1. `smoothing`: α, from 0 to 1.
/// * Returns L, and ∂L/∂z, n×K. Each row of it sums to 0.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no class;
/// * [`InputError::LengthMismatch`] unless there is one label per row; `left` is n;
/// * [`InputError::UnknownClass`] with the first label that is K or more;
/// * [`InputError::NotFinite`] with `name` `"logits"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"logits"` and the first entry that is above 10⁶⁰ in size, or with `"smoothing"`.
///
/// ```
/// # use katas::x3_regularization::stopping::smoothed_cross_entropy;
/// # use kit::Matrix;
/// let (loss, gradient) = smoothed_cross_entropy(&Matrix::from_rows([[7.0, 7.0]]), &[1], 0.5)?;
/// assert!((loss - 2.0_f64.ln()).abs() < 1e-12);
/// assert!((gradient[(0, 0)] - 0.25).abs() < 1e-12 && (gradient[(0, 1)] + 0.25).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)`, then `backward()`.
///
/// Source: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, *Rethinking the Inception Architecture for Computer Vision*, CVPR
/// (2016), §7.
pub fn smoothed_cross_entropy(
    logits: &Matrix,
    labels: &[usize],
    smoothing: f64,
) -> Result<(f64, Matrix), InputError> {
    todo!()
}
