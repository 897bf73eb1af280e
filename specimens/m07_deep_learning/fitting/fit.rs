use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW, SGD};
use kit::{Generator, InputError, check};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m07_deep_learning::batches::shuffled_batches;
use crate::reference::m07_deep_learning::fitting::{self as reference, Epoch, Samples, Settings};
use crate::reference::m07_deep_learning::training::{Model, evaluate, train_epoch};

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
                "the same loop, each validation sample looked at alone",
                |m, v, t, w, s, g, watch| looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, shuffled),
            ),
            chaff("not_shuffled", "the data are in random order already", |m, v, t, w, s, g, watch| {
                looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, |n, b, _, _| {
                    (0..n).collect::<Vec<_>>().chunks(b).map(<[usize]>::to_vec).collect()
                })
            }),
            chaff("shuffled_once", "one order is enough for all epochs", |m, v, t, w, s, g, watch| {
                let g = g.clone();
                looped(m, adam(v, s, 0.0)?, t, w, s, &mut g.clone(), watch, |n, b, g, _| {
                    shuffled(n, b, &mut g.clone(), 0)
                })
            }),
            chaff(
                "validated_on_training",
                "validation is a second look at the training samples",
                |m, v, t, _, s, g, watch| reference::fit(m, v, t, t, s, g, watch),
            ),
            chaff(
                "learns_from_validation",
                "more samples teach more: validation samples, too",
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
            chaff("last_batch_dropped", "a short batch at the end is left out", |m, v, t, w, s, g, watch| {
                looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, |n, b, g, e| {
                    let all = shuffled(n, b, g, e);
                    if n < b { all } else { all.into_iter().filter(|batch| batch.len() == b).collect() }
                })
            }),
            chaff(
                "one_layer_frozen",
                "the last variables are learnt, the others are there already",
                |m, mut v, t, w, s, g, watch| {
                    if v.len() > 1 {
                        v.retain(|var| var.rank() == 1);
                    }
                    reference::fit(m, v, t, w, s, g, watch)
                },
            ),
            chaff("twice_the_rate", "a learning rate is a rule of thumb", |m, v, t, w, s, g, watch| {
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
            chaff("weights_decay", "`AdamW` is good as it comes", |m, v, t, w, s, g, watch| {
                looped(m, adam(v, s, 0.01)?, t, w, s, g, watch, shuffled)
            }),
            chaff("not_told", "what `watch` would be told is returned anyway", |m, v, t, w, s, g, _| {
                reference::fit(m, v, t, w, s, g, &mut |_| {})
            }),
            chaff(
                "adam_for_each_epoch",
                "an epoch begins with a new optimizer",
                |m, v, t, w, s, g, watch| {
                    let once = Settings { epochs: s.epochs.min(1), ..s.clone() };
                    let (mut epochs, steps) = (Vec::new(), t.1.len().div_ceil(s.batch_size.max(1)));
                    for epoch in 0..s.epochs.max(1) {
                        let one = reference::fit(m, v.clone(), t, w, &once, g, watch);
                        epochs.extend(one.map_err(|refusal| match refusal {
                            InputError::Diverged { step } => {
                                InputError::Diverged { step: epoch * steps + step }
                            }
                            other => other,
                        })?);
                    }
                    Ok(epochs)
                },
            ),
            chaff("shorter_memory", "squares of slopes are soon out of date", |m, v, t, w, s, g, watch| {
                let (lr, weight_decay) = (s.learning_rate, 0.0);
                let params = ParamsAdamW { lr, weight_decay, beta2: 0.99, ..Default::default() };
                looped(m, AdamW::new(v, params)?, t, w, s, g, watch, shuffled)
            }),
            chaff("other_epsilon", "any ε that is small will do", |m, v, t, w, s, g, watch| {
                let (lr, weight_decay) = (s.learning_rate, 0.0);
                let params = ParamsAdamW { lr, weight_decay, eps: 1e-7, ..Default::default() };
                looped(m, AdamW::new(v, params)?, t, w, s, g, watch, shuffled)
            }),
            chaff("told_in_the_end", "`watch` is told when all is done", |m, v, t, w, s, g, watch| {
                let epochs = reference::fit(m, v, t, w, s, g, &mut |_| {})?;
                epochs.iter().for_each(watch);
                Ok(epochs)
            }),
            chaff(
                "seeded_by_the_epoch",
                "the number of the epoch is seed enough",
                |m, v, t, w, s, g, watch| {
                    looped(m, adam(v, s, 0.0)?, t, w, s, g, watch, |n, b, _, epoch| {
                        shuffled(n, b, &mut Generator::from_seed(epoch as u64), epoch)
                    })
                },
            ),
            chaff(
                "batches_of_64_at_most",
                "no batch needs more than 64 samples",
                |m, v, t, w, s, g, watch| {
                    let size = s.batch_size.min(64);
                    reference::fit(m, v, t, w, &Settings { batch_size: size, ..s.clone() }, g, watch)
                },
            ),
            chaff(
                "stops_early",
                "a training ends when the validation loss rises",
                |m, v, t, w, s, g, watch| {
                    let mut epochs = reference::fit(m, v, t, w, s, g, watch)?;
                    let rise =
                        epochs.windows(2).position(|two| two[1].validation.loss > two[0].validation.loss);
                    epochs.truncate(rise.map_or(epochs.len(), |at| at + 2));
                    Ok(epochs)
                },
            ),
            chaff("steps_of_the_epoch", "a step is counted within its epoch", |m, v, t, w, s, g, watch| {
                let steps = t.1.len().div_ceil(s.batch_size.max(1)).max(1);
                reference::fit(m, v, t, w, s, g, watch).map_err(|refusal| match refusal {
                    InputError::Diverged { step } => InputError::Diverged { step: step % steps },
                    other => other,
                })
            }),
            chaff("any_rate", "a rate of 0 learns nothing and does no harm", |m, v, t, w, s, g, watch| {
                let rate = if s.learning_rate == 0.0 { 1e-300 } else { s.learning_rate };
                reference::fit(m, v, t, w, &Settings { learning_rate: rate, ..s.clone() }, g, watch)
            }),
            chaff(
                "rate_halved",
                "a smaller rate from the sixth epoch on does no harm",
                |m, v, t, w, s, g, watch| {
                    let mut o = {
                        reference::fit(
                            m,
                            Vec::new(),
                            t,
                            w,
                            &Settings { epochs: 0, ..s.clone() },
                            g,
                            &mut |_| {},
                        )?;
                        adam(v, s, 0.0)?
                    };
                    let (mut epochs, mut steps) = (Vec::new(), 0);
                    for e in 0..s.epochs {
                        if e >= 5 {
                            o.set_learning_rate(s.learning_rate * 0.5);
                        }
                        let batches = shuffled(t.1.len(), s.batch_size, g, e);
                        let learnt = train_epoch(m, &mut o, t.0, t.1, &batches).map_err(|r| match r {
                            InputError::Diverged { step } => InputError::Diverged { step: steps + step },
                            o => o,
                        })?;
                        steps += batches.len();
                        epochs.push(Epoch { training: learnt, validation: evaluate(m, w.0, w.1)? });
                        watch(&epochs[e]);
                    }
                    Ok(epochs)
                },
            ),
            chaff(
                "what_is_done_is_done",
                "a later epoch that fails leaves the earlier ones valid",
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
                "without validation labels the training samples serve",
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
        ],
    )(model, variables, training, validation, settings, generator, watch)
}

