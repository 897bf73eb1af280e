use candle_core::Var;
use candle_nn::{AdamW, Optimizer, ParamsAdamW, SGD};
use kit::{Generator, InputError};

use crate::reference::m07_deep_learning::fitting::{self as reference, Epoch, Samples, Settings};
use crate::reference::m07_deep_learning::training::{Model, train_epoch};
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{adam, looped, own_adam, rate_halved, shuffled};

type Watch<'a> = &'a mut dyn FnMut(&Epoch);

type Fit = fn(
    &Model,
    Vec<Var>,
    Samples,
    Samples,
    &Settings,
    &mut Generator,
    Watch,
) -> Result<Vec<Epoch>, InputError>;

type Batches = Vec<Vec<usize>>;

/// The kata, answered by a specimen.
pub fn fit(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    watch: Watch,
) -> Result<Vec<Epoch>, InputError> {
    answering::<Fit>(
        module_path!(),
        reference::fit,
        &[
            wheat("own_shuffle", "draws each sample from those that are left", |m, v, t, w, s, g, watch| {
                let draw = |n: usize, b: usize, g: &mut Generator, _: usize| {
                    let mut left: Vec<usize> = (0..n).collect();
                    let order: Vec<usize> = (0..n).map(|_| left.swap_remove(g.below(left.len()))).collect();
                    order.chunks(b).map(<[usize]>::to_vec).collect()
                };
                looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, draw)
            }),
            wheat(
                "validation_one_by_one",
                "the same loop, each validation sample evaluated alone",
                |m, v, t, w, s, g, watch| looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, shuffled),
            ),
            chaff("not_shuffled", "The samples need no shuffling.", |m, v, t, w, s, g, watch| {
                looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, |n, b, _, _| {
                    (0..n).collect::<Vec<_>>().chunks(b).map(<[usize]>::to_vec).collect()
                })
            }),
            chaff("shuffled_once", "One order is enough for all epochs.", |m, v, t, w, s, g, watch| {
                let g = g.clone();
                looped(m, adam(v, s, 0.0)?, t, w, s, &mut g.clone(), watch, |n, b, g, _| {
                    shuffled(n, b, &mut g.clone(), 0)
                })
            }),
            chaff(
                "validated_on_training",
                "The validation scores can be computed on the training set.",
                |m, v, t, _, s, g, watch| reference::fit(m, v, t, t, s, g, watch),
            ),
            chaff(
                "learns_from_validation",
                "The validation set may be used for training, too.",
                |m, v, t, w, s, g, watch| {
                    let extra = SGD::new(v.clone(), 1e-3)?;
                    let epochs = reference::fit(m, v, t, w, s, g, watch)?;
                    let mut extra = extra;
                    if s.epochs > 0 {
                        train_epoch(m, &mut extra, w.0, w.1, &[(0..w.1.len()).collect()])?;
                    }
                    Ok(epochs)
                },
            ),
            chaff("last_batch_dropped", "The last partial batch is dropped.", |m, v, t, w, s, g, watch| {
                looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, |n, b, g, e| {
                    let all = shuffled(n, b, g, e);
                    if n < b { all } else { all.into_iter().filter(|batch| batch.len() == b).collect() }
                })
            }),
            chaff(
                "one_layer_frozen",
                "Only the last variables are trained.",
                |m, mut v, t, w, s, g, watch| {
                    if v.len() > 1 {
                        v.retain(|var| var.rank() == 1);
                    }
                    reference::fit(m, v, t, w, s, g, watch)
                },
            ),
            chaff("twice_the_rate", "The learning rate may be doubled.", |m, v, t, w, s, g, watch| {
                reference::fit(
                    m,
                    v,
                    t,
                    w,
                    &Settings { learning_rate: 2.0 * s.learning_rate, ..s.clone() },
                    g,
                    watch,
                )
            }),
            chaff(
                "weights_decay",
                "The default weight decay of `AdamW` can stay.",
                |m, v, t, w, s, g, watch| looped(m, adam(v, s, 0.01)?, t, w, s, g, watch, shuffled),
            ),
            chaff("not_watched", "The callback `watch` need not be called.", |m, v, t, w, s, g, _| {
                reference::fit(m, v, t, w, s, g, &mut |_| {})
            }),
            chaff("adam_for_each_epoch", "Each epoch has a new optimizer.", |m, v, t, w, s, g, watch| {
                let once = Settings { epochs: s.epochs.min(1), ..s.clone() };
                let (mut epochs, steps) = (Vec::new(), t.1.len().div_ceil(s.batch_size.max(1)));
                for epoch in 0..s.epochs.max(1) {
                    let one = reference::fit(m, v.clone(), t, w, &once, g, watch);
                    epochs.extend(one.map_err(|rejection| match rejection {
                        InputError::Diverged { step } => InputError::Diverged { step: epoch * steps + step },
                        other => other,
                    })?);
                }
                Ok(epochs)
            }),
            chaff(
                "shorter_memory",
                "The parameter β₂ of Adam does not matter.",
                |m, v, t, w, s, g, watch| {
                    let (lr, weight_decay) = (s.learning_rate, 0.0);
                    let params = ParamsAdamW { lr, weight_decay, beta2: 0.99, ..Default::default() };
                    looped(m, AdamW::new(v, params)?, t, w, s, g, watch, shuffled)
                },
            ),
            chaff("other_epsilon", "The parameter ε of Adam does not matter.", |m, v, t, w, s, g, watch| {
                let (lr, weight_decay) = (s.learning_rate, 0.0);
                let params = ParamsAdamW { lr, weight_decay, eps: 1e-7, ..Default::default() };
                looped(m, AdamW::new(v, params)?, t, w, s, g, watch, shuffled)
            }),
            chaff(
                "watched_at_the_end",
                "The callback `watch` is called after the last epoch.",
                |m, v, t, w, s, g, watch| {
                    let epochs = reference::fit(m, v, t, w, s, g, &mut |_| {})?;
                    epochs.iter().for_each(watch);
                    Ok(epochs)
                },
            ),
            chaff(
                "seeded_by_the_epoch",
                "The orders may be seeded by the number of the epoch.",
                |m, v, t, w, s, g, watch| {
                    looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, |n, b, _, epoch| {
                        shuffled(n, b, &mut Generator::from_seed(epoch as u64), epoch)
                    })
                },
            ),
            chaff(
                "batches_of_64_at_most",
                "A batch never needs more than 64 samples.",
                |m, v, t, w, s, g, watch| {
                    let size = s.batch_size.min(64);
                    reference::fit(m, v, t, w, &Settings { batch_size: size, ..s.clone() }, g, watch)
                },
            ),
            chaff(
                "stops_early",
                "Training stops when the validation loss rises (early stopping).",
                |m, v, t, w, s, g, watch| {
                    let mut epochs = reference::fit(m, v, t, w, s, g, watch)?;
                    let rise =
                        epochs.windows(2).position(|two| two[1].validation.loss > two[0].validation.loss);
                    epochs.truncate(rise.map_or(epochs.len(), |at| at + 2));
                    Ok(epochs)
                },
            ),
            chaff(
                "steps_of_the_epoch",
                "`Diverged` counts the steps within its epoch.",
                |m, v, t, w, s, g, watch| {
                    let steps = t.1.len().div_ceil(s.batch_size.max(1)).max(1);
                    reference::fit(m, v, t, w, s, g, watch).map_err(|rejection| match rejection {
                        InputError::Diverged { step } => InputError::Diverged { step: step % steps },
                        other => other,
                    })
                },
            ),
            chaff("any_rate", "A learning rate of 0 is allowed.", |m, v, t, w, s, g, watch| {
                let rate = if s.learning_rate == 0.0 { 1e-300 } else { s.learning_rate };
                reference::fit(m, v, t, w, &Settings { learning_rate: rate, ..s.clone() }, g, watch)
            }),
            chaff("rate_halved", "The learning rate may decay after five epochs.", rate_halved),
            chaff(
                "what_is_done_is_done",
                "If a later epoch fails, the earlier ones are returned.",
                |m, v, t, w, s, g, watch| {
                    let mut held = Vec::new();
                    let r = reference::fit(m, v, t, w, s, g, &mut |e| {
                        watch(e);
                        held.push(*e);
                    });
                    match r {
                        Err(InputError::Diverged { step }) => Err(InputError::Diverged { step }),
                        Err(e) if held.is_empty() => Err(e),
                        Err(_) => Ok(held),
                        r => r,
                    }
                },
            ),
            chaff(
                "validated_on_training_if_need_be",
                "Without a validation set the training set is used.",
                |m, v, t, w, s, g, watch| {
                    if w.1.is_empty() {
                        return reference::fit(m, v, t, t, s, g, watch);
                    }
                    reference::fit(m, v, t, w, s, g, watch)
                },
            ),
            wheat(
                "own_adam",
                "Adam and the scores by hand, the orders by insertion at random places",
                own_adam,
            ),
            chaff(
                "partial_batch_is_no_step",
                "The last partial batch of an epoch is no step.",
                |m, v, t, w, s, g, watch| {
                    reference::fit(m, v, t, w, s, g, watch).map_err(|rejection| match rejection {
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
                    reference::fit(m, v, t, w, s, g, watch)
                },
            ),
            chaff(
                "no_validation_samples",
                "Without validation samples nothing is evaluated.",
                |m, v, t, w, s, g, watch| {
                    if w.1.is_empty() && w.0.dim(0)? == 0 {
                        return Ok(vec![]);
                    }
                    reference::fit(m, v, t, w, s, g, watch)
                },
            ),
            chaff(
                "a_hundred_and_fifty_epochs",
                "A hundred and fifty epochs are enough.",
                |m, v, t, w, s, g, watch| {
                    let settings = Settings { epochs: s.epochs.min(150), ..*s };
                    reference::fit(m, v, t, w, &settings, g, watch)
                },
            ),
            chaff(
                "watched_now_and_then",
                "In a long training every other epoch is enough for `watch`.",
                |m, v, t, w, s, g, watch| {
                    let mut epoch = 0;
                    reference::fit(m, v, t, w, s, g, &mut |e| {
                        epoch += 1;
                        if s.epochs < 12 || epoch % 2 == 1 {
                            watch(e);
                        }
                    })
                },
            ),
            chaff(
                "order_drawn_before",
                "The first order may be drawn before it is known whether there is an epoch.",
                |m, v, t, w, s, g, watch| {
                    let epochs = reference::fit(m, v, t, w, s, g, watch)?;
                    if s.epochs == 0 {
                        g.below(t.1.len().max(1));
                    }
                    Ok(epochs)
                },
            ),
        ],
    )(model, variables, training, validation, settings, generator, watch)
}
