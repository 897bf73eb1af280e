//! One epoch of training, and the evaluation of a network.

use candle_core::{D, DType, Tensor};
use candle_nn::Optimizer;
use kit::{InputError, check};

use super::loss::cross_entropy;

/// A network (model) as a function: n×d samples in, n×k logits out.
pub type Model<'a> = dyn Fn(&Tensor) -> Result<Tensor, InputError> + 'a;

/// Loss and accuracy of a network on some samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The cross-entropy loss, averaged over the samples.
    pub loss: f64,
    /// The accuracy: the fraction of samples whose largest logit is that of the label.
    pub accuracy: f64,
}

/// Trains a network for one epoch: for each mini-batch the loss, its gradient, and one step of the optimizer.
///
/// * `model`: the network; it is called with one batch at a time, its samples in the order of the batch.
/// * `optimizer`: holds the network's variables. It takes one step per batch, with the gradient of the cross-entropy
///   averaged over this batch, at the variables as the previous batch left them.
/// * `x`: N×d samples. `labels`: their N classes.
/// * `batches`: the sample indices of each batch, as from `shuffled_batches`.
/// * Returns the score of the epoch over all samples of all batches, each taken from the forward pass of its training
///   step: the mean is over samples, so a batch of twice the size counts twice.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no batch, or an empty one;
/// * [`InputError::OutOfRange`] with `name` `"batches"` and `wanted` `"a sample"` with an index without a sample;
/// * [`InputError::Diverged`] with the number of steps already taken if the loss of a batch is NaN or infinite:
///   training diverged, and no further step is taken;
/// * any error that the model or `cross_entropy` returns: an unknown class with its index in the batch.
///
/// ```
/// # use candle_core::{Device, Tensor, Var};
/// # use candle_nn::{Optimizer, SGD};
/// # use katas::m07_deep_learning::training::train_epoch;
/// let w = Var::new(&[[0.0_f64, 0.0]], &Device::Cpu)?;
/// let mut sgd = SGD::new(vec![w.clone()], 1.0)?;
/// let x = Tensor::new(&[[1.0_f64]], &Device::Cpu)?;
/// let score = train_epoch(&|x| Ok(x.matmul(&w)?), &mut sgd, &x, &[1], &[vec![0]])?;
/// assert_eq!(score.loss, 2.0_f64.ln());
/// assert_eq!(w.to_vec2::<f64>()?, [[-0.5, 0.5]]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; for each batch of a `torch.utils.data.DataLoader`: `optimizer.zero_grad()`,
/// `loss = torch.nn.functional.cross_entropy(model(x), y)`, `loss.backward()`, `optimizer.step()`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §8.3.1.
pub fn train_epoch<O: Optimizer>(
    model: &Model,
    optimizer: &mut O,
    x: &Tensor,
    labels: &[usize],
    batches: &[Vec<usize>],
) -> Result<Score, InputError> {
    check::same_length(samples_in(x), labels.len())?;
    check::at_least(1, batches.iter().map(Vec::len).min().unwrap_or(0))?;
    for &index in batches.iter().flatten() {
        check::in_range("batches", index as f64, index < labels.len(), "a sample")?;
    }
    let (mut sum, mut right, mut samples) = (0.0, 0.0, 0.0);
    for (step, batch) in batches.iter().enumerate() {
        let rows: Vec<u32> = batch.iter().map(|&index| index as u32).collect();
        let rows = Tensor::from_vec(rows, batch.len(), x.device())?;
        let truth: Vec<usize> = batch.iter().map(|&index| labels[index]).collect();
        let logits = model(&x.index_select(&rows, 0)?)?;
        let loss = cross_entropy(&logits, &truth)?;
        let value = loss.to_dtype(DType::F64)?.to_scalar::<f64>()?;
        if !value.is_finite() {
            return Err(InputError::Diverged { step });
        }
        optimizer.backward_step(&loss)?;
        let size = batch.len() as f64;
        (sum, right, samples) = (sum + value * size, right + correct(&logits, &truth)?, samples + size);
    }
    Ok(Score { loss: sum / samples, accuracy: right / samples })
}

/// Evaluates a network without training it: loss and accuracy on some samples, such as a validation set.
///
/// * `model`, `x`, `labels`: as for [`train_epoch`]. The samples are passed to the model in their order, in chunks of
///   at most 500, so that 60,000 images do not have to fit into memory at once.
/// * Returns the score over all N samples, each with the same weight.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * any error that the model or `cross_entropy` returns: an unknown class with its index in the chunk.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m07_deep_learning::training::evaluate;
/// let x = Tensor::new(&[[2.0_f64, 0.0], [0.0, 3.0]], &Device::Cpu)?;
/// assert_eq!(evaluate(&|x| Ok(x.clone()), &x, &[0, 0])?.accuracy, 0.5);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `model.eval()`, then under `torch.no_grad()`: `torch.nn.functional.cross_entropy(model(x), y)` and
/// `(model(x).argmax(dim=1) == y).float().mean()`.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §2.2.
pub fn evaluate(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Score, InputError> {
    const PORTION: usize = 500;
    check::same_length(samples_in(x), labels.len())?;
    check::at_least(1, labels.len())?;
    let (mut sum, mut right) = (0.0, 0.0);
    for (i, truth) in labels.chunks(PORTION).enumerate() {
        // Detached: no gradient is needed here, so candle need not keep the graph.
        let logits = model(&x.narrow(0, i * PORTION, truth.len())?)?.detach();
        let loss = cross_entropy(&logits, truth)?.to_dtype(DType::F64)?.to_scalar::<f64>()?;
        sum += loss * truth.len() as f64;
        right += correct(&logits, truth)?;
    }
    let samples = labels.len() as f64;
    Ok(Score { loss: sum / samples, accuracy: right / samples })
}

/// How many samples a tensor holds: its first extent.
fn samples_in(x: &Tensor) -> usize {
    x.dims().first().copied().unwrap_or(0)
}

fn correct(logits: &Tensor, truth: &[usize]) -> Result<f64, InputError> {
    let predicted: Vec<u32> = logits.argmax(D::Minus1)?.to_vec1()?;
    Ok(predicted.iter().zip(truth).filter(|&(&p, &t)| p as usize == t).count() as f64)
}
