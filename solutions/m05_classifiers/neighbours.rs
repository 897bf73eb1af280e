//! Nearest neighbours from scratch: who is like you is probably of your kind.

use kit::{InputError, Matrix};

/// The classes of new samples, by a vote of the k training samples nearest to each.
///
/// Near is what has a small Euclidean distance, all features counting as they come. Where distances are equal, the
/// training sample that stands first is nearer. Where several classes have the most votes, the lowest label wins.
///
/// * `x_train`: n×d features, n and d at least 1. `y_train`: n labels, any numbers.
/// * `x_test`: m×d features of the samples in question; m may be 0.
/// * `k`: how many neighbours vote, 1 to n.
/// * Returns m labels.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a training sample; `left` is the number of samples;
/// * [`InputError::ShapeMismatch`] if training and test differ in the number of features; `left` is the training;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no training sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x_train"` or `"x_test"`, the first that applies, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"k"`, `wanted` `"1 to the number of training samples"`.
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
    check(x_train, y_train, x_test)?;
    if k < 1 || k > y_train.len() {
        let wanted = "1 to the number of training samples";
        return Err(InputError::OutOfRange { name: "k", got: k as f64, wanted });
    }
    let class = |asked: &[f64]| {
        // The square root would change no order.
        let squared =
            |i: usize| x_train.row(i).iter().zip(asked).map(|(x, a)| (x - a) * (x - a)).sum::<f64>();
        let mut by_distance: Vec<(f64, usize)> = (0..y_train.len()).map(|i| (squared(i), i)).collect();
        let nearer = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        // The k nearest come to the front, in whatever order: no need to sort them all.
        by_distance.select_nth_unstable_by(k - 1, nearer);
        majority(by_distance[..k].iter().map(|(_, i)| y_train[*i]).collect())
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
pub(super) fn check(x_train: &Matrix, y_train: &[usize], x_test: &Matrix) -> Result<(), InputError> {
    let (n, d) = x_train.shape();
    if n != y_train.len() {
        return Err(InputError::LengthMismatch { left: n, right: y_train.len() });
    }
    if d != x_test.cols() {
        return Err(InputError::ShapeMismatch { left: x_train.shape(), right: x_test.shape() });
    }
    if n == 0 || d == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    finite("x_train", x_train)?;
    finite("x_test", x_test)
}

pub(super) fn finite(name: &'static str, x: &Matrix) -> Result<(), InputError> {
    let bad = x.as_slice().iter().position(|v| !v.is_finite());
    bad.map_or(Ok(()), |index| Err(InputError::NotFinite { name, index }))
}
