use kit::{InputError, Matrix};

use super::rounds::{Accuracies, round, round_in, rounds, usable};
use crate::reference::m05_classifiers::comparison::Classifier;
use crate::reference::m05_classifiers::validation as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CrossValidate = fn(Classifier, &Matrix, &[usize], &[Vec<usize>]) -> Accuracies;

/// The kata, answered by a specimen.
pub fn cross_validate(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
) -> Result<Vec<f64>, InputError> {
    answering::<CrossValidate>(
        module_path!(),
        reference::cross_validate,
        &[
            wheat(
                "marked",
                "marks the rows of the fold and takes the unmarked ones",
                |classifier, x, y, folds| {
                    rounds(classifier, x, y, folds, |fold| {
                        let mut marked = vec![false; y.len()];
                        fold.iter().for_each(|row| marked[*row] = true);
                        (0..y.len()).filter(|row| !marked[*row]).collect()
                    })
                },
            ),
            wheat(
                "sorted_others",
                "gathers the other folds and sorts their rows",
                |classifier, x, y, folds| {
                    rounds(classifier, x, y, folds, |fold| {
                        let mut others: Vec<usize> =
                            folds.iter().filter(|other| *other != fold).flatten().copied().collect();
                        others.sort_unstable();
                        others
                    })
                },
            ),
            chaff(
                "test_in_the_training",
                "The test samples may be in the training set.",
                |classifier, x, y, folds| rounds(classifier, x, y, folds, |_| (0..y.len()).collect()),
            ),
            chaff(
                "first_test_row_leaks",
                "One test row in the training set does not matter.",
                |classifier, x, y, folds| {
                    rounds(classifier, x, y, folds, |fold| {
                        (0..y.len()).filter(|row| !fold[1..].contains(row)).collect()
                    })
                },
            ),
            chaff("exchanged", "A fold is the training set.", |classifier, x, y, folds| {
                usable(x, y, folds)?;
                let score = |fold: &Vec<usize>| {
                    let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
                    round(classifier, x, y, fold, &others)
                };
                folds.iter().map(score).collect()
            }),
            chaff("next_fold_only", "One other fold is enough for training.", |classifier, x, y, folds| {
                rounds(classifier, x, y, folds, |fold| {
                    let place = folds.iter().position(|other| other == fold).unwrap_or(0);
                    folds[(place + 1) % folds.len()].clone()
                })
            }),
            chaff(
                "standardized_by_all",
                "The features are standardized first, with all samples.",
                |classifier, x, y, folds| {
                    usable(x, y, folds)?;
                    let (scaled, _) = reference::standardize_by(x, x)?;
                    reference::cross_validate(classifier, &scaled, y, folds)
                },
            ),
            chaff(
                "centered_by_all",
                "Centering the features with all samples leaks nothing.",
                |classifier, x, y, folds| {
                    usable(x, y, folds)?;
                    let mean = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64;
                    let means: Vec<f64> = (0..x.cols()).map(mean).collect();
                    let centered = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - means[j]);
                    reference::cross_validate(classifier, &centered, y, folds)
                },
            ),
            chaff("folds_made_anew", "Only the sizes of the folds matter.", |classifier, x, y, folds| {
                usable(x, y, folds)?;
                let mut rows = 0..y.len();
                let anew: Vec<Vec<usize>> =
                    folds.iter().map(|fold| rows.by_ref().take(fold.len()).collect()).collect();
                reference::cross_validate(classifier, x, y, &anew)
            }),
            chaff(
                "sorted_predictions",
                "The rows of a fold may be sorted without sorting their labels.",
                |classifier, x, y, folds| {
                    usable(x, y, folds)?;
                    let score = |fold: &Vec<usize>| {
                        let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
                        let mut sorted = fold.clone();
                        sorted.sort_unstable();
                        round_in(classifier, x, y, &others, fold, &sorted)
                    };
                    folds.iter().map(score).collect()
                },
            ),
            chaff(
                "copies_removed",
                "Copies of test rows are removed from the training set.",
                |classifier, x, y, folds| {
                    rounds(classifier, x, y, folds, |fold| {
                        let copy = |row: &usize| fold.iter().any(|test| x.row(*test) == x.row(*row));
                        (0..y.len()).filter(|row| !copy(row)).collect()
                    })
                },
            ),
            chaff(
                "mean_of_all",
                "The result is the mean accuracy in each place.",
                |classifier, x, y, folds| {
                    let scores = reference::cross_validate(classifier, x, y, folds)?;
                    Ok(vec![scores.iter().sum::<f64>() / scores.len() as f64; scores.len()])
                },
            ),
            chaff(
                "divided_by_all",
                "The accuracy is divided by the number of all samples.",
                |classifier, x, y, folds| {
                    let scores = reference::cross_validate(classifier, x, y, folds)?;
                    Ok(scores
                        .iter()
                        .zip(folds)
                        .map(|(s, fold)| s * fold.len() as f64 / y.len() as f64)
                        .collect())
                },
            ),
            chaff("errors", "The accuracy is the fraction of errors.", |classifier, x, y, folds| {
                Ok(reference::cross_validate(classifier, x, y, folds)?
                    .iter()
                    .map(|score| 1.0 - score)
                    .collect())
            }),
            chaff("any_folds", "The folds need not be checked.", |classifier, x, y, folds| {
                if x.rows() != y.len() || folds.len() < 2 || folds.iter().flatten().any(|row| *row >= y.len())
                {
                    return reference::cross_validate(classifier, x, y, folds);
                }
                let score = |fold: &Vec<usize>| {
                    let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
                    round(classifier, x, y, &others, fold)
                };
                folds.iter().map(score).collect()
            }),
            chaff(
                "rejection_is_0",
                "A classifier that returns an error has the accuracy 0.",
                |classifier, x, y, folds| {
                    usable(x, y, folds)?;
                    Ok(reference::cross_validate(classifier, x, y, folds)
                        .unwrap_or_else(|_| vec![0.0; folds.len()]))
                },
            ),
            chaff("one_fold", "A single fold can be tested without training.", |classifier, x, y, folds| {
                if folds.len() == 1 && x.rows() == y.len() {
                    return Ok(vec![round(classifier, x, y, &[], &folds[0])?]);
                }
                reference::cross_validate(classifier, x, y, folds)
            }),
            wheat(
                "share_by_share",
                "each correct prediction adds its fraction of the fold",
                |classifier, x, y, folds| {
                    usable(x, y, folds)?;
                    let rows = |rows: &[usize]| Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]);
                    let mut accuracies = Vec::new();
                    for fold in folds {
                        let mut others: std::collections::BTreeMap<usize, usize> =
                            y.iter().copied().enumerate().collect();
                        let truth: Vec<_> = fold.iter().filter_map(|row| others.remove(row)).collect();
                        let (train, labels): (Vec<_>, Vec<_>) = others.into_iter().unzip();
                        let predicted = classifier(&rows(&train), &labels, &rows(fold))?;
                        if predicted.len() != fold.len() {
                            return Err(InputError::LengthMismatch {
                                left: predicted.len(),
                                right: fold.len(),
                            });
                        }
                        let right = predicted.iter().zip(truth).filter(|(label, truth)| *label == truth);
                        accuracies.push(right.fold(0.0, |sum, _| sum + 1.0 / fold.len() as f64));
                    }
                    Ok(accuracies)
                },
            ),
            wheat("last_fold_first", "begins with the last fold", |classifier, x, y, folds| {
                usable(x, y, folds)?;
                let others =
                    |fold: &Vec<usize>| (0..y.len()).filter(|row| !fold.contains(row)).collect::<Vec<_>>();
                let one = |fold: &Vec<usize>| round(classifier, x, y, &others(fold), fold);
                let mut accuracies = folds.iter().rev().map(one).collect::<Result<Vec<_>, _>>()?;
                accuracies.reverse();
                Ok(accuracies)
            }),
        ],
    )(classifier, x, y, folds)
}
