use kit::{InputError, Matrix, Tree};

use super::super::regressing::{GROWN, Way, boosted};
use super::super::searching::{each, rows};
use super::Boosted;
use crate::reference::x1_trees::boosting as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Fitted = Result<Boosted, InputError>;
type LogisticBoostingFit = fn(&Matrix, &[usize], usize, f64, usize) -> Fitted;

/// The kata, answered by a specimen.
pub fn logistic_boosting_fit(
    x: &Matrix,
    y: &[usize],
    rounds: usize,
    rate: f64,
    max_depth: usize,
) -> Result<Boosted, InputError> {
    answering::<LogisticBoostingFit>(
        module_path!(),
        reference::logistic_boosting_fit,
        &[
            wheat("tanh", "computes σ by the hyperbolic tangent", |x, y, rounds, rate, depth| {
                by(x, y, rounds, rate, depth, |y, output| y - (1.0 + (output / 2.0).tanh()) / 2.0)
            }),
            wheat(
                "two_logarithms",
                "starts with the difference of two logarithms",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let p = y.iter().sum::<usize>() as f64 / y.len() as f64;
                    let start = p.ln() - (1.0 - p).ln();
                    Ok(boosted(x, start, rounds, rate, rate, |_, outputs| {
                        tree(x, y, outputs, depth, difference)
                    }))
                },
            ),
            wheat("signs", "labels of ±1: r = ½·(s − tanh(F/2))", |x, y, rounds, rate, depth| {
                by(x, y, rounds, rate, depth, |y, output| 0.5 * (2.0 * y - 1.0 - (output / 2.0).tanh()))
            }),
            chaff(
                "squared",
                "The outputs are probabilities: y − F is what is left.",
                |x, y, rounds, rate, depth| by(x, y, rounds, rate, depth, |y, output| y - output),
            ),
            chaff(
                "opposite_sign",
                "The residual is the probability minus the label.",
                |x, y, rounds, rate, depth| by(x, y, rounds, rate, depth, |y, output| sigmoid(output) - y),
            ),
            chaff(
                "squared_loss",
                "The loss is squared: σ′ belongs into the residual.",
                |x, y, rounds, rate, depth| {
                    by(x, y, rounds, rate, depth, |y, output| {
                        let p = sigmoid(output);
                        (y - p) * p * (1.0 - p)
                    })
                },
            ),
            chaff(
                "thresholded",
                "The prediction is 0 or 1, and so the residual is 0 or ±1.",
                |x, y, rounds, rate, depth| {
                    by(x, y, rounds, rate, depth, |y, output| y - f64::from(u8::from(output > 0.0)))
                },
            ),
            chaff("bits", "σ has base 2.", |x, y, rounds, rate, depth| {
                by(x, y, rounds, rate, depth, |y, output| y - 1.0 / (1.0 + (-output).exp2()))
            }),
            chaff("starts_at_0", "The first logit is 0.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                Ok(boosted(x, 0.0, rounds, rate, rate, |_, outputs| tree(x, y, outputs, depth, difference)))
            }),
            chaff(
                "starts_at_p",
                "The first output is the fraction of class 1.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let p = y.iter().sum::<usize>() as f64 / y.len() as f64;
                    Ok(boosted(x, p, rounds, rate, rate, |_, outputs| tree(x, y, outputs, depth, difference)))
                },
            ),
            chaff("log_of_p", "The first logit is ln p.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                let p = y.iter().sum::<usize>() as f64 / y.len() as f64;
                Ok(boosted(x, p.ln(), rounds, rate, rate, |_, outputs| {
                    tree(x, y, outputs, depth, difference)
                }))
            }),
            chaff("classes_exchanged", "The logit is that of class 0.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                let other: Vec<usize> = y.iter().map(|label| 1 - label).collect();
                reference::logistic_boosting_fit(x, &other, rounds, rate, depth)
            }),
            chaff("last_wrong_label", "The last wrong label is named.", |x, y, rounds, rate, depth| {
                reference::logistic_boosting_fit(x, y, rounds, rate, depth).map_err(|error| match error {
                    InputError::UnknownClass { classes, .. } => {
                        let index = y.iter().rposition(|label| *label > 1).unwrap_or(0);
                        InputError::UnknownClass { index, got: y[index], classes }
                    }
                    other => other,
                })
            }),
            chaff(
                "done_below_a_hundredth",
                "Residuals below 0.01 need no further tree.",
                |x, y, rounds, rate, depth| {
                    let mut model = reference::logistic_boosting_fit(x, y, rounds, rate, depth)?;
                    let mut outputs = vec![model.start; y.len()];
                    let is_left = |tree: &Tree| {
                        let is_large =
                            outputs.iter().zip(y).any(|(f, y)| difference(*y as f64, *f).abs() >= 0.01);
                        let one = Boosted { start: 0.0, rate, trees: vec![tree.clone()] };
                        let more = reference::boosted_predict(&one, x).unwrap_or_default();
                        outputs.iter_mut().zip(more).for_each(|(f, more)| *f += more);
                        is_large
                    };
                    let left = model.trees.iter().map(is_left).collect::<Vec<_>>();
                    model.trees.truncate(left.iter().take_while(|it| **it).count());
                    Ok(model)
                },
            ),
            chaff("newton", "A leaf holds a Newton step.", |x, y, rounds, rate, depth| {
                let start = reference::logistic_boosting_fit(x, y, 0, rate, depth)?.start;
                // Of a label minus a probability p the size is p or 1 − p.
                let value = |left: &[f64]| {
                    let curvature = left.iter().map(|r| r.abs() * (1.0 - r.abs())).sum::<f64>();
                    if curvature > 0.0 { left.iter().sum::<f64>() / curvature } else { 0.0 }
                };
                Ok(boosted(x, start, rounds, rate, rate, |_, outputs| {
                    let left = y.iter().zip(outputs).map(|(y, output)| difference(*y as f64, *output));
                    Way { value, ..GROWN }.grow(x, &left.collect::<Vec<_>>(), depth)
                }))
            }),
            chaff(
                "whole_steps",
                "The learning rate matters for predictions only.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let start = reference::logistic_boosting_fit(x, y, 0, rate, depth)?.start;
                    Ok(boosted(x, start, rounds, rate, 1.0, |_, outputs| {
                        tree(x, y, outputs, depth, difference)
                    }))
                },
            ),
            chaff(
                "one_residual",
                "All trees are fitted to the residuals of the start.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let start = reference::logistic_boosting_fit(x, y, 0, rate, depth)?.start;
                    let first = vec![start; y.len()];
                    Ok(boosted(x, start, rounds, rate, rate, |_, _| tree(x, y, &first, depth, difference)))
                },
            ),
            chaff("clipped", "A logit beyond ±2 is certain enough.", |x, y, rounds, rate, depth| {
                by(x, y, rounds, rate, depth, |y, output| y - sigmoid(output.clamp(-2.0, 2.0)))
            }),
            chaff("fifty_rounds", "More than fifty rounds change nothing.", |x, y, rounds, rate, depth| {
                reference::logistic_boosting_fit(x, y, rounds.min(50), rate, depth)
            }),
            chaff("one_round_less", "The start is the first round.", |x, y, rounds, rate, depth| {
                reference::logistic_boosting_fit(x, y, rounds.saturating_sub(1), rate, depth)
            }),
            chaff("stumps", "The trees of a boosted model have one split.", |x, y, rounds, rate, depth| {
                reference::logistic_boosting_fit(x, y, rounds, rate, depth.min(1))
            }),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough.",
                |x, y, rounds, rate, depth| {
                    by(x, y, rounds, rate, depth, |y, output| y - f64::from(sigmoid(output) as f32))
                },
            ),
            chaff("any_rate", "A learning rate above 1 is allowed.", |x, y, rounds, rate, depth| {
                let mut model = reference::logistic_boosting_fit(
                    x,
                    y,
                    rounds,
                    if rate > 1.0 && rate.is_finite() { 1.0 } else { rate },
                    depth,
                )?;
                model.rate = rate;
                Ok(model)
            }),
            chaff("any_label", "Every label but 0 is class 1.", |x, y, rounds, rate, depth| {
                let known: Vec<usize> = y.iter().map(|label| (*label).min(1)).collect();
                reference::logistic_boosting_fit(x, &known, rounds, rate, depth)
            }),
            chaff(
                "one_class_is_fine",
                "With a single class the start is infinite.",
                |x, y, rounds, rate, depth| match reference::logistic_boosting_fit(x, y, rounds, rate, depth)
                {
                    Err(InputError::Constant { .. }) => {
                        Ok(Boosted { start: f64::INFINITY, rate, trees: Vec::new() })
                    }
                    model => model,
                },
            ),
            chaff("nan_as_0", "What is not finite counts as 0.", |x, y, rounds, rate, depth| {
                let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
                reference::logistic_boosting_fit(&each(x, finite), y, rounds, rate, depth)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, rounds, rate, depth| {
                let n = x.rows().min(y.len());
                reference::logistic_boosting_fit(&rows(x, n), &y[..n], rounds, rate, depth)
            }),
        ],
    )(x, y, rounds, rate, max_depth)
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

fn difference(y: f64, output: f64) -> f64 {
    y - sigmoid(output)
}

fn usable(x: &Matrix, y: &[usize], rate: f64) -> Result<(), InputError> {
    reference::logistic_boosting_fit(x, y, 0, rate, 0).map(|_| ())
}

fn tree(x: &Matrix, y: &[usize], outputs: &[f64], depth: usize, residual: fn(f64, f64) -> f64) -> Tree {
    let left = y.iter().zip(outputs).map(|(y, output)| residual(*y as f64, *output));
    GROWN.grow(x, &left.collect::<Vec<_>>(), depth)
}

/// With another residual, given label and output.
fn by(
    x: &Matrix,
    y: &[usize],
    rounds: usize,
    rate: f64,
    depth: usize,
    residual: fn(f64, f64) -> f64,
) -> Fitted {
    let start = reference::logistic_boosting_fit(x, y, 0, rate, depth)?.start;
    Ok(boosted(x, start, rounds, rate, rate, |_, outputs| tree(x, y, outputs, depth, residual)))
}
