//! Other ways to compute it, right and wrong, for the specimens of `fit`.

use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use kit::{Generator, InputError, check};

use super::{Batches, Watch};
use crate::reference::m07_deep_learning::batches::shuffled_batches;
use crate::reference::m07_deep_learning::fitting::{self as reference, Epoch, Samples, Settings};
use crate::reference::m07_deep_learning::training::{Model, evaluate, train_epoch};

pub(super) fn adam(variables: Vec<Var>, settings: &Settings, weight_decay: f64) -> Result<AdamW, InputError> {
    let lr = settings.learning_rate;
    Ok(AdamW::new(variables, ParamsAdamW { lr, weight_decay, ..Default::default() })?)
}

pub(super) fn shuffled(n: usize, b: usize, generator: &mut Generator, _: usize) -> Batches {
    shuffled_batches(n, b, generator).unwrap_or_default()
}

#[expect(clippy::too_many_arguments, reason = "the kata's own, and the two that differ")]
pub(super) fn looped(
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
        let learned =
            train_epoch(model, &mut optimizer, training.0, training.1, &batches).map_err(|rejection| {
                match rejection {
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
        epochs.push(Epoch { training: learned, validation: validated });
        epochs.last().into_iter().for_each(&mut *watch);
    }
    Ok(epochs)
}

pub(super) fn own_adam(
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
            let gradients = loss.backward()?;
            for (var, [mean, square]) in variables.iter().zip(&mut moments) {
                let Some(slope) = gradients.get(var) else { continue };
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

pub(super) fn rate_halved(
    m: &Model,
    v: Vec<Var>,
    t: Samples,
    w: Samples,
    s: &Settings,
    g: &mut Generator,
    watch: Watch,
) -> Result<Vec<Epoch>, InputError> {
    let mut o = {
        reference::fit(m, Vec::new(), t, w, &Settings { epochs: 0, ..s.clone() }, g, &mut |_| {})?;
        adam(v, s, 0.0)?
    };
    let (mut epochs, mut steps) = (Vec::new(), 0);
    for e in 0..s.epochs {
        if e >= 5 {
            o.set_learning_rate(s.learning_rate * 0.5);
        }
        let batches = shuffled(t.1.len(), s.batch_size, g, e);
        let learned = train_epoch(m, &mut o, t.0, t.1, &batches).map_err(|r| match r {
            InputError::Diverged { step } => InputError::Diverged { step: steps + step },
            o => o,
        })?;
        steps += batches.len();
        epochs.push(Epoch { training: learned, validation: evaluate(m, w.0, w.1)? });
        watch(&epochs[e]);
    }
    Ok(epochs)
}
