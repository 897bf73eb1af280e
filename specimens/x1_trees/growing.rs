//! Trees that are grown in several ways.

use kit::{Matrix, Split, Tree};

use super::searching::RIGHT;

/// What is known of a node before it is split or not.
pub struct Place<'a> {
    pub labels: &'a [usize],
    pub depth: usize,
    pub max_depth: usize,
    pub min_leaf: usize,
}

/// How a tree is grown.
pub struct Way {
    /// Whether the node is a leaf without looking for a split.
    pub stops: fn(&Place) -> bool,
    /// The split.
    pub split: fn(&Matrix, &[usize], usize) -> Option<Split>,
    /// Whether the split is made.
    pub accepts: fn(&Split) -> bool,
    /// Whether a value goes left.
    pub goes_left: fn(f64, f64) -> bool,
    /// The number of samples and the value of a leaf.
    pub leaf: fn(&[usize], usize) -> (usize, Vec<f64>),
}

pub const GROWN: Way = Way {
    stops: |place| place.depth == place.max_depth || is_pure(place.labels),
    split: |x, y, least| RIGHT.split(x, y, least),
    accepts: |_| true,
    goes_left: |value, threshold| value <= threshold,
    leaf: |labels, classes| (labels.len(), fractions(labels, classes)),
};

pub fn is_pure(labels: &[usize]) -> bool {
    labels.iter().all(|label| *label == labels[0])
}

pub fn fractions(labels: &[usize], classes: usize) -> Vec<f64> {
    let count = |class: usize| labels.iter().filter(|label| **label == class).count() as f64;
    (0..classes).map(|class| count(class) / labels.len() as f64).collect()
}

impl Way {
    pub fn grow(&self, x: &Matrix, y: &[usize], classes: usize, max_depth: usize, min_leaf: usize) -> Tree {
        self.below(x, y, classes, [0, max_depth, min_leaf])
    }

    fn below(
        &self,
        x: &Matrix,
        y: &[usize],
        classes: usize,
        [depth, max_depth, min_leaf]: [usize; 3],
    ) -> Tree {
        let leaf = || {
            let (samples, value) = (self.leaf)(y, classes);
            Tree::Leaf { samples, value }
        };
        if (self.stops)(&Place { labels: y, depth, max_depth, min_leaf }) {
            return leaf();
        }
        let Some(split) = (self.split)(x, y, min_leaf).filter(self.accepts) else { return leaf() };
        let Split { feature, threshold, .. } = split;
        let (left, right): (Vec<usize>, Vec<usize>) =
            (0..y.len()).partition(|&i| (self.goes_left)(x[(i, feature)], threshold));
        if left.is_empty() || right.is_empty() {
            return leaf();
        }
        let side = |rows: &[usize]| {
            let labels: Vec<usize> = rows.iter().map(|&i| y[i]).collect();
            let features = Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
            Box::new(self.below(&features, &labels, classes, [depth + 1, max_depth, min_leaf]))
        };
        Tree::Split { feature, threshold, left: side(&left), right: side(&right) }
    }
}

/// The tree with each leaf changed.
pub fn with_leaves(tree: Tree, change: &impl Fn(usize, Vec<f64>) -> (usize, Vec<f64>)) -> Tree {
    match tree {
        Tree::Leaf { samples, value } => {
            let (samples, value) = change(samples, value);
            Tree::Leaf { samples, value }
        }
        Tree::Split { feature, threshold, left, right } => {
            let side = |tree: Box<Tree>| Box::new(with_leaves(*tree, change));
            Tree::Split { feature, threshold, left: side(left), right: side(right) }
        }
    }
}

/// The value of the leaf that a sample reaches.
pub fn reached<'a>(mut tree: &'a Tree, sample: &[f64], goes_left: fn(f64, f64) -> bool) -> &'a [f64] {
    loop {
        match tree {
            Tree::Leaf { value, .. } => return value,
            Tree::Split { feature, threshold, left, right } => {
                tree = if goes_left(sample[*feature], *threshold) { left } else { right };
            }
        }
    }
}

/// The place of the largest value, the first of several.
pub fn first_largest(value: &[f64]) -> usize {
    (1..value.len()).fold(0, |best, class| if value[class] > value[best] { class } else { best })
}

/// The class that the tree predicts.
pub fn predicted(tree: &Tree, sample: &[f64]) -> usize {
    first_largest(reached(tree, sample, |value, threshold| value <= threshold))
}
