//! A decision tree: grown by the best split, again and again, and asked for its prediction.

use kit::{InputError, Matrix, Split, Tree, check};

/// Grows a decision tree (CART): splits the samples at the best split, and so the samples on each side.
///
/// A node becomes a leaf if all of its samples have one label, if it has the maximum depth, or if
/// [`best_split`](super::impurity::best_split) finds no split for its samples; else it is split, also where the
/// impurity does not decrease.
///
/// * `x`: n×d features, n and d at least 1. `y`: n labels below `classes`. `classes`: k, 1 to 1000.
/// * `max_depth`: the largest number of splits on the way to a leaf; 0 gives a single leaf, `usize::MAX` sets no limit.
/// * `min_leaf`: each leaf has at least this many samples, at least 1; a tree without splits has the samples there are.
/// * Returns the tree. Each split is a best one for the samples that reach it; of several equally good ones it may be
///   any. Each leaf holds the number of its samples and k fractions, those of the classes among its samples.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"classes"` unless it is 1 to 1000;
/// * [`InputError::UnknownClass`] with the first label that is not below `classes`;
/// * [`InputError::OutOfRange`] with `name` `"min_leaf"` if it is 0.
///
/// ```
/// # use katas::x1_trees::tree::fit_tree;
/// # use kit::{Matrix, Tree};
/// let x = Matrix::from_rows([[1.0], [2.0], [4.0]]);
/// let left = Box::new(Tree::Leaf { samples: 2, value: vec![1.0, 0.0] });
/// let right = Box::new(Tree::Leaf { samples: 1, value: vec![0.0, 1.0] });
/// let tree = Tree::Split { feature: 0, threshold: 3.0, left, right };
/// assert_eq!(fit_tree(&x, &[0, 0, 1], 2, 5, 1), Ok(tree));
/// ```
///
/// In Python: `sklearn.tree.DecisionTreeClassifier(max_depth=max_depth, min_samples_leaf=min_leaf).fit(x, y).tree_`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §9.2.3.
pub fn fit_tree(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    max_depth: usize,
    min_leaf: usize,
) -> Result<Tree, InputError> {
    check_samples(x, y, classes)?;
    check::in_range("min_leaf", min_leaf as f64, min_leaf >= 1, "at least 1")?;
    let rows: Vec<usize> = (0..y.len()).collect();
    grow(x, y, &rows, classes, max_depth, min_leaf)
}

/// The predicted classes of samples, by a decision tree.
///
/// From the root a sample goes left where its feature is at most the threshold, and right otherwise. At the leaf the
/// class with the largest fraction is predicted, of several equally large ones the lowest.
///
/// * `tree`: its thresholds and values are finite; every leaf has at least one value.
/// * `x`: m×d features of the samples to predict; m may be 0.
/// * Returns m classes: places in the value of a leaf, counted from 0.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"feature"` if a split anywhere in the tree asks for a feature that is not
///   below d;
/// * [`InputError::TooFew`] with `wanted` 1 if a leaf anywhere in the tree has no value.
///
/// ```
/// # use katas::x1_trees::tree::predict_tree;
/// # use kit::{Matrix, Tree};
/// let left = Box::new(Tree::Leaf { samples: 4, value: vec![0.25, 0.75] });
/// let right = Box::new(Tree::Leaf { samples: 2, value: vec![0.5, 0.5] });
/// let tree = Tree::Split { feature: 0, threshold: 3.0, left, right };
/// assert_eq!(predict_tree(&tree, &Matrix::from_rows([[3.0], [3.5]])), Ok(vec![1, 0]));
/// ```
///
/// In Python: `model.predict(x)` of a fitted `sklearn.tree.DecisionTreeClassifier`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §9.2.3.
pub fn predict_tree(tree: &Tree, x: &Matrix) -> Result<Vec<usize>, InputError> {
    check::finite("x", x.as_slice())?;
    check_tree(tree, x.cols())?;
    Ok((0..x.rows()).map(|row| largest(leaf_of(tree, x.row(row)))).collect())
}

/// What growing a tree asks of its samples.
pub(super) fn check_samples(x: &Matrix, y: &[usize], classes: usize) -> Result<(), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, x.rows().min(x.cols()))?;
    check::finite("x", x.as_slice())?;
    check::in_range("classes", classes as f64, (1..=1000).contains(&classes), "1 to 1000")?;
    check::labels(y, classes)
}

/// The tree for these rows.
fn grow(
    x: &Matrix,
    y: &[usize],
    rows: &[usize],
    classes: usize,
    depth: usize,
    min_leaf: usize,
) -> Result<Tree, InputError> {
    let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
    let leaf = leaf(&labels, classes);
    if depth == 0 || labels.iter().all(|label| *label == labels[0]) {
        return Ok(leaf);
    }
    let features = Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
    let Some(Split { feature, threshold, .. }) = super::impurity::best_split(&features, &labels, min_leaf)?
    else {
        return Ok(leaf);
    };
    let (left, right): (Vec<usize>, Vec<usize>) =
        rows.iter().partition(|&&row| x[(row, feature)] <= threshold);
    let below = |rows: &[usize]| grow(x, y, rows, classes, depth - 1, min_leaf).map(Box::new);
    Ok(Tree::Split { feature, threshold, left: below(&left)?, right: below(&right)? })
}

/// A leaf with these labels.
pub(super) fn leaf(labels: &[usize], classes: usize) -> Tree {
    let mut value = vec![0.0; classes];
    labels.iter().for_each(|&label| value[label] += 1.0);
    value.iter_mut().for_each(|share| *share /= labels.len() as f64);
    Tree::Leaf { samples: labels.len(), value }
}

/// Whether the tree can be asked about samples with so many features.
pub(super) fn check_tree(tree: &Tree, features: usize) -> Result<(), InputError> {
    match tree {
        Tree::Leaf { value, .. } => check::at_least(1, value.len()),
        Tree::Split { feature, left, right, .. } => {
            check::in_range("feature", *feature as f64, *feature < features, "a feature of the samples")?;
            check_tree(left, features)?;
            check_tree(right, features)
        }
    }
}

/// The value of the leaf that this sample reaches.
pub(super) fn leaf_of<'a>(mut tree: &'a Tree, sample: &[f64]) -> &'a [f64] {
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
pub(super) fn largest(value: &[f64]) -> usize {
    (1..value.len()).fold(0, |best, class| if value[class] > value[best] { class } else { best })
}
