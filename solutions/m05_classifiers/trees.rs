//! Two more classifiers of smartcore: a tree of questions, and a forest of trees.

use kit::{InputError, Matrix, check};

/// The classes of new samples, by smartcore's
/// [`DecisionTreeClassifier`](smartcore::tree::decision_tree_classifier::DecisionTreeClassifier).
///
/// The tree asks about one feature at a time, by the Gini impurity, always the same questions for the same training set.
/// It grows until its leaves are pure or it is as deep as it may be.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples in question; m may be 0.
/// * `depth`: how many questions may be asked about one sample, at least 1.
/// * Returns m labels.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test differ in the number of features; `left` is the training;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, the first that applies, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"depth"` if it is 0;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only.
///
/// ```
/// # use katas::m05_classifiers::trees::decision_tree;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
/// assert_eq!(decision_tree(&x, &[5, 5, 2, 2], &Matrix::from_rows([[0.75, 9.0]]), 1), Ok(vec![2]));
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §9.2.
pub fn decision_tree(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    depth: u16,
) -> Result<Vec<usize>, InputError> {
    use super::library::{dense, says};
    use smartcore::tree::decision_tree_classifier::{
        DecisionTreeClassifier, DecisionTreeClassifierParameters,
    };
    super::neighbours::check_samples(x_train, y_train, x_test)?;
    check::in_range("depth", depth.into(), depth >= 1, "at least 1")?;
    check::varies("y_train", y_train)?;
    // The library counts levels, the root being the first: one question makes two.
    let levels = depth.saturating_add(1);
    let mut parameters = DecisionTreeClassifierParameters::default().with_max_depth(levels);
    // smartcore 0.7 draws nothing for a single tree; a library that shuffles the features would.
    parameters.seed = Some(0);
    let model = DecisionTreeClassifier::fit(&dense(x_train)?, &y_train.to_vec(), parameters).map_err(says)?;
    model.predict(&dense(x_test)?).map_err(says)
}

/// The classes of new samples, by smartcore's
/// [`RandomForestClassifier`](smartcore::ensemble::random_forest_classifier::RandomForestClassifier).
///
/// Each tree grows to the end on samples drawn with replacement, and at each question sees √d of the features, drawn
/// anew; then all trees vote.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples in question; m may be 0.
/// * `trees`: how many trees, at least 1. `seed`: decides all that is drawn. From the same seed grows the same forest.
/// * Returns m labels.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test differ in the number of features; `left` is the training;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, the first that applies, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"trees"` if it is 0;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only.
///
/// ```
/// # use katas::m05_classifiers::trees::random_forest;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]]);
/// let asked = Matrix::from_rows([[-1.0], [13.0]]);
/// assert_eq!(random_forest(&x, &[5, 5, 5, 2, 2, 2], &asked, 15, 1), Ok(vec![5, 2]));
/// ```
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
