use kit::{InputError, Matrix, Softmax, check};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::model as reference;

mod ways;

use ways::{Slip, descended, slopes_by_moments, whole_tables};

type Fitted = Result<(Softmax, Vec<f64>), InputError>;

type Train = fn(&Matrix, &[usize], &[String], f64, usize) -> Fitted;

/// The kata, answered by a specimen.
pub fn train(x: &Matrix, y: &[usize], classes: &[String], learning_rate: f64, steps: usize) -> Fitted {
    answering::<Train>(
        module_path!(),
        reference::train,
        &[
            wheat(
                "class_by_class",
                "one class after the other, with all probabilities kept",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::None),
            ),
            wheat(
                "step_by_step",
                "each model trained anew from the start, and asked for its last loss",
                |x, y, classes, rate, steps| {
                    let (model, last) = reference::train(x, y, classes, rate, steps)?;
                    let mut losses = vec![];
                    for t in 0..steps {
                        losses.extend(reference::train(x, y, classes, rate, t)?.1.pop());
                    }
                    losses.extend(last.last());
                    Ok((model, losses))
                },
            ),
            chaff("summed", "the slope is the sum over the rows", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::Summed)
            }),
            chaff("uphill", "the slope points where to go", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::Uphill)
            }),
            chaff("intercepts_forgotten", "the weights do the work", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::NoIntercepts)
            }),
            chaff(
                "label_not_subtracted",
                "the slope is the probability times x",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::NoLabel),
            ),
            chaff("row_after_row", "each row may move the weights at once", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::RowAfterRow)
            }),
            chaff("sigmoids", "each class has its own sigmoid", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::Sigmoids)
            }),
            chaff("losses_after", "a loss is noted after each step", |x, y, classes, rate, steps| {
                let (model, mut losses) = reference::train(x, y, classes, rate, steps)?;
                losses.remove(0);
                Ok((model, losses))
            }),
            chaff("last_loss_missing", "a loss is noted before each step", |x, y, classes, rate, steps| {
                let (model, mut losses) = reference::train(x, y, classes, rate, steps)?;
                losses.pop();
                Ok((model, losses))
            }),
            chaff("losses_summed", "the loss is the sum over the rows", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                Ok((model, losses.iter().map(|loss| loss * y.len() as f64).collect()))
            }),
            chaff("losses_in_bits", "a logarithm is a logarithm", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                Ok((model, losses.iter().map(|loss| loss / 2.0_f64.ln()).collect()))
            }),
            chaff(
                "clipped_loss",
                "a probability of 0 is replaced by 10⁻¹⁵ under the logarithm",
                |x, y, classes, rate, steps| {
                    let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                    let most = -(1e-15_f64.ln());
                    Ok((model, losses.iter().map(|loss| loss.min(most)).collect()))
                },
            ),
            chaff("one_step_more", "steps counts from 0 to steps", |x, y, classes, rate, steps| {
                let (model, _) = reference::train(x, y, classes, rate, steps + 1)?;
                Ok((model, reference::train(x, y, classes, rate, steps)?.1))
            }),
            chaff("names_forgotten", "numbers are names", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                let classes = (0..classes.len()).map(|c| c.to_string()).collect();
                Ok((Softmax { classes, ..model }, losses))
            }),
            chaff("nan_passed_on", "whoever brings a NaN gets one", |x, y, classes, rate, steps| {
                let zero = Matrix::zeros(x.rows(), x.cols());
                reference::train(&zero, y, classes, if rate > 0.0 { 1.0 } else { rate }, 0)?;
                reference::train(x, y, classes, rate, steps)
                    .or(reference::train(&zero, y, classes, 1.0, steps))
            }),
            chaff("labels_trusted", "a label that is no class does nothing", |x, y, classes, rate, steps| {
                let known: Vec<usize> =
                    y.iter().map(|label| (*label).min(classes.len().saturating_sub(1))).collect();
                if classes.is_empty() {
                    return Ok((
                        Softmax { weights: Matrix::zeros(0, x.cols()), intercepts: vec![], classes: vec![] },
                        vec![],
                    ));
                }
                reference::train(x, &known, classes, rate, steps)
            }),
            chaff("standing_still_allowed", "a rate of 0 is a rate", |x, y, classes, rate, steps| {
                reference::train(x, y, classes, if rate == 0.0 { 1e-300 } else { rate }, steps)
            }),
            chaff("untrained", "zeros are a start", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, 0)?;
                Ok((model, vec![losses[0]; steps + 1]))
            }),
            chaff(
                "labels_before_rates",
                "labels are looked at before the rate",
                |x, y, classes, rate, steps| match reference::train(x, y, classes, rate, steps) {
                    Err(
                        InputError::OutOfRange { .. } | InputError::NotFinite { name: "learning_rate", .. },
                    ) if y.iter().any(|l| *l >= classes.len()) => {
                        let index = y.iter().position(|l| *l >= classes.len()).unwrap_or(0);
                        Err(InputError::UnknownClass { index, got: y[index], classes: classes.len() })
                    }
                    other => other,
                },
            ),
            chaff("rate_first", "the rate is looked at before the rows", |x, y, classes, rate, steps| {
                check::finite_number("learning_rate", rate)?;
                check::positive("learning_rate", rate)?;
                reference::train(x, y, classes, rate, steps)
            }),
            chaff(
                "step_where_it_ran_away",
                "the step is named at which it ran away",
                |x, y, classes, rate, steps| match reference::train(x, y, classes, rate, steps) {
                    Err(InputError::NotConverged { residual, .. }) => {
                        let at = (0..=steps)
                            .find(|s| reference::train(x, y, classes, rate, *s).is_err())
                            .unwrap_or(steps);
                        Err(InputError::NotConverged { steps: at, residual })
                    }
                    other => other,
                },
            ),
            wheat(
                "whole_tables",
                "logits, their logarithmic softmax and the slopes as whole tables",
                whole_tables,
            ),
            wheat(
                "slopes_by_moments",
                "the slope by the mean of what is there less the mean of what is said, both ends of a list",
                slopes_by_moments,
            ),
        ],
    )(x, y, classes, learning_rate, steps)
}
