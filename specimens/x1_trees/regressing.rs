//! Regression trees and boosting in several ways.

use kit::{Matrix, Tree};

use super::growing::reached;
use super::searching::halfway;
use crate::reference::x1_trees::boosting::Boosted;

/// How a regression tree is grown.
pub struct Way {
    /// The value of a leaf.
    pub value: fn(&[f64]) -> f64,
    /// How good two parts are: the largest wins.
    pub merit: fn(&[f64], &[f64]) -> f64,
    /// Whether the targets of a node need no split.
    pub is_pure: fn(&[f64]) -> bool,
    /// How many samples a part has at least.
    pub least: usize,
    pub prefers_last: bool,
}

pub const GROWN: Way = Way {
    value: mean,
    merit: |left, right| -squared_error(left) - squared_error(right),
    is_pure: |y| y.iter().all(|target| *target == y[0]),
    least: 1,
    prefers_last: false,
};

pub fn mean(y: &[f64]) -> f64 {
    // Scaled first: no sum is larger than the largest of them.
    y.iter().map(|target| target / y.len() as f64).sum()
}

pub fn squared_error(y: &[f64]) -> f64 {
    let mean = mean(y);
    y.iter().map(|target| (target - mean).powi(2)).sum()
}

impl Way {
    pub fn grow(&self, x: &Matrix, y: &[f64], depth: usize) -> Tree {
        self.below(x, y, &(0..y.len()).collect::<Vec<_>>(), depth)
    }

    fn below(&self, x: &Matrix, y: &[f64], rows: &[usize], depth: usize) -> Tree {
        let targets: Vec<f64> = rows.iter().map(|&row| y[row]).collect();
        let leaf = Tree::Leaf { samples: rows.len(), value: vec![(self.value)(&targets)] };
        if depth == 0 || (self.is_pure)(&targets) {
            return leaf;
        }
        let Some((feature, threshold)) = self.split(x, y, rows) else { return leaf };
        let (left, right): (Vec<usize>, Vec<usize>) =
            rows.iter().partition(|&&row| x[(row, feature)] <= threshold);
        let side = |rows: &[usize]| Box::new(self.below(x, y, rows, depth - 1));
        Tree::Split { feature, threshold, left: side(&left), right: side(&right) }
    }

    fn split(&self, x: &Matrix, y: &[f64], rows: &[usize]) -> Option<(usize, f64)> {
        let mut best: Option<(f64, usize, f64)> = None;
        for feature in 0..x.cols() {
            let mut order = rows.to_vec();
            order.sort_by(|&a, &b| x[(a, feature)].total_cmp(&x[(b, feature)]));
            let targets: Vec<f64> = order.iter().map(|&row| y[row]).collect();
            for cut in self.least..=rows.len().saturating_sub(self.least) {
                if cut == 0 || cut == rows.len() {
                    continue;
                }
                let (low, high) = (x[(order[cut - 1], feature)], x[(order[cut], feature)]);
                if low == high {
                    continue;
                }
                let (left, right) = targets.split_at(cut);
                let merit = (self.merit)(left, right);
                let wins = |old: f64| if self.prefers_last { merit >= old } else { merit > old };
                if best.is_none_or(|(old, ..)| wins(old)) {
                    best = Some((merit, feature, halfway(low, high)));
                }
            }
        }
        best.map(|(_, feature, threshold)| (feature, threshold))
    }
}

/// What the first value of the leaf adds.
pub fn leaf_value(tree: &Tree, sample: &[f64]) -> f64 {
    reached(tree, sample, |value, threshold| value <= threshold)[0]
}

/// Trees that are fitted one after another to what is left, given label and output.
pub fn boosted(
    x: &Matrix,
    start: f64,
    rounds: usize,
    rate: f64,
    step: f64,
    fit: impl Fn(usize, &[f64]) -> Tree,
) -> Boosted {
    let mut outputs = vec![start; x.rows()];
    let mut trees = Vec::new();
    for round in 0..rounds {
        let tree = fit(round, &outputs);
        outputs.iter_mut().enumerate().for_each(|(i, output)| *output += step * leaf_value(&tree, x.row(i)));
        trees.push(tree);
    }
    Boosted { start, rate, trees }
}
