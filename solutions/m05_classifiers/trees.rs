//! Two more classifiers of smartcore: a decision tree, and a random forest.

use kit::{InputError, Matrix, check};

/// A decision tree classifier: the predicted classes of new samples, by smartcore's
/// [`DecisionTreeClassifier`](smartcore::tree::decision_tree_classifier::DecisionTreeClassifier).
///
/// Each node splits on one feature at a threshold, chosen by the Gini impurity; the same training set always gives
/// the same tree. The tree grows until its leaves are pure or it has the maximum depth.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples to predict (queries); m may be 0.
/// * `max_depth`: the largest number of splits on the way to a leaf, at least 1. A hyperparameter.
/// * Returns m predicted labels.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"max_depth"` if it is 0;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only.
///
/// ```
/// # use katas::m05_classifiers::trees::decision_tree;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
/// assert_eq!(decision_tree(&x, &[5, 5, 2, 2], &Matrix::from_rows([[0.75, 9.0]]), 1), Ok(vec![2]));
/// ```
///
/// In Python:
/// `sklearn.tree.DecisionTreeClassifier(max_depth=max_depth, random_state=0).fit(x_train, y_train).predict(x_test)`;
/// without `random_state` ties between splits are broken at random.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §9.2.
pub fn decision_tree(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    max_depth: u16,
) -> Result<Vec<usize>, InputError> {
    use super::library::{dense, says};
    use smartcore::tree::decision_tree_classifier::{
        DecisionTreeClassifier, DecisionTreeClassifierParameters,
    };
    super::neighbours::check_samples(x_train, y_train, x_test)?;
    check::in_range("max_depth", max_depth.into(), max_depth >= 1, "at least 1")?;
    check::varies("y_train", y_train)?;
    // The library counts levels, the root being the first: one split makes two.
    let levels = max_depth.saturating_add(1);
    let mut parameters = DecisionTreeClassifierParameters::default().with_max_depth(levels);
    // smartcore 0.7 draws nothing for a single tree; a library that shuffles the features would.
    parameters.seed = Some(0);
    let model = DecisionTreeClassifier::fit(&dense(x_train)?, &y_train.to_vec(), parameters).map_err(says)?;
    model.predict(&dense(x_test)?).map_err(says)
}

/// A random forest classifier: the predicted classes of new samples, by smartcore's
/// [`RandomForestClassifier`](smartcore::ensemble::random_forest_classifier::RandomForestClassifier).
///
/// An ensemble of decision trees (bagging): each tree grows to full depth on a bootstrap sample, drawn with
/// replacement, and at each split considers √d randomly drawn features; then the trees vote (majority vote).
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples to predict (queries); m may be 0.
/// * `trees`: the number of trees, at least 1. `seed`: seeds everything that is random; the same seed gives the same
///   forest.
/// * Returns m predicted labels: those of the library's forest with this number of trees and this seed, and with its
///   defaults for everything else.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"trees"` if it is 0;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only.
///
/// ```
/// # use katas::m05_classifiers::trees::random_forest;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]]);
/// let queries = Matrix::from_rows([[-1.0], [13.0]]);
/// assert_eq!(random_forest(&x, &[5, 5, 5, 2, 2, 2], &queries, 15, 1), Ok(vec![5, 2]));
/// ```
///
/// In Python:
/// `sklearn.ensemble.RandomForestClassifier(n_estimators=trees, random_state=seed).fit(x_train, y_train).predict(x_test)`;
/// there the trees' class probabilities are averaged instead of counting votes.
///
/// Source: Breiman, *Random Forests*, Machine Learning 45 (2001).
pub fn random_forest(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    trees: u16,
    seed: u64,
) -> Result<Vec<usize>, InputError> {
    use super::library::{dense, says};
    use smartcore::ensemble::random_forest_classifier::{
        RandomForestClassifier, RandomForestClassifierParameters,
    };
    super::neighbours::check_samples(x_train, y_train, x_test)?;
    check::in_range("trees", trees.into(), trees >= 1, "at least 1")?;
    check::varies("y_train", y_train)?;
    let parameters = RandomForestClassifierParameters::default().with_n_trees(trees).with_seed(seed);
    let model = RandomForestClassifier::fit(&dense(x_train)?, &y_train.to_vec(), parameters).map_err(says)?;
    model.predict(&dense(x_test)?).map_err(says)
}
