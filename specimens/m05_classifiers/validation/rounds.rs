//! Rounds of a cross-validation that are made otherwise.

use kit::{InputError, Matrix, check};

use crate::reference::m05_classifiers::comparison::Classifier;
use crate::reference::m05_classifiers::validation as reference;

pub(super) type Accuracies = Result<Vec<f64>, InputError>;

/// Whether the folds are right, without asking the classifier in question.
pub(super) fn usable(x: &Matrix, y: &[usize], folds: &[Vec<usize>]) -> Accuracies {
    reference::cross_validate(&|_, _, asked| Ok(vec![0; asked.rows()]), x, y, folds)
}

pub(super) fn rounds(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
    others: impl Fn(&Vec<usize>) -> Vec<usize>,
) -> Accuracies {
    usable(x, y, folds)?;
    folds.iter().map(|fold| round(classifier, x, y, &others(fold), fold)).collect()
}

pub(super) fn round(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    train: &[usize],
    test: &[usize],
) -> Result<f64, InputError> {
    round_in(classifier, x, y, train, test, test)
}

/// Asked about the rows in one order, compared with the labels in another.
pub(super) fn round_in(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    train: &[usize],
    test: &[usize],
    compared: &[usize],
) -> Result<f64, InputError> {
    let rows = |rows: &[usize]| Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
    let labels: Vec<usize> = train.iter().map(|&row| y[row]).collect();
    let predicted = classifier(&rows(train), &labels, &rows(test))?;
    check::same_length(predicted.len(), test.len())?;
    let right = predicted.iter().zip(compared).filter(|(label, row)| **label == y[**row]).count();
    Ok(right as f64 / test.len() as f64)
}
