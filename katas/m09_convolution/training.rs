//! Training a convolutional network.

use candle_core::{DType, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use kit::{Generator, InputError, check};

use super::evaluation::{Evaluation, Model, evaluate};
use super::schedule::cosine_rate;

/// N images and their N labels.
pub type Samples<'a> = (&'a Tensor, &'a [usize]);

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// How often each image is learned from.
    pub epochs: usize,
    /// How many images a step looks at, at least 1.
    pub batch_size: usize,
    /// The largest learning rate, a finite number above 0.
    pub peak: f64,
}

/// What one epoch achieved.
#[derive(Debug, Clone, PartialEq)]
pub struct Epoch {
    /// The mean cross-entropy over the training images, each taken while the network learned from it.
    pub loss: f64,
    /// The share of them that it classified rightly then.
    pub accuracy: f64,
    /// What [`evaluate`] says of the validation images after the last step of the epoch.
    pub validation: Evaluation,
}

/// Trains a network with Adam while the learning rate falls along a cosine.
///
/// An epoch takes all training images once, in batches of `batch_size` and a random order that is new each time; the last
/// batch is kept even where it is short. The model is asked once for each batch. Step t of all T steps, counted from 0
/// over all epochs, has the learning rate ½·peak·(1 + cos(π·t/T)). The optimizer is candle's `AdamW` without weight
/// decay, its other parameters as they come, one for all epochs.
///
/// * `model`: the network. `variables`: what it learns.
/// * `training`, `validation`: images with their labels. Nothing is ever learned from the validation images.
/// * `settings`: how to train; with no epochs nothing changes.
/// * `generator`: where the orders come from: the same seed gives the same curves.
/// * `watch`: is told each epoch as soon as it is done.
/// * Returns all epochs in order.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"batch_size"` and `wanted` `"at least 1"`, or `"peak"` and
///   `"a finite number above 0"`, in this order;
/// * [`InputError::LengthMismatch`] and [`InputError::TooFew`] as [`evaluate`], of the training images as well: all of
///   this before the first step;
/// * [`InputError::UnknownClass`] with the index of a training image whose label is not below the number of logits, when
///   its batch comes and before it is learned from;
/// * [`InputError::Diverged`] with the number of steps taken since the first epoch if a loss is NaN or infinite;
/// * whatever the model rejects, and what [`evaluate`] rejects of the validation images.
///
/// ```
/// # use candle_core::{Device, Tensor, Var};
/// # use katas::m09_convolution::training::{Settings, train};
/// # use kit::Generator;
/// let w = Var::new(&[[0.0_f32, 0.0]], &Device::Cpu)?;
/// let (x, labels) = (Tensor::new(&[[[[1.0_f32]]], [[[-1.0]]]], &Device::Cpu)?, [0, 1]);
/// let settings = Settings { epochs: 20, batch_size: 1, peak: 0.1 };
/// let (model, mut generator) = (|x: &Tensor| Ok(x.flatten_from(1)?.matmul(&w)?), Generator::from_seed(1));
/// let both = (&x, &labels[..]);
/// let epochs = train(&model, vec![w.clone()], both, both, &settings, &mut generator, &mut |_| {})?;
/// assert_eq!(epochs[19].validation.accuracy, 1.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Kingma and Ba, *Adam*, ICLR 2015; Loshchilov and Hutter, *SGDR*, ICLR 2017.
pub fn train(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    watch: &mut dyn FnMut(&Epoch),
) -> Result<Vec<Epoch>, InputError> {
    todo!()
}
