//! Regression trees, checked node by node with the samples that reach them, and data to grow them on.

use judge::any;
use judge::any::{kinds, numbers, place, select};
use judge::{Broken, Verdict, ensure, equal, rounding};
use katas::x1_trees::boosting::Boosted;
use kit::{Generator, Matrix, Tree};
use proptest::prelude::*;

use super::draw::{few_with, matrix};
use super::exact::Node;
use super::walk::reached;

/// Features and targets.
pub type Measured = (Matrix, Vec<f64>);

/// A few samples with eighths as targets, often equal ones.
pub fn few() -> impl Strategy<Value = Measured> + Send + Sync + Clone {
    few_with(any::eighth())
}

/// Any number of samples and features, with numbers of every kind; the targets are random, or follow one feature.
pub fn sized(most: [usize; 2]) -> impl Strategy<Value = Measured> + Send + Sync + Clone {
    any::sizes([1..=9, 1..=3], most).prop_flat_map(|[n, d]| {
        let values = kinds().prop_flat_map(move |[kind, other]| (numbers(kind, n * d), numbers(other, n)));
        (values, place(d), select(vec![true, true, false])).prop_map(move |((x, mut y), feature, follows)| {
            let x = matrix(n, d, &x);
            if follows {
                let mut order: Vec<usize> = (0..n).collect();
                order.sort_by(|&a, &b| x[(a, feature)].total_cmp(&x[(b, feature)]));
                y.sort_by(f64::total_cmp);
                let sorted = y.clone();
                order.iter().zip(sorted).for_each(|(&row, target)| y[row] = target);
            }
            (x, y)
        })
    })
}

/// Targets in steps that follow one feature, for trees and for labels.
pub fn steps(n: usize, d: usize, seed: u64) -> Measured {
    let mut generator = Generator::from_seed(seed);
    let mut x = Matrix::zeros(n, d);
    (0..n * d).for_each(|k| x[(k / d, k % d)] = (generator.below(257) as f64 - 128.0) / 8.0);
    let last = d - 1;
    let noise: Vec<f64> = (0..n).map(|_| generator.below(9) as f64 / 8.0).collect();
    let y = (0..n).map(|i| (x[(i, last)] / 4.0).floor() + noise[i]).collect();
    (x, y)
}

/// Whether the tree is one that `fit_regression_tree` may grow for these targets, each of which may be off by `slack`.
pub fn is_regression_tree(
    tree: &Tree,
    (x, y): (&Matrix, &[f64]),
    rows: Vec<usize>,
    depth: usize,
    slack: f64,
) -> Verdict {
    let shown: Vec<usize> = rows.iter().copied().take(12).collect();
    let place = format!("the node that {} rows reach, such as {shown:?}", rows.len());
    let targets: Vec<f64> = rows.iter().map(|&row| y[row]).collect();
    let (low, high) =
        targets.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(*y), high.max(*y)));
    let labels = vec![0; y.len()];
    let node = Node { x, y: &labels, rows };
    match tree {
        Tree::Leaf { samples, value } => {
            let look = "Every sample that reaches a leaf counts in it.";
            equal(&format!("samples of {place}"), *samples, targets.len(), look)?;
            let n = targets.len() as f64;
            let mean = targets.iter().map(|y| y / n).sum::<f64>();
            let tolerance = rounding(2 * targets.len() + 8, low.abs().max(high.abs())) + slack;
            ensure(value.len() == 1 && (value[0] - mean).abs() <= tolerance, || {
                let look = "A leaf of a regression tree holds one number, the mean of its targets.";
                Broken::answer(format!("the value of {place} = {value:?}"), format!("[{mean:?}]"), look)
            })?;
            let varies = || (0..x.cols()).any(|feature| !node.cuts(feature, 1).is_empty());
            ensure(depth == 0 || high - low <= 2.0 * slack || !varies(), || {
                let look = "A node is a leaf only if its targets are equal, at the maximum depth, or if all \
                            features are constant.";
                Broken::answer(format!("{place} is a leaf"), "a split", look)
            })
        }
        Tree::Split { feature, threshold, left, right } => {
            ensure(depth > 0 && (high > low || slack > 0.0), || {
                let look = "A node with equal targets is a leaf, and so is one at the maximum depth.";
                Broken::answer(format!("{place} is split"), "a leaf", look)
            })?;
            node.cut_at(&place, *feature, *threshold, 1)?;
            let size: f64 = targets.iter().map(|y| y * y).sum();
            let sum: f64 = targets.iter().map(|y| y.abs()).sum();
            let own = decrease(&node, y, *feature, Some(*threshold));
            let best = (0..x.cols()).map(|feature| decrease(&node, y, feature, None)).fold(0.0, f64::max);
            // Sums of up to n squares, whether of the targets or of their deviations from the mean.
            let tolerance =
                rounding(64 + 16 * targets.len(), size) + 16.0 * slack * (sum + slack * targets.len() as f64);
            ensure(own >= best - tolerance, || {
                let got = format!("{place} is split at feature {feature}, {threshold:?}: {own:e} less error");
                let look = "Compare the squared errors of all thresholds of all features.";
                Broken::answer(got, format!("a split with {best:e} less"), look)
            })?;
            let [below_left, below_right] = node.sides(*feature, *threshold).map(|side| side.rows);
            is_regression_tree(left, (x, y), below_left, depth - 1, slack)?;
            is_regression_tree(right, (x, y), below_right, depth - 1, slack)
        }
    }
}

