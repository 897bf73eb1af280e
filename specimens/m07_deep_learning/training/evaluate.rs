use candle_core::Tensor;
use kit::InputError;

use crate::reference::m07_deep_learning::training::{self as reference, Model, Score};
use crate::specimens::specimen::{answering, chaff, wheat};

type Evaluate = fn(&Model, &Tensor, &[usize]) -> Result<Score, InputError>;

/// The kata, answered by a specimen.
pub fn evaluate(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Score, InputError> {
    answering::<Evaluate>(
        module_path!(),
        reference::evaluate,
        &[
            wheat("portions_of_100", "smaller chunks", |model, x, labels| {
                portions(model, x, labels, 100, |score, size| (score, size))
            }),
            wheat("even_portions", "as many chunks as needed, as equal as possible", |model, x, labels| {
                let pieces = labels.len().div_ceil(500).max(1);
                portions(model, x, labels, labels.len().div_ceil(pieces).max(1), |score, size| (score, size))
            }),
            chaff(
                "mean_of_chunks",
                "The score is the mean over the chunks, not over the samples.",
                |model, x, labels| portions(model, x, labels, 500, |score, _| (score, 1.0)),
            ),
            chaff("partial_chunk_dropped", "The last partial chunk is dropped.", |model, x, labels| {
                let full = if labels.len() > 500 { labels.len() / 500 * 500 } else { labels.len() };
                if full == labels.len() {
                    return reference::evaluate(model, x, labels);
                }
                reference::evaluate(model, &x.narrow(0, 0, full)?, &labels[..full])
            }),
            chaff("all_at_once", "All samples fit into memory at once.", |model, x, labels| {
                let z = model(x);
                reference::evaluate(&|_| Err(InputError::Constant { name: "" }), x, labels).or_else(
                    |rejection| match rejection {
                        InputError::Constant { .. } => Ok(Score { loss: 0.0, accuracy: 0.0 }),
                        other => Err(other),
                    },
                )?;
                reference::evaluate(&|z| Ok(z.clone()), &z?, labels)
            }),
            chaff("in_percent", "The accuracy is given in percent.", |model, x, labels| {
                reference::evaluate(model, x, labels).map(|s| Score { accuracy: 100.0 * s.accuracy, ..s })
            }),
            chaff("summed", "The losses are summed, not averaged.", |model, x, labels| {
                reference::evaluate(model, x, labels)
                    .map(|s| Score { loss: s.loss * labels.len() as f64, ..s })
            }),
            chaff("errors_counted", "The accuracy is the fraction of errors.", |model, x, labels| {
                reference::evaluate(model, x, labels).map(|s| Score { accuracy: 1.0 - s.accuracy, ..s })
            }),
            chaff("smallest_logit", "The class with the smallest logit is predicted.", |model, x, labels| {
                let score = reference::evaluate(model, x, labels)?;
                let turned = reference::evaluate(&|x| Ok(model(x)?.neg()?), x, labels)?;
                Ok(Score { accuracy: turned.accuracy, ..score })
            }),
            chaff(
                "diverged",
                "A loss that is not finite is an error in an evaluation, too.",
                |model, x, labels| {
                    let s = reference::evaluate(model, x, labels)?;
                    if s.loss.is_finite() { Ok(s) } else { Err(InputError::Diverged { step: 0 }) }
                },
            ),
            chaff("surplus_labels", "Surplus labels are ignored.", |model, x, labels| {
                if labels.len() > x.dim(0)? {
                    return reference::evaluate(model, x, &labels[..x.dim(0)?]);
                }
                reference::evaluate(model, x, labels)
            }),
            wheat(
                "one_by_one",
                "evaluates one sample at a time, and adds up log-sum-exps itself",
                |model, x, labels| {
                    let unasked = |_: &Tensor| Err(InputError::Constant { name: "nothing is asked" });
                    match reference::evaluate(&unasked, x, labels) {
                        Err(InputError::Constant { .. }) => {}
                        rejected => return rejected,
                    }

                    let (mut loss, mut right) = (0.0, 0.0);
                    for (i, label) in labels.iter().enumerate() {
                        let z = model(&x.narrow(0, i, 1)?)?
                            .to_dtype(candle_core::DType::F64)?
                            .flatten_all()?
                            .to_vec1::<f64>()?;
                        if *label >= z.len() {
                            return Err(InputError::UnknownClass { index: 0, got: *label, classes: z.len() });
                        }
                        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                        loss += z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln() + largest - z[*label];
                        let best = (0..z.len()).fold(0, |best, c| if z[c] > z[best] { c } else { best });
                        right += f64::from(u8::from(best == *label));
                    }
                    let n = labels.len() as f64;
                    Ok(Score { loss: loss / n, accuracy: right / n })
                },
            ),
            chaff(
                "later_errors_ignored",
                "An error in a later chunk ends the evaluation early.",
                |model, x, labels| {
                    let asked = std::cell::Cell::new(false);
                    let forgiving = |x: &Tensor| {
                        let z = model(x);
                        if asked.replace(true) { z.or_else(|_| Ok(x.zeros_like()?)) } else { z }
                    };
                    reference::evaluate(&forgiving, x, labels)
                },
            ),
            chaff(
                "no_accuracy_in_single_precision",
                "In f32 the accuracy is not computed.",
                |model, x, labels| {
                    let score = reference::evaluate(model, x, labels)?;
                    let is_single = x.dtype() == candle_core::DType::F32;
                    Ok(Score { accuracy: if is_single { 0.0 } else { score.accuracy }, ..score })
                },
            ),
        ],
    )(model, x, labels)
}

fn portions(
    model: &Model,
    x: &Tensor,
    labels: &[usize],
    portion: usize,
    counts: fn(Score, f64) -> (Score, f64),
) -> Result<Score, InputError> {
    if labels.is_empty() || x.dims().first() != Some(&labels.len()) {
        return reference::evaluate(model, x, labels);
    }
    let (mut loss, mut right, mut n) = (0.0, 0.0, 0.0);
    for (i, truth) in labels.chunks(portion).enumerate() {
        let score = reference::evaluate(model, &x.narrow(0, i * portion, truth.len())?, truth)?;
        let (score, weight) = counts(score, truth.len() as f64);
        (loss, right, n) = (loss + weight * score.loss, right + weight * score.accuracy, n + weight);
    }
    Ok(Score { loss: loss / n, accuracy: right / n })
}
