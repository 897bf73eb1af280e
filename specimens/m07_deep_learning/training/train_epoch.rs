use candle_core::Tensor;
use candle_nn::Optimizer;
use kit::{InputError, check};

use crate::reference::m07_deep_learning::loss::cross_entropy;
use crate::reference::m07_deep_learning::training::{self as reference, Model, Score, evaluate};
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{at, check_batches, own, reference_number, taken};

type TrainEpoch<O> = fn(&Model, &mut O, &Tensor, &[usize], &[Vec<usize>]) -> Result<Score, InputError>;

/// The kata, answered by a specimen.
pub fn train_epoch<O: Optimizer>(
    model: &Model,
    optimizer: &mut O,
    x: &Tensor,
    labels: &[usize],
    batches: &[Vec<usize>],
) -> Result<Score, InputError> {
    answering::<TrainEpoch<O>>(
        module_path!(),
        reference::train_epoch::<O>,
        &[
            wheat(
                "batch_after_batch",
                "an epoch of one batch each, the scores put together",
                |model, o, x, labels, batches| {
                    check_batches(model, o, x, labels, batches)?;
                    let (mut loss, mut right, mut n) = (0.0, 0.0, 0.0);
                    for (step, batch) in batches.iter().enumerate() {
                        let score = reference::train_epoch(model, o, x, labels, std::slice::from_ref(batch))
                            .map_err(|rejection| at(rejection, step))?;
                        let size = batch.len() as f64;
                        (loss, right, n) =
                            (loss + size * score.loss, right + size * score.accuracy, n + size);
                    }
                    Ok(Score { loss: loss / n, accuracy: right / n })
                },
            ),
            wheat(
                "gradients_first",
                "the gradients by hand, then the step",
                |model, o, x, labels, batches| {
                    own(model, o, x, labels, batches, |o, loss| Ok(o.step(&loss.backward()?)?))
                },
            ),
            chaff(
                "last_batch_only",
                "One step at the end of the epoch is enough.",
                |model, o, x, labels, batches| {
                    let mut last = None;
                    let score = own(model, o, x, labels, batches, |_, loss| {
                        last = Some(loss.clone());
                        Ok(())
                    })?;
                    if let Some(loss) = last {
                        o.backward_step(&loss)?;
                    }
                    Ok(score)
                },
            ),
            chaff(
                "partial_batch_dropped",
                "The last partial batch is dropped.",
                |model, o, x, labels, batches| {
                    let size = batches.first().map_or(0, Vec::len);
                    let full: Vec<_> = batches
                        .iter()
                        .filter(|batch| batch.is_empty() || batch.len() == size)
                        .cloned()
                        .collect();
                    reference::train_epoch(model, o, x, labels, &full)
                },
            ),
            chaff(
                "mean_of_means",
                "The loss of an epoch is the mean over the batches, not over the samples.",
                |model, o, x, labels, batches| {
                    let mut losses = Vec::new();
                    let score = own(model, o, x, labels, batches, |o, loss| {
                        losses.push(reference_number(loss)?);
                        Ok(o.backward_step(loss)?)
                    })?;
                    Ok(Score { loss: losses.iter().sum::<f64>() / losses.len() as f64, ..score })
                },
            ),
            chaff(
                "summed_loss",
                "The gradient is the sum over the samples of the batch.",
                |model, o, x, labels, batches| {
                    let mut sizes = batches.iter().map(Vec::len);
                    own(model, o, x, labels, batches, |o, loss| {
                        Ok(o.backward_step(&(loss * sizes.next().unwrap_or(1) as f64)?)?)
                    })
                },
            ),
            chaff(
                "scored_afterwards",
                "The score is computed after the epoch, with the final weights.",
                |model, o, x, labels, batches| {
                    reference::train_epoch(model, o, x, labels, batches)?;
                    evaluate(model, x, labels)
                },
            ),
            chaff(
                "no_step",
                "The call of `backward` updates the weights.",
                |model, o, x, labels, batches| {
                    own(model, o, x, labels, batches, |_, loss| Ok(loss.backward().map(drop)?))
                },
            ),
            chaff(
                "labels_in_their_own_order",
                "The labels need not follow the order of the batch.",
                |model, o, x, labels, batches| {
                    reference::train_epoch(model, o, x, labels, batches).map(drop).or_else(|rejection| {
                        match rejection {
                            InputError::Diverged { .. } => Ok(()),
                            other => Err(other),
                        }
                    })?;
                    let mut next = 0..;
                    let turned: Vec<Vec<usize>> = batches
                        .iter()
                        .map(|batch| batch.iter().map(|_| next.next().unwrap_or(0) % labels.len()).collect())
                        .collect();
                    reference::train_epoch(model, o, x, labels, &turned)
                },
            ),
            chaff(
                "infinity_goes_on",
                "An infinite loss is not a divergence.",
                |model, o, x, labels, batches| {
                    let finite = |x: &Tensor| {
                        let z = model(x)?;
                        let [most, least] = [z.max_all()?, z.min_all()?]
                            .map(|z| z.to_dtype(candle_core::DType::F64)?.to_scalar::<f64>());
                        let (most, least) = (most?, least?);
                        // Logits so far apart that the loss may be infinite: any other loss is as good.
                        let far = most.is_finite() && least.is_finite() && (most - least).is_infinite();
                        Ok(if far { z.zeros_like()? } else { z })
                    };
                    reference::train_epoch(&finite, o, x, labels, batches)
                },
            ),
            chaff(
                "all_samples_counted",
                "The score is divided by the number of samples, not by those in the batches.",
                |model, o, x, labels, batches| {
                    let score = reference::train_epoch(model, o, x, labels, batches)?;
                    let share = batches.concat().len() as f64 / labels.len() as f64;
                    Ok(Score { loss: score.loss * share, accuracy: score.accuracy * share })
                },
            ),
            chaff("nan_goes_on", "A NaN loss need not stop the training.", |model, o, x, labels, batches| {
                check_batches(model, o, x, labels, batches)?;
                let mut total = 0.0;
                for batch in batches {
                    let (x, truth) = taken(x, labels, batch)?;
                    let loss = cross_entropy(&model(&x)?, &truth)?;
                    total += reference_number(&loss)?;
                    o.backward_step(&loss)?;
                }
                Ok(Score { loss: total / batches.len() as f64, accuracy: 0.0 })
            }),
            wheat(
                "rows_put_together",
                "takes the rows of a batch one by one",
                |model, o, x, labels, batches| {
                    check_batches(model, o, x, labels, batches)?;
                    let (mut sum, mut right, mut n) = (0.0, 0.0, 0.0);
                    for (step, batch) in batches.iter().enumerate() {
                        let rows = batch.iter().map(|i| x.narrow(0, *i, 1)).collect::<Result<Vec<_>, _>>()?;
                        let truth: Vec<usize> = batch.iter().map(|i| labels[*i]).collect();
                        let z = model(&Tensor::cat(&rows, 0)?)?;
                        let loss = cross_entropy(&z, &truth)?;
                        let value = reference_number(&loss)?;
                        if !value.is_finite() {
                            return Err(InputError::Diverged { step });
                        }
                        let said: Vec<u32> = z.argmax(candle_core::D::Minus1)?.to_vec1()?;
                        right += said
                            .iter()
                            .zip(&truth)
                            .filter(|(said, label)| **said as usize == **label)
                            .count() as f64;
                        (sum, n) = (sum + value * batch.len() as f64, n + batch.len() as f64);
                        o.step(&loss.backward()?)?;
                    }
                    Ok(Score { loss: sum / n, accuracy: right / n })
                },
            ),
            wheat(
                "weighted_rows",
                "each row's own loss from the label on, weighted by one over the batch; right ones by \
                 comparing logits",
                |model, o, x, labels, batches| {
                    let (n, mut done) = (x.dim(0)?, [0.0; 3]);
                    check::same_length(n, labels.len())?;
                    check::at_least(1, batches.iter().map(Vec::len).min().unwrap_or(0))?;
                    for &index in batches.iter().flatten() {
                        check::in_range("batches", index as f64, index < n, "a sample")?;
                    }
                    for (step, batch) in batches.iter().enumerate() {
                        let (x, truth) = taken(x, labels, batch)?;
                        let z = model(&x)?;
                        let (size, classes) = z.dims2()?;
                        check::labels(&truth, classes)?;
                        let truth: Vec<u32> = truth.iter().map(|c| *c as u32).collect();
                        let own = z.gather(&Tensor::from_vec(truth, (size, 1), x.device())?, 1)?;
                        let beyond = z.broadcast_sub(&own)?;
                        let share = 1.0 / size as f64;
                        let loss = (beyond.log_sum_exp(1)? * share)?.sum_all()?;
                        let value = reference_number(&loss)?;
                        if !value.is_finite() {
                            return Err(InputError::Diverged { step });
                        }
                        let most: Vec<f64> = beyond.max(1)?.to_dtype(candle_core::DType::F64)?.to_vec1()?;
                        let right = most.iter().filter(|most| **most <= 0.0).count() as f64;
                        o.step(&loss.backward()?)?;
                        let size = size as f64;
                        done = [done[0] + value * size, done[1] + right, done[2] + size];
                    }
                    Ok(Score { loss: done[0] / done[2], accuracy: done[1] / done[2] })
                },
            ),
            chaff(
                "repeated_samples_dropped",
                "A sample counts once in a batch.",
                |model, o, x, labels, batches| {
                    let mut once = batches.to_vec();
                    for batch in &mut once {
                        let mut seen = std::collections::HashSet::new();
                        batch.retain(|i| seen.insert(*i));
                    }
                    reference::train_epoch(model, o, x, labels, &once)
                },
            ),
            chaff(
                "large_batches_cannot_diverge",
                "The mean over several samples is finite.",
                |model, o, x, labels, batches| match reference::train_epoch(model, o, x, labels, batches) {
                    Err(InputError::Diverged { .. }) if batches.iter().any(|batch| batch.len() > 1) => {
                        Ok(Score { loss: f64::NAN, accuracy: 0.0 })
                    }
                    other => other,
                },
            ),
            chaff(
                "empty_batches_skipped",
                "Among many batches an empty one is skipped.",
                |model, o, x, labels, batches| {
                    if batches.len() < 4 {
                        return reference::train_epoch(model, o, x, labels, batches);
                    }
                    let full: Vec<_> = batches.iter().filter(|batch| !batch.is_empty()).cloned().collect();
                    reference::train_epoch(model, o, x, labels, &full)
                },
            ),
        ],
    )(model, optimizer, x, labels, batches)
}
