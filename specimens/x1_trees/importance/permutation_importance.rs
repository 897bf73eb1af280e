use kit::{Generator, InputError, Matrix};

use crate::reference::x1_trees::importance as reference;
use crate::reference::x1_trees::importance::Predictor;
use crate::specimens::specimen::{answering, chaff, wheat};

type Importances = Result<Vec<f64>, InputError>;
type PermutationImportance = fn(Predictor, &Matrix, &[usize], usize, &mut Generator) -> Importances;
/// How the values of a column are changed.
type Change = fn(&mut Vec<f64>, &mut Generator);

/// The kata, answered by a specimen.
pub fn permutation_importance(
    model: Predictor,
    x: &Matrix,
    y: &[usize],
    repeats: usize,
    generator: &mut Generator,
) -> Result<Vec<f64>, InputError> {
    answering::<PermutationImportance>(
        module_path!(),
        reference::permutation_importance,
        &[
            wheat("accuracies", "subtracts the mean of the accuracies", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| g.shuffle(values))
            }),
            wheat("repeats_outside", "shuffles every feature once, and repeats", |model, x, y, r, g| {
                usable(model, x, y, r)?;
                let before = accuracy(model, x, y);
                let mut sums = vec![0.0; x.cols()];
                for _ in 0..r {
                    for (j, sum) in sums.iter_mut().enumerate() {
                        let mut values: Vec<f64> = (0..x.rows()).map(|i| x[(i, j)]).collect();
                        g.shuffle(&mut values);
                        *sum += before - accuracy(model, &with_column(x, j, &values), y);
                    }
                }
                Ok(sums.into_iter().map(|sum| sum / r as f64).collect())
            }),
            wheat("by_keys", "sorts the rows by random keys", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| {
                    let mut keyed: Vec<(f64, f64)> =
                        values.iter().map(|value| (g.uniform(), *value)).collect();
                    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                    *values = keyed.into_iter().map(|(_, value)| value).collect();
                })
            }),
            chaff("last_row_stays", "In a loop of exchanges the last row has none.", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| {
                    let n = values.len() - usize::from(values.len() > 12);
                    g.shuffle(&mut values[..n]);
                })
            }),
            chaff("in_blocks", "A long column is shuffled block by block.", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| {
                    let size = if values.len() > 50 { 25 } else { values.len() };
                    values.chunks_mut(size).for_each(|block| g.shuffle(block));
                })
            }),
            chaff("set_to_0", "A feature without importance can be set to 0.", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, _| values.fill(0.0))
            }),
            chaff(
                "set_to_the_mean",
                "A feature is taken away by setting it to its mean.",
                |model, x, y, r, g| {
                    changed(model, x, y, r, g, |values, _| {
                        let mean = values.iter().sum::<f64>() / values.len() as f64;
                        values.fill(mean);
                    })
                },
            ),
            chaff("with_replacement", "The values are drawn with replacement.", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| {
                    let before = values.clone();
                    values.iter_mut().for_each(|value| *value = before[g.below(before.len())]);
                })
            }),
            chaff("reversed", "The reverse order is random enough.", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, _| values.reverse())
            }),
            chaff("rotated", "A random offset is random enough.", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| {
                    let by = g.below(values.len());
                    values.rotate_left(by);
                })
            }),
            chaff("never_in_place", "Every value gets another row (Sattolo).", |model, x, y, r, g| {
                changed(model, x, y, r, g, |values, g| {
                    (1..values.len()).rev().for_each(|i| values.swap(i, g.below(i)))
                })
            }),
            chaff(
                "exchanged_with_any",
                "Swapping each row with any other is a fair shuffle.",
                |model, x, y, r, g| {
                    changed(model, x, y, r, g, |values, g| {
                        let n = values.len();
                        (0..n).for_each(|i| values.swap(i, g.below(n)));
                    })
                },
            ),
            chaff(
                "not_put_back",
                "The shuffled columns stay shuffled for the next feature.",
                |model, x, y, r, g| {
                    usable(model, x, y, r)?;
                    let (before, mut shuffled) = (accuracy(model, x, y), x.clone());
                    let mut importances = Vec::new();
                    for j in 0..x.cols() {
                        let mut sum = 0.0;
                        for _ in 0..r {
                            let mut values: Vec<f64> = (0..x.rows()).map(|i| x[(i, j)]).collect();
                            g.shuffle(&mut values);
                            shuffled = with_column(&shuffled, j, &values);
                            sum += before - accuracy(model, &shuffled, y);
                        }
                        importances.push(sum / r as f64);
                    }
                    Ok(importances)
                },
            ),
            chaff("rows_shuffled", "Shuffling the rows shuffles the feature.", |model, x, y, r, g| {
                usable(model, x, y, r)?;
                let before = accuracy(model, x, y);
                let mut order: Vec<usize> = (0..x.rows()).collect();
                let mut once = |_| {
                    g.shuffle(&mut order);
                    before - accuracy(model, &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(order[i], j)]), y)
                };
                Ok((0..x.cols()).map(|_| (0..r).map(&mut once).sum::<f64>() / r as f64).collect())
            }),
            chaff("sum_of_repeats", "The drops of all repeats are added.", |model, x, y, r, g| {
                let importances = reference::permutation_importance(model, x, y, r, g)?;
                Ok(importances.into_iter().map(|importance| importance * r as f64).collect())
            }),
            chaff("once", "One shuffle is enough.", |model, x, y, r, g| {
                reference::permutation_importance(model, x, y, r.min(1), g)
            }),
            chaff("at_most_fifty", "More than fifty repeats change nothing.", |model, x, y, r, g| {
                let importances = reference::permutation_importance(model, x, y, r.min(50), g)?;
                Ok(importances.into_iter().map(|it| it * r.min(50) as f64 / r.max(1) as f64).collect())
            }),
            chaff(
                "accuracy_after",
                "The importance is the accuracy after shuffling.",
                |model, x, y, r, g| {
                    let before = if y.is_empty() { 0.0 } else { accuracy(model, x, y) };
                    let importances = reference::permutation_importance(model, x, y, r, g)?;
                    Ok(importances.into_iter().map(|importance| before - importance).collect())
                },
            ),
            chaff(
                "opposite_sign",
                "Importance is accuracy after shuffling minus accuracy before.",
                |model, x, y, r, g| {
                    let importances = reference::permutation_importance(model, x, y, r, g)?;
                    Ok(importances.into_iter().map(|importance| -importance).collect())
                },
            ),
            chaff("never_negative", "An importance is not negative.", |model, x, y, r, g| {
                let importances = reference::permutation_importance(model, x, y, r, g)?;
                Ok(importances.into_iter().map(|importance| importance.max(0.0)).collect())
            }),
            chaff("normalized", "The importances sum to 1.", |model, x, y, r, g| {
                let importances = reference::permutation_importance(model, x, y, r, g)?;
                let sum: f64 = importances.iter().sum();
                Ok(importances.into_iter().map(|it| if sum > 0.0 { it / sum } else { it }).collect())
            }),
            chaff(
                "against_predictions",
                "The predictions on x are as good as the labels.",
                |model, x, y, r, g| {
                    usable(model, x, y, r)?;
                    reference::permutation_importance(model, x, &model(x), r, g)
                },
            ),
            chaff("last_feature_left_out", "Features are numbered up to d − 2.", |model, x, y, r, g| {
                let mut importances = reference::permutation_importance(model, x, y, r, g)?;
                if let Some(last) = importances.last_mut().filter(|_| x.cols() > 1) {
                    *last = 0.0;
                }
                Ok(importances)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |model, x, y, r, g| {
                let importances = reference::permutation_importance(model, x, y, r, g)?;
                Ok(importances.into_iter().map(|importance| f64::from(importance as f32)).collect())
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |model, x, y, r, _| {
                    reference::permutation_importance(model, x, y, r, &mut Generator::from_seed(42))
                },
            ),
            chaff("generator_not_moved", "A clone of the generator is as random.", |model, x, y, r, g| {
                reference::permutation_importance(model, x, y, r, &mut g.clone())
            }),
            chaff("no_repeats", "Without repeats all importances are 0.", |model, x, y, r, g| {
                if r == 0 && x.rows() == y.len() {
                    return Ok(vec![0.0; x.cols()]);
                }
                reference::permutation_importance(model, x, y, r, g)
            }),
            chaff(
                "shorter_counts",
                "Predictions and labels are compared as far as both go.",
                |model, x, y, r, g| {
                    let filled = |x: &Matrix| {
                        let mut predictions = model(x);
                        predictions.resize(y.len(), usize::MAX);
                        predictions
                    };
                    reference::permutation_importance(&filled, x, y, r, g)
                },
            ),
            chaff("empty_is_0", "Without samples all importances are 0.", |model, x, y, r, g| {
                if y.is_empty() && x.rows() == 0 {
                    return Ok(vec![0.0; x.cols()]);
                }
                reference::permutation_importance(model, x, y, r, g)
            }),
        ],
    )(model, x, y, repeats, generator)
}

