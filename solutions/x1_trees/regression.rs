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
    check_targets(x, y)?;
    Ok(grow(x, y, (0..y.len()).collect(), max_depth))
}

/// What a regression tree asks of its samples.
pub(super) fn check_targets(x: &Matrix, y: &[f64]) -> Result<(), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, x.rows().min(x.cols()))?;
    check::finite("x", x.as_slice())?;
    check::finite("y", y)
}

/// The regression tree for these rows.
pub(super) fn grow(x: &Matrix, y: &[f64], rows: Vec<usize>, depth: usize) -> Tree {
    let mean = rows.iter().map(|&row| y[row]).sum::<f64>() / rows.len() as f64;
    let leaf = Tree::Leaf { samples: rows.len(), value: vec![mean] };
    if depth == 0 || rows.iter().all(|&row| y[row] == y[rows[0]]) {
        return leaf;
    }
    let Some((feature, threshold)) = best_cut(x, y, &rows, mean) else { return leaf };
    let (left, right): (Vec<usize>, Vec<usize>) =
        rows.into_iter().partition(|&row| x[(row, feature)] <= threshold);
    let below = |rows| Box::new(grow(x, y, rows, depth - 1));
    Tree::Split { feature, threshold, left: below(left), right: below(right) }
}

/// The feature and the threshold that lower the squared error most.
fn best_cut(x: &Matrix, y: &[f64], rows: &[usize], mean: f64) -> Option<(usize, f64)> {
    use super::impurity::halfway;

    let n = rows.len();
    let (mut best, mut largest) = (None, f64::NEG_INFINITY);
    for feature in 0..x.cols() {
        let mut order = rows.to_vec();
        order.sort_by(|&a, &b| x[(a, feature)].total_cmp(&x[(b, feature)]));
        // Of deviations from the mean, so that little is lost where all targets are far from 0.
        let total: f64 = order.iter().map(|&row| y[row] - mean).sum();
        let mut left = 0.0;
        for cut in 1..n {
            left += y[order[cut - 1]] - mean;
            let (low, high) = (x[(order[cut - 1], feature)], x[(order[cut], feature)]);
            let right: f64 = total - left;
            let decrease = left * left / cut as f64 + right * right / (n - cut) as f64;
            if low != high && decrease > largest {
                (best, largest) = (Some((feature, halfway(low, high))), decrease);
            }
        }
    }
    best
}
