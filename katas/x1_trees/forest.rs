//! A random forest: trees that are grown on bootstrap samples with random features, and vote.

use kit::{Generator, InputError, Matrix, Split, Tree, check};

/// One tree of a forest, with the rows that it was grown on.
#[derive(Debug, Clone, PartialEq)]
pub struct BaggedTree {
    /// The bootstrap sample: n row numbers, some more than once, others never (those are *out of bag*).
    pub rows: Vec<usize>,
    /// The tree.
    pub tree: Tree,
}

/// A bootstrap sample: n of the rows 0 to n − 1, drawn with replacement.
///
/// Each draw gives each row with probability 1/n, whatever was drawn before. On average (1 − 1/n)ⁿ of the rows are
/// never drawn, about 37 % for large n.
///
/// * `n`: the number of rows, at least 1.
/// * `generator`: the random number generator. The same state gives the same sample; its state advances with every
///   number drawn, so that the next call gives a sample that is independent of this one.
/// * Returns n row numbers; their order is not specified.
///
/// # Errors
///
/// [`InputError::TooFew`] with `wanted` 1 if n is 0.
///
/// ```
/// # use katas::x1_trees::forest::bootstrap_sample;
/// let rows = bootstrap_sample(5, &mut kit::Generator::from_seed(1))?;
/// assert!(rows.len() == 5 && rows.iter().all(|&row| row < 5));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.utils.resample(numpy.arange(n))`.
///
/// Source: Efron, *Bootstrap Methods: Another Look at the Jackknife*, Annals of Statistics 7 (1979), §1.
pub fn bootstrap_sample(n: usize, generator: &mut Generator) -> Result<Vec<usize>, InputError> {
    todo!()
}

/// Grows a random forest: each tree on a bootstrap sample of its own, each split among randomly drawn features only.
///
/// At each node `features` of those features are drawn, without replacement and all equally likely, that are not
/// constant among the samples of the node; all of them if there are no more. The node is split at the best split among
/// the drawn features. It becomes a leaf if all of its samples have one label, or if all features are constant; there
/// is no other limit. A row that was drawn twice counts as two samples.
///
/// * `x`: n×d features, n and d at least 1. `y`: n labels below `classes`. `classes`: k, 1 to 1000.
/// * `trees`: the number of trees, at least 1. `features`: how many features each split considers, 1 to d; about √d is
///   usual.
/// * `generator`: the random number generator. The same state gives the same forest; its state advances with every
///   number drawn, so that the next call gives a forest that is independent of this one.
/// * Returns the trees, each with the rows of its bootstrap sample in any order. Their leaves are as those of
///   [`fit_tree`](super::tree::fit_tree); of several equally good splits each may be any.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"classes"` unless it is 1 to 1000;
/// * [`InputError::UnknownClass`] with the first label that is not below `classes`;
/// * [`InputError::OutOfRange`] with `name` `"trees"` if it is 0, or `"features"` unless it is 1 to d.
///
/// ```
/// # use katas::x1_trees::forest::fit_forest;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_rows([[1.0, 5.0], [2.0, 7.0], [3.0, 6.0]]);
/// let forest = fit_forest(&x, &[0, 0, 1], 2, 10, 1, &mut Generator::from_seed(1))?;
/// assert!(forest.len() == 10 && forest.iter().all(|bagged| bagged.rows.len() == 3));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.ensemble.RandomForestClassifier(n_estimators=trees, max_features=features).fit(x, y)`.
///
/// Source: Breiman, *Random Forests*, Machine Learning 45 (2001), §4.
pub fn fit_forest(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    trees: usize,
    features: usize,
    generator: &mut Generator,
) -> Result<Vec<BaggedTree>, InputError> {
    todo!()
}

/// The predicted classes of samples, by the majority vote of a forest.
///
/// * `forest`: at least one tree; what was drawn for it does not matter here.
/// * `x`: m×d features of the samples to predict; m may be 0.
/// * Returns for each sample the class that most trees predict, as [`predict_tree`](super::tree::predict_tree) does; of
///   several with equally many votes the lowest.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no tree, or if a leaf has no value;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"feature"` if a split asks for a feature that is not below d.
///
/// ```
/// # use katas::x1_trees::forest::{BaggedTree, predict_forest};
/// # use kit::{Matrix, Tree};
/// let votes_for = |class: usize| {
///     let value = (0..3).map(|c| if c == class { 1.0 } else { 0.0 }).collect();
///     BaggedTree { rows: vec![0], tree: Tree::Leaf { samples: 1, value } }
/// };
/// let forest = [votes_for(2), votes_for(0), votes_for(2)];
/// assert_eq!(predict_forest(&forest, &Matrix::from_rows([[5.0]])), Ok(vec![2]));
/// ```
///
/// In Python: `model.predict(x)` of a fitted `sklearn.ensemble.RandomForestClassifier`; there the trees' fractions are
/// averaged instead of counting votes.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §15.1, algorithm 15.1.
pub fn predict_forest(forest: &[BaggedTree], x: &Matrix) -> Result<Vec<usize>, InputError> {
    todo!()
}

/// The out-of-bag accuracy of a forest: its accuracy on its own training set, where only those trees vote on a row that
/// were grown without it.
///
/// No test set is needed, and none is used twice. A row that every tree has drawn gets no vote and does not count.
///
/// * `forest`: at least one tree, each with the row numbers of its bootstrap sample.
/// * `x`: n×d features, `y`: n labels: the training set.
/// * Returns the accuracy among the rows that at least one tree has not drawn, in \[0, 1\]. Votes are counted as in
///   [`predict_forest`].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no tree, if a leaf has no value, or if every tree has drawn every
///   row;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"feature"` if a split asks for a feature that is not below d, or with
///   `"rows"` and a row number that is not below n.
///
/// ```
/// # use katas::x1_trees::forest::{BaggedTree, out_of_bag_score};
/// # use kit::{Matrix, Tree};
/// let forest = [BaggedTree { rows: vec![0, 0, 2], tree: Tree::Leaf { samples: 3, value: vec![0.0, 1.0] } }];
/// assert_eq!(out_of_bag_score(&forest, &Matrix::from_rows([[5.0], [6.0], [7.0]]), &[0, 1, 0]), Ok(1.0));
/// ```
///
/// In Python: `sklearn.ensemble.RandomForestClassifier(oob_score=True).fit(x, y).oob_score_`.
///
/// Source: Breiman, *Random Forests*, Machine Learning 45 (2001), §3.1.
pub fn out_of_bag_score(forest: &[BaggedTree], x: &Matrix, y: &[usize]) -> Result<f64, InputError> {
    todo!()
}