fn adam(variables: Vec<Var>, settings: &Settings, weight_decay: f64) -> Result<AdamW, InputError> {
    let lr = settings.learning_rate;
    Ok(AdamW::new(variables, ParamsAdamW { lr, weight_decay, ..Default::default() })?)
}

fn shuffled(n: usize, b: usize, generator: &mut Generator, _: usize) -> Batches {
    shuffled_batches(n, b, generator).unwrap_or_default()
}

#[expect(clippy::too_many_arguments, reason = "the kata's own, and the two that differ")]
fn looped(
    model: &Model,
    mut optimizer: AdamW,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    watch: Watch,
    order: fn(usize, usize, &mut Generator, usize) -> Batches,
) -> Result<Vec<Epoch>, InputError> {
    let nothing = Settings { epochs: 0, ..settings.clone() };
    reference::fit(model, Vec::new(), training, validation, &nothing, generator, &mut |_| {})?;
    let (mut epochs, mut steps) = (Vec::new(), 0);
    for epoch in 0..settings.epochs {
        let batches = order(training.1.len(), settings.batch_size, generator, epoch);
        let learnt =
            train_epoch(model, &mut optimizer, training.0, training.1, &batches).map_err(|refusal| {
                match refusal {
                    InputError::Diverged { step } => InputError::Diverged { step: steps + step },
                    other => other,
                }
            })?;
        steps += batches.len();
        let one_by_one = |x: &Tensor| {
            let rows: Result<Vec<_>, _> = (0..x.dim(0)?).map(|i| model(&x.narrow(0, i, 1)?)).collect();
            Ok(Tensor::cat(&rows?, 0)?)
        };
        let validated = evaluate(&one_by_one, validation.0, validation.1)?;
        epochs.push(Epoch { training: learnt, validation: validated });
        epochs.last().into_iter().for_each(&mut *watch);
    }
    Ok(epochs)
}

