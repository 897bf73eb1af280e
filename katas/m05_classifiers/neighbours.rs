//! Nearest neighbors from scratch: who is like you is probably of your kind.

use kit::{InputError, Matrix, check};

/// The classes of new samples, by a vote of the k training samples nearest to each.
///
/// Near is what has a small Euclidean distance, all features counting as they come. Where distances are equal, the
/// training sample that stands first is nearer. Where several classes have the most votes, the lowest label wins.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers.
/// * `x_test`: m×d features of the samples in question; m may be 0.
/// * `k`: how many neighbors vote, 1 to n.
/// * Returns m labels.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test differ in the number of features; `left` is the training;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, the first that applies, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"k"` unless k is at least 1 and at most the number of training samples.
///
/// ```
/// # use katas::m05_classifiers::neighbours::knn_predict;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [1.0], [5.0]]);
/// let asked = Matrix::from_rows([[4.0], [2.5]]);
/// assert_eq!(knn_predict(&x, &[7, 7, 3], &asked, 1), Ok(vec![3, 7]));
/// assert_eq!(knn_predict(&x, &[7, 7, 3], &asked, 2), Ok(vec![3, 7]));
/// assert_eq!(knn_predict(&x, &[7, 7, 3], &asked, 3), Ok(vec![7, 7]));
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §13.3.
pub fn knn_predict(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    k: usize,
) -> Result<Vec<usize>, InputError> {
    todo!()
}
