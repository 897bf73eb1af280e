use kit::InputError;

use crate::reference::m07_deep_learning::curves::{self as reference, History};
use crate::reference::m07_deep_learning::fitting::Epoch;
use crate::specimens::specimen::{answering, chaff, wheat};

type Kata = fn(&[Epoch]) -> Result<History, InputError>;

/// The kata, answered by a specimen.
pub fn history(epochs: &[Epoch]) -> Result<History, InputError> {
    answering::<Kata>(
        module_path!(),
        reference::history,
        &[
            wheat("one_loop", "goes through the epochs once and keeps the best", |epochs| {
                let checked = reference::history(epochs)?;
                let mut best = 0;
                for (i, loss) in checked.validation_loss.iter().enumerate() {
                    if *loss < checked.validation_loss[best] {
                        best = i;
                    }
                }
                Ok(History { best: best + 1, ..checked })
            }),
            wheat("sorted", "sorts the epochs by loss, then by number", |epochs| {
                let checked = reference::history(epochs)?;
                let mut order: Vec<usize> = (0..epochs.len()).collect();
                order.sort_by(|&i, &j| checked.validation_loss[i].total_cmp(&checked.validation_loss[j]));
                Ok(History { best: order[0] + 1, ..checked })
            }),
            chaff("best_of_training", "The best epoch has the smallest training loss.", |epochs| {
                let best = best(&reference::history(epochs)?.training_loss, |a, b| a < b);
                Ok(History { best, ..reference::history(epochs)? })
            }),
            chaff("last_of_equals", "Of equally good epochs the last one is best.", |epochs| {
                let best = best(&reference::history(epochs)?.validation_loss, |a, b| a <= b);
                Ok(History { best, ..reference::history(epochs)? })
            }),
            chaff("from_zero", "Epochs are counted from 0.", |epochs| {
                reference::history(epochs).map(|h| History { best: h.best - 1, ..h })
            }),
            chaff("by_accuracy", "The best epoch has the highest validation accuracy.", |epochs| {
                let best = best(&reference::history(epochs)?.validation_accuracy, |a, b| a > b);
                Ok(History { best, ..reference::history(epochs)? })
            }),
            chaff("curves_swapped", "The training and validation curves are interchangeable.", |epochs| {
                let h = reference::history(epochs)?;
                Ok(History { training_loss: h.validation_loss.clone(), ..h })
            }),
            chaff("nan_let_through", "A NaN is allowed.", |epochs| {
                reference::history(epochs).or_else(|rejection| match rejection {
                    InputError::NotFinite { .. } => Ok(History {
                        training_loss: vec![],
                        validation_loss: vec![],
                        training_accuracy: vec![],
                        validation_accuracy: vec![],
                        best: 1,
                    }),
                    other => Err(other),
                })
            }),
            chaff("progress_of_a_thousandth", "An improvement below 0.001 does not count.", |epochs| {
                let h = reference::history(epochs)?;
                Ok(History { best: best(&h.validation_loss, |a, b| a < b - 1e-3), ..h })
            }),
            chaff("best_so_far_is_one", "A loss is never above 1.", |epochs| {
                let h = reference::history(epochs)?;
                let (mut at, mut least) = (0, 1.0);
                for (i, l) in h.validation_loss.iter().enumerate() {
                    if *l < least {
                        (at, least) = (i, *l);
                    }
                }
                Ok(History { best: at + 1, ..h })
            }),
            chaff(
                "stops_after_five",
                "After five epochs without improvement no better one follows.",
                |epochs| {
                    let h = reference::history(epochs)?;
                    let (mut at, mut wait) = (0, 0);
                    for i in 1..epochs.len() {
                        if h.validation_loss[i] < h.validation_loss[at] {
                            (at, wait) = (i, 0);
                        } else {
                            wait += 1;
                            if wait == 5 {
                                break;
                            }
                        }
                    }
                    Ok(History { best: at + 1, ..h })
                },
            ),
            wheat("minimum_of_pairs", "the smallest of pairs of loss and epoch", |epochs| {
                let checked = reference::history(epochs)?;
                let best = (1..)
                    .zip(&checked.validation_loss)
                    .min_by(|a, b| a.1.total_cmp(b.1))
                    .map_or(1, |(i, _)| i);
                Ok(History { best, ..checked })
            }),
            chaff("accuracy_above_0", "A measure below 0 is a mistake and becomes 0.", |epochs| {
                let mut history = reference::history(epochs)?;
                history.validation_accuracy.iter_mut().for_each(|accuracy| *accuracy = accuracy.max(0.0));
                Ok(history)
            }),
        ],
    )(epochs)
}

fn best(curve: &[f64], better: fn(f64, f64) -> bool) -> usize {
    (1..curve.len()).fold(0, |best, i| if better(curve[i], curve[best]) { i } else { best }) + 1
}
