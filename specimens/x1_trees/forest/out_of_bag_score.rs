use std::collections::BTreeMap;

use kit::{InputError, Matrix};

use super::super::growing::{predicted, reached};
use super::super::searching::{each, rows};
use crate::reference::x1_trees::forest as reference;
use crate::reference::x1_trees::forest::BaggedTree;
use crate::specimens::specimen::{answering, chaff, wheat};

type Score = Result<f64, InputError>;
type OutOfBagScore = fn(&[BaggedTree], &Matrix, &[usize]) -> Score;

/// The kata, answered by a specimen.
pub fn out_of_bag_score(forest: &[BaggedTree], x: &Matrix, y: &[usize]) -> Result<f64, InputError> {
    answering::<OutOfBagScore>(
        module_path!(),
        reference::out_of_bag_score,
        &[
            wheat(
                "tree_by_tree",
                "goes from tree to tree and collects votes for each row",
                |forest, x, y| {
                    reference::out_of_bag_score(forest, x, y)?;
                    let mut votes: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); y.len()];
                    for bagged in forest {
                        let mut drawn = vec![false; y.len()];
                        bagged.rows.iter().for_each(|&row| drawn[row] = true);
                        for row in (0..y.len()).filter(|row| !drawn[*row]) {
                            *votes[row].entry(predicted(&bagged.tree, x.row(row))).or_default() += 1;
                        }
                    }
                    let (mut right, mut all) = (0.0, 0.0);
                    for (votes, label) in votes.iter().zip(y) {
                        let Some(most) = votes.values().max() else { continue };
                        let class = votes.iter().find(|(_, count)| *count == most).map(|(class, _)| *class);
                        all += 1.0;
                        right += f64::from(u8::from(class == Some(*label)));
                    }
                    Ok(right / all)
                },
            ),
            wheat("wrong_ones", "counts the errors", |forest, x, y| {
                let elected: Vec<_> = outcomes(forest, x, y)?.into_iter().flatten().collect();
                let wrong = elected.iter().filter(|right| !**right).count();
                Ok(1.0 - wrong as f64 / elected.len() as f64)
            }),
            chaff("all_trees", "All trees vote on all rows.", |forest, x, y| {
                reference::out_of_bag_score(forest, x, y)?;
                let predictions = reference::predict_forest(forest, x)?;
                let right = predictions.iter().zip(y).filter(|(prediction, y)| prediction == y).count();
                Ok(right as f64 / y.len() as f64)
            }),
            chaff("in_the_bag", "Those trees vote that have drawn the row.", |forest, x, y| {
                reference::out_of_bag_score(forest, x, y)?;
                let others: Vec<BaggedTree> = forest
                    .iter()
                    .map(|it| BaggedTree {
                        rows: (0..y.len()).filter(|row| !it.rows.contains(row)).collect(),
                        tree: it.tree.clone(),
                    })
                    .collect();
                reference::out_of_bag_score(&others, x, y).or(Ok(0.0))
            }),
            chaff("no_votes_are_wrong", "A row without votes is predicted wrongly.", |forest, x, y| {
                let outcomes = outcomes(forest, x, y)?;
                let right = outcomes.iter().filter(|right| **right == Some(true)).count();
                Ok(right as f64 / y.len() as f64)
            }),
            chaff(
                "no_votes_are_right",
                "A row without votes counts as predicted correctly.",
                |forest, x, y| {
                    let outcomes = outcomes(forest, x, y)?;
                    let right = outcomes.iter().filter(|right| **right != Some(false)).count();
                    Ok(right as f64 / y.len() as f64)
                },
            ),
            chaff(
                "mean_of_trees",
                "The score is the mean accuracy of single trees on their rows.",
                |forest, x, y| {
                    reference::out_of_bag_score(forest, x, y)?;
                    let (mut right, mut all) = (0, 0);
                    for bagged in forest {
                        for row in (0..y.len()).filter(|row| !bagged.rows.contains(row)) {
                            all += 1;
                            right += usize::from(predicted(&bagged.tree, x.row(row)) == y[row]);
                        }
                    }
                    Ok(right as f64 / f64::from(all))
                },
            ),
            chaff("error", "The score is the fraction of errors.", |forest, x, y| {
                Ok(1.0 - reference::out_of_bag_score(forest, x, y)?)
            }),
            chaff(
                "drawn_once",
                "A row is in the bag only if it was drawn more than once.",
                |forest, x, y| {
                    let twice = |it: &BaggedTree| {
                        let often = |row: &&usize| it.rows.iter().filter(|other| other == row).count() > 1;
                        BaggedTree {
                            rows: it.rows.iter().filter(often).copied().collect(),
                            tree: it.tree.clone(),
                        }
                    };
                    reference::out_of_bag_score(forest, x, y)?;
                    reference::out_of_bag_score(&forest.iter().map(twice).collect::<Vec<_>>(), x, y)
                },
            ),
            chaff("averaged_fractions", "The fractions of the trees are averaged.", |forest, x, y| {
                reference::out_of_bag_score(forest, x, y)?;
                let (mut right, mut all) = (0, 0);
                for (row, label) in y.iter().enumerate() {
                    let mut sum: Vec<f64> = Vec::new();
                    for it in forest.iter().filter(|it| !it.rows.contains(&row)) {
                        let value = reached(&it.tree, x.row(row), |value, threshold| value <= threshold);
                        sum.resize(sum.len().max(value.len()), 0.0);
                        sum.iter_mut().zip(value).for_each(|(sum, share)| *sum += share);
                    }
                    if sum.is_empty() {
                        continue;
                    }
                    all += 1;
                    let best = (1..sum.len())
                        .fold(0, |best, class| if sum[class] > sum[best] { class } else { best });
                    right += usize::from(best == *label);
                }
                Ok(right as f64 / f64::from(all))
            }),
            chaff(
                "highest_of_equals",
                "Of several classes with equally many votes the highest wins.",
                |forest, x, y| {
                    reference::out_of_bag_score(forest, x, y)?;
                    let (mut right, mut all) = (0, 0);
                    for (row, label) in y.iter().enumerate() {
                        let without = forest.iter().filter(|it| !it.rows.contains(&row));
                        let votes: Vec<usize> = without.map(|it| predicted(&it.tree, x.row(row))).collect();
                        let count = |class: &usize| votes.iter().filter(|vote| *vote == class).count();
                        let Some(class) = votes.iter().copied().max_by_key(|class| (count(class), *class))
                        else {
                            continue;
                        };
                        all += 1;
                        right += usize::from(class == *label);
                    }
                    Ok(right as f64 / f64::from(all))
                },
            ),
            chaff("last_row_left_out", "Rows are numbered up to n − 2.", |forest, x, y| {
                let mut outcomes = outcomes(forest, x, y)?;
                outcomes.pop();
                let elected: Vec<bool> = outcomes.into_iter().flatten().collect();
                let right = elected.iter().filter(|right| **right).count();
                Ok(if elected.is_empty() { 0.0 } else { right as f64 / elected.len() as f64 })
            }),
            chaff("a_hundred_trees", "More than a hundred trees change nothing.", |forest, x, y| {
                reference::out_of_bag_score(forest, x, y)?;
                reference::out_of_bag_score(&forest[..forest.len().min(100)], x, y)
            }),
            chaff("zero_for_none", "Where every row is in every bag the score is 0.", |forest, x, y| {
                match reference::out_of_bag_score(forest, x, y) {
                    Err(InputError::TooFew { .. }) if !forest.is_empty() => Ok(0.0),
                    score => score,
                }
            }),
            chaff("foreign_rows_ignored", "Row numbers that are too large do not matter.", |forest, x, y| {
                let known = |it: &BaggedTree| BaggedTree {
                    rows: it.rows.iter().filter(|row| **row < y.len()).copied().collect(),
                    tree: it.tree.clone(),
                };
                reference::out_of_bag_score(&forest.iter().map(known).collect::<Vec<_>>(), x, y)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |forest, x, y| {
                let n = x.rows().min(y.len());
                reference::out_of_bag_score(forest, &rows(x, n), &y[..n])
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |forest, x, y| {
                let filled = each(x, |value| if value.is_finite() { value } else { 0.0 });
                reference::out_of_bag_score(forest, &filled, y)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |forest, x, y| {
                Ok(f64::from(reference::out_of_bag_score(forest, x, y)? as f32))
            }),
        ],
    )(forest, x, y)
}

/// For each row whether it is predicted correctly; none without votes.
fn outcomes(forest: &[BaggedTree], x: &Matrix, y: &[usize]) -> Result<Vec<Option<bool>>, InputError> {
    reference::out_of_bag_score(forest, x, y)?;
    let outcome = |row: usize| {
        let without = forest.iter().filter(|it| !it.rows.contains(&row));
        let votes: Vec<usize> = without.map(|it| predicted(&it.tree, x.row(row))).collect();
        let count = |class: &usize| votes.iter().filter(|vote| *vote == class).count();
        let class = votes.iter().copied().max_by_key(|class| (count(class), usize::MAX - class))?;
        Some(class == y[row])
    };
    Ok((0..y.len()).map(outcome).collect())
}