/// By how much the squared error decreases at a threshold of a feature; at the best one, where none is given.
fn decrease(node: &Node<'_>, y: &[f64], feature: usize, threshold: Option<f64>) -> f64 {
    let n = node.rows.len();
    let mean = node.rows.iter().map(|&row| y[row] / n as f64).sum::<f64>();
    let mut order: Vec<(f64, f64)> =
        node.rows.iter().map(|&row| (node.x[(row, feature)], y[row] - mean)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = order.iter().map(|pair| pair.1).sum();
    let (mut left, mut best) = (0.0, 0.0);
    for cut in 1..n {
        left += order[cut - 1].1;
        let (low, high) = (order[cut - 1].0, order[cut].0);
        let counts = threshold.is_none_or(|threshold| low <= threshold && threshold < high);
        if low != high && counts {
            let right: f64 = total - left;
            best = f64::max(best, left * left / cut as f64 + right * right / (n - cut) as f64);
        }
    }
    best
}

/// What the trees add up to for each sample after each round, and whether there are as many as rounds and each fits the
/// residuals that the ones before it leave.
pub fn is_boosted(
    model: &Boosted,
    x: &Matrix,
    (rounds, rate, depth): (usize, f64, usize),
    size: f64,
    residual: impl Fn(usize, f64) -> f64,
) -> Result<Vec<Vec<f64>>, Broken> {
    equal("the rate", model.rate, rate, "The learning rate as it was given.")?;
    equal("the number of trees", model.trees.len(), rounds, "One tree in each round.")?;
    let mut outputs = vec![model.start; x.rows()];
    let mut after = vec![outputs.clone()];
    for (round, tree) in model.trees.iter().enumerate() {
        let residuals: Vec<f64> =
            outputs.iter().enumerate().map(|(i, output)| residual(i, *output)).collect();
        // Sums in another order: a rounding per round, of outputs as large as the targets.
        let slack = rounding(16 + 8 * (round + 1), size);
        let rows = (0..x.rows()).collect();
        is_regression_tree(tree, (x, &residuals), rows, depth, slack)
            .map_err(|broken| Broken { got: format!("tree {round}: {}", broken.got), ..broken })?;
        for (i, output) in outputs.iter_mut().enumerate() {
            *output += model.rate * first_reached(tree, x.row(i));
        }
        after.push(outputs.clone());
    }
    Ok(after)
}

/// The first value of the leaf that a sample reaches.
pub fn first_reached(tree: &Tree, sample: &[f64]) -> f64 {
    reached(tree, sample).first().copied().unwrap_or(f64::NAN)
}
