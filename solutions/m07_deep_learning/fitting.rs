//! The training loop, from the first epoch to the last.

use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use kit::{Generator, InputError, check};

use super::batches::shuffled_batches;
use super::training::{Model, Score, evaluate, train_epoch};

/// N samples, one per row, and their N labels.
pub type Samples<'a> = (&'a Tensor, &'a [usize]);

/// The hyperparameters of a training.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The number of epochs: passes over the training set.
    pub epochs: usize,
    /// The mini-batch size, at least 1.
    pub batch_size: usize,
    /// The learning rate, a finite number above 0.
    pub learning_rate: f64,
}

/// The scores of one epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Epoch {
    /// On the training set, each batch before its own step, as `train_epoch` returns it.
    pub training: Score,
    /// On the validation set, after the epoch's last step, as `evaluate` returns it.
    pub validation: Score,
}

/// The training loop: trains a network with Adam on mini-batches, and evaluates it on a validation set after each
/// epoch.
///
/// Each epoch goes through all training samples once, in mini-batches and in a new random order, as
/// `shuffled_batches` returns them; the last partial batch is kept. The optimizer is candle's `AdamW` without weight
/// decay, its other hyperparameters at their defaults; the same optimizer is used for all epochs.
///
/// * `model`: the network. `variables`: its trainable parameters.
/// * `training`, `validation`: samples with their labels. The network never learns from the validation set.
/// * `settings`: the hyperparameters; with 0 epochs nothing changes.
/// * `generator`: the random number generator of the orders: the same state gives the same curves.
/// * `watch`: a callback; it is called with each epoch as soon as the epoch is finished.
/// * Returns the scores of all epochs, in order.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"batch_size"` and `wanted` `"at least 1"`, or `"learning_rate"` and
///   `"a finite number above 0"`, before the first step;
/// * [`InputError::Diverged`] with the number of steps taken since the first epoch if a loss is NaN or infinite;
/// * any error that `train_epoch` or `evaluate` returns.
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
/// In Python: no single call in PyTorch; per epoch and batch `optimizer.zero_grad()`, `loss.backward()`,
/// `optimizer.step()` with `torch.optim.Adam(model.parameters(), lr=learning_rate)`, then `model.eval()` for the
/// validation set. In Keras: `model.fit(x, y, batch_size, epochs, validation_data=validation)`.
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
