use kit::{InputError, Matrix};

use super::super::growing::with_leaves;
use super::super::regressing::{GROWN, boosted, leaf_value, mean};
use super::super::searching::{each, rows};
use super::Boosted;
use crate::reference::x1_trees::boosting as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Fitted = Result<Boosted, InputError>;
type GradientBoostingFit = fn(&Matrix, &[f64], usize, f64, usize) -> Fitted;

/// The kata, answered by a specimen.
pub fn gradient_boosting_fit(
    x: &Matrix,
    y: &[f64],
    rounds: usize,
    rate: f64,
    max_depth: usize,
) -> Result<Boosted, InputError> {
    answering::<GradientBoostingFit>(
        module_path!(),
        reference::gradient_boosting_fit,
        &[
            wheat("residuals_kept", "keeps residuals instead of outputs", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                let start = mean(y);
                let mut residuals: Vec<f64> = y.iter().map(|y| y - start).collect();
                let mut trees = Vec::new();
                for _ in 0..rounds {
                    let tree = GROWN.grow(x, &residuals, depth);
                    let shrink =
                        |(i, residual): (usize, &mut f64)| *residual -= rate * leaf_value(&tree, x.row(i));
                    residuals.iter_mut().enumerate().for_each(shrink);
                    trees.push(tree);
                }
                Ok(Boosted { start, rate, trees })
            }),
            wheat("summed_anew", "adds up all trees in each round", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                let mut model = Boosted { start: mean(y), rate, trees: Vec::new() };
                for _ in 0..rounds {
                    let outputs = reference::boosted_predict(&model, x)?;
                    let residuals: Vec<f64> = y.iter().zip(outputs).map(|(y, output)| y - output).collect();
                    model.trees.push(GROWN.grow(x, &residuals, depth));
                }
                Ok(model)
            }),
            chaff("same_targets", "Each tree is fitted to the targets.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                Ok(boosted(x, mean(y), rounds, rate, rate, |_, _| GROWN.grow(x, y, depth)))
            }),
            chaff(
                "one_residual",
                "All trees are fitted to the residuals of the mean.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let start = mean(y);
                    Ok(boosted(x, start, rounds, rate, rate, |_, _| {
                        GROWN.grow(x, &y.iter().map(|y| y - start).collect::<Vec<_>>(), depth)
                    }))
                },
            ),
            chaff(
                "opposite_sign",
                "A residual is the output minus the target.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    Ok(boosted(x, mean(y), rounds, rate, rate, |_, outputs| {
                        GROWN.grow(
                            x,
                            &outputs.iter().zip(y).map(|(output, y)| output - y).collect::<Vec<_>>(),
                            depth,
                        )
                    }))
                },
            ),
            chaff(
                "doubled",
                "The gradient of the squared error is twice the residual.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    Ok(boosted(x, mean(y), rounds, rate, rate, |_, outputs| {
                        let doubled = outputs.iter().zip(y).map(|(output, y)| 2.0 * (y - output));
                        GROWN.grow(x, &doubled.collect::<Vec<_>>(), depth)
                    }))
                },
            ),
            chaff("starts_at_0", "The first output is 0.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                Ok(boosted(x, 0.0, rounds, rate, rate, |_, outputs| residual_tree(x, y, outputs, depth)))
            }),
            chaff("starts_at_the_median", "The first output is the median.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                let mut sorted = y.to_vec();
                sorted.sort_by(f64::total_cmp);
                let start = sorted[y.len() / 2];
                Ok(boosted(x, start, rounds, rate, rate, |_, outputs| residual_tree(x, y, outputs, depth)))
            }),
            chaff(
                "whole_steps",
                "The learning rate matters for predictions only.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    Ok(boosted(x, mean(y), rounds, rate, 1.0, |_, outputs| {
                        residual_tree(x, y, outputs, depth)
                    }))
                },
            ),
            chaff("rate_in_the_leaves", "The leaves hold η times the mean.", |x, y, rounds, rate, depth| {
                let mut model = reference::gradient_boosting_fit(x, y, rounds, rate, depth)?;
                let scaled =
                    |samples: usize, value: Vec<f64>| (samples, value.iter().map(|it| it * rate).collect());
                for tree in &mut model.trees {
                    *tree = with_leaves(tree.clone(), &scaled);
                }
                Ok(model)
            }),
            chaff(
                "decaying_rate",
                "The learning rate is halved in each round.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let mut outputs = vec![mean(y); y.len()];
                    let mut trees = Vec::new();
                    for round in 0..rounds {
                        let tree = residual_tree(x, y, &outputs, depth);
                        let step = rate * 0.5_f64.powi(round as i32);
                        for (i, output) in outputs.iter_mut().enumerate() {
                            *output += step * leaf_value(&tree, x.row(i));
                        }
                        trees.push(tree);
                    }
                    Ok(Boosted { start: mean(y), rate, trees })
                },
            ),
            chaff("one_round_less", "The mean is the first round.", |x, y, rounds, rate, depth| {
                reference::gradient_boosting_fit(x, y, rounds.saturating_sub(1), rate, depth)
            }),
            chaff("fifty_rounds", "More than fifty rounds change nothing.", |x, y, rounds, rate, depth| {
                reference::gradient_boosting_fit(x, y, rounds.min(50), rate, depth)
            }),
            chaff("stumps", "The trees of a boosted model have one split.", |x, y, rounds, rate, depth| {
                reference::gradient_boosting_fit(x, y, rounds, rate, depth.min(1))
            }),
            chaff("last_first", "The trees come in any order.", |x, y, rounds, rate, depth| {
                let mut model = reference::gradient_boosting_fit(x, y, rounds, rate, depth)?;
                model.trees.reverse();
                Ok(model)
            }),
            chaff("rate_of_1", "The returned rate is 1.", |x, y, rounds, rate, depth| {
                Ok(Boosted { rate: 1.0, ..reference::gradient_boosting_fit(x, y, rounds, rate, depth)? })
            }),
            chaff("any_rate", "A learning rate above 1 is allowed.", |x, y, rounds, rate, depth| {
                usable(x, y, if rate > 1.0 && rate.is_finite() { 1.0 } else { rate })?;
                Ok(boosted(x, mean(y), rounds, rate, rate, |_, outputs| residual_tree(x, y, outputs, depth)))
            }),
            chaff("rate_of_0", "A learning rate of 0 is allowed.", |x, y, rounds, rate, depth| {
                usable(x, y, if rate == 0.0 { 1.0 } else { rate })?;
                Ok(boosted(x, mean(y), rounds, rate, rate, |_, outputs| residual_tree(x, y, outputs, depth)))
            }),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough.",
                |x, y, rounds, rate, depth| {
                    usable(x, y, rate)?;
                    let short: Vec<f64> =
                        y.iter().map(|y| f64::from(*y as f32).clamp(f64::MIN, f64::MAX)).collect();
                    reference::gradient_boosting_fit(x, &short, rounds, rate, depth)
                },
            ),
            chaff("a_hundred_rows", "A hundred samples are enough.", |x, y, rounds, rate, depth| {
                usable(x, y, rate)?;
                let n = y.len().min(100);
                reference::gradient_boosting_fit(&rows(x, n), &y[..n], rounds, rate, depth)
            }),
            chaff("nan_as_0", "What is not finite counts as 0.", |x, y, rounds, rate, depth| {
                let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
                let targets: Vec<f64> = y.iter().map(|target| finite(*target)).collect();
                reference::gradient_boosting_fit(&each(x, finite), &targets, rounds, rate, depth)
            }),
            chaff("shorter_counts", "Surplus targets are ignored.", |x, y, rounds, rate, depth| {
                let n = x.rows().min(y.len());
                reference::gradient_boosting_fit(&rows(x, n), &y[..n], rounds, rate, depth)
            }),
        ],
    )(x, y, rounds, rate, max_depth)
}

fn usable(x: &Matrix, y: &[f64], rate: f64) -> Result<(), InputError> {
    reference::gradient_boosting_fit(x, y, 0, rate, 0).map(|_| ())
}

fn residual_tree(x: &Matrix, y: &[f64], outputs: &[f64], depth: usize) -> kit::Tree {
    GROWN.grow(x, &y.iter().zip(outputs).map(|(y, output)| y - output).collect::<Vec<_>>(), depth)
}
