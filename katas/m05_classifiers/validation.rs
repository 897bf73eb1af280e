//! Validation without data leakage: nothing is learned from the samples that a score is measured on.

use kit::{InputError, Matrix, check};

use super::comparison::Classifier;

/// Standardizes (scales) training and test features by the mean and the standard deviation of the training features.
///
/// ```formula
/// zᵢⱼ = (xᵢⱼ − μⱼ) / σⱼ
/// ```
///
/// with μⱼ and σⱼ the mean and the population standard deviation (`ddof` = 0) of column j of the *training* features,
/// for both matrices. A column whose training values are all equal has σ = 0: there the difference is not divided.
///
/// * `x_train`: n×d features, n at least 1. `x_test`: m×d features; m may be 0.
/// * Returns (training features, test features), standardized, of the same shapes.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, with `index` in row-major order.
///
/// ```
/// # use katas::m05_classifiers::validation::standardize_by;
/// # use kit::Matrix;
/// let (train, test) = standardize_by(&Matrix::from_rows([[1.0], [5.0]]), &Matrix::from_rows([[7.0]]))?;
/// assert_eq!((train.as_slice(), test.as_slice()), (&[-1.0, 1.0][..], &[2.0][..]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `scaler = sklearn.preprocessing.StandardScaler().fit(x_train)`, then `scaler.transform(x_train)` and
/// `scaler.transform(x_test)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.2.
pub fn standardize_by(x_train: &Matrix, x_test: &Matrix) -> Result<(Matrix, Matrix), InputError> {
    todo!()
}

/// Cross-validation: the accuracy of a classifier in each round.
///
/// In round r the classifier is trained on the rows that are *not* in fold r, in the order of the rows, and predicts
/// the rows of fold r, in the order of the fold: one call, with the features as they are. The accuracy is the
/// fraction of its predictions that equal the true labels.
///
/// The caller is responsible for the folds: if copies of a sample lie in two folds, the test set leaks into the
/// training set (see [`super::folds::group_k_fold`]).
///
/// * `classifier`: the classifier to evaluate.
/// * `x`: n×d features. `y`: n labels.
/// * `folds`: at least two, none empty; together they hold each row number 0 to n − 1 exactly once.
/// * Returns one accuracy per fold, each in \[0, 1\].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer than two folds, or with `got` 0 and `wanted` 1 if one
///   is empty;
/// * [`InputError::OutOfRange`] with `name` `"folds"` and a row number that is not below n, occurs more than once, or
///   is missing;
/// * any error that the classifier returns, unchanged;
/// * [`InputError::LengthMismatch`] unless it returns one label per sample; `left` is the number of its predictions.
///
/// ```
/// # use katas::m05_classifiers::validation::cross_validate;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
/// let first_seen = |_: &Matrix, y: &[usize], queries: &Matrix| Ok(vec![y[0]; queries.rows()]);
/// let folds = [vec![0, 1], vec![3, 2]];
/// assert_eq!(cross_validate(&first_seen, &x, &[7, 3, 3, 3], &folds), Ok(vec![0.5, 0.0]));
/// ```
///
/// In Python: `sklearn.model_selection.cross_val_score(classifier, x, y, cv=folds)`, where `folds` yields pairs of
/// training and test indices.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.1.
pub fn cross_validate(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
) -> Result<Vec<f64>, InputError> {
    todo!()
}
