use candle_core::Var;
use candle_nn::ParamsAdamW;
use kit::{Generator, InputError};

use crate::reference::m09_convolution::evaluation::Model;
use crate::reference::m09_convolution::schedule::cosine_rate;
use crate::reference::m09_convolution::training::{self as reference, Epoch, Samples, Settings};
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{looped, own_adam};

type Watch<'a> = &'a mut dyn FnMut(&Epoch);

type Train = fn(
    &Model,
    Vec<Var>,
    Samples,
    Samples,
    &Settings,
    &mut Generator,
    Watch,
) -> Result<Vec<Epoch>, InputError>;

/// What can be done otherwise: the order of an epoch, and the rate of a step (its number, all steps, steps an epoch, max_learning_rate).
struct Ways {
    order: fn(usize, &mut Generator) -> Vec<usize>,
    rate: fn(usize, usize, usize, f64) -> f64,
    keeps_short: bool,
    last_step_only: bool,
    adam: fn() -> ParamsAdamW,
    adam_for_each_epoch: bool,
    /// The most validation images at once.
    portion: usize,
    /// Whether a batch counts as often as it has images.
    weighted: bool,
}

const RIGHT: Ways = Ways {
    order: |n, generator| {
        let mut left: Vec<usize> = (0..n).collect();
        (0..n).map(|_| left.swap_remove(generator.below(left.len()))).collect()
    },
    rate: |step, steps, _, max_learning_rate| {
        cosine_rate(step, steps, max_learning_rate).unwrap_or(max_learning_rate)
    },
    keeps_short: true,
    last_step_only: false,
    adam: || ParamsAdamW { weight_decay: 0.0, ..Default::default() },
    adam_for_each_epoch: false,
    portion: 250,
    weighted: true,
};

