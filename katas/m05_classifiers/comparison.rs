//! Evaluating and comparing classifiers, all in the same way and on the same samples.

use kit::{InputError, Matrix, check};

/// A classifier: takes training features, training labels and the features of other samples (queries); returns one
/// predicted label per query, or an error.
pub type Classifier<'a> = &'a dyn Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError>;

/// The cross-validated accuracy of one classifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The name of the classifier.
    pub name: String,
    /// The mean of the accuracies of all rounds.
    pub accuracy: f64,
    /// Their population standard deviation (`ddof` = 0).
    pub deviation: f64,
}

/// Trains a classifier on a training set and returns its accuracy on a test set.
///
/// The classifier is called once, with the training set as it is and all test features, and never sees the test
/// labels.
///
/// * `classifier`: the classifier to evaluate.
/// * `x_train`, `y_train`: the training set. It is checked by the classifier, not here.
/// * `x_test`, `y_test`: the test set: m samples, m at least 1, with their true labels.
/// * Returns the accuracy, in \[0, 1\].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per test sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no test sample;
/// * any error that the classifier returns, unchanged;
/// * [`InputError::LengthMismatch`] unless it returns one label per sample; `left` is the number of its predictions.
///
/// ```
/// # use katas::m05_classifiers::comparison::train_and_score;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
/// let first_seen = |_: &Matrix, y: &[usize], queries: &Matrix| Ok(vec![y[0]; queries.rows()]);
/// assert_eq!(train_and_score(&first_seen, &x, &[7, 3, 3, 3], &x, &[7, 3, 3, 3]), Ok(0.25));
/// ```
///
/// In Python: `classifier.fit(x_train, y_train).score(x_test, y_test)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.2.
pub fn train_and_score(
    classifier: Classifier,
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    y_test: &[usize],
) -> Result<f64, InputError> {
    todo!()
}

/// Compares classifiers by their cross-validated accuracy, all on the same folds.
///
/// In round r the samples of fold r are the test set, and all others, in the order of the rows, the training set.
/// Each candidate is called once per round.
///
/// * `candidates`: classifiers with their names.
/// * `x`: n×d features. `y`: n labels.
/// * `folds`: at least one; each holds at least one row number, all below n.
/// * Returns one score per candidate, the highest accuracy first; candidates with equal accuracies keep their order.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no fold, or a fold is empty;
/// * [`InputError::OutOfRange`] with `name` `"folds"` and a row number that is not below n;
/// * any error that a candidate returns, unchanged;
/// * [`InputError::LengthMismatch`] unless a candidate returns one label per sample; `left` is the number of its
///   predictions.
///
/// ```
/// # use katas::m05_classifiers::comparison::compare_classifiers;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
/// let threes = |_: &Matrix, _: &[usize], queries: &Matrix| Ok(vec![3; queries.rows()]);
/// let sevens = |_: &Matrix, _: &[usize], queries: &Matrix| Ok(vec![7; queries.rows()]);
/// let table = compare_classifiers(
///     &[("sevens", &sevens), ("threes", &threes)],
///     &x,
///     &[7, 3, 3, 3],
///     &[vec![0, 1], vec![2, 3]],
/// )?;
/// assert_eq!((table[0].name.as_str(), table[0].accuracy, table[0].deviation), ("threes", 0.75, 0.25));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.cross_val_score(model, x, y, cv=folds)` for each model (`cv` yields pairs of
/// training and test indices), then `scores.mean()`
/// and `scores.std()`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.
pub fn compare_classifiers(
    candidates: &[(&str, Classifier)],
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
) -> Result<Vec<Score>, InputError> {
    todo!()
}
