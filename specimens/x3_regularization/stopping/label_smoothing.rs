use kit::{InputError, Matrix, check};

use super::super::making::{each, part, single};
use crate::reference::x3_regularization::stopping as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Targets = Result<Matrix, InputError>;
type LabelSmoothing = fn(&[usize], usize, f64) -> Targets;

/// The kata, answered by a specimen.
pub fn label_smoothing(labels: &[usize], classes: usize, smoothing: f64) -> Result<Matrix, InputError> {
    answering::<LabelSmoothing>(
        module_path!(),
        reference::label_smoothing,
        &[
            wheat("filled", "fills all with α/K and then adds 1 − α", |y, k, a| {
                reference::label_smoothing(y, k, a)?;
                let mut t = Matrix::from_fn(y.len(), k, |_, _| a / k as f64);
                y.iter().enumerate().for_each(|(i, &label)| t[(i, label)] += 1.0 - a);
                Ok(t)
            }),
            wheat("mixture", "mixes one-hot and uniform targets", |y, k, a| {
                entry(y, k, a, |is_true, k, a| {
                    let uniform = (1.0 / k) * a;
                    if is_true { uniform + (1.0 - a) } else { uniform }
                })
            }),
            chaff("one_hot", "A target is 0 or 1.", |y, k, a| {
                entry(y, k, a, |is_true, _, _| f64::from(u8::from(is_true)))
            }),
            chaff("only_the_others", "The share α is spread over the other K − 1 classes.", |y, k, a| {
                entry(y, k, a, |is_true, k, a| if is_true { 1.0 - a } else { a / (k - 1.0) })
            }),
            chaff("not_divided", "Each class gets α.", |y, k, a| {
                entry(y, k, a, |is_true, _, a| if is_true { 1.0 } else { a })
            }),
            chaff("true_class_without", "The true class has 1 − α.", |y, k, a| {
                entry(y, k, a, |is_true, k, a| if is_true { 1.0 - a } else { a / k })
            }),
            chaff("true_class_1", "The true class keeps 1.", |y, k, a| {
                entry(y, k, a, |is_true, k, a| if is_true { 1.0 } else { a / k })
            }),
            chaff("added", "α/K is added to a one-hot target.", |y, k, a| {
                entry(y, k, a, |is_true, k, a| f64::from(u8::from(is_true)) + a / k)
            }),
            chaff("exchanged", "α is what the true class keeps.", |y, k, a| {
                entry(y, k, a, |is_true, k, a| if is_true { a + (1.0 - a) / k } else { (1.0 - a) / k })
            }),
            chaff("uniform", "All classes are equally likely.", |y, k, a| entry(y, k, a, |_, k, _| 1.0 / k)),
            chaff("usual", "α is 0.1.", |y, k, a| {
                reference::label_smoothing(y, k, a)?;
                reference::label_smoothing(y, k, 0.1)
            }),
            chaff("ten_classes", "There are ten classes.", |y, k, a| {
                entry(y, k, a, |is_true, _, a| if is_true { 1.0 - a + a / 10.0 } else { a / 10.0 })
            }),
            chaff("as_many_as_seen", "There are as many classes as the labels name.", |y, k, a| {
                let t = reference::label_smoothing(y, k, a)?;
                Ok(part(&t, t.rows(), y.iter().max().map_or(0, |label| label + 1)))
            }),
            chaff("next_class", "Classes count from 1.", |y, k, a| {
                reference::label_smoothing(y, k, a)?;
                reference::label_smoothing(
                    &y.iter().map(|label| (label + k - 1) % k).collect::<Vec<_>>(),
                    k,
                    a,
                )
            }),
            chaff("a_hundred_labels", "A hundred labels are enough.", |y, k, a| {
                Ok(part(&reference::label_smoothing(y, k, a)?, 100, k))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |y, k, a| {
                Ok(each(&reference::label_smoothing(y, k, a)?, single))
            }),
            chaff("unknown_ignored", "A label that names no class has a uniform target.", |y, k, a| {
                let known: Vec<usize> = y.iter().map(|label| (*label).min(k.saturating_sub(1))).collect();
                reference::label_smoothing(&known, k, a)
            }),
            chaff("clipped", "A smoothing above 1 counts as 1.", |y, k, a| {
                reference::label_smoothing(y, k, if a > 1.0 { 1.0 } else { a })
            }),
            chaff("negative", "A negative smoothing sharpens.", |y, k, a| {
                if a < 0.0 {
                    reference::label_smoothing(y, k, 0.0)
                } else {
                    reference::label_smoothing(y, k, a)
                }
            }),
            chaff("no_labels", "Without labels there are no targets.", |y, k, a| {
                check::at_least(1, y.len())?;
                reference::label_smoothing(y, k, a)
            }),
            chaff("no_class", "Without a class the targets are empty.", |y, k, a| {
                if k == 0 && y.is_empty() {
                    Ok(Matrix::zeros(0, 0))
                } else {
                    reference::label_smoothing(y, k, a)
                }
            }),
            wheat("less_the_others", "gives the true class what the others leave", |y, k, a| {
                entry(y, k, a, |is_true, k, a| if is_true { 1.0 - (k - 1.0) * (a / k) } else { a / k })
            }),
            chaff("last_unknown", "Any label that is unknown may be named.", |y, k, a| {
                reference::label_smoothing(y, k, a).map_err(|error| match error {
                    InputError::UnknownClass { index, got, classes } => {
                        let index = y.iter().rposition(|label| *label >= k).unwrap_or(index);
                        InputError::UnknownClass { index, got: y.get(index).copied().unwrap_or(got), classes }
                    }
                    other => other,
                })
            }),
            chaff("hardly_negative", "What is below 0 by as little as rounding counts as 0.", |y, k, a| {
                reference::label_smoothing(y, k, if a < 0.0 && a > -1e-12 { 0.0 } else { a })
            }),
        ],
    )(labels, classes, smoothing)
}

fn entry(labels: &[usize], classes: usize, smoothing: f64, of: fn(bool, f64, f64) -> f64) -> Targets {
    reference::label_smoothing(labels, classes, smoothing)?;
    let one = |i: usize, k: usize| of(labels[i] == k, classes as f64, smoothing);
    Ok(Matrix::from_fn(labels.len(), classes, one))
}
