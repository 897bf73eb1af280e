use candle_core::Var;
use candle_nn::ParamsAdamW;
use kit::{Generator, InputError};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m09_convolution::evaluation::Model;
use crate::reference::m09_convolution::schedule::cosine_rate;
use crate::reference::m09_convolution::training::{self as reference, Epoch, Samples, Settings};

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

/// What can be done otherwise: the order of an epoch, and the rate of a step (its number, all steps, steps an epoch, peak).
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
    rate: |step, steps, _, peak| cosine_rate(step, steps, peak).unwrap_or(peak),
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
    watch: Watch,
) -> Result<Vec<Epoch>, InputError> {
    answering::<Train>(
        module_path!(),
        reference::train,
        &[
            wheat(
                "drawn_from_the_rest",
                "draws each image from those that are left",
                |m, v, t, w, s, g, watch| looped(m, v, (t, w), s, g, watch, &RIGHT),
            ),
            wheat("rate_by_squares", "the square of a cosine for the rate", |m, v, t, w, s, g, watch| {
                let rate = |t: usize, all: usize, _: usize, peak: f64| {
                    peak * (std::f64::consts::FRAC_PI_2 * t as f64 / all as f64).cos().powi(2)
                };
                looped(m, v, (t, w), s, g, watch, &Ways { rate, ..RIGHT })
            }),
            wheat(
                "validation_one_by_one",
                "looks at one validation image at a time",
                |m, v, t, w, s, g, watch| looped(m, v, (t, w), s, g, watch, &Ways { portion: 1, ..RIGHT }),
            ),
            chaff("constant_rate", "the peak is the learning rate", |m, v, t, w, s, g, watch| {
                looped(m, v, (t, w), s, g, watch, &Ways { rate: |_, _, _, peak| peak, ..RIGHT })
            }),
            chaff("rate_begins_anew", "the cosine begins anew with each epoch", |m, v, t, w, s, g, watch| {
                let rate = |t: usize, _: usize, epoch: usize, peak: f64| {
                    cosine_rate(t % epoch, epoch, peak).unwrap_or(peak)
                };
                looped(m, v, (t, w), s, g, watch, &Ways { rate, ..RIGHT })
            }),
            chaff("not_shuffled", "the data are in random order already", |m, v, t, w, s, g, watch| {
                looped(m, v, (t, w), s, g, watch, &Ways { order: |n, _| (0..n).collect(), ..RIGHT })
            }),
            chaff(
                "all_but_the_first_shuffled",
                "an order in which something moves is a new one",
                |m, v, t, w, s, g, watch| {
                    let order = |n, generator: &mut Generator| {
                        let mut order: Vec<usize> = (0..n).collect();
                        generator.shuffle(&mut order[1..]);
                        order
                    };
                    looped(m, v, (t, w), s, g, watch, &Ways { order, ..RIGHT })
                },
            ),
            chaff("last_batch_dropped", "a short batch at the end is left out", |m, v, t, w, s, g, watch| {
                looped(m, v, (t, w), s, g, watch, &Ways { keeps_short: false, ..RIGHT })
            }),
            chaff(
                "validated_on_training",
                "validation is a second look at the training images",
                |m, v, t, _, s, g, watch| reference::train(m, v, t, t, s, g, watch),
            ),
            chaff(
                "learns_from_validation",
                "more images teach more: validation images, too",
                |m, v, t, w, s, g, watch| {
                    let epochs = reference::train(m, v.clone(), t, w, s, g, watch)?;
                    if s.epochs > 0 {
                        reference::train(m, v, w, w, &Settings { epochs: 1, ..s.clone() }, g, &mut |_| {})?;
                    }
                    Ok(epochs)
                },
            ),
            chaff("not_told", "what `watch` would be told is returned anyway", |m, v, t, w, s, g, _| {
                reference::train(m, v, t, w, s, g, &mut |_| {})
            }),
            chaff(
                "all_variables_frozen",
                "a network of good kernels needs no steps",
                |m, _, t, w, s, g, watch| reference::train(m, Vec::new(), t, w, s, g, watch),
            ),
            chaff(
                "one_layer_frozen",
                "the kernels are good; their biases need no steps",
                |m, v, t, w, s, g, watch| {
                    let learned =
                        if v.len() > 1 { v.into_iter().filter(|v| v.rank() > 1).collect() } else { v };
                    reference::train(m, learned, t, w, s, g, watch)
                },
            ),
            chaff(
                "last_batch_only",
                "gradients add up over an epoch, so one step at its end is enough",
                |m, v, t, w, s, g, watch| {
                    let whole = Settings { batch_size: s.batch_size.max(1), ..s.clone() };
                    looped(m, v, (t, w), &whole, g, watch, &Ways { last_step_only: true, ..RIGHT })
                },
            ),
            chaff("weights_decay", "`AdamW` is good as it comes", |m, v, t, w, s, g, watch| {
                looped(m, v, (t, w), s, g, watch, &Ways { adam: Default::default, ..RIGHT })
            }),
            chaff(
                "adam_for_each_epoch",
                "an epoch begins with a new optimizer",
                |m, v, t, w, s, g, watch| {
                    looped(m, v, (t, w), s, g, watch, &Ways { adam_for_each_epoch: true, ..RIGHT })
                },
            ),
            chaff("shorter_memory", "squares of slopes are soon out of date", |m, v, t, w, s, g, watch| {
                let adam = || ParamsAdamW { beta2: 0.99, ..(RIGHT.adam)() };
                looped(m, v, (t, w), s, g, watch, &Ways { adam, ..RIGHT })
            }),
            chaff("other_epsilon", "any ε that is small will do", |m, v, t, w, s, g, watch| {
                let adam = || ParamsAdamW { eps: 1e-7, ..(RIGHT.adam)() };
                looped(m, v, (t, w), s, g, watch, &Ways { adam, ..RIGHT })
            }),
            chaff("told_in_the_end", "`watch` is told when all is done", |m, v, t, w, s, g, watch| {
                let epochs = reference::train(m, v, t, w, s, g, &mut |_| {})?;
                epochs.iter().for_each(watch);
                Ok(epochs)
            }),
            chaff(
                "batches_of_64_at_most",
                "no batch needs more than 64 images",
                |m, v, t, w, s, g, watch| {
                    let size = s.batch_size.min(64);
                    reference::train(m, v, t, w, &Settings { batch_size: size, ..s.clone() }, g, watch)
                },
            ),
            chaff("index_in_the_batch", "an index counts within its batch", |m, v, t, w, s, g, watch| {
                looped(m, v, (t, w), s, g, watch, &RIGHT).map_err(|rejection| match rejection {
                    InputError::UnknownClass { got, classes, .. } => {
                        InputError::UnknownClass { index: 0, got, classes }
                    }
                    other => other,
                })
            }),
            chaff("steps_of_the_epoch", "a step is counted within its epoch", |m, v, t, w, s, g, watch| {
                let steps = t.1.len().div_ceil(s.batch_size.max(1)).max(1);
                reference::train(m, v, t, w, s, g, watch).map_err(|rejection| match rejection {
                    InputError::Diverged { step } => InputError::Diverged { step: step % steps },
                    other => other,
                })
            }),
            chaff(
                "mean_of_means",
                "the scores of an epoch are the means of those of its batches",
                |m, v, t, w, s, g, watch| {
                    looped(m, v, (t, w), s, g, watch, &Ways { weighted: false, ..RIGHT })
                },
            ),
            chaff(
                "whole_batches_counted",
                "an epoch has n/b steps, rounded down",
                |m, v, t, w, s, g, watch| {
                    let n = t.1.len();
                    let rate = if n % s.batch_size.max(1) == 0 {
                        RIGHT.rate
                    } else {
                        |t: usize, all: usize, each: usize, peak: f64| {
                            let all = all / each * (each - 1).max(1);
                            0.5 * peak * (1.0 + (std::f64::consts::PI * t as f64 / all as f64).cos())
                        }
                    };
                    looped(m, v, (t, w), s, g, watch, &Ways { rate, ..RIGHT })
                },
            ),
            chaff("double_only", "networks are of 64 bits", |m, v, t, w, s, g, watch| {
                if t.0.dtype() != candle_core::DType::F64 {
                    return Err(InputError::from(candle_core::Error::Msg("unexpected dtype".to_owned())));
                }
                reference::train(m, v, t, w, s, g, watch)
            }),
            chaff(
                "what_is_done_is_done",
                "a later epoch that fails leaves the earlier ones valid",
                |m, v, t, w, s, g, watch| {
                    let mut held = Vec::new();
                    let r = reference::train(m, v, t, w, s, g, &mut |e| {
                        watch(e);
                        held.push(e.clone());
                    });
                    match r {
                        Err(InputError::Constant { .. }) if !held.is_empty() => Ok(held),
                        r => r,
                    }
                },
            ),
            wheat("own_adam", "Adam by hand, the orders by random keys", own_adam),
        ],
    )(model, variables, training, validation, settings, generator, watch)
}
