use candle_core::{D, DType, Device, Tensor};
use candle_nn::ops::{log_softmax, softmax};
use kit::{InputError, check};

use crate::reference::m07_deep_learning::loss as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CrossEntropy = fn(&Tensor, &[usize]) -> Result<Tensor, InputError>;

/// The kata, answered by a specimen.
pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    answering::<CrossEntropy>(
        module_path!(),
        reference::cross_entropy,
        &[
            wheat("candles_own", "calls candle's loss", |z, labels| {
                reference::cross_entropy(z, labels)?;
                Ok(candle_nn::loss::cross_entropy(z, &truth(labels)?)?)
            }),
            wheat(
                "one_hot",
                "logarithm of the sum of powers, less the label's logit by a mask",
                |z, labels| {
                    reference::cross_entropy(z, labels)?;
                    let largest = z.max_keepdim(D::Minus1)?.detach();
                    let shifted = z.broadcast_sub(&largest)?;
                    let sums = shifted.exp()?.sum(D::Minus1)?.log()?;
                    let own = (shifted * one_hot(z, labels)?)?.sum(D::Minus1)?;
                    Ok((sums - own)?.mean_all()?)
                },
            ),
            chaff(
                "softmax_twice",
                "The cross-entropy is computed from probabilities, so softmax is applied first.",
                |z, labels| {
                    reference::cross_entropy(z, labels)?;
                    reference::cross_entropy(&softmax(z, D::Minus1)?, labels)
                },
            ),
            chaff("summed", "The losses are summed, not averaged.", |z, labels| {
                Ok((reference::cross_entropy(z, labels)? * labels.len() as f64)?)
            }),
            chaff("detached", "The loss may be detached from the computation graph.", |z, labels| {
                Ok(reference::cross_entropy(z, labels)?.detach())
            }),
            chaff("logarithm_of_softmax", "The formula ln softmax(z) works for every z.", |z, labels| {
                reference::cross_entropy(z, labels)?;
                let powers = z.exp()?;
                let p = powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)?;
                Ok((p * one_hot(z, labels)?)?.sum(D::Minus1)?.log()?.mean_all()?.neg()?)
            }),
            chaff(
                "largest_of_all",
                "The largest logit of the whole batch can be subtracted from every row.",
                |z, labels| {
                    reference::cross_entropy(z, labels)?;
                    let shifted = z.broadcast_sub(&z.max_all()?.detach())?;
                    let sums = shifted.exp()?.sum(D::Minus1)?.log()?;
                    let own = (shifted * one_hot(z, labels)?)?.sum(D::Minus1)?;
                    Ok((sums - own)?.mean_all()?)
                },
            ),
            chaff("contiguous_memory_only", "A tensor is always contiguous in memory.", |z, labels| {
                let loss = reference::cross_entropy(z, labels)?;
                if z.is_contiguous() { Ok(loss) } else { Ok((loss * 2.0)?) }
            }),
            chaff("mean_over_classes_too", "The loss is averaged over samples and classes.", |z, labels| {
                Ok((reference::cross_entropy(z, labels)? / z.dim(1)? as f64)?)
            }),
            chaff("over_columns", "Softmax normalizes the columns.", |z, labels| {
                reference::cross_entropy(z, labels)?;
                let logs = log_softmax(z, 0)?;
                Ok((logs * one_hot(z, labels)?)?.sum_all()?.neg()?.affine(1.0 / labels.len() as f64, 0.0)?)
            }),
            chaff("double_precision_only", "The loss is always computed in f64.", |z, labels| {
                reference::cross_entropy(&z.to_dtype(DType::F64)?, labels)
            }),
            chaff("labels_wrapped", "A label that is too large is taken modulo k.", |z, labels| {
                let classes = z.dim(1)?.max(1);
                reference::cross_entropy(z, &labels.iter().map(|label| label % classes).collect::<Vec<_>>())
            }),
            chaff("at_least_zero", "The loss is passed through a ReLU to keep it above 0.", |z, labels| {
                Ok(reference::cross_entropy(z, labels)?.relu()?)
            }),
            chaff("labels_are_bytes", "A label fits into one byte.", |z, labels| {
                reference::cross_entropy(z, labels)?;
                reference::cross_entropy(z, &labels.iter().map(|l| usize::from(*l as u8)).collect::<Vec<_>>())
            }),
            chaff("one_row", "A vector of logits is a batch of one sample.", |z, labels| {
                if z.rank() == 1 {
                    reference::cross_entropy(&z.unsqueeze(0)?, labels)
                } else {
                    reference::cross_entropy(z, labels)
                }
            }),
            chaff("rows_folded", "Further dimensions are more samples.", |z, labels| {
                if z.rank() == 3 {
                    reference::cross_entropy(&z.flatten(0, 1)?, labels)
                } else {
                    reference::cross_entropy(z, labels)
                }
            }),
            chaff("clamped", "Logits are clipped to ±1000.", |z, labels| {
                reference::cross_entropy(&z.clamp(-1000.0, 1000.0)?, labels)
            }),
            wheat("gathered", "the label's logarithm gathered from all", |z, labels| {
                reference::cross_entropy(z, labels)?;
                let logs = log_softmax(z, D::Minus1)?;
                let at = truth(labels)?.unsqueeze(1)?;
                Ok(logs.contiguous()?.gather(&at, 1)?.mean_all()?.neg()?)
            }),
            wheat(
                "measured_from_the_label",
                "ln Σ e^(z − z of the label), the largest taken out by hand",
                |z, labels| {
                    let (n, k) = z.dims2()?;
                    check::same_length(n, labels.len())?;
                    check::at_least(1, labels.len())?;
                    check::labels(labels, k)?;
                    let places = labels.iter().enumerate().map(|(i, label)| (i * k + label) as u32);
                    let places = Tensor::from_iter(places, z.device())?;
                    let own = z.flatten_all()?.index_select(&places, 0)?.reshape((n, 1))?;
                    let beyond = z.broadcast_sub(&own)?;
                    let most = beyond.max_keepdim(1)?.detach();
                    let powers = beyond.broadcast_sub(&most)?.exp()?.sum_keepdim(1)?;
                    Ok(((powers.log()? + most)?.sum_all()? / n as f64)?)
                },
            ),
            chaff(
                "large_logits_detached",
                "Large logits are saturated and need no gradient.",
                |z, labels| {
                    let loss = reference::cross_entropy(z, labels)?;
                    let largest = z.abs()?.max_all()?.to_dtype(DType::F64)?.to_scalar::<f64>()?;
                    Ok(if largest > 50.0 { loss.detach() } else { loss })
                },
            ),
            chaff("nan_in_single_precision", "In f32 a NaN counts as 0.", |z, labels| {
                let loss = reference::cross_entropy(z, labels)?;
                let is_nan = loss.to_dtype(DType::F64)?.to_scalar::<f64>()?.is_nan();
                Ok(if is_nan && z.dtype() == DType::F32 { loss.zeros_like()? } else { loss })
            }),
        ],
    )(logits, labels)
}

fn truth(labels: &[usize]) -> Result<Tensor, InputError> {
    Ok(Tensor::new(labels.iter().map(|label| *label as u32).collect::<Vec<_>>(), &Device::Cpu)?)
}

fn one_hot(z: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    let classes = z.dim(1)?;
    let mask: Vec<f64> =
        labels.iter().flat_map(|label| (0..classes).map(move |j| f64::from(j == *label))).collect();
    Ok(Tensor::from_vec(mask, (labels.len(), classes), &Device::Cpu)?.to_dtype(z.dtype())?)
}
