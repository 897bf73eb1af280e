//! The confusion matrix, and precision, recall and F1 of each class.

use kit::figure::Layer;
use kit::{Figure, InputError, Matrix, check};

/// Precision, recall and F1 score of one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassScore {
    /// Of the samples that were predicted as this class, the fraction that belong to it: TP / (TP + FP); 0 if none
    /// was predicted.
    pub precision: f64,
    /// Of the samples that belong to this class, the fraction that were predicted as it: TP / (TP + FN); 0 if there
    /// is none.
    pub recall: f64,
    /// The harmonic mean of precision and recall; 0 if both are 0.
    pub f1: f64,
    /// The number of samples that belong to this class.
    pub support: usize,
}

/// The confusion matrix: counts the samples of each class by predicted class.
///
/// ```text
/// Cᵢⱼ = number of samples of class i that were predicted as class j
/// ```
///
/// Rows are true classes, columns predicted ones; the diagonal counts the correctly classified samples.
///
/// * `y`: the true labels, n of them, n may be 0. `predictions`: ŷ, n labels.
/// * `classes`: k, at least 1; all labels are below it.
/// * Returns a k×k matrix of counts.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predictions` differ in length;
/// * [`InputError::TooFew`] with `wanted` 1 if k is 0;
/// * [`InputError::UnknownClass`] with a label of `y` or `predictions` that is not below k.
///
/// ```
/// # use katas::m05_classifiers::confusion::confusion_matrix;
/// # use kit::Matrix;
/// let c = confusion_matrix(&[0, 0, 0, 1], &[0, 1, 1, 1], 2);
/// assert_eq!(c, Ok(Matrix::from_rows([[1.0, 2.0], [0.0, 1.0]])));
/// ```
///
/// In Python: `sklearn.metrics.confusion_matrix(y, predictions, labels=range(k))`.
///
/// Source: Witten, Frank and Hall, *Data Mining*, 3rd ed., §5.7.
pub fn confusion_matrix(y: &[usize], predictions: &[usize], classes: usize) -> Result<Matrix, InputError> {
    check::same_length(y.len(), predictions.len())?;
    check::at_least(1, classes)?;
    check::labels(y, classes)?;
    check::labels(predictions, classes)?;
    let mut counts = Matrix::zeros(classes, classes);
    y.iter().zip(predictions).for_each(|(&truth, &given)| counts[(truth, given)] += 1.0);
    Ok(counts)
}

/// Precision, recall, F1 score and support of each class, from a confusion matrix.
///
/// ```formula
/// precision = Cᵢᵢ / Σⱼ Cⱼᵢ        recall = Cᵢᵢ / Σⱼ Cᵢⱼ        F1 = 2·Cᵢᵢ / (Σⱼ Cⱼᵢ + Σⱼ Cᵢⱼ)
/// ```
///
/// For class i, Cᵢᵢ counts the true positives, the rest of column i the false positives and the rest of row i the
/// false negatives. Where a denominator is 0 the value is 0: a class that is never predicted has precision 0, one
/// that is absent recall 0.
///
/// * `counts`: C, k×k whole numbers, at least 0: rows are true classes, columns predicted ones.
/// * Returns k scores, class by class.
///
/// # Errors
///
/// * [`InputError::NotSquare`];
/// * [`InputError::NotFinite`] with `name` `"counts"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"counts"` and an entry that is not a whole number, or negative.
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
/// In Python: `sklearn.metrics.precision_recall_fscore_support(y, predictions, zero_division=0)`; it takes labels,
/// not the matrix, and warns by default where a denominator is 0.
///
/// Source: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, §8.3.
pub fn precision_recall_f1(counts: &Matrix) -> Result<Vec<ClassScore>, InputError> {
    check_counts(counts)?;
    let k = counts.rows();
    let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
    let score = |i: usize| {
        let given: f64 = (0..k).map(|j| counts[(j, i)]).sum();
        let members: f64 = counts.row(i).iter().sum();
        let right = counts[(i, i)];
        ClassScore {
            precision: share(right, given),
            recall: share(right, members),
            f1: share(2.0 * right, given + members),
            support: members as usize,
        }
    };
    Ok((0..k).map(score).collect())
}

/// The figure of a confusion matrix: a heat map of the counts (`Layer::Table`).
///
/// * `counts`: C, k×k whole numbers, at least 0: rows are true classes, columns predicted ones; k at least 1, and not
///   all 0.
/// * `names`: the names of the k classes, in their order.
/// * Returns a figure with the title `Confusion matrix: 45 of 50 correct (90.0 %)` (the accuracy with one decimal; if
///   it lies halfway between two, either), the axes `predicted` and `true`, and one layer: a [`Layer::Table`] without
///   a label, the names for its rows and columns, and the counts.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one name per class; `left` is the number of rows;
/// * [`InputError::NotSquare`];
/// * [`InputError::TooFew`] with `wanted` 1 if all counts are 0;
/// * [`InputError::NotFinite`] with `name` `"counts"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"counts"` and an entry that is not a whole number, or negative.
///
/// ```
/// # use katas::m05_classifiers::confusion::confusion_figure;
/// # use kit::Matrix;
/// let figure = confusion_figure(&Matrix::from_rows([[4.0, 1.0], [0.0, 5.0]]), &["cat", "dog"])?;
/// assert_eq!(figure.title, "Confusion matrix: 9 of 10 correct (90.0 %)");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.metrics.ConfusionMatrixDisplay(counts, display_labels=names).plot()`.
pub fn confusion_figure(counts: &Matrix, names: &[&str]) -> Result<Figure, InputError> {
    check::same_length(counts.rows(), names.len())?;
    check_counts(counts)?;
    let total: f64 = counts.as_slice().iter().sum();
    check::at_least(1, total as usize)?;
    let right: f64 = (0..counts.rows()).map(|i| counts[(i, i)]).sum();
    let title = format!("Confusion matrix: {right} of {total} correct ({:.1} %)", 100.0 * right / total);
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    Ok(Figure::new(&title, "predicted", "true").with(Layer::Table {
        label: String::new(),
        rows: names.clone(),
        cols: names,
        values: counts.clone(),
    }))
}

fn check_counts(counts: &Matrix) -> Result<(), InputError> {
    check::square(counts.shape())?;
    check::finite("counts", counts.as_slice())?;
    let is_count = |count: f64| count >= 0.0 && count.fract() == 0.0;
    check::all_in_range("counts", counts.as_slice(), is_count, "whole numbers, at least 0")
}