/// Whether the arguments are accepted; the model is asked about x only.
fn usable(model: Predictor, x: &Matrix, y: &[usize], repeats: usize) -> Result<(), InputError> {
    kit::check::same_length(x.rows(), y.len())?;
    kit::check::at_least(1, y.len())?;
    kit::check::in_range("repeats", repeats as f64, repeats >= 1, "at least 1")?;
    kit::check::same_length(model(x).len(), y.len())
}

fn accuracy(model: Predictor, x: &Matrix, y: &[usize]) -> f64 {
    let right = model(x).iter().zip(y).filter(|(prediction, y)| prediction == y).count();
    right as f64 / y.len() as f64
}

fn with_column(x: &Matrix, column: usize, values: &[f64]) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| if j == column { values[i] } else { x[(i, j)] })
}

/// The accuracy minus the mean of the accuracies with one column changed.
fn changed(
    model: Predictor,
    x: &Matrix,
    y: &[usize],
    repeats: usize,
    generator: &mut Generator,
    change: Change,
) -> Importances {
    usable(model, x, y, repeats)?;
    let before = accuracy(model, x, y);
    let mut importance = |j: usize| {
        let mut once = |_| {
            let mut values: Vec<f64> = (0..x.rows()).map(|i| x[(i, j)]).collect();
            change(&mut values, generator);
            accuracy(model, &with_column(x, j, &values), y)
        };
        before - (0..repeats).map(&mut once).sum::<f64>() / repeats as f64
    };
    Ok((0..x.cols()).map(&mut importance).collect())
}
