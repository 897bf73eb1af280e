//! Other ways to compute it, right and wrong, for the specimens of `train`.

use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer};
use kit::{Generator, InputError, check};

use super::{Watch, Ways};
use crate::reference::m09_convolution::evaluation::{Model, evaluate};
use crate::reference::m09_convolution::training::{self as reference, Epoch, Samples, Settings};

pub(super) fn looped(
    model: &Model,
    variables: Vec<Var>,
    (training, validation): (Samples, Samples),
    settings: &Settings,
    generator: &mut Generator,
    callback: Watch,
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
            adam.set_learning_rate((ways.rate)(
                step,
                each * settings.epochs,
                each,
                settings.max_learning_rate,
            ));
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
        callback(&epoch);
        epochs.push(epoch);
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
    callback: Watch,
) -> Result<Vec<Epoch>, InputError> {
    use candle_core::{D, DType};
    let Settings { epochs, batch_size, max_learning_rate } = *settings;
    check::in_range("batch_size", batch_size as f64, batch_size > 0, "at least 1")?;
    check::in_range(
        "max_learning_rate",
        max_learning_rate,
        max_learning_rate > 0.0 && max_learning_rate < f64::INFINITY,
        "a finite number above 0",
    )?;
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
            let rate = 0.5 * max_learning_rate * (1.0 + (std::f64::consts::PI * step as f64 / all).cos());
            (total, step) = (total + value * batch.len() as f64, step + 1);
            let said: Vec<u32> = z.argmax(D::Minus1)?.to_vec1()?;
            right += said.iter().zip(&truth).filter(|(said, truth)| said == truth).count();
            let gradients = loss.backward()?;
            for (i, var) in variables.iter().enumerate() {
                let Some(gradient) = gradients.get(var) else { continue };
                means[i] = ((&means[i] * 0.9)? + (gradient * 0.1)?)?;
                squares[i] = ((&squares[i] * 0.999)? + (gradient.sqr()? * 0.001)?)?;
                let mean = (&means[i] / (1.0 - 0.9_f64.powi(step as i32)))?;
                let root = (&squares[i] / (1.0 - 0.999_f64.powi(step as i32)))?.sqrt()?;
                var.set(&(var.as_tensor() - ((mean / (root + 1e-8)?)? * rate)?)?)?;
            }
        }
        let validation = evaluate(model, validation.0, validation.1)?;
        let epoch = Epoch { loss: total / n as f64, accuracy: right as f64 / n as f64, validation };
        callback(&epoch);
        done.push(epoch);
    }
    Ok(done)
}
