use kit::{InputError, Matrix, Tree};

use super::super::growing::{first_largest, predicted, reached, with_leaves};
use super::super::searching::each;
use crate::reference::x1_trees::tree as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Predicted = Result<Vec<usize>, InputError>;
type PredictTree = fn(&Tree, &Matrix) -> Predicted;

/// The kata, answered by a specimen.
pub fn predict_tree(tree: &Tree, x: &Matrix) -> Result<Vec<usize>, InputError> {
    answering::<PredictTree>(
        module_path!(),
        reference::predict_tree,
        &[
            wheat("one_by_one", "walks in a loop, and compares from the last class on", |tree, x| {
                by(
                    tree,
                    x,
                    |value, threshold| value <= threshold,
                    |value| {
                        (0..value.len()).rev().fold(value.len() - 1, |best, class| {
                            if value[class] >= value[best] { class } else { best }
                        })
                    },
                )
            }),
            wheat("all_at_once", "passes all rows down the tree together", |tree, x| {
                reference::predict_tree(tree, x)?;
                let mut predictions = vec![0; x.rows()];
                let mut open: Vec<(&Tree, Vec<usize>)> = vec![(tree, (0..x.rows()).collect())];
                while let Some((tree, rows)) = open.pop() {
                    match tree {
                        Tree::Leaf { value, .. } => {
                            rows.iter().for_each(|&row| predictions[row] = first_largest(value));
                        }
                        Tree::Split { feature, threshold, left, right } => {
                            let (below, above) =
                                rows.iter().partition(|&&row| x[(row, *feature)] <= *threshold);
                            open.extend([(&**left, below), (&**right, above)]);
                        }
                    }
                }
                Ok(predictions)
            }),
            chaff("strictly_below", "Samples at the threshold go right.", |tree, x| {
                by(tree, x, |value, threshold| value < threshold, first_largest)
            }),
            chaff("sides_exchanged", "Samples above the threshold go left.", |tree, x| {
                by(tree, x, |value, threshold| value > threshold, first_largest)
            }),
            chaff("always_left", "The left part of a split is the answer yes, and taken.", |tree, x| {
                by(tree, x, |_, _| true, first_largest)
            }),
            chaff("first_split_only", "A split is followed by its prediction.", |tree, x| {
                reference::predict_tree(tree, x)?;
                let first = |mut tree: &Tree, sample: &[f64]| {
                    let mut splits = 0;
                    while let Tree::Split { feature, threshold, left, right } = tree {
                        let goes_left = splits > 0 || sample[*feature] <= *threshold;
                        tree = if goes_left { left } else { right };
                        splits += 1;
                    }
                    predicted(tree, sample)
                };
                Ok((0..x.rows()).map(|row| first(tree, x.row(row))).collect())
            }),
            chaff(
                "last_of_equals",
                "Of several equally frequent classes the last one is predicted.",
                |tree, x| {
                    by(
                        tree,
                        x,
                        |value, threshold| value <= threshold,
                        |value| {
                            (1..value.len())
                                .fold(0, |best, class| if value[class] >= value[best] { class } else { best })
                        },
                    )
                },
            ),
            chaff("above_one_half", "The predicted class has a fraction above ½.", |tree, x| {
                by(
                    tree,
                    x,
                    |value, threshold| value <= threshold,
                    |value| value.iter().position(|share| *share > 0.5).unwrap_or(0),
                )
            }),
            chaff("least_frequent", "The smallest value is predicted.", |tree, x| {
                by(
                    tree,
                    x,
                    |value, threshold| value <= threshold,
                    |value| first_largest(&value.iter().map(|share| -share).collect::<Vec<_>>()),
                )
            }),
            chaff("last_class_left_out", "The last fraction follows from the others.", |tree, x| {
                by(
                    tree,
                    x,
                    |value, threshold| value <= threshold,
                    |value| first_largest(&value[..(value.len() - 1).max(1)]),
                )
            }),
            chaff("two_classes", "There are two classes.", |tree, x| {
                by(
                    tree,
                    x,
                    |value, threshold| value <= threshold,
                    |value| usize::from(value.len() > 1 && value[1] > value[0]),
                )
            }),
            chaff("first_sample", "All samples of a call get the class of the first one.", |tree, x| {
                let predictions = reference::predict_tree(tree, x)?;
                Ok(predictions.iter().map(|_| predictions[0]).collect())
            }),
            chaff("nearest_within", "Values within 10⁻⁹ of the threshold are at it.", |tree, x| {
                by(tree, x, |value, threshold| value <= threshold + 1e-9, first_largest)
            }),
            chaff("nearly_equal_fractions", "Fractions within 10⁻⁹ are equal.", |tree, x| {
                by(
                    tree,
                    x,
                    |value, threshold| value <= threshold,
                    |value| {
                        (1..value.len()).fold(
                            0,
                            |best, class| {
                                if value[class] > value[best] + 1e-9 { class } else { best }
                            },
                        )
                    },
                )
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |tree, x| {
                by(tree, x, |value, threshold| value as f32 <= threshold as f32, first_largest)
            }),
            chaff("fifty_levels", "No tree is deeper than fifty levels.", |tree, x| {
                reference::predict_tree(tree, x)?;
                let walk = |mut tree: &Tree, sample: &[f64]| {
                    for _ in 0..50 {
                        if let Tree::Split { feature, threshold, left, right } = tree {
                            tree = if sample[*feature] <= *threshold { left } else { right };
                        }
                    }
                    if let Tree::Leaf { value, .. } = tree { first_largest(value) } else { 0 }
                };
                Ok((0..x.rows()).map(|row| walk(tree, x.row(row))).collect())
            }),
            chaff("features_by_path", "A feature that no sample asks for need not be there.", |tree, x| {
                kit::check::finite("x", x.as_slice())?;
                let walk = |mut tree: &Tree, sample: &[f64]| {
                    while let Tree::Split { feature, threshold, left, right } = tree {
                        let there = *feature < sample.len();
                        let got = *feature as f64;
                        kit::check::in_range("feature", got, there, "a feature of the samples")?;
                        tree = if sample[*feature] <= *threshold { left } else { right };
                    }
                    let value = reached(tree, sample, |_, _| true);
                    kit::check::at_least(1, value.len()).map(|()| first_largest(value))
                };
                (0..x.rows()).map(|row| walk(tree, x.row(row))).collect()
            }),
            chaff("missing_feature_as_0", "A feature that is not there is 0.", |tree, x| {
                let wide =
                    Matrix::from_fn(
                        x.rows(),
                        x.cols() + 400,
                        |i, j| {
                            if j < x.cols() { x[(i, j)] } else { 0.0 }
                        },
                    );
                kit::check::finite("x", x.as_slice())?;
                reference::predict_tree(tree, &wide)
            }),
            chaff("empty_is_class_0", "A leaf without a value predicts class 0.", |tree, x| {
                let filled = |samples: usize, value: Vec<f64>| {
                    (samples, if value.is_empty() { vec![1.0] } else { value })
                };
                reference::predict_tree(&with_leaves(tree.clone(), &filled), x)
            }),
            chaff("nan_goes_right", "NaN is not at most the threshold, so it goes right.", |tree, x| {
                let finite = each(x, |value| if value.is_finite() { value } else { 1e308 });
                reference::predict_tree(tree, &finite)
            }),
        ],
    )(tree, x)
}

fn by(tree: &Tree, x: &Matrix, goes_left: fn(f64, f64) -> bool, class: fn(&[f64]) -> usize) -> Predicted {
    reference::predict_tree(tree, x)?;
    Ok((0..x.rows()).map(|row| class(reached(tree, x.row(row), goes_left))).collect())
}