/// The kata, answered by a specimen.
pub fn train(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    callback: Watch,
) -> Result<Vec<Epoch>, InputError> {
    answering::<Train>(
        module_path!(),
        reference::train,
        &[
            wheat(
                "drawn_from_the_rest",
                "draws each image from those that are left (without replacement)",
                |m, v, t, w, s, g, f| looped(m, v, (t, w), s, g, f, &RIGHT),
            ),
            wheat("rate_by_squares", "squared cosine of half the angle", |m, v, t, w, s, g, f| {
                let rate = |t: usize, all: usize, _: usize, max_learning_rate: f64| {
                    max_learning_rate * (std::f64::consts::FRAC_PI_2 * t as f64 / all as f64).cos().powi(2)
                };
                looped(m, v, (t, w), s, g, f, &Ways { rate, ..RIGHT })
            }),
            wheat("validation_one_by_one", "validates one image at a time", |m, v, t, w, s, g, f| {
                looped(m, v, (t, w), s, g, f, &Ways { portion: 1, ..RIGHT })
            }),
            chaff("constant_rate", "The learning rate is constant.", |m, v, t, w, s, g, f| {
                looped(
                    m,
                    v,
                    (t, w),
                    s,
                    g,
                    f,
                    &Ways { rate: |_, _, _, max_learning_rate| max_learning_rate, ..RIGHT },
                )
            }),
            chaff("rate_begins_anew", "The schedule restarts with each epoch.", |m, v, t, w, s, g, f| {
                let rate = |t: usize, _: usize, epoch: usize, max_learning_rate: f64| {
                    cosine_rate(t % epoch, epoch, max_learning_rate).unwrap_or(max_learning_rate)
                };
                looped(m, v, (t, w), s, g, f, &Ways { rate, ..RIGHT })
            }),
            chaff("not_shuffled", "The training set is in random order.", |m, v, t, w, s, g, f| {
                looped(m, v, (t, w), s, g, f, &Ways { order: |n, _| (0..n).collect(), ..RIGHT })
            }),
            chaff("all_but_the_first_shuffled", "The first image may stay first.", |m, v, t, w, s, g, f| {
                let order = |n, generator: &mut Generator| {
                    let mut order: Vec<usize> = (0..n).collect();
                    generator.shuffle(&mut order[1..]);
                    order
                };
                looped(m, v, (t, w), s, g, f, &Ways { order, ..RIGHT })
            }),
            chaff("last_batch_dropped", "The last partial batch is dropped.", |m, v, t, w, s, g, f| {
                looped(m, v, (t, w), s, g, f, &Ways { keeps_short: false, ..RIGHT })
            }),
            chaff("validated_on_training", "Validation uses the training set.", |m, v, t, _, s, g, f| {
                reference::train(m, v, t, t, s, g, f)
            }),
            chaff("learns_from_validation", "The validation set is trained on.", |m, v, t, w, s, g, f| {
                let epochs = reference::train(m, v.clone(), t, w, s, g, f)?;
                if s.epochs > 0 {
                    reference::train(m, v, w, w, &Settings { epochs: 1, ..s.clone() }, g, &mut |_| {})?;
                }
                Ok(epochs)
            }),
            chaff(
                "callback_not_called",
                "The callback need not be called, since all epochs are returned.",
                |m, v, t, w, s, g, _| reference::train(m, v, t, w, s, g, &mut |_| {}),
            ),
            chaff(
                "all_variables_frozen",
                "Evaluating a network is enough: no optimizer step is needed.",
                |m, _, t, w, s, g, f| reference::train(m, Vec::new(), t, w, s, g, f),
            ),
            chaff("one_layer_frozen", "Biases need no optimizer step.", |m, v, t, w, s, g, f| {
                let learned = if v.len() > 1 { v.into_iter().filter(|v| v.rank() > 1).collect() } else { v };
                reference::train(m, learned, t, w, s, g, f)
            }),
            chaff(
                "last_batch_only",
                "Gradients accumulate over an epoch, so one step at its end is enough.",
                |m, v, t, w, s, g, f| {
                    let whole = Settings { batch_size: s.batch_size.max(1), ..s.clone() };
                    looped(m, v, (t, w), &whole, g, f, &Ways { last_step_only: true, ..RIGHT })
                },
            ),
            chaff("weights_decay", "`AdamW` with its defaults is Adam.", |m, v, t, w, s, g, f| {
                looped(m, v, (t, w), s, g, f, &Ways { adam: Default::default, ..RIGHT })
            }),
            chaff("adam_for_each_epoch", "Each epoch begins with a new optimizer.", |m, v, t, w, s, g, f| {
                looped(m, v, (t, w), s, g, f, &Ways { adam_for_each_epoch: true, ..RIGHT })
            }),
            chaff("shorter_memory", "β₂ of Adam is 0.99.", |m, v, t, w, s, g, f| {
                let adam = || ParamsAdamW { beta2: 0.99, ..(RIGHT.adam)() };
                looped(m, v, (t, w), s, g, f, &Ways { adam, ..RIGHT })
            }),
            chaff("other_epsilon", "Any small ε of Adam will do.", |m, v, t, w, s, g, f| {
                let adam = || ParamsAdamW { eps: 1e-7, ..(RIGHT.adam)() };
                looped(m, v, (t, w), s, g, f, &Ways { adam, ..RIGHT })
            }),
            chaff(
                "callback_at_the_end",
                "The callback is called when all epochs are done.",
                |m, v, t, w, s, g, f| {
                    let epochs = reference::train(m, v, t, w, s, g, &mut |_| {})?;
                    epochs.iter().for_each(f);
                    Ok(epochs)
                },
            ),
            chaff("batches_of_64_at_most", "A batch has at most 64 images.", |m, v, t, w, s, g, f| {
                let size = s.batch_size.min(64);
                reference::train(m, v, t, w, &Settings { batch_size: size, ..s.clone() }, g, f)
            }),
            chaff(
                "index_in_the_batch",
                "The index of an invalid label counts within its batch.",
                |m, v, t, w, s, g, f| {
                    looped(m, v, (t, w), s, g, f, &RIGHT).map_err(|rejection| match rejection {
                        InputError::UnknownClass { got, classes, .. } => {
                            InputError::UnknownClass { index: 0, got, classes }
                        }
                        other => other,
                    })
                },
            ),
            chaff(
                "steps_of_the_epoch",
                "The step of a divergence counts within its epoch.",
                |m, v, t, w, s, g, f| {
                    let steps = t.1.len().div_ceil(s.batch_size.max(1)).max(1);
                    reference::train(m, v, t, w, s, g, f).map_err(|rejection| match rejection {
                        InputError::Diverged { step } => InputError::Diverged { step: step % steps },
                        other => other,
                    })
                },
            ),
            chaff(
                "mean_of_means",
                "The scores of an epoch are the unweighted means of its batches.",
                |m, v, t, w, s, g, f| looped(m, v, (t, w), s, g, f, &Ways { weighted: false, ..RIGHT }),
            ),
            chaff("whole_batches_counted", "An epoch has ⌊n/b⌋ steps.", |m, v, t, w, s, g, f| {
                let n = t.1.len();
                let rate = if n % s.batch_size.max(1) == 0 {
                    RIGHT.rate
                } else {
                    |t: usize, all: usize, each: usize, max_learning_rate: f64| {
                        let all = all / each * (each - 1).max(1);
                        0.5 * max_learning_rate * (1.0 + (std::f64::consts::PI * t as f64 / all as f64).cos())
                    }
                };
                looped(m, v, (t, w), s, g, f, &Ways { rate, ..RIGHT })
            }),
            chaff("double_only", "Networks compute in f64.", |m, v, t, w, s, g, f| {
                if t.0.dtype() != candle_core::DType::F64 {
                    return Err(InputError::from(candle_core::Error::Msg("unexpected dtype".to_owned())));
                }
                reference::train(m, v, t, w, s, g, f)
            }),
            chaff(
                "what_is_done_is_done",
                "If a later epoch fails, the earlier ones are returned as a success.",
                |m, v, t, w, s, g, f| {
                    let mut held = Vec::new();
                    let r = reference::train(m, v, t, w, s, g, &mut |e| {
                        f(e);
                        held.push(e.clone());
                    });
                    match r {
                        Err(InputError::Constant { .. }) if !held.is_empty() => Ok(held),
                        r => r,
                    }
                },
            ),
            wheat("own_adam", "Adam written by hand, the orders by random keys", own_adam),
            chaff(
                "partial_batch_is_no_step",
                "The last partial batch of an epoch is no step.",
                |m, v, t, w, s, g, watch| {
                    reference::train(m, v, t, w, s, g, watch).map_err(|rejection| match rejection {
                        InputError::Diverged { step } => {
                            let (full, all) = (t.1.len() / s.batch_size, t.1.len().div_ceil(s.batch_size));
                            InputError::Diverged { step: step / all * full + step % all }
                        }
                        other => other,
                    })
                },
            ),
            chaff(
                "no_epochs_unchecked",
                "Without epochs the batch size does not matter.",
                |m, v, t, w, s, g, watch| {
                    if s.epochs == 0 && s.batch_size == 0 {
                        return Ok(vec![]);
                    }
                    reference::train(m, v, t, w, s, g, watch)
                },
            ),
            chaff(
                "no_loss_in_single_precision",
                "In f32 the training loss is not summed up.",
                |m, v, t, w, s, g, watch| {
                    let mut epochs = reference::train(m, v, t, w, s, g, watch)?;
                    let is_single = t.0.dtype() == candle_core::DType::F32;
                    epochs.iter_mut().filter(|_| is_single).for_each(|epoch| epoch.loss = 0.0);
                    Ok(epochs)
                },
            ),
            chaff(
                "rates_above_10_to_the_minus_5",
                "A learning rate below 10⁻⁵ learns nothing.",
                |m, v, t, w, s, g, watch| {
                    let rate = s.max_learning_rate;
                    let settings =
                        Settings { max_learning_rate: if rate > 0.0 { rate.max(1e-5) } else { rate }, ..*s };
                    reference::train(m, v, t, w, &settings, g, watch)
                },
            ),
        ],
    )(model, variables, training, validation, settings, generator, callback)
}
