//! Which classifier is best? Each is scored in the same way on the same samples.

use kit::{InputError, Matrix, check};

/// A classifier: given training features, training labels and the features of other samples, it answers with a label
/// for each of the others, or rejects.
pub type Classifier<'a> = &'a dyn Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError>;

/// How a classifier did, over several rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Which classifier.
    pub name: String,
    /// The mean of the accuracies of all rounds.
    pub accuracy: f64,
    /// Their standard deviation, divided by the number of rounds: by how much they scatter.
    pub deviation: f64,
}

/// Lets a classifier learn from some samples and tells the share of other samples that it gets right.
///
/// The classifier is asked once, with the training set as it is and all test features, and never sees the test labels.
///
/// * `classifier`: what is to be scored.
/// * `x_train`, `y_train`: what it learns from. It is the classifier that rejects them if they are wrong.
/// * `x_test`, `y_test`: m samples to be judged by, m at least 1, with their true labels.
/// * Returns the accuracy, in \[0, 1\].
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a test sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no test sample;
/// * whatever the classifier rejects;
/// * [`InputError::LengthMismatch`] if it does not answer with one label a sample; `left` is the number of its answers.
///
/// ```
/// # use katas::m05_classifiers::comparison::train_and_score;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
/// let first_seen = |_: &Matrix, y: &[usize], asked: &Matrix| Ok(vec![y[0]; asked.rows()]);
/// assert_eq!(train_and_score(&first_seen, &x, &[7, 3, 3, 3], &x, &[7, 3, 3, 3]), Ok(0.25));
/// ```
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

/// Ranks classifiers by their cross-validated accuracy, all on the same folds.
///
/// In round r the samples of fold r are the test, and all others, in the order of the rows, the training set. Each
/// candidate is asked once a round.
///
/// * `candidates`: classifiers with their names.
/// * `x`: n×d features. `y`: n labels.
/// * `folds`: at least one; each holds at least one row number, all below n.
/// * Returns a score a candidate, the highest accuracy first; candidates with equal accuracies in the order given.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no fold, or a fold is empty;
/// * [`InputError::OutOfRange`] with `name` `"folds"` and the first row number that is not below n;
/// * what a candidate rejects, the first candidate's first rejection;
/// * [`InputError::LengthMismatch`] if a candidate does not answer with one label a sample; `left` is the number of its
///   answers.
///
/// ```
/// # use katas::m05_classifiers::comparison::compare_classifiers;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
/// let threes = |_: &Matrix, _: &[usize], asked: &Matrix| Ok(vec![3; asked.rows()]);
/// let sevens = |_: &Matrix, _: &[usize], asked: &Matrix| Ok(vec![7; asked.rows()]);
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
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.
pub fn compare_classifiers(
    candidates: &[(&str, Classifier)],
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
) -> Result<Vec<Score>, InputError> {
    todo!()
}
