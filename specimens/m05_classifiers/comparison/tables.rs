//! Tables of scores that are made otherwise.

use kit::{InputError, Matrix, check};

use crate::reference::m05_classifiers::comparison as reference;
use reference::{Classifier, Score};

pub(super) type Candidates<'a, 'b, 'c> = &'a [(&'b str, Classifier<'c>)];
pub(super) type Table = Result<Vec<Score>, InputError>;

/// Round after round, on training rows of its own.
pub(super) fn trained_on(
    candidates: Candidates,
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
    others: impl Fn(&Vec<usize>) -> Vec<usize>,
) -> Table {
    let mut table = reference::compare_classifiers(&[], x, y, folds)?;
    let rows = |rows: &[usize]| Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
    let labels = |rows: &[usize]| rows.iter().map(|&row| y[row]).collect::<Vec<_>>();
    for (name, classifier) in candidates {
        // Which round it is: the reference asks once a fold, in their order.
        let round = std::cell::Cell::new(0);
        let blind = |_: &Matrix, _: &[usize], asked: &Matrix| {
            let train = others(&folds[round.replace(round.get() + 1)]);
            classifier(&rows(&train), &labels(&train), asked)
        };
        table.extend(reference::compare_classifiers(&[(*name, &blind)], x, y, folds)?);
    }
    table.sort_by(|a, b| b.accuracy.total_cmp(&a.accuracy));
    Ok(table)
}

pub(super) fn weighted(
    candidates: Candidates,
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
    weight: fn(&Vec<usize>) -> f64,
) -> Table {
    let mut table = reference::compare_classifiers(&[], x, y, folds)?;
    let whole: f64 = folds.iter().map(weight).sum();
    for candidate in candidates {
        let mut rounds = Vec::new();
        for fold in folds {
            let one = std::slice::from_ref(fold);
            rounds.extend(reference::compare_classifiers(std::slice::from_ref(candidate), x, y, one)?);
        }
        let accuracy =
            rounds.iter().zip(folds).map(|(round, fold)| round.accuracy * weight(fold)).sum::<f64>() / whole;
        let square =
            rounds.iter().map(|round| (round.accuracy - accuracy).powi(2)).sum::<f64>() / rounds.len() as f64;
        table.push(Score { name: candidate.0.to_owned(), accuracy, deviation: square.sqrt() });
    }
    table.sort_by(|a, b| b.accuracy.total_cmp(&a.accuracy));
    Ok(table)
}

/// Not ranked.
pub(super) fn one_by_one(candidates: Candidates, x: &Matrix, y: &[usize], folds: &[Vec<usize>]) -> Table {
    let mut table = reference::compare_classifiers(&[], x, y, folds)?;
    for candidate in candidates {
        table.extend(reference::compare_classifiers(std::slice::from_ref(candidate), x, y, folds)?);
    }
    Ok(table)
}

pub(super) fn ranked(
    candidates: Candidates,
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
    summary: fn(&[f64]) -> [f64; 2],
) -> Table {
    check::same_length(x.rows(), y.len())?;
    if folds.iter().map(Vec::len).min().unwrap_or(0) == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    if let Some(row) = folds.iter().flatten().find(|row| **row >= y.len()) {
        let wanted = "row numbers below the number of samples";
        return Err(InputError::OutOfRange { name: "folds", got: *row as f64, wanted });
    }
    let rows = |rows: &[usize]| Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
    let mut table: Vec<Score> = Vec::new();
    for (name, classifier) in candidates {
        let mut rounds = Vec::new();
        for fold in folds {
            let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
            let labels: Vec<usize> = others.iter().map(|&row| y[row]).collect();
            let predicted = classifier(&rows(&others), &labels, &rows(fold))?;
            check::same_length(predicted.len(), fold.len())?;
            let right = predicted.iter().zip(fold).filter(|(label, row)| **label == y[**row]).count();
            rounds.push(right as f64 / fold.len() as f64);
        }
        let ([accuracy, deviation], name) = (summary(&rounds), (*name).to_owned());
        let place = table.partition_point(|other| other.accuracy >= accuracy);
        table.insert(place, Score { name, accuracy, deviation });
    }
    Ok(table)
}
