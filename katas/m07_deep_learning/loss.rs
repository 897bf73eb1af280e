//! How wrong a classifier is, as a number that has a slope.

use candle_core::{D, Tensor};
use candle_nn::ops::log_softmax;
use kit::{InputError, check};

/// The mean cross-entropy of logits: how surprised a classifier is by the truth.
///
/// ```text
/// L = −(1/n)·Σᵢ ln pᵢ,    pᵢ = exp(zᵢ꜀) / Σⱼ exp(zᵢⱼ),    c the label of sample i
/// ```
///
/// * `logits`: z, n×k, one row a sample, any finite numbers. Logits of ±1000 do not overflow.
/// * `labels`: n classes below k.
/// * Returns a scalar tensor (without dimensions) of the same type, at least 0, that can be differentiated: its
///   `backward` knows the slopes of all that the logits were computed from. NaN if a logit is NaN.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a row; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * [`InputError::UnknownClass`] for the first label that is not below k;
/// * [`InputError::Library`] if `logits` has not two dimensions.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m07_deep_learning::loss::cross_entropy;
/// let logits = Tensor::new(&[[0.0_f64, 0.0], [0.0, 0.0]], &Device::Cpu)?;
/// assert_eq!(cross_entropy(&logits, &[0, 1])?.to_scalar::<f64>()?, 2.0_f64.ln());
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.4.
pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    todo!()
}
