//! Training of a convolutional network with mini-batches and Adam.

use candle_core::{DType, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use kit::{Generator, InputError, check};

use super::evaluation::{Evaluation, Model, evaluate};
use super::schedule::cosine_rate;

/// A data set: N images and their N labels.
pub type Samples<'a> = (&'a Tensor, &'a [usize]);

/// The hyperparameters of training.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The number of passes over the training set.
    pub epochs: usize,
    /// The number of images in a mini-batch, at least 1.
    pub batch_size: usize,
    /// The largest learning rate, that of the first step, a finite number above 0.
    pub max_learning_rate: f64,
}

/// The training history of one epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Epoch {
    /// The mean cross-entropy over the training images, each computed in the forward pass of its training step.
    pub loss: f64,
    /// The fraction of them that was classified correctly then (training accuracy).
    pub accuracy: f64,
    /// The result of [`evaluate`] on the validation set after the last step of the epoch.
    pub validation: Evaluation,
}

/// Training loop: trains a network with Adam while the learning rate follows a cosine schedule.
///
/// An epoch is one pass over all training images, in mini-batches of `batch_size` in a random order that is new in
/// each epoch; the last partial batch is kept. The model is called once for each batch. Step t of all T steps,
/// counted from 0 over all epochs, has the learning rate ½·max_learning_rate·(1 + cos(π·t/T)). The optimizer is
/// candle's `AdamW` without weight decay, its other hyperparameters at their defaults, one optimizer for all
/// epochs. The loss function is the cross-entropy.
///
/// * `model`: the network. `variables`: its trainable parameters.
/// * `training`, `validation`: images with their labels. The validation set is only evaluated, never learned from.
/// * `settings`: the hyperparameters; with 0 epochs nothing changes.
/// * `generator`: draws the orders: the same seed gives the same learning curves.
/// * `callback`: called with each epoch as soon as it is done.
/// * Returns all epochs in order.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"batch_size"` and `wanted` `"at least 1"`, or `"max_learning_rate"`
///   and `"a finite number above 0"`;
/// * [`InputError::LengthMismatch`] and [`InputError::TooFew`] as [`evaluate`], of the training images as well; all
///   of these before the first step;
/// * [`InputError::UnknownClass`] with the index of a training image whose label is not below the number of logits,
///   when its batch comes and before it is learned from;
/// * [`InputError::Diverged`] with the number of steps taken since the first epoch if a loss is NaN or infinite;
/// * whatever the model rejects, and what [`evaluate`] rejects of the validation images.
///
/// ```
/// # use candle_core::{Device, Tensor, Var};
/// # use katas::m09_convolution::training::{Settings, train};
/// # use kit::Generator;
/// let w = Var::new(&[[0.0_f32, 0.0]], &Device::Cpu)?;
/// let (x, labels) = (Tensor::new(&[[[[1.0_f32]]], [[[-1.0]]]], &Device::Cpu)?, [0, 1]);
/// let settings = Settings { epochs: 20, batch_size: 1, max_learning_rate: 0.1 };
/// let (model, mut generator) = (|x: &Tensor| Ok(x.flatten_from(1)?.matmul(&w)?), Generator::from_seed(1));
/// let both = (&x, &labels[..]);
/// let epochs = train(&model, vec![w.clone()], both, both, &settings, &mut generator, &mut |_| {})?;
/// assert_eq!(epochs[19].validation.accuracy, 1.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; a loop with `torch.optim.Adam`, `torch.optim.lr_scheduler.CosineAnnealingLR` and
/// `torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)`.
///
/// Source: Kingma and Ba, *Adam*, ICLR 2015; Loshchilov and Hutter, *SGDR*, ICLR 2017.
pub fn train(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    callback: &mut dyn FnMut(&Epoch),
) -> Result<Vec<Epoch>, InputError> {
    use super::evaluation::{Sums, counted};

    let Settings { epochs, batch_size, max_learning_rate } = *settings;
    check::in_range("batch_size", batch_size as f64, batch_size > 0, "at least 1")?;
    cosine_rate(0, 1, max_learning_rate)?;
    for (x, labels) in [training, validation] {
        check::same_length(x.dims().first().copied().unwrap_or(0), labels.len())?;
        check::at_least(1, labels.len())?;
    }
    let (x, labels) = training;
    // Its learning rate is set for each step.
    let adam = ParamsAdamW { weight_decay: 0.0, ..Default::default() };
    let mut optimizer = AdamW::new(variables, adam)?;
    let mut order: Vec<u32> = (0..labels.len() as u32).collect();
    let (mut history, mut step) = (Vec::new(), 0);
    let steps = epochs * labels.len().div_ceil(batch_size);
    for _ in 0..epochs {
        generator.shuffle(&mut order);
        let mut sum = Sums::default();
        for batch in order.chunks(batch_size) {
            let rows = Tensor::new(batch, x.device())?;
            let targets: Vec<usize> = batch.iter().map(|&index| labels[index as usize]).collect();
            let logits = model(&x.index_select(&rows, 0)?)?;
            let loss = sum.add(&logits, &targets).map_err(|rejection| {
                counted(rejection, |index| batch.get(index).map_or(index, |&image| image as usize))
            })?;
            if !loss.to_dtype(DType::F64)?.to_scalar::<f64>()?.is_finite() {
                return Err(InputError::Diverged { step });
            }
            optimizer.set_learning_rate(cosine_rate(step, steps, max_learning_rate)?);
            optimizer.backward_step(&loss)?;
            step += 1;
        }
        let (loss, accuracy) = sum.means();
        let epoch = Epoch { loss, accuracy, validation: evaluate(model, validation.0, validation.1)? };
        callback(&epoch);
        history.push(epoch);
    }
    Ok(history)
}
