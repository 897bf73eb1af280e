//! The k-nearest-neighbors classifier from scratch: a sample gets the most frequent class of its neighbors.

use kit::{InputError, Matrix, check};

/// The k-nearest-neighbors classifier (k-NN): the predicted classes of new samples, by a majority vote of the k
/// nearest training samples.
///
/// Distance is Euclidean, and features are not scaled. Ties: of training samples at the same distance, the one with
/// the lower row number is nearer; of classes with equally many votes, the lowest label wins. Where the size of a
/// difference of features is above 10¹⁵⁰, or below 10⁻¹⁵⁰ but not 0, its square is not a normal number, and the
/// prediction is left open.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers.
/// * `x_test`: m×d features of the samples to predict (queries); m may be 0.
/// * `k`: the number of neighbors that vote, 1 to n. A hyperparameter.
/// * Returns m predicted labels.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"k"` unless k is at least 1 and at most the number of training samples.
///
/// ```
/// # use katas::m05_classifiers::neighbours::knn_predict;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [1.0], [5.0]]);
/// let queries = Matrix::from_rows([[4.0], [2.5]]);
/// assert_eq!(knn_predict(&x, &[7, 7, 3], &queries, 1), Ok(vec![3, 7]));
/// assert_eq!(knn_predict(&x, &[7, 7, 3], &queries, 2), Ok(vec![3, 7]));
/// assert_eq!(knn_predict(&x, &[7, 7, 3], &queries, 3), Ok(vec![7, 7]));
/// ```
///
/// In Python:
/// `sklearn.neighbors.KNeighborsClassifier(n_neighbors=k, algorithm="brute").fit(x_train, y_train).predict(x_test)`.
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
