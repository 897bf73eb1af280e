use candle_core::Tensor;
use kit::{InputError, check};

use crate::reference::m09_convolution::evaluation::{self as reference, Evaluation, Model};
use crate::specimens::specimen::{answering, chaff, wheat};

type Evaluate = fn(&Model, &Tensor, &[usize]) -> Result<Evaluation, InputError>;

/// The kata, answered by a specimen.
pub fn evaluate(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Evaluation, InputError> {
    answering::<Evaluate>(
        module_path!(),
        reference::evaluate,
        &[
            wheat("batches_of_100", "smaller batches", |model, x, labels| {
                let portioned = |x: &Tensor| {
                    let n = x.dim(0)?;
                    let pieces =
                        (0..n).step_by(100).map(|from| model(&x.narrow(0, from, 100.min(n - from))?));
                    Ok(Tensor::cat(&pieces.collect::<Result<Vec<_>, InputError>>()?, 0)?)
                };
                reference::evaluate(&portioned, x, labels)
            }),
            wheat("sorted_by_index_last", "sorts by probability and index at once", |model, x, labels| {
                let mut found = reference::evaluate(model, x, labels)?;
                found.mistakes.reverse();
                found
                    .mistakes
                    .sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.index.cmp(&b.index)));
                Ok(found)
            }),
            chaff(
                "by_index",
                "Misclassified images are listed in the order of their index.",
                |model, x, labels| {
                    changed(reference::evaluate(model, x, labels), |found| {
                        found.mistakes.sort_by_key(|m| m.index)
                    })
                },
            ),
            chaff(
                "least_confident_first",
                "The least confident misclassified image comes first.",
                |model, x, labels| {
                    changed(reference::evaluate(model, x, labels), |found| found.mistakes.reverse())
                },
            ),
            chaff(
                "probability_of_the_label",
                "`probability` is the predicted probability of the true label.",
                |model, x, labels| {
                    changed(reference::evaluate(model, x, labels), |found| {
                        found.mistakes.iter_mut().for_each(|m| m.probability = 1.0 - m.probability);
                    })
                },
            ),
            chaff("index_in_the_batch", "`index` counts within its batch.", |model, x, labels| {
                changed(reference::evaluate(model, x, labels), |found| {
                    found.mistakes.iter_mut().for_each(|m| m.index %= 250);
                })
            }),
            chaff("all_at_once", "All images fit into one batch.", |model, x, labels| {
                let found = reference::evaluate(model, x, labels)?;
                model(x)?;
                Ok(found)
            }),
            chaff(
                "logarithm_of_softmax",
                "ln(softmax) can be computed as it is written, without underflow.",
                |model, x, labels| {
                    changed(reference::evaluate(model, x, labels), |found| {
                        // One whose probability is rounded to 0 is enough.
                        found.loss =
                            if found.loss * labels.len() as f64 > 745.0 { f64::INFINITY } else { found.loss };
                    })
                },
            ),
            chaff("errors_counted", "`accuracy` is the error rate.", |model, x, labels| {
                changed(reference::evaluate(model, x, labels), |found| found.accuracy = 1.0 - found.accuracy)
            }),
            chaff(
                "most_confident_only",
                "Only the most confident misclassified image is returned.",
                |model, x, labels| {
                    changed(reference::evaluate(model, x, labels), |found| found.mistakes.truncate(1))
                },
            ),
            chaff("double_only", "Networks compute in f64.", |model, x, labels| {
                if x.dtype() != candle_core::DType::F64 {
                    return Err(InputError::from(candle_core::Error::Msg("unexpected dtype".to_owned())));
                }
                reference::evaluate(model, x, labels)
            }),
            chaff(
                "diverged",
                "A NaN loss in evaluation means that training diverged.",
                |model, x, labels| {
                    let e = reference::evaluate(model, x, labels)?;
                    if e.loss.is_finite() { Ok(e) } else { Err(InputError::Diverged { step: 0 }) }
                },
            ),
            chaff("ten_worst", "At most ten misclassified images are returned.", |model, x, labels| {
                changed(reference::evaluate(model, x, labels), |f| f.mistakes.truncate(10))
            }),
            chaff(
                "sorted_anyhow",
                "Every sort keeps the order of equal elements (is stable).",
                |model, x, labels| {
                    changed(reference::evaluate(model, x, labels), |f| {
                        f.mistakes.sort_by_key(|m| m.index);
                        f.mistakes.sort_unstable_by(|a, b| b.probability.total_cmp(&a.probability))
                    })
                },
            ),
            chaff("flattened", "A network takes its images as flat rows.", |model, x, labels| {
                reference::evaluate(&|x| model(&x.flatten_from(1)?), x, labels)
            }),
            chaff(
                "last_batch_first",
                "The batches may be passed to the model in any order.",
                |model, x, labels| {
                    let found = reference::evaluate(&|_| Err(InputError::Constant { name: "" }), x, labels);
                    if let Err(e) = found
                        && !matches!(e, InputError::Constant { .. })
                    {
                        return Err(e);
                    }
                    let n = labels.len();
                    let mut z = Vec::new();
                    for from in (0..n).step_by(250).collect::<Vec<_>>().into_iter().rev() {
                        z.insert(0, model(&x.narrow(0, from, 250.min(n - from))?)?);
                    }
                    let z = Tensor::cat(&z, 0)?;
                    reference::evaluate(&|z| Ok(z.clone()), &z, labels)
                },
            ),
            chaff("rejection_swallowed", "Images that the model rejects are skipped.", |model, x, labels| {
                match reference::evaluate(model, x, labels) {
                    Err(InputError::Constant { .. }) => {
                        Ok(Evaluation { loss: 0.0, accuracy: 0.0, mistakes: vec![] })
                    }
                    a => a,
                }
            }),
            wheat(
                "inserted",
                "inserts each misclassified image at its place, image by image",
                |model, x, labels| {
                    let mut found = reference::evaluate(model, x, labels)?;
                    let mut sorted: Vec<crate::reference::m09_convolution::evaluation::Mistake> = Vec::new();
                    found.mistakes.sort_by_key(|mistake| mistake.index);
                    for mistake in found.mistakes {
                        let at = sorted
                            .iter()
                            .position(|other| other.probability < mistake.probability)
                            .unwrap_or(sorted.len());
                        sorted.insert(at, mistake);
                    }
                    Ok(Evaluation { mistakes: sorted, ..found })
                },
            ),
            wheat(
                "in_plain_numbers",
                "one image at a time, in plain numbers; the mistakes in a sorted map",
                in_plain_numbers,
            ),
            chaff(
                "no_classes_in_single_precision",
                "In f32 only loss and accuracy count.",
                |model, x, labels| {
                    let mut found = reference::evaluate(model, x, labels)?;
                    let is_single = x.dtype() == candle_core::DType::F32;
                    found.mistakes.iter_mut().filter(|_| is_single).for_each(|mistake| mistake.predicted = 0);
                    Ok(found)
                },
            ),
            chaff("sure_beyond_50", "Where logits are above 50 the softmax is 1.", |model, x, labels| {
                let mut found = reference::evaluate(model, x, labels)?;
                let largest = x.abs()?.max_all()?.to_dtype(candle_core::DType::F64)?.to_scalar::<f64>()?;
                found
                    .mistakes
                    .iter_mut()
                    .filter(|_| largest > 50.0)
                    .for_each(|mistake| mistake.probability = 1.0);
                Ok(found)
            }),
        ],
    )(model, x, labels)
}

