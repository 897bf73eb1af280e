use kit::InputError;

use super::super::making::{all, last, nan_as_zero, single};
use crate::reference::x3_regularization::stopping as reference;
use crate::reference::x3_regularization::stopping::EarlyStopping;
use crate::specimens::specimen::{answering, chaff, wheat};

type Stopped = Result<EarlyStopping, InputError>;
type EarlyStop = fn(&[f64], usize, f64) -> Stopped;

/// The kata, answered by a specimen.
pub fn early_stopping(losses: &[f64], patience: usize, min_delta: f64) -> Result<EarlyStopping, InputError> {
    answering::<EarlyStop>(
        module_path!(),
        reference::early_stopping,
        &[
            wheat("counter", "counts the epochs without a new best one", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, delta| new < best - delta)
            }),
            wheat("difference", "compares the improvement with δ", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, delta| best - new > delta)
            }),
            chaff("equal_is_better", "An equal loss is better.", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, delta| new <= best - delta)
            }),
            chaff("no_delta", "Any lower loss is a new best one.", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, _| new < best)
            }),
            chaff("delta_added", "δ is how much worse a loss may be.", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, delta| new < best + delta)
            }),
            chaff("relative_delta", "δ is a share of the best loss.", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, delta| new < best - delta * best.abs())
            }),
            chaff("higher_is_better", "A higher value is better.", |losses, patience, delta| {
                counted(losses, patience, delta, |new, best, delta| new > best + delta)
            }),
            chaff(
                "against_the_last",
                "An epoch is compared with the one before it.",
                |losses, patience, delta| {
                    reference::early_stopping(losses, patience, delta)?;
                    let (mut best, mut waited) = (0, 0);
                    for epoch in 1..losses.len() {
                        if losses[epoch] < losses[epoch - 1] - delta {
                            (best, waited) = (epoch, 0);
                        } else {
                            waited += 1;
                        }
                        if waited == patience {
                            return Ok(EarlyStopping { best, stop: Some(epoch) });
                        }
                    }
                    Ok(EarlyStopping { best, stop: None })
                },
            ),
            chaff("never_reset", "Epochs without a new best one add up.", |losses, patience, delta| {
                reference::early_stopping(losses, patience, delta)?;
                let (mut best, mut waited) = (0, 0);
                for epoch in 1..losses.len() {
                    if losses[epoch] < losses[best] - delta {
                        best = epoch;
                    } else {
                        waited += 1;
                    }
                    if waited == patience {
                        return Ok(EarlyStopping { best, stop: Some(epoch) });
                    }
                }
                Ok(EarlyStopping { best, stop: None })
            }),
            chaff("one_more", "Training stops when the patience is exceeded.", |losses, patience, delta| {
                reference::early_stopping(losses, patience, delta)?;
                reference::early_stopping(losses, patience.saturating_add(1), delta)
            }),
            chaff(
                "one_less",
                "The best epoch is the first one without a better one.",
                |losses, patience, delta| {
                    let usual = reference::early_stopping(losses, patience, delta)?;
                    if patience == 1 {
                        Ok(usual)
                    } else {
                        reference::early_stopping(losses, patience - 1, delta)
                    }
                },
            ),
            chaff("no_stop", "The best epoch of all counts.", |losses, patience, delta| {
                reference::early_stopping(losses, patience, delta)?;
                reference::early_stopping(losses, usize::MAX, delta)
            }),
            chaff("best_of_all", "The best epoch may come after the stop.", |losses, patience, delta| {
                let stop = reference::early_stopping(losses, patience, delta)?.stop;
                Ok(EarlyStopping { best: reference::early_stopping(losses, usize::MAX, delta)?.best, stop })
            }),
            chaff("lowest", "The best epoch has the lowest loss.", |losses, patience, delta| {
                let stop = reference::early_stopping(losses, patience, delta)?.stop;
                let last = stop.unwrap_or(losses.len() - 1);
                let lowest = (0..=last).fold(0, |best, i| if losses[i] < losses[best] { i } else { best });
                Ok(EarlyStopping { best: lowest, stop })
            }),
            chaff("last_epoch", "The parameters of the last epoch are kept.", |losses, patience, delta| {
                let stop = reference::early_stopping(losses, patience, delta)?.stop;
                Ok(EarlyStopping { best: stop.unwrap_or(losses.len() - 1), stop })
            }),
            chaff("from_one", "Epochs count from 1.", |losses, patience, delta| {
                let EarlyStopping { best, stop } = reference::early_stopping(losses, patience, delta)?;
                Ok(EarlyStopping { best: best + 1, stop: stop.map(|stop| stop + 1) })
            }),
            chaff(
                "stop_is_next",
                "The stop is the first epoch that is not trained.",
                |losses, patience, delta| {
                    let EarlyStopping { best, stop } = reference::early_stopping(losses, patience, delta)?;
                    Ok(EarlyStopping { best, stop: stop.map(|stop| stop + 1) })
                },
            ),
            chaff("stop_is_last", "Without a stop it is the last epoch.", |losses, patience, delta| {
                let EarlyStopping { best, stop } = reference::early_stopping(losses, patience, delta)?;
                Ok(EarlyStopping { best, stop: stop.or(Some(losses.len() - 1)) })
            }),
            chaff(
                "not_at_the_end",
                "After the last epoch there is nothing to stop.",
                |losses, patience, delta| {
                    let EarlyStopping { best, stop } = reference::early_stopping(losses, patience, delta)?;
                    Ok(EarlyStopping { best, stop: stop.filter(|stop| stop + 1 < losses.len()) })
                },
            ),
            chaff("a_hundred_epochs", "A hundred epochs are enough.", |losses, patience, delta| {
                reference::early_stopping(losses, patience, delta)?;
                reference::early_stopping(&losses[..losses.len().min(100)], patience, delta)
            }),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough.",
                |losses, patience, delta| {
                    reference::early_stopping(losses, patience, delta)?;
                    reference::early_stopping(&all(losses, single), patience, delta)
                },
            ),
            chaff("nan_as_0", "A missing loss (NaN) counts as 0.", |losses, patience, delta| {
                reference::early_stopping(&all(losses, nan_as_zero), patience, delta)
            }),
            chaff(
                "unchecked_after_stop",
                "Epochs after the stop need no check.",
                |losses, patience, delta| {
                    let before = losses.iter().take_while(|loss| loss.is_finite()).count();
                    match reference::early_stopping(&losses[..before], patience, delta) {
                        Ok(found) if found.stop.is_some() => Ok(found),
                        _ => reference::early_stopping(losses, patience, delta),
                    }
                },
            ),
            chaff("no_patience", "A patience of 0 is one of 1.", |losses, patience, delta| {
                reference::early_stopping(losses, patience.max(1), delta)
            }),
            chaff("negative_delta", "The sign of δ does not matter.", |losses, patience, delta| {
                reference::early_stopping(losses, patience, delta.abs())
            }),
            chaff("empty", "Without epochs the first one is the best.", |losses, patience, delta| {
                if losses.is_empty() {
                    return Ok(EarlyStopping { best: 0, stop: None });
                }
                reference::early_stopping(losses, patience, delta)
            }),
            chaff("last_nan", "Any loss that is not finite may be named.", |losses, patience, delta| {
                reference::early_stopping(losses, patience, delta)
                    .map_err(|e| last(e, "losses", losses, |_| true))
            }),
            chaff(
                "relative_difference",
                "Losses that agree to 10⁻¹² of their size are equal.",
                |losses, patience, delta| {
                    reference::early_stopping(losses, patience, delta)?;
                    counted(losses, patience, delta, |new, best, delta| {
                        new < best - delta - 1e-12 * best.abs()
                    })
                },
            ),
            chaff(
                "hardly_negative",
                "What is below 0 by as little as rounding counts as 0.",
                |losses, patience, delta| {
                    reference::early_stopping(
                        losses,
                        patience,
                        if delta < 0.0 && delta > -1e-12 { 0.0 } else { delta },
                    )
                },
            ),
        ],
    )(losses, patience, min_delta)
}

fn counted(losses: &[f64], patience: usize, delta: f64, is_better: fn(f64, f64, f64) -> bool) -> Stopped {
    reference::early_stopping(losses, patience, delta)?;
    let (mut best, mut waited) = (0, 0);
    for (epoch, loss) in losses.iter().enumerate().skip(1) {
        waited += 1;
        if is_better(*loss, losses[best], delta) {
            (best, waited) = (epoch, 0);
        }
        if waited == patience {
            return Ok(EarlyStopping { best, stop: Some(epoch) });
        }
    }
    Ok(EarlyStopping { best, stop: None })
}
