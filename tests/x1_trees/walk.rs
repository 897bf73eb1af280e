//! The way of a sample through a tree; and a grown tree, checked node by node with the samples that reach it: whichever of
//! several equally good splits it has.

use std::cmp::Ordering;

use judge::{Broken, Verdict, ensure, equal, rounding};
use kit::Tree;

use super::exact::{Cut, Node};

/// What limits a tree.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub classes: usize,
    pub depth: usize,
    pub min_leaf: usize,
    /// How many features each split considers.
    pub features: usize,
}

/// The value of the leaf that a sample reaches.
pub fn reached<'a>(mut tree: &'a Tree, sample: &[f64]) -> &'a [f64] {
    loop {
        match tree {
            Tree::Leaf { value, .. } => return value,
            Tree::Split { feature, threshold, left, right } => {
                tree = if sample[*feature] <= *threshold { left } else { right };
            }
        }
    }
}

/// The place of the largest value, the first of several.
pub fn first_largest(value: &[f64]) -> usize {
    let largest = value.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    value.iter().position(|share| *share == largest).unwrap_or(0)
}

/// What a tree predicts.
pub fn predicted(tree: &Tree, sample: &[f64]) -> usize {
    first_largest(reached(tree, sample))
}

/// Every split is a best one for the samples that reach it, every leaf has to be one, and holds what it should.
pub fn is_grown(tree: &Tree, node: Node<'_>, limits: Limits) -> Verdict {
    let place = || {
        let rows: Vec<usize> = node.rows.iter().copied().take(12).collect();
        let more = if node.rows.len() > 12 { ", …" } else { "" };
        let rows = format!("{rows:?}").replace(']', &format!("{more}]"));
        format!("the node that the rows {rows} reach")
    };
    match tree {
        Tree::Leaf { samples, value } => {
            let look = "Every sample of the training set that reaches a leaf counts in it.";
            let what = format!("samples of {}", place());
            equal(&what, *samples, node.rows.len(), look)?;
            has_fractions(&place(), value, &node, limits.classes)?;
            let varies = || (0..node.x.cols()).any(|feature| !node.cuts(feature, limits.min_leaf).is_empty());
            ensure(node.is_pure() || limits.depth == 0 || !varies(), || {
                let look = "A node is a leaf only if its samples have one label, at the maximum depth, or \
                            where no threshold leaves enough samples on both sides. A decrease of 0 is no \
                            reason.";
                Broken::answer(format!("{} is a leaf", place()), "a split", look)
            })
        }
        Tree::Split { feature, threshold, left, right } => {
            let look = "A pure node is a leaf, and so is one at the maximum depth.";
            ensure(!node.is_pure() && limits.depth > 0, || {
                Broken::answer(format!("{} is split", place()), "a leaf", look)
            })?;
            let cut = node.cut_at(&place(), *feature, *threshold, limits.min_leaf)?;
            is_best(&place(), &node, *feature, cut, limits)?;
            let [below_left, below_right] = node.sides(*feature, *threshold);
            let limits = Limits { depth: limits.depth - 1, ..limits };
            is_grown(left, below_left, limits)?;
            is_grown(right, below_right, limits)
        }
    }
}

/// The value of a leaf: the fraction of each class.
fn has_fractions(place: &str, value: &[f64], node: &Node<'_>, classes: usize) -> Verdict {
    let n = node.rows.len() as f64;
    let mut want = vec![0.0; classes];
    node.rows.iter().for_each(|&row| want[node.y[row]] += 1.0);
    want.iter_mut().for_each(|share| *share /= n);
    // A quotient, or 1/n added for each sample.
    let near = |(got, want): (&f64, &f64)| (got - want).abs() <= rounding(node.rows.len() + 4, 1.0);
    ensure(value.len() == classes && value.iter().zip(&want).all(near), || {
        let look = "One fraction for each of the classes, class 0 first; 0 for a class without samples.";
        Broken::answer(format!("the value of {place} = {value:?}"), format!("{want:?}"), look)
    })
}

/// No feature that had to be considered has a better split.
fn is_best(place: &str, node: &Node<'_>, feature: usize, cut: Cut, limits: Limits) -> Verdict {
    let own = node.best_of(feature, limits.min_leaf);
    let misses = own.is_none_or(|best| best.order(cut.merit) == Ordering::Greater);
    let others: Vec<_> =
        (0..node.x.cols()).filter_map(|feature| node.best_of(feature, limits.min_leaf)).collect();
    let better = others.iter().filter(|other| other.order(cut.merit) == Ordering::Greater).count();
    // Of the features that vary so many are drawn: at most the others may be better.
    let allowed = others.len() - limits.features.min(others.len());
    ensure(!misses && better <= allowed, || {
        let got = format!(
            "{place} is split at feature {feature} between {:?} and {:?}: the impurity decreases by {:.6}",
            cut.low,
            cut.high,
            node.decrease(cut.merit)
        );
        let mut decreases: Vec<f64> = others.iter().map(|merit| node.decrease(*merit)).collect();
        decreases.sort_by(|a, b| b.total_cmp(a));
        let best = if misses { own } else { others.into_iter().max_by(|a, b| a.order(*b)) };
        let best = best.map_or(f64::NAN, |merit| node.decrease(merit));
        let look = "Compare the decreases of all thresholds of the features that are considered, for the \
                    samples of this node alone.";
        let not_drawn = format!(", or one that at most {allowed} features surpass; {better} do");
        let or_less = if allowed == 0 || misses { "" } else { not_drawn.as_str() };
        Broken::answer(got, format!("a split that decreases it by {best:.6}{or_less}"), look)
    })
}
