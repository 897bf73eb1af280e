//! How mixed the classes of a node are, and the split that lowers it most.

use kit::{InputError, Matrix, Split, check};

/// The Gini impurity of a node: the probability that two samples, drawn with replacement, have different labels.
///
/// ```formula
/// G = 1 − Σ꜀ p꜀²   p꜀ = (samples of class c) / n
/// ```
///
/// * `labels`: the labels of the n samples of a node, n at least 1; any numbers.
/// * Returns G: 0 for a pure node, at most 1 − 1/k with k classes, reached where all are equally frequent.
///
/// # Errors
///
/// [`InputError::TooFew`] with `wanted` 1 if there is no sample.
///
/// ```
/// # use katas::x1_trees::impurity::gini;
/// assert_eq!(gini(&[4, 4, 7, 7]), Ok(0.5));
/// assert_eq!(gini(&[7, 7, 7]), Ok(0.0));
/// ```
///
/// In Python: `1 - (numpy.bincount(labels) ** 2).sum() / len(labels) ** 2`; scikit-learn computes it for
/// `DecisionTreeClassifier(criterion="gini")`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §9.2.3.
pub fn gini(labels: &[usize]) -> Result<f64, InputError> {
    todo!()
}

/// The entropy of a node, in bits: how many yes-or-no questions it takes on average to find out the class of a sample.
///
/// ```formula
/// H = −Σ꜀ p꜀·log₂ p꜀   p꜀ = (samples of class c) / n
/// ```
///
/// * `labels`: the labels of the n samples of a node, n at least 1; any numbers.
/// * Returns H in bits: 0 for a pure node, at most log₂ k with k classes. A class without samples contributes nothing.
///
/// # Errors
///
/// [`InputError::TooFew`] with `wanted` 1 if there is no sample.
///
/// ```
/// # use katas::x1_trees::impurity::entropy;
/// assert_eq!(entropy(&[4, 4, 7, 7]), Ok(1.0));
/// assert_eq!(entropy(&[0, 1, 2, 3]), Ok(2.0));
/// ```
///
/// In Python: `scipy.stats.entropy(numpy.unique(labels, return_counts=True)[1], base=2)`; scikit-learn computes it for
/// `DecisionTreeClassifier(criterion="entropy")`.
///
/// Source: Shannon, *A Mathematical Theory of Communication*, Bell System Technical Journal 27 (1948), §6.
pub fn entropy(labels: &[usize]) -> Result<f64, InputError> {
    todo!()
}

/// The split of a node that decreases the Gini impurity most.
///
/// A split compares one feature with a threshold: samples whose feature is at most the threshold go left, the others
/// right. Its decrease is the impurity of the node minus the impurities of the two parts, weighted by their sizes:
///
/// ```formula
/// Δ = G(node) − (nₗ/n)·G(left) − (nᵣ/n)·G(right)
/// ```
///
/// * `x`: n×d features, n and d at least 1. `y`: n labels, any numbers.
/// * `min_leaf`: each part has at least this many samples, at least 1.
/// * Returns the split with the largest Δ. The decrease may be 0: in a pure node, or where no single split helps. The
///   threshold is halfway between two neighboring values of the feature in this node, (a + b)/2 with a < b; where that
///   rounds to b, it is a. −0 and 0 are the same value.
/// * Returns `None` only if no threshold leaves `min_leaf` samples on both sides, as where all features are constant.
///
/// Of several splits with the same decrease any may be returned.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"min_leaf"` if it is 0.
///
/// ```
/// # use katas::x1_trees::impurity::best_split;
/// # use kit::{Matrix, Split};
/// let x = Matrix::from_rows([[5.0, 1.0], [3.0, 2.0], [4.0, 5.0], [2.0, 6.0]]);
/// let split = Split { feature: 1, threshold: 3.5, decrease: 0.5 };
/// assert_eq!(best_split(&x, &[4, 4, 7, 7], 1), Ok(Some(split)));
/// assert_eq!(best_split(&x, &[4, 4, 7, 7], 3), Ok(None));
/// ```
///
/// In Python: the root of `sklearn.tree.DecisionTreeClassifier(max_depth=1, min_samples_leaf=min_leaf).fit(x, y)`:
/// `tree_.feature[0]` and `tree_.threshold[0]`; a pure node is not split there.
///
/// Source: Breiman, Friedman, Olshen and Stone, *Classification and Regression Trees* (1984), §2.4 and §4.3.
pub fn best_split(x: &Matrix, y: &[usize], min_leaf: usize) -> Result<Option<Split>, InputError> {
    todo!()
}
