use kit::{InputError, Matrix, Split, Tree};

use super::super::growing::{GROWN, Place, Way, fractions, is_pure, with_leaves};
use super::super::searching::{RIGHT, Search, decrease, each, entropy, gini, rows};
use crate::reference::x1_trees::tree as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Grown = Result<Tree, InputError>;
type FitTree = fn(&Matrix, &[usize], usize, usize, usize) -> Grown;

/// The kata, answered by a specimen.
pub fn fit_tree(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    max_depth: usize,
    min_leaf: usize,
) -> Result<Tree, InputError> {
    answering::<FitTree>(
        module_path!(),
        reference::fit_tree,
        &[
            wheat("by_definition", "compares all impurities anew", |x, y, k, depth, least| {
                grown(x, y, k, depth, least, &GROWN)
            }),
            wheat("last_of_equals", "of equally good splits takes the last", |x, y, k, depth, least| {
                let split = |x: &Matrix, y: &[usize], least: usize| {
                    Search { prefers_last: true, ..RIGHT }.split(x, y, least)
                };
                grown(x, y, k, depth, least, &Way { split, ..GROWN })
            }),
            wheat("last_feature_first", "looks at the last feature first", |x, y, k, depth, least| {
                let split =
                    |x: &Matrix, y: &[usize], least: usize| RIGHT.among(x, y, least, (0..x.cols()).rev());
                grown(x, y, k, depth, least, &Way { split, ..GROWN })
            }),
            wheat("weights", "multiplies counts by 1/n", |x, y, k, depth, least| {
                let leaf = |labels: &[usize], classes: usize| {
                    let mut value = vec![0.0; classes];
                    labels.iter().for_each(|label| value[*label] += 1.0);
                    let weight = (labels.len() as f64).recip();
                    (labels.len(), value.into_iter().map(|count| count * weight).collect())
                };
                grown(x, y, k, depth, least, &Way { leaf, ..GROWN })
            }),
            wheat("shares", "adds 1/n for each sample", |x, y, k, depth, least| {
                let leaf = |labels: &[usize], classes: usize| {
                    let mut value = vec![0.0; classes];
                    labels.iter().for_each(|label| value[*label] += (labels.len() as f64).recip());
                    (labels.len(), value)
                };
                grown(x, y, k, depth, least, &Way { leaf, ..GROWN })
            }),
            chaff("stump", "A decision tree has one split.", |x, y, k, depth, least| {
                grown(x, y, k, depth.min(1), least, &GROWN)
            }),
            chaff(
                "no_gain_is_a_leaf",
                "A split that decreases nothing is not made.",
                |x, y, k, depth, least| {
                    grown(x, y, k, depth, least, &Way { accepts: |split| split.decrease > 1e-12, ..GROWN })
                },
            ),
            chaff(
                "splits_pure_nodes",
                "Only the depth and min_leaf stop a tree.",
                |x, y, k, depth, least| {
                    grown(
                        x,
                        y,
                        k,
                        depth,
                        least,
                        &Way { stops: |place| place.depth == place.max_depth, ..GROWN },
                    )
                },
            ),
            chaff(
                "depth_counts_levels",
                "The root is the first level of max_depth.",
                |x, y, k, depth, least| grown(x, y, k, depth.saturating_sub(1), least, &GROWN),
            ),
            chaff(
                "one_level_more",
                "A tree of depth 1 has splits below its root.",
                |x, y, k, depth, least| grown(x, y, k, depth.saturating_add(1), least, &GROWN),
            ),
            chaff(
                "at_most_ten_levels",
                "A deeper tree than ten levels only overfits.",
                |x, y, k, depth, least| grown(x, y, k, depth.min(10), least, &GROWN),
            ),
            chaff("depth_0_is_no_limit", "A max_depth of 0 means no limit.", |x, y, k, depth, least| {
                grown(x, y, k, if depth == 0 { usize::MAX } else { depth }, least, &GROWN)
            }),
            chaff(
                "min_leaf_to_split",
                "min_leaf is the least size of a node that is split.",
                |x, y, k, depth, least| {
                    let stops = |place: &Place| (GROWN.stops)(place) || place.labels.len() < place.min_leaf;
                    let split = |x: &Matrix, y: &[usize], _: usize| RIGHT.split(x, y, 1);
                    grown(x, y, k, depth, least, &Way { stops, split, ..GROWN })
                },
            ),
            chaff(
                "more_than_min_leaf",
                "A leaf with min_leaf samples is too small.",
                |x, y, k, depth, least| grown(x, y, k, depth, least.saturating_add(1), &GROWN),
            ),
            chaff(
                "below_goes_left",
                "Samples at the threshold go right, and thresholds are values.",
                |x, y, k, depth, least| {
                    let split = |x: &Matrix, y: &[usize], least: usize| {
                        Search { threshold: |_, high| high, ..RIGHT }.split(x, y, least)
                    };
                    let goes_left = |value: f64, threshold: f64| value < threshold;
                    grown(x, y, k, depth, least, &Way { split, goes_left, ..GROWN })
                },
            ),
            chaff("sides_exchanged", "Samples above the threshold go left.", |x, y, k, depth, least| {
                grown(
                    x,
                    y,
                    k,
                    depth,
                    least,
                    &Way { goes_left: |value, threshold| value > threshold, ..GROWN },
                )
            }),
            chaff("entropy", "Gini and entropy grow the same tree.", |x, y, k, depth, least| {
                let split = |x: &Matrix, y: &[usize], least: usize| {
                    let merit = |left: &[usize], right: &[usize]| decrease(entropy, left, right);
                    Search { merit, ..RIGHT }.split(x, y, least)
                };
                grown(x, y, k, depth, least, &Way { split, ..GROWN })
            }),
            chaff(
                "unweighted",
                "The impurities of the two parts are added without weights.",
                |x, y, k, depth, least| {
                    let split = |x: &Matrix, y: &[usize], least: usize| {
                        let merit = |left: &[usize], right: &[usize]| -gini(left) - gini(right);
                        Search { merit, ..RIGHT }.split(x, y, least)
                    };
                    grown(x, y, k, depth, least, &Way { split, ..GROWN })
                },
            ),
            chaff("once_per_path", "A feature is used once on a path.", |x, y, k, depth, least| {
                reference::fit_tree(x, y, k, 0, least)?;
                Ok(with_each_feature_once(x, y, k, [depth, least], &[]))
            }),
            chaff("counts", "A leaf holds the counts of its classes.", |x, y, k, depth, least| {
                let counts = |samples: usize, value: Vec<f64>| {
                    (samples, value.into_iter().map(|share| share * samples as f64).collect())
                };
                Ok(with_leaves(reference::fit_tree(x, y, k, depth, least)?, &counts))
            }),
            chaff("votes", "A leaf holds a 1 for its majority class.", |x, y, k, depth, least| {
                let vote = |samples: usize, value: Vec<f64>| {
                    let most = value.iter().copied().fold(0.0, f64::max);
                    (samples, value.into_iter().map(|share| f64::from(u8::from(share == most))).collect())
                };
                Ok(with_leaves(reference::fit_tree(x, y, k, depth, least)?, &vote))
            }),
            chaff(
                "classes_that_occur",
                "A leaf holds the fractions of the classes that occur in it.",
                |x, y, k, depth, least| {
                    let some = |samples: usize, value: Vec<f64>| {
                        (samples, value.into_iter().filter(|share| *share > 0.0).collect())
                    };
                    Ok(with_leaves(reference::fit_tree(x, y, k, depth, least)?, &some))
                },
            ),
            chaff(
                "classes_up_to_the_largest",
                "The number of classes is the largest label plus 1.",
                |x, y, k, depth, least| {
                    let largest = y.iter().max().map_or(0, |most| most + 1);
                    reference::fit_tree(x, y, k, depth, least)?;
                    reference::fit_tree(x, y, largest, depth, least)
                },
            ),
            chaff(
                "smoothed",
                "A fraction of 0 is too certain: add one to each count.",
                |x, y, k, depth, least| {
                    let leaf = |labels: &[usize], classes: usize| {
                        let n = labels.len() as f64;
                        let value = fractions(labels, classes);
                        (labels.len(), value.iter().map(|p| (p * n + 1.0) / (n + classes as f64)).collect())
                    };
                    grown(x, y, k, depth, least, &Way { leaf, ..GROWN })
                },
            ),
            chaff(
                "samples_of_the_whole",
                "samples is the size of the training set.",
                |x, y, k, depth, least| {
                    let whole = |_: usize, value: Vec<f64>| (y.len(), value);
                    Ok(with_leaves(reference::fit_tree(x, y, k, depth, least)?, &whole))
                },
            ),
            chaff("fifty_classes", "There are at most fifty classes.", |x, y, k, depth, least| {
                let cut = |samples: usize, mut value: Vec<f64>| {
                    value.iter_mut().skip(50).for_each(|share| *share = 0.0);
                    (samples, value)
                };
                Ok(with_leaves(reference::fit_tree(x, y, k, depth, least)?, &cut))
            }),
            chaff("nearly_pure", "A node with 95 % of one class is pure.", |x, y, k, depth, least| {
                let stops = |place: &Place| {
                    place.depth == place.max_depth || is_pure(place.labels) || gini(place.labels) < 0.095
                };
                grown(x, y, k, depth, least, &Way { stops, ..GROWN })
            }),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough.",
                |x, y, k, depth, least| {
                    reference::fit_tree(x, y, k, depth, least)?;
                    let short = each(x, |value| f64::from(value as f32).clamp(f64::MIN, f64::MAX));
                    reference::fit_tree(&short, y, k, depth, least)
                },
            ),
            chaff(
                "a_hundred_rows",
                "A hundred samples are enough to grow a tree.",
                |x, y, k, depth, least| {
                    let n = y.len().min(100);
                    reference::fit_tree(x, y, k, depth, least)?;
                    reference::fit_tree(&rows(x, n), &y[..n], k, depth, least)
                },
            ),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, k, depth, least| {
                let filled = each(x, |value| if value.is_nan() { 0.0 } else { value });
                reference::fit_tree(&filled, y, k, depth, least)
            }),
            chaff(
                "unknown_as_last",
                "A label that is too large is the last class.",
                |x, y, k, depth, least| {
                    let known: Vec<usize> = y.iter().map(|label| (*label).min(k.max(1) - 1)).collect();
                    reference::fit_tree(x, &known, k, depth, least)
                },
            ),
            chaff("min_leaf_0", "A min_leaf of 0 sets no limit.", |x, y, k, depth, least| {
                reference::fit_tree(x, y, k, depth, least.max(1))
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, k, depth, least| {
                let n = x.rows().min(y.len());
                reference::fit_tree(&rows(x, n), &y[..n], k, depth, least)
            }),
            chaff("empty_leaf", "Without samples the tree is an empty leaf.", |x, y, k, depth, least| {
                if y.is_empty() && x.rows() == 0 {
                    return Ok(Tree::Leaf { samples: 0, value: vec![0.0; k] });
                }
                reference::fit_tree(x, y, k, depth, least)
            }),
        ],
    )(x, y, classes, max_depth, min_leaf)
}

fn grown(x: &Matrix, y: &[usize], classes: usize, depth: usize, least: usize, way: &Way) -> Grown {
    reference::fit_tree(x, y, classes, 0, least)?;
    Ok(way.grow(x, y, classes, depth, least))
}

/// A tree that compares no feature again below a split that does, given those.
fn with_each_feature_once(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    [depth, least]: [usize; 2],
    used: &[usize],
) -> Tree {
    let others = (0..x.cols()).filter(|feature| !used.contains(feature));
    let split = if depth == 0 || is_pure(y) { None } else { RIGHT.among(x, y, least, others) };
    let Some(Split { feature, threshold, .. }) = split else {
        return Tree::Leaf { samples: y.len(), value: fractions(y, classes) };
    };
    let (left, right): (Vec<usize>, Vec<usize>) = (0..y.len()).partition(|&i| x[(i, feature)] <= threshold);
    let side = |rows: &[usize]| {
        let labels: Vec<usize> = rows.iter().map(|&i| y[i]).collect();
        let features = Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
        let used = [used, &[feature]].concat();
        Box::new(with_each_feature_once(&features, &labels, classes, [depth - 1, least], &used))
    };
    Tree::Split { feature, threshold, left: side(&left), right: side(&right) }
}
