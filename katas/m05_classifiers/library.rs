//! Three classifiers of the library smartcore: how to call them, and what they do not check.

use kit::{InputError, Matrix, check};
use smartcore::linalg::basic::matrix::DenseMatrix;

/// The k-nearest-neighbors classifier: the predicted classes of new samples, by smartcore's
/// [`KNNClassifier`](smartcore::neighbors::knn_classifier::KNNClassifier) with the Euclidean distance and uniform
/// weights.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples to predict (queries); m may be 0.
/// * `k`: the number of neighbors that vote, 1 to n. A hyperparameter.
/// * Returns m predicted labels. Where distances or votes are equal, any of the classes that could win is right.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"k"` unless k is at least 1 and at most the number of training samples;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only: then there is nothing to learn.
///
/// ```
/// # use katas::m05_classifiers::library::k_nearest_neighbours;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [1.0], [5.0]]);
/// assert_eq!(k_nearest_neighbours(&x, &[7, 7, 3], &Matrix::from_rows([[4.0]]), 1), Ok(vec![3]));
/// ```
///
/// In Python: `sklearn.neighbors.KNeighborsClassifier(n_neighbors=k).fit(x_train, y_train).predict(x_test)`; the
/// default of `n_neighbors` is 5, smartcore's is 3.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §13.3.
pub fn k_nearest_neighbours(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    k: usize,
) -> Result<Vec<usize>, InputError> {
    todo!()
}

/// Gaussian naive Bayes: the predicted classes of new samples, by smartcore's
/// [`GaussianNB`](smartcore::naive_bayes::gaussian::GaussianNB), with the class frequencies of the training set as
/// priors.
///
/// The library does not smooth the variances: a feature that is constant within a class has the variance 0 there, and
/// the density may be NaN. smartcore 0.7 returns an error where the probabilities of all classes are NaN; where only
/// some are, it silently predicts one of the other classes. So such data are rejected; `bayes::gaussian_nb_fit`
/// accepts them.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples to predict (queries); m may be 0.
/// * Returns m predicted labels. Where two classes are equally probable, either is right.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, with `index` in row-major order;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only, or with `name` `"x_train"` if a feature
///   has a single value within a class.
///
/// ```
/// # use katas::m05_classifiers::library::gaussian_naive_bayes;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [3.0], [10.0], [14.0]]);
/// assert_eq!(gaussian_naive_bayes(&x, &[7, 7, 3, 3], &Matrix::from_rows([[4.0], [9.0]])), Ok(vec![7, 3]));
/// ```
///
/// In Python: `sklearn.naive_bayes.GaussianNB().fit(x_train, y_train).predict(x_test)`; it smooths the variances by
/// default (`var_smoothing=1e-9`).
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §6.6.3.
pub fn gaussian_naive_bayes(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
) -> Result<Vec<usize>, InputError> {
    todo!()
}

/// Multinomial logistic regression with an L2 penalty: the predicted classes of new samples, by smartcore's
/// [`LogisticRegression`](smartcore::linear::logistic_regression::LogisticRegression).
///
/// It minimizes the *sum* of the cross-entropies plus ½α‖W‖²; intercepts are not penalized. (scikit-learn's C is
/// 1/α.) Without a penalty there is no minimum where the classes are linearly separable.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers, at least two different ones.
/// * `x_test`: m×d features of the samples to predict (queries); m may be 0.
/// * `alpha`: α > 0, the regularization strength, a hyperparameter.
/// * Returns m predicted labels. Where two classes are equally probable up to the accuracy of the optimizer, either
///   is right.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test set differ in the number of features; `left` is the training
///   set;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"`, `"x_test"` or `"alpha"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"alpha"` unless it is above 0;
/// * [`InputError::Constant`] with `name` `"y_train"` if there is one class only.
///
/// ```
/// # use katas::m05_classifiers::library::logistic_regression;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[-2.0], [-1.0], [1.0], [2.0]]);
/// let queries = Matrix::from_rows([[-0.5], [0.5]]);
/// assert_eq!(logistic_regression(&x, &[7, 7, 3, 3], &queries, 1.0), Ok(vec![7, 3]));
/// ```
///
/// In Python: `sklearn.linear_model.LogisticRegression(C=1 / alpha).fit(x_train, y_train).predict(x_test)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §4.4.
pub fn logistic_regression(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    alpha: f64,
) -> Result<Vec<usize>, InputError> {
    todo!()
}
