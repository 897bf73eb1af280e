//! Not only how many are wrong: which are taken for which.

use kit::figure::Layer;
use kit::{Figure, InputError, Matrix, check};

/// How well one class is recognized.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassScore {
    /// Of the samples that were given this class, the share that belong to it; 0 if none was given it.
    pub precision: f64,
    /// Of the samples that belong to this class, the share that were given it; 0 if there is none.
    pub recall: f64,
    /// The harmonic mean of the two; 0 if both are 0.
    pub f1: f64,
    /// How many samples belong to this class.
    pub support: usize,
}

/// Counts how many samples of each class were given each class.
///
/// ```text
/// Cᵢⱼ = number of samples of class i that were taken for class j
/// ```
///
/// So a row is a true class and a column a predicted one.
///
/// * `y`: the true labels, n of them, n may be 0. `predicted`: ŷ, n labels.
/// * `classes`: k, at least 1; all labels are below it.
/// * Returns a k×k matrix of whole numbers.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predicted` differ in length;
/// * [`InputError::TooFew`] with `wanted` 1 if k is 0;
/// * [`InputError::UnknownClass`] with the first label of `y` that is not below k, or if there is none, of `predicted`.
///
/// ```
/// # use katas::m05_classifiers::confusion::confusion_matrix;
/// # use kit::Matrix;
/// let c = confusion_matrix(&[0, 0, 0, 1], &[0, 1, 1, 1], 2);
/// assert_eq!(c, Ok(Matrix::from_rows([[1.0, 2.0], [0.0, 1.0]])));
/// ```
///
/// Source: Witten, Frank and Hall, *Data Mining*, 3rd ed., §5.7.
pub fn confusion_matrix(y: &[usize], predicted: &[usize], classes: usize) -> Result<Matrix, InputError> {
    todo!()
}

/// Precision, recall and F1 of each class, from a confusion matrix.
///
/// ```text
/// precision = Cᵢᵢ / Σⱼ Cⱼᵢ        recall = Cᵢᵢ / Σⱼ Cᵢⱼ        F1 = 2·Cᵢᵢ / (Σⱼ Cⱼᵢ + Σⱼ Cᵢⱼ)
/// ```
///
/// Where a denominator is 0 the value is 0: a class that nobody was given has precision 0, one that is absent recall 0.
///
/// * `counts`: C, k×k whole numbers, at least 0: rows are the truth, columns the prediction.
/// * Returns k scores, class by class.
///
/// # Errors
///
/// * [`InputError::NotSquare`];
/// * [`InputError::NotFinite`] with `name` `"counts"`, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"counts"` and the first that is no whole number, or
///   negative.
///
/// ```
/// # use katas::m05_classifiers::confusion::precision_recall_f1;
/// # use kit::Matrix;
/// let scores = precision_recall_f1(&Matrix::from_rows([[1.0, 3.0], [1.0, 5.0]]))?;
/// assert_eq!((scores[0].precision, scores[0].recall, scores[0].support), (0.5, 0.25, 4));
/// assert_eq!(scores[0].f1, 1.0 / 3.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, §8.3.
pub fn precision_recall_f1(counts: &Matrix) -> Result<Vec<ClassScore>, InputError> {
    todo!()
}

/// The figure of a confusion matrix: a table of counts, colored by size.
///
/// * `counts`: C, k×k whole numbers, at least 0: rows are the truth, columns the prediction; k at least 1, and not all 0.
/// * `names`: what the k classes are, in their order.
/// * Returns a figure with the title `Confusion: 45 of 50 right (90.0 %)` (the share with one decimal; of two that are
///   equally near either), the axes `predicted` and `true`, and one layer: a [`Layer::Table`] without a label, the names
///   for its rows and columns, and the counts.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one name a class; `left` is the number of rows;
/// * [`InputError::NotSquare`];
/// * [`InputError::TooFew`] with `wanted` 1 if nothing was counted;
/// * [`InputError::NotFinite`] with `name` `"counts"`, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"counts"` and the first that is no whole number, or
///   negative.
///
/// ```
/// # use katas::m05_classifiers::confusion::confusion_figure;
/// # use kit::Matrix;
/// let figure = confusion_figure(&Matrix::from_rows([[4.0, 1.0], [0.0, 5.0]]), &["cat", "dog"])?;
/// assert_eq!(figure.title, "Confusion: 9 of 10 right (90.0 %)");
/// # Ok::<(), kit::InputError>(())
/// ```
pub fn confusion_figure(counts: &Matrix, names: &[&str]) -> Result<Figure, InputError> {
    todo!()
}
