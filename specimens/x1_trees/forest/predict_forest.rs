use std::collections::BTreeMap;

use kit::{InputError, Matrix, Tree};

use super::super::growing::{predicted, reached};
use super::super::searching::each;
use crate::reference::x1_trees::forest as reference;
use crate::reference::x1_trees::forest::BaggedTree;
use crate::specimens::specimen::{answering, chaff, wheat};

type Predicted = Result<Vec<usize>, InputError>;
type PredictForest = fn(&[BaggedTree], &Matrix) -> Predicted;

/// The kata, answered by a specimen.
pub fn predict_forest(forest: &[BaggedTree], x: &Matrix) -> Result<Vec<usize>, InputError> {
    answering::<PredictForest>(
        module_path!(),
        reference::predict_forest,
        &[
            wheat("counted", "counts the votes in a map", |forest, x| {
                by(forest, x, |votes| {
                    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
                    votes.iter().for_each(|vote| *counts.entry(*vote).or_default() += 1);
                    let most = counts.values().max().copied().unwrap_or(0);
                    counts.iter().find(|(_, count)| **count == most).map_or(0, |(class, _)| *class)
                })
            }),
            wheat("backwards", "keeps a class that has as many votes as the best so far", |forest, x| {
                by(forest, x, |votes| {
                    let classes = votes.iter().max().map_or(1, |largest| largest + 1);
                    let count = |class: usize| votes.iter().filter(|vote| **vote == class).count();
                    (0..classes).rev().fold(classes - 1, |best, class| {
                        if count(class) >= count(best) { class } else { best }
                    })
                })
            }),
            chaff("first_tree", "All trees of a forest predict alike.", |forest, x| {
                by(forest, x, |votes| votes[0])
            }),
            chaff("last_tree", "The last tree decides.", |forest, x| {
                by(forest, x, |votes| votes[votes.len() - 1])
            }),
            chaff("averaged_fractions", "The fractions of the trees are averaged.", |forest, x| {
                reference::predict_forest(forest, x)?;
                let sum = |row: usize| {
                    let mut sum: Vec<f64> = Vec::new();
                    for bagged in forest {
                        let value = reached(&bagged.tree, x.row(row), |value, threshold| value <= threshold);
                        sum.resize(sum.len().max(value.len()), 0.0);
                        sum.iter_mut().zip(value).for_each(|(sum, share)| *sum += share);
                    }
                    (1..sum.len()).fold(0, |best, class| if sum[class] > sum[best] { class } else { best })
                };
                Ok((0..x.rows()).map(sum).collect())
            }),
            chaff("mean_class", "The classes of the trees are averaged and rounded.", |forest, x| {
                by(forest, x, |votes| {
                    (votes.iter().sum::<usize>() as f64 / votes.len() as f64).round() as usize
                })
            }),
            chaff("median_class", "The median of the classes is the majority.", |forest, x| {
                by(forest, x, |votes| {
                    let mut sorted = votes.to_vec();
                    sorted.sort_unstable();
                    sorted[sorted.len() / 2]
                })
            }),
            chaff(
                "highest_of_equals",
                "Of several classes with equally many votes the highest wins.",
                |forest, x| by(forest, x, |votes| elected(votes, |count, best| count >= best)),
            ),
            chaff(
                "first_to_lead",
                "Of several classes the one that was voted for first wins.",
                |forest, x| {
                    by(forest, x, |votes| {
                        let count = |class: &usize| votes.iter().filter(|vote| *vote == class).count();
                        let most = votes.iter().map(count).max().unwrap_or(0);
                        votes.iter().find(|vote| count(vote) == most).copied().unwrap_or(0)
                    })
                },
            ),
            chaff(
                "absolute_majority",
                "A class needs more than half of the votes, else class 0 wins.",
                |forest, x| {
                    by(forest, x, |votes| {
                        let class = elected(votes, |count, best| count > best);
                        let count = votes.iter().filter(|vote| **vote == class).count();
                        if 2 * count > votes.len() { class } else { 0 }
                    })
                },
            ),
            chaff("distinct_votes", "Each class counts once.", |forest, x| {
                by(forest, x, |votes| votes.iter().min().copied().unwrap_or(0))
            }),
            chaff("half_of_the_trees", "Half of the trees vote like all of them.", |forest, x| {
                by(forest, x, |votes| elected(&votes[..votes.len().div_ceil(2)], |count, best| count > best))
            }),
            chaff("a_hundred_trees", "More than a hundred trees change nothing.", |forest, x| {
                by(forest, x, |votes| elected(&votes[..votes.len().min(100)], |count, best| count > best))
            }),
            chaff("ten_classes", "There are at most ten classes.", |forest, x| {
                by(forest, x, |votes| elected(votes, |count, best| count > best).min(9))
            }),
            chaff("no_trees", "Without trees class 0 is predicted.", |forest, x| {
                if forest.is_empty() { Ok(vec![0; x.rows()]) } else { reference::predict_forest(forest, x) }
            }),
            chaff("out_of_bag_only", "Only trees that have not drawn the row vote.", |forest, x| {
                reference::predict_forest(forest, x)?;
                let vote = |row: usize| {
                    let without = forest.iter().filter(|bagged| !bagged.rows.contains(&row));
                    let votes: Vec<usize> = without.map(|it| predicted(&it.tree, x.row(row))).collect();
                    elected(&votes, |count, best| count > best)
                };
                Ok((0..x.rows()).map(vote).collect())
            }),
            chaff("checks_on_the_way", "Nodes that no sample reaches need no check.", |forest, x| {
                kit::check::at_least(1, forest.len())?;
                reference::predict_forest(&forest[..1], x)?;
                for bagged in forest {
                    let mut seen = vec![&bagged.tree; x.rows()];
                    for (i, node) in seen.iter_mut().enumerate() {
                        while let Tree::Split { feature, threshold, left, right } = node {
                            let wanted = "a feature of the samples";
                            kit::check::in_range("feature", *feature as f64, *feature < x.cols(), wanted)?;
                            *node = if x[(i, *feature)] <= *threshold { left } else { right };
                        }
                        if let Tree::Leaf { value, .. } = node {
                            kit::check::at_least(1, value.len())?;
                        }
                    }
                }
                Ok(by_ways(forest, x))
            }),
            chaff("no_samples_no_check", "Without samples the trees do not matter.", |forest, x| {
                kit::check::at_least(1, forest.len())?;
                if x.rows() == 0 { Ok(Vec::new()) } else { reference::predict_forest(forest, x) }
            }),
            chaff("votes_in_a_byte", "A byte is enough to count votes.", |forest, x| {
                by(forest, x, |votes| {
                    let classes = votes.iter().max().map_or(1, |largest| largest + 1);
                    let mut counts = vec![0_u8; classes];
                    votes.iter().for_each(|vote| counts[*vote] = counts[*vote].wrapping_add(1));
                    (1..classes)
                        .fold(0, |best, class| if counts[class] > counts[best] { class } else { best })
                })
            }),
            chaff("twelve_splits", "No tree is deeper than twelve splits.", |forest, x| {
                reference::predict_forest(forest, x)?;
                let cut: Vec<BaggedTree> = forest
                    .iter()
                    .map(|bagged| BaggedTree { rows: Vec::new(), tree: cut(&bagged.tree, 12) })
                    .collect();
                reference::predict_forest(&cut, x)
            }),
            chaff("names_d", "The error names the number of features.", |forest, x| {
                reference::predict_forest(forest, x).map_err(|error| match error {
                    InputError::OutOfRange { name, wanted, .. } => {
                        InputError::OutOfRange { name, got: x.cols() as f64, wanted }
                    }
                    other => other,
                })
            }),
            chaff("alike_at_first", "Samples with the same first feature are the same.", |forest, x| {
                let mut found = reference::predict_forest(forest, x)?;
                for i in 1..found.len() {
                    if x.cols() > 0 && x[(i, 0)] == x[(i - 1, 0)] {
                        found[i] = found[i - 1];
                    }
                }
                Ok(found)
            }),
            chaff("weighted_by_rows", "A tree that was grown on more rows has more weight.", |forest, x| {
                reference::predict_forest(forest, x)?;
                let vote = |row: usize| {
                    let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
                    for bagged in forest {
                        let weight = 1.0 + 1e-6 * bagged.rows.len() as f64;
                        *weights.entry(predicted(&bagged.tree, x.row(row))).or_default() += weight;
                    }
                    let most = weights.values().copied().fold(0.0, f64::max);
                    weights.iter().find(|(_, weight)| **weight == most).map_or(0, |(class, _)| *class)
                };
                Ok((0..x.rows()).map(vote).collect())
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |forest, x| {
                reference::predict_forest(forest, &each(x, |value| if value.is_nan() { 0.0 } else { value }))
            }),
        ],
    )(forest, x)
}

/// The lowest of the classes with the most votes, without any check.
fn by_ways(forest: &[BaggedTree], x: &Matrix) -> Vec<usize> {
    let votes = |row: usize| forest.iter().map(|it| predicted(&it.tree, x.row(row))).collect::<Vec<_>>();
    (0..x.rows()).map(|row| elected(&votes(row), |count, best| count > best)).collect()
}

/// A tree that always goes left below so many splits.
fn cut(tree: &Tree, depth: usize) -> Tree {
    match tree {
        Tree::Split { left, .. } if depth == 0 => cut(left, 0),
        Tree::Split { feature, threshold, left, right } => Tree::Split {
            feature: *feature,
            threshold: *threshold,
            left: Box::new(cut(left, depth - 1)),
            right: Box::new(cut(right, depth - 1)),
        },
        Tree::Leaf { .. } => tree.clone(),
    }
}

fn by(forest: &[BaggedTree], x: &Matrix, elect: fn(&[usize]) -> usize) -> Predicted {
    reference::predict_forest(forest, x)?;
    let votes = |row: usize| forest.iter().map(|it| predicted(&it.tree, x.row(row))).collect::<Vec<_>>();
    Ok((0..x.rows()).map(|row| elect(&votes(row))).collect())
}

/// From class 0 on, the class that wins against those before.
fn elected(votes: &[usize], wins: fn(usize, usize) -> bool) -> usize {
    let count = |class: usize| votes.iter().filter(|vote| **vote == class).count();
    let classes = votes.iter().max().map_or(1, |largest| largest + 1);
    (1..classes).fold(0, |best, class| if wins(count(class), count(best)) { class } else { best })
}
