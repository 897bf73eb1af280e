use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use kit::{Generator, InputError, check};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m09_convolution::evaluation::{Model, evaluate};
use crate::reference::m09_convolution::schedule::cosine_rate;
use crate::reference::m09_convolution::training::{self as reference, Epoch, Samples, Settings};

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
                    let learnt =
                        if v.len() > 1 { v.into_iter().filter(|v| v.rank() > 1).collect() } else { v };
                    reference::train(m, learnt, t, w, s, g, watch)
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
                looped(m, v, (t, w), s, g, watch, &RIGHT).map_err(|refusal| match refusal {
                    InputError::UnknownClass { got, classes, .. } => {
                        InputError::UnknownClass { index: 0, got, classes }
                    }
                    other => other,
                })
            }),
            chaff("steps_of_the_epoch", "a step is counted within its epoch", |m, v, t, w, s, g, watch| {
                let steps = t.1.len().div_ceil(s.batch_size.max(1)).max(1);
                reference::train(m, v, t, w, s, g, watch).map_err(|refusal| match refusal {
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

fn looped(
    model: &Model,
    variables: Vec<Var>,
    (training, validation): (Samples, Samples),
    settings: &Settings,
    generator: &mut Generator,
    watch: Watch,
    ways: &Ways,
) -> Result<Vec<Epoch>, InputError> {
    let nothing = Settings { epochs: 0, ..settings.clone() };
    reference::train(model, Vec::new(), training, validation, &nothing, generator, &mut |_| {})?;
    let (x, labels) = training;
    let mut adam = AdamW::new(variables.clone(), (ways.adam)())?;
    let (n, size) = (labels.len(), settings.batch_size);
    let (each, mut step, mut epochs) = (n.div_ceil(size), 0, Vec::new());
    for _ in 0..settings.epochs {
        if ways.adam_for_each_epoch {
            adam = AdamW::new(variables.clone(), (ways.adam)())?;
        }
        let (mut loss_sum, mut right, mut seen) = (0.0, 0.0, 0.0);
        for batch in (ways.order)(n, generator).chunks(size) {
            if batch.len() < size && !ways.keeps_short && n > size {
                continue;
            }
            let rows = Tensor::new(batch.iter().map(|i| *i as u32).collect::<Vec<_>>(), x.device())?;
            let truth: Vec<usize> = batch.iter().map(|i| labels[*i]).collect();
            let z = model(&x.index_select(&rows, 0)?)?;
            let classes = z.dim(1)?;
            if let Some(bad) = truth.iter().position(|c| *c >= classes) {
                return Err(InputError::UnknownClass { index: batch[bad], got: truth[bad], classes });
            }
            let classes = Tensor::new(truth.iter().map(|c| *c as u32).collect::<Vec<_>>(), x.device())?;
            let loss = candle_nn::loss::cross_entropy(&z, &classes)?;
            let value: f64 = loss.to_dtype(candle_core::DType::F64)?.to_scalar()?;
            if !value.is_finite() {
                return Err(InputError::Diverged { step });
            }
            let count = if ways.weighted { batch.len() as f64 } else { 1.0 };
            right += count * evaluate(&|z| Ok(z.clone()), &z.detach(), &truth)?.accuracy;
            (loss_sum, seen) = (loss_sum + count * value, seen + count);
            adam.set_learning_rate((ways.rate)(step, each * settings.epochs, each, settings.peak));
            step += 1;
            if !ways.last_step_only || step % each == 0 {
                adam.backward_step(&loss)?;
            }
        }
        let in_portions = |x: &Tensor| {
            let n = x.dim(0)?;
            let firsts = (0..n).step_by(ways.portion);
            let logits = firsts.map(|first| model(&x.narrow(0, first, ways.portion.min(n - first))?));
            Ok(Tensor::cat(&logits.collect::<Result<Vec<_>, InputError>>()?, 0)?)
        };
        let validation = evaluate(&in_portions, validation.0, validation.1)?;
        let epoch = Epoch { loss: loss_sum / seen, accuracy: right / seen, validation };
        watch(&epoch);
        epochs.push(epoch);
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
    let Settings { epochs, batch_size, peak } = *settings;
    check::in_range("batch_size", batch_size as f64, batch_size > 0, "at least 1")?;
    check::in_range("peak", peak, peak > 0.0 && peak < f64::INFINITY, "a finite number above 0")?;
    for (x, labels) in [training, validation] {
        check::same_length(x.dim(0)?, labels.len())?;
        check::at_least(1, labels.len())?;
    }
    let ((x, labels), n) = (training, training.1.len());
    let all = (epochs * n.div_ceil(batch_size)) as f64;
    let zeros = || variables.iter().map(|var| var.zeros_like()).collect::<Result<Vec<Tensor>, _>>();
    let (mut means, mut squares, mut done, mut step) = (zeros()?, zeros()?, Vec::new(), 0);
    for _ in 0..epochs {
        let mut order: Vec<(f64, usize)> = (0..n).map(|i| (generator.uniform(), i)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut total, mut right) = (0.0, 0);
        for batch in order.chunks(batch_size) {
            let rows: Vec<u32> = batch.iter().map(|(_, i)| *i as u32).collect();
            let z = model(&x.index_select(&Tensor::new(rows, x.device())?, 0)?)?;
            let k = z.dim(1)?;
            if let Some(&(_, index)) = batch.iter().find(|(_, i)| labels[*i] >= k) {
                return Err(InputError::UnknownClass { index, got: labels[index], classes: k });
            }
            let truth: Vec<u32> = batch.iter().map(|(_, i)| labels[*i] as u32).collect();
            let own = z.gather(&Tensor::new(truth.clone(), x.device())?.unsqueeze(1)?, 1)?;
            let loss = z.broadcast_sub(&own)?.log_sum_exp(1)?.mean_all()?;
            let value: f64 = loss.to_dtype(DType::F64)?.to_scalar()?;
            if !value.is_finite() {
                return Err(InputError::Diverged { step });
            }
            let rate = 0.5 * peak * (1.0 + (std::f64::consts::PI * step as f64 / all).cos());
            (total, step) = (total + value * batch.len() as f64, step + 1);
            let said: Vec<u32> = z.argmax(D::Minus1)?.to_vec1()?;
            right += said.iter().zip(&truth).filter(|(said, truth)| said == truth).count();
            let slopes = loss.backward()?;
            for (i, var) in variables.iter().enumerate() {
                let Some(slope) = slopes.get(var) else { continue };
                means[i] = ((&means[i] * 0.9)? + (slope * 0.1)?)?;
                squares[i] = ((&squares[i] * 0.999)? + (slope.sqr()? * 0.001)?)?;
                let mean = (&means[i] / (1.0 - 0.9_f64.powi(step as i32)))?;
                let root = (&squares[i] / (1.0 - 0.999_f64.powi(step as i32)))?.sqrt()?;
                var.set(&(var.as_tensor() - ((mean / (root + 1e-8)?)? * rate)?)?)?;
            }
        }
        let validation = evaluate(model, validation.0, validation.1)?;
        let epoch = Epoch { loss: total / n as f64, accuracy: right as f64 / n as f64, validation };
        watch(&epoch);
        done.push(epoch);
    }
    Ok(done)
}
