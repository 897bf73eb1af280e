//! The loss function of a classifier, differentiable.

use candle_core::{D, Tensor};
use candle_nn::ops::log_softmax;
use kit::{InputError, check};

/// The cross-entropy loss, computed from logits and averaged over the samples.
///
/// ```formula
/// L = −(1/n)·Σᵢ ln pᵢ,    pᵢ = exp(zᵢ꜀) / Σⱼ exp(zᵢⱼ),    c the label of sample i
/// ```
///
/// * `logits`: z, n×k, one sample per row, any finite numbers. Logits of ±1000 do not overflow.
/// * `labels`: the true classes, n of them, each below k.
/// * Returns a scalar tensor (without dimensions) of the same type, at least 0, that is connected to the computation
///   graph: its `backward` reaches all that the logits were computed from. NaN if a logit is NaN.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per row; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * [`InputError::UnknownClass`] with a label that is not below k;
/// * [`InputError::Library`] unless `logits` has two dimensions.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m07_deep_learning::loss::cross_entropy;
/// let logits = Tensor::new(&[[0.0_f64, 0.0], [0.0, 0.0]], &Device::Cpu)?;
/// assert_eq!(cross_entropy(&logits, &[0, 1])?.to_scalar::<f64>()?, 2.0_f64.ln());
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.cross_entropy(logits, labels)`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.4.
pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    let (n, classes) = logits.dims2()?;
    check::same_length(n, labels.len())?;
    check::at_least(1, n)?;
    check::labels(labels, classes)?;
    let labels: Vec<u32> = labels.iter().map(|&label| label as u32).collect();
    let labels = Tensor::from_vec(labels, (n, 1), logits.device())?;
    Ok(log_softmax(logits, D::Minus1)?.gather(&labels, 1)?.mean_all()?.neg()?)
}
