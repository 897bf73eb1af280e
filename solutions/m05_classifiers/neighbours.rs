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
    check_samples(x_train, y_train, x_test)?;
    check::in_range("k", k as f64, (1..=y_train.len()).contains(&k), "1 to the number of training samples")?;
    let class = |query: &[f64]| {
        // The square root would change no order.
        let squared =
            |i: usize| x_train.row(i).iter().zip(query).map(|(x, a)| (x - a) * (x - a)).sum::<f64>();
        let mut by_distance: Vec<(f64, usize)> =
            (0..y_train.len()).map(|i| (squared(i), y_train[i])).collect();
        // Stable: of equal distances the first rows stay in front.
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
        majority(by_distance[..k].iter().map(|(_, label)| *label).collect())
    };
    Ok((0..x_test.rows()).map(|i| class(x_test.row(i))).collect())
}

/// The most frequent label, the lowest of several.
fn majority(mut votes: Vec<usize>) -> usize {
    votes.sort_unstable();
    let mut best: &[usize] = &[];
    for votes in votes.chunk_by(|a, b| a == b) {
        if votes.len() > best.len() {
            best = votes;
        }
    }
    best.first().copied().unwrap_or_default()
}

/// What every classifier asks of its samples.
pub(super) fn check_samples(x_train: &Matrix, y_train: &[usize], x_test: &Matrix) -> Result<(), InputError> {
    check::same_length(x_train.rows(), y_train.len())?;
    check::same_columns(x_train.shape(), x_test.shape())?;
    check::at_least(1, x_train.rows())?;
    check::at_least(1, x_train.cols())?;
    check::finite("x_train", x_train.as_slice())?;
    check::finite("x_test", x_test.as_slice())
}
