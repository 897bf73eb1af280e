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
    todo!()
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
    todo!()
}
