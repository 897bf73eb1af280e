use kit::{InputError, Matrix, Softmax};

use crate::reference::m10_pipeline::model as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{Slip, descended, gradient_by_moments, whole_tables};

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
                "each model trained from the start, and its last loss taken",
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
            chaff(
                "summed",
                "The gradient is the sum over the rows, not the mean.",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::Summed),
            ),
            chaff(
                "uphill",
                "The step goes along the gradient, not against it.",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::Uphill),
            ),
            chaff("intercepts_forgotten", "The intercepts are not trained.", |x, y, classes, rate, steps| {
                descended(x, y, classes, rate, steps, Slip::NoIntercepts)
            }),
            chaff(
                "label_not_subtracted",
                "The gradient is p·x, without subtracting the one-hot label.",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::NoLabel),
            ),
            chaff(
                "row_after_row",
                "The weights are updated after each row (stochastic gradient descent).",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::RowAfterRow),
            ),
            chaff(
                "sigmoids",
                "Each class has a sigmoid of its own instead of a softmax.",
                |x, y, classes, rate, steps| descended(x, y, classes, rate, steps, Slip::Sigmoids),
            ),
            chaff(
                "losses_after",
                "The loss is recorded after each step only.",
                |x, y, classes, rate, steps| {
                    let (model, mut losses) = reference::train(x, y, classes, rate, steps)?;
                    losses.remove(0);
                    Ok((model, losses))
                },
            ),
            chaff(
                "last_loss_missing",
                "The loss is recorded before each step only.",
                |x, y, classes, rate, steps| {
                    let (model, mut losses) = reference::train(x, y, classes, rate, steps)?;
                    losses.pop();
                    Ok((model, losses))
                },
            ),
            chaff(
                "losses_summed",
                "The loss is the sum over the rows, not the mean.",
                |x, y, classes, rate, steps| {
                    let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                    Ok((model, losses.iter().map(|loss| loss * y.len() as f64).collect()))
                },
            ),
            chaff(
                "losses_in_bits",
                "The cross-entropy uses the logarithm to base 2.",
                |x, y, classes, rate, steps| {
                    let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                    Ok((model, losses.iter().map(|loss| loss / 2.0_f64.ln()).collect()))
                },
            ),
            chaff(
                "clipped_loss",
                "Probabilities are clipped at 10⁻¹⁵ under the logarithm.",
                |x, y, classes, rate, steps| {
                    let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                    let most = -(1e-15_f64.ln());
                    Ok((model, losses.iter().map(|loss| loss.min(most)).collect()))
                },
            ),
            chaff("one_step_more", "One step more than `steps` is taken.", |x, y, classes, rate, steps| {
                let (model, _) = reference::train(x, y, classes, rate, steps + 1)?;
                Ok((model, reference::train(x, y, classes, rate, steps)?.1))
            }),
            chaff(
                "names_forgotten",
                "The names of the classes are numbers.",
                |x, y, classes, rate, steps| {
                    let (model, losses) = reference::train(x, y, classes, rate, steps)?;
                    let classes = (0..classes.len()).map(|c| c.to_string()).collect();
                    Ok((Softmax { classes, ..model }, losses))
                },
            ),
            chaff(
                "nan_passed_on",
                "A NaN in the features gives a NaN model.",
                |x, y, classes, rate, steps| {
                    let zero = Matrix::zeros(x.rows(), x.cols());
                    reference::train(&zero, y, classes, if rate > 0.0 { 1.0 } else { rate }, 0)?;
                    reference::train(x, y, classes, rate, steps)
                        .or(reference::train(&zero, y, classes, 1.0, steps))
                },
            ),
            chaff("labels_trusted", "Labels need no check.", |x, y, classes, rate, steps| {
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
            chaff(
                "standing_still_allowed",
                "A learning rate of 0 is valid.",
                |x, y, classes, rate, steps| {
                    reference::train(x, y, classes, if rate == 0.0 { 1e-300 } else { rate }, steps)
                },
            ),
            chaff("untrained", "A model of zeros is enough.", |x, y, classes, rate, steps| {
                let (model, losses) = reference::train(x, y, classes, rate, 0)?;
                Ok((model, vec![losses[0]; steps + 1]))
            }),
            chaff(
                "step_of_divergence",
                "The error names the step at which training diverged.",
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
            wheat("whole_tables", "logits, log-softmax and gradients as whole matrices", whole_tables),
            wheat(
                "gradient_by_moments",
                "the gradient as a difference of means: observed minus predicted",
                gradient_by_moments,
            ),
            chaff("rate_clipped", "A learning rate above 100 is 100.", |x, y, classes, rate, steps| {
                reference::train(x, y, classes, if rate > 100.0 { 100.0 } else { rate }, steps)
            }),
            chaff(
                "at_most_300_steps",
                "After 300 steps nothing is learned.",
                |x, y, classes, rate, steps| {
                    let (model, mut losses) = reference::train(x, y, classes, rate, steps.min(300))?;
                    losses.resize(steps + 1, losses[losses.len() - 1]);
                    Ok((model, losses))
                },
            ),
            chaff(
                "last_loss_unchecked",
                "Only the weights have to be finite.",
                |x, y, classes, rate, steps| match reference::train(x, y, classes, rate, steps) {
                    Err(InputError::NotConverged { .. }) if rate < 1e9 => {
                        let (model, mut losses) = reference::train(x, y, classes, rate, 0)?;
                        losses.resize(steps + 1, f64::NAN);
                        Ok((model, losses))
                    }
                    answer => answer,
                },
            ),
        ],
    )(x, y, classes, learning_rate, steps)
}