fn changed(
    found: Result<Evaluation, InputError>,
    change: impl Fn(&mut Evaluation),
) -> Result<Evaluation, InputError> {
    found.map(|mut found| {
        change(&mut found);
        found
    })
}

fn in_plain_numbers(model: &Model, x: &Tensor, labels: &[usize]) -> Result<Evaluation, InputError> {
    let n = x.dims().first().copied().unwrap_or(0);
    check::same_length(n, labels.len())?;
    check::at_least(1, n)?;
    let (mut losses, mut right, mut wrong) = (Vec::new(), 0, std::collections::BTreeMap::new());
    for (index, &label) in labels.iter().enumerate() {
        let z = model(&x.narrow(0, index, 1)?)?.flatten_all()?;
        let z: Vec<f64> = z.to_dtype(candle_core::DType::F64)?.to_vec1()?;
        let Some(own) = z.get(label) else {
            return Err(InputError::UnknownClass { index, got: label, classes: z.len() });
        };
        let predicted = (1..z.len()).fold(0, |best, c| if z[c] > z[best] { c } else { best });
        let sum: f64 = z.iter().map(|other| (other - z[predicted]).exp()).sum();
        losses.push(sum.ln() + z[predicted] - own);
        if predicted == label {
            right += 1;
        } else {
            let probability = sum.recip();
            // From 0 to 1 the bits of a number rise with it.
            let key = (std::cmp::Reverse(probability.to_bits()), index);
            wrong.insert(key, reference::Mistake { index, predicted, probability });
        }
    }
    Ok(Evaluation {
        loss: losses.iter().sum::<f64>() / n as f64,
        accuracy: f64::from(right) / n as f64,
        mistakes: wrong.into_values().collect(),
    })
}