fn own_adam(
    model: &Model,
    variables: Vec<Var>,
    training: Samples,
    validation: Samples,
    settings: &Settings,
    generator: &mut Generator,
    watch: Watch,
) -> Result<Vec<Epoch>, InputError> {
    use candle_core::{D, DType};

    use crate::reference::m07_deep_learning::training::Score;
    let Settings { epochs, batch_size, learning_rate } = *settings;
    check::in_range("batch_size", batch_size as f64, batch_size > 0, "at least 1")?;
    let is_rate = learning_rate > 0.0 && learning_rate < f64::INFINITY;
    check::in_range("learning_rate", learning_rate, is_rate, "a finite number above 0")?;
    let ((x, labels), n) = (training, training.1.len());
    let (mut moments, mut done, mut step) = (Vec::new(), Vec::new(), 0);
    for var in &variables {
        moments.push([var.zeros_like()?, var.zeros_like()?]);
    }
    for _ in 0..epochs {
        check::same_length(x.dim(0)?, labels.len())?;
        check::at_least(1, n)?;
        let mut order = Vec::with_capacity(n);
        (0..n).for_each(|i| order.insert(generator.below(i + 1), i));
        let (mut total, mut hits) = (0.0, 0.0);
        for batch in order.chunks(batch_size) {
            let rows: Vec<u32> = batch.iter().map(|i| *i as u32).collect();
            let truth: Vec<u32> = batch.iter().map(|i| labels[*i] as u32).collect();
            let z = model(&x.index_select(&Tensor::new(rows, x.device())?, 0)?)?;
            let classes = z.dim(1)?;
            if let Some(index) = truth.iter().position(|label| *label as usize >= classes) {
                return Err(InputError::UnknownClass { index, got: truth[index] as usize, classes });
            }
            let own = z.gather(&Tensor::new(truth.clone(), x.device())?.unsqueeze(1)?, 1)?;
            let loss = z.broadcast_sub(&own)?.log_sum_exp(1)?.mean_all()?;
            let value: f64 = loss.to_dtype(DType::F64)?.to_scalar()?;
            if !value.is_finite() {
                return Err(InputError::Diverged { step });
            }
            step += 1;
            total += value * batch.len() as f64;
            let said: Vec<u32> = z.argmax(D::Minus1)?.to_vec1()?;
            hits += said.iter().zip(&truth).filter(|(said, truth)| said == truth).count() as f64;
            let slopes = loss.backward()?;
            for (var, [mean, square]) in variables.iter().zip(&mut moments) {
                let Some(slope) = slopes.get(var) else { continue };
                *mean = ((&*mean * 0.9)? + (slope * 0.1)?)?;
                *square = ((&*square * 0.999)? + (slope.sqr()? * 0.001)?)?;
                let rate = learning_rate / (1.0 - 0.9_f64.powi(step as i32));
                let root = (&*square / (1.0 - 0.999_f64.powi(step as i32)))?.sqrt()?;
                var.set(&(var.as_tensor() - ((&*mean * rate)? / (root + 1e-8)?)?)?)?;
            }
        }
        let training = Score { loss: total / n as f64, accuracy: hits / n as f64 };
        done.push(Epoch { training, validation: evaluate(model, validation.0, validation.1)? });
        done.last().into_iter().for_each(&mut *watch);
    }
    Ok(done)
}
