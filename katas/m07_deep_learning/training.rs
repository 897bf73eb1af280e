//! One epoch of learning, and what has been learned.

use candle_core::{D, DType, Tensor};
use candle_nn::Optimizer;
use kit::{InputError, check};

use super::loss::cross_entropy;

/// A network by what it does: n×d samples in, n×k logits out.
pub type Model<'a> = dyn Fn(&Tensor) -> Result<Tensor, InputError> + 'a;

/// How well a network does on some samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The mean cross-entropy.
    pub loss: f64,
    /// The share of samples whose largest logit is that of the label.
    pub accuracy: f64,
}

/// One epoch: for each batch in turn the loss, its slope, and one step of the optimizer.
///
/// * `model`: the network; it is asked for one batch at a time, its samples in the order of the batch.
/// * `optimizer`: holds the network's variables. It takes one step a batch, along the slope of the mean cross-entropy of
///   this batch alone, at the variables as the batch before left them.
/// * `x`: N×d samples. `labels`: their N classes.
/// * `batches`: which samples make up each batch; as from `shuffled_batches`.
/// * Returns the score of the epoch over all samples of all batches, each taken from the forward pass in which the
///   network learned from it: a batch of twice the size counts twice.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no batch, or an empty one;
/// * [`InputError::OutOfRange`] with `name` `"batches"` and `wanted` `"a sample"` for the first index without a sample;
/// * [`InputError::Diverged`] with the number of steps already taken if the loss of a batch is NaN or infinite; no
///   further step is taken;
/// * whatever the model rejects, and what `cross_entropy` rejects: an unknown class with its index in the batch.
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
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §8.3.1.
pub fn train_epoch<O: Optimizer>(
    model: &Model,
    optimizer: &mut O,
    x: &Tensor,
    labels: &[usize],
    batches: &[Vec<usize>],
) -> Result<Score, InputError> {
    todo!()
}

/// How well a network does on samples from which it does not learn.
///
/// * `model`, `x`, `labels`: as for [`train_epoch`]. The samples are handed to the model in their order, in portions of at
///   most 500, so that 60,000 images do not have to fit into memory at once.
/// * Returns the score over all N samples, each counting the same.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * whatever the model rejects, and what `cross_entropy` rejects: an unknown class with its index in the portion.
///
/// ```
/// # use candle_core::{Device, Tensor};
/// # use katas::m07_deep_learning::training::evaluate;
/// let x = Tensor::new(&[[2.0_f64, 0.0], [0.0, 3.0]], &Device::Cpu)?;
/// assert_eq!(evaluate(&|x| Ok(x.clone()), &x, &[0, 0])?.accuracy, 0.5);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §2.2.
pub fn evaluate(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Score, InputError> {
    todo!()
}
