//! Training from the first epoch to the last.

use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use kit::{Generator, InputError, check};

use super::batches::shuffled_batches;
use super::training::{Model, Score, evaluate, train_epoch};

/// N samples, one a row, and their N labels.
pub type Samples<'a> = (&'a Tensor, &'a [usize]);

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// How often each sample is learned from.
    pub epochs: usize,
    /// How many samples a step looks at, at least 1.
    pub batch_size: usize,
    /// How far a step goes, a finite number above 0.
    pub learning_rate: f64,
}

/// What one epoch achieved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Epoch {
    /// On the samples it learned from, each taken while it learned from it, as `train_epoch` has it.
    pub training: Score,
    /// On samples that it never learns from, after the epoch's last step, as `evaluate` has it.
    pub validation: Score,
}

/// Trains a network with Adam, and looks after each epoch how well it does on samples it does not learn from.
///
/// An epoch takes all training samples once, in batches and in an order that is random and new each time, as
/// `shuffled_batches` gives; the last batch is kept even where it is short. The optimizer is candle's `AdamW` without
/// weight decay, its other parameters as they come, one for all epochs.
///
/// * `model`: the network. `variables`: what it learns.
/// * `training`, `validation`: samples with their labels. Nothing is ever learned from the validation samples.
/// * `settings`: how to train; with no epochs nothing changes.
/// * `generator`: where the orders come from: the same seed gives the same curves.
/// * `watch`: is told each epoch as soon as it is done.
/// * Returns all epochs in order.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"batch_size"` and `wanted` `"at least 1"`, or `"learning_rate"` and
///   `"a finite number above 0"`, in this order and before the first step;
/// * [`InputError::Diverged`] with the number of steps taken since the first epoch if a loss is NaN or infinite;
/// * what `train_epoch` and `evaluate` reject.
///
/// ```
/// # use candle_core::{Device, Tensor, Var};
/// # use katas::m07_deep_learning::fitting::{Settings, fit};
/// # use kit::Generator;
/// let w = Var::new(&[[0.0_f32, 0.0]], &Device::Cpu)?;
/// let (x, labels) = (Tensor::new(&[[1.0_f32], [-1.0]], &Device::Cpu)?, [0, 1]);
/// let settings = Settings { epochs: 20, batch_size: 1, learning_rate: 0.1 };
/// let (model, mut generator) = (|x: &Tensor| Ok(x.matmul(&w)?), Generator::from_seed(1));
/// let both = (&x, &labels[..]);
/// let epochs = fit(&model, vec![w.clone()], both, both, &settings, &mut generator, &mut |_| {})?;
/// assert_eq!(epochs.len(), 20);
/// assert_eq!(epochs[19].validation.accuracy, 1.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Kingma and Ba, *Adam: a Method for Stochastic Optimization*, ICLR 2015.
pub fn fit(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    watch: &mut dyn FnMut(&Epoch),
) -> Result<Vec<Epoch>, InputError> {
    let rate = settings.learning_rate;
    check::in_range("batch_size", settings.batch_size as f64, settings.batch_size > 0, "at least 1")?;
    check::in_range("learning_rate", rate, rate.is_finite() && rate > 0.0, "a finite number above 0")?;
    let adam = ParamsAdamW { lr: rate, weight_decay: 0.0, ..Default::default() };
    let mut optimizer = AdamW::new(variables, adam)?;
    let (mut epochs, mut steps) = (Vec::new(), 0);
    for _ in 0..settings.epochs {
        let batches = shuffled_batches(training.1.len(), settings.batch_size, generator)?;
        let learned = train_epoch(model, &mut optimizer, training.0, training.1, &batches);
        let learned = learned.map_err(|rejection| match rejection {
            InputError::Diverged { step } => InputError::Diverged { step: steps + step },
            other => other,
        })?;
        steps += batches.len();
        let epoch = Epoch { training: learned, validation: evaluate(model, validation.0, validation.1)? };
        watch(&epoch);
        epochs.push(epoch);
    }
    Ok(epochs)
}
