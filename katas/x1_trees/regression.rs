//! Regression trees: the same splits for targets that are numbers.

use kit::{InputError, Matrix, Tree, check};

/// Grows a regression tree: the same as a decision tree, with numbers as targets and means in the leaves.
///
/// A node is split where the sum of squared errors decreases most:
///
/// ```formula
/// Δ = Σᵢ (yᵢ − ȳ)² − Σₗ (yᵢ − ȳₗ)² − Σᵣ (yᵢ − ȳᵣ)²
/// ```
///
/// The first sum is over the samples of the node and their mean, the others over those of the left and the right part.
/// A node becomes a leaf if all of its targets are equal, if it has the maximum depth, or if all features are constant;
/// else it is split, also where Δ is 0.
///
/// * `x`: n×d features, n and d at least 1. `y`: n targets, at most 10¹²⁰ in size.
/// * `max_depth`: the largest number of splits on the way to a leaf; 0 gives a single leaf, `usize::MAX` sets no limit.
/// * Returns the tree. Each threshold is halfway between two neighboring values, as in
///   [`best_split`](super::impurity::best_split); of several equally good splits it may be any. Each leaf holds the
///   number of its samples and one value, the mean of their targets.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one target per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"y"`, with `index` in row-major order.
///
/// ```
/// # use katas::x1_trees::regression::fit_regression_tree;
/// # use kit::{Matrix, Tree};
/// let x = Matrix::from_rows([[1.0], [2.0], [4.0]]);
/// let left = Box::new(Tree::Leaf { samples: 2, value: vec![0.5] });
/// let right = Box::new(Tree::Leaf { samples: 1, value: vec![7.0] });
/// let tree = Tree::Split { feature: 0, threshold: 3.0, left, right };
/// assert_eq!(fit_regression_tree(&x, &[0.0, 1.0, 7.0], 1), Ok(tree));
/// ```
///
/// In Python: `sklearn.tree.DecisionTreeRegressor(max_depth=max_depth).fit(x, y).tree_`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §9.2.2.
pub fn fit_regression_tree(x: &Matrix, y: &[f64], max_depth: usize) -> Result<Tree, InputError> {
    todo!()
}
