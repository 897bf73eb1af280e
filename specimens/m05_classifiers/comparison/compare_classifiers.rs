use kit::{InputError, Matrix};

use super::tables::{Candidates, Table, one_by_one, ranked, trained_on, weighted};
use crate::reference::m05_classifiers::comparison as reference;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::{Classifier, Score};

type Compare = fn(Candidates, &Matrix, &[usize], &[Vec<usize>]) -> Table;

/// The kata, answered by a specimen.
pub fn compare_classifiers(
    candidates: &[(&str, Classifier)],
    x: &Matrix,
    y: &[usize],
    folds: &[Vec<usize>],
) -> Result<Vec<Score>, InputError> {
    answering::<Compare>(
        module_path!(),
        reference::compare_classifiers,
        &[
            wheat("insertion", "inserts each score into its place at once", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(&[], x, y, folds)?;
                for candidate in candidates {
                    let score = reference::compare_classifiers(std::slice::from_ref(candidate), x, y, folds)?
                        .remove(0);
                    let place =
                        table.iter().position(|other| other.accuracy < score.accuracy).unwrap_or(table.len());
                    table.insert(place, score);
                }
                Ok(table)
            }),
            wheat(
                "mean_square_minus_square",
                "the deviation from the mean of the squares",
                |candidates, x, y, folds| {
                    let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                    for score in &mut table {
                        score.deviation = (score.deviation.powi(2) + score.accuracy.powi(2)
                            - score.accuracy.powi(2))
                        .max(0.0)
                        .sqrt();
                    }
                    Ok(table)
                },
            ),
            chaff("worst_first", "The scores are sorted in ascending order.", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                table.sort_by(|a, b| a.accuracy.total_cmp(&b.accuracy));
                Ok(table)
            }),
            chaff(
                "reversed",
                "Reversing an ascending stable sort keeps the order of ties.",
                |candidates, x, y, folds| {
                    let turned: Vec<(&str, Classifier)> = candidates.iter().rev().copied().collect();
                    reference::compare_classifiers(&turned, x, y, folds)
                },
            ),
            chaff(
                "not_ranked",
                "The scores are returned in the order of the candidates.",
                |candidates, x, y, folds| {
                    let mut table = reference::compare_classifiers(&[], x, y, folds)?;
                    for candidate in candidates {
                        table.extend(reference::compare_classifiers(
                            std::slice::from_ref(candidate),
                            x,
                            y,
                            folds,
                        )?);
                    }
                    Ok(table)
                },
            ),
            chaff(
                "all_samples_alike",
                "The accuracy is averaged over samples, not over rounds.",
                |candidates, x, y, folds| weighted(candidates, x, y, folds, |fold| fold.len() as f64),
            ),
            chaff("n_minus_1", "The standard deviation divides by n − 1.", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                let k = folds.len() as f64;
                table.iter_mut().for_each(|score| score.deviation *= (k / (k - 1.0).max(1.0)).sqrt());
                Ok(table)
            }),
            chaff(
                "standard_error",
                "The deviation is the standard error of the mean.",
                |candidates, x, y, folds| {
                    let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                    table.iter_mut().for_each(|score| score.deviation /= (folds.len() as f64).sqrt());
                    Ok(table)
                },
            ),
            chaff("variance", "The deviation is the variance.", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                table.iter_mut().for_each(|score| score.deviation *= score.deviation);
                Ok(table)
            }),
            chaff("best_round", "The accuracy is that of the best round.", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                table
                    .iter_mut()
                    .for_each(|score| score.accuracy = (score.accuracy + score.deviation).min(1.0));
                Ok(table)
            }),
            chaff(
                "test_in_the_training",
                "The test samples may be in the training set.",
                |candidates, x, y, folds| {
                    // Each candidate is trained on all samples, whatever the round.
                    let all = |classifier: Classifier, asked: &Matrix| classifier(x, y, asked);
                    let mut table = reference::compare_classifiers(&[], x, y, folds)?;
                    for (name, classifier) in candidates {
                        let whole = |_: &Matrix, _: &[usize], asked: &Matrix| all(*classifier, asked);
                        table.extend(reference::compare_classifiers(&[(*name, &whole)], x, y, folds)?);
                    }
                    table.sort_by(|a, b| b.accuracy.total_cmp(&a.accuracy));
                    Ok(table)
                },
            ),
            chaff(
                "folds_only",
                "The training set is the other folds, not all other rows.",
                |candidates, x, y, folds| {
                    trained_on(candidates, x, y, folds, |fold| {
                        let inside: Vec<usize> = folds.iter().flatten().copied().collect();
                        (0..y.len()).filter(|row| inside.contains(row) && !fold.contains(row)).collect()
                    })
                },
            ),
            chaff(
                "one_fold_learns_from_all",
                "With a single fold the training set is all rows.",
                |candidates, x, y, folds| {
                    trained_on(candidates, x, y, folds, |fold| {
                        (0..y.len()).filter(|row| folds.len() == 1 || !fold.contains(row)).collect()
                    })
                },
            ),
            chaff("nothing_to_learn_from", "A fold may not hold all rows.", |candidates, x, y, folds| {
                if folds.iter().any(|fold| (0..y.len()).all(|row| fold.contains(&row))) && !y.is_empty() {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                }
                reference::compare_classifiers(candidates, x, y, folds)
            }),
            chaff("folds_by_turn", "Each candidate may have its own folds.", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(&[], x, y, folds)?;
                for (i, candidate) in candidates.iter().enumerate() {
                    let mut own = folds.to_vec();
                    own.rotate_left(i % folds.len());
                    table.extend(reference::compare_classifiers(
                        std::slice::from_ref(candidate),
                        x,
                        y,
                        &own,
                    )?);
                }
                table.sort_by(|a, b| b.accuracy.total_cmp(&a.accuracy));
                Ok(table)
            }),
            chaff(
                "rejections_left_out",
                "A candidate that returns an error is left out.",
                |candidates, x, y, folds| {
                    let fine = |candidate: &&(&str, Classifier)| {
                        reference::compare_classifiers(std::slice::from_ref(*candidate), x, y, folds).is_ok()
                    };
                    let rest: Vec<(&str, Classifier)> = candidates.iter().filter(fine).copied().collect();
                    reference::compare_classifiers(&rest, x, y, folds)
                },
            ),
            chaff(
                "an_empty_fold_is_0",
                "A round without test samples has the accuracy 0.",
                |candidates, x, y, folds| {
                    let some: Vec<Vec<usize>> =
                        folds.iter().filter(|fold| !fold.is_empty()).cloned().collect();
                    reference::compare_classifiers(candidates, x, y, &some)
                },
            ),
            chaff("unnamed", "The name of a candidate is its position.", |candidates, x, y, folds| {
                let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                (1..).zip(&mut table).for_each(|(place, score)| score.name = place.to_string());
                Ok(table)
            }),
            chaff("unstable", "Every sort keeps the order of ties.", |candidates, x, y, folds| {
                let mut table = one_by_one(candidates, x, y, folds)?;
                table.sort_unstable_by(|a, b| b.accuracy.total_cmp(&a.accuracy));
                Ok(table)
            }),
            chaff("per_cent", "Accuracies can be sorted by whole percent.", |candidates, x, y, folds| {
                let mut table = one_by_one(candidates, x, y, folds)?;
                table.sort_by_key(|score| std::cmp::Reverse((100.0 * score.accuracy).round() as u64));
                Ok(table)
            }),
            chaff(
                "no_candidates_first",
                "Without candidates nothing needs to be checked.",
                |candidates, x, y, folds| {
                    if candidates.is_empty() {
                        return Ok(vec![]);
                    }
                    reference::compare_classifiers(candidates, x, y, folds)
                },
            ),
            wheat(
                "mean_so_far",
                "running means and squares (Welford), best first by insertion",
                |candidates, x, y, folds| {
                    ranked(candidates, x, y, folds, |rounds| {
                        let (mut mean, mut squares) = (0.0, 0.0);
                        for (r, accuracy) in rounds.iter().enumerate() {
                            let off = accuracy - mean;
                            mean += off / (r + 1) as f64;
                            squares += off * off * r as f64 / (r + 1) as f64;
                        }
                        [mean, (squares / rounds.len() as f64).sqrt()]
                    })
                },
            ),
            wheat(
                "fused",
                "the mean square less the squared mean, rounded once",
                |candidates, x, y, folds| {
                    ranked(candidates, x, y, folds, |rounds| {
                        let mean = |of: fn(f64) -> f64| {
                            rounds.iter().map(|a| of(*a)).sum::<f64>() / rounds.len() as f64
                        };
                        let accuracy = mean(|a| a);
                        [accuracy, (-accuracy).mul_add(accuracy, mean(|a| a * a)).max(0.0).sqrt()]
                    })
                },
            ),
            chaff(
                "single_precision",
                "Single precision (f32) is enough for a deviation.",
                |candidates, x, y, folds| {
                    let mut table = reference::compare_classifiers(candidates, x, y, folds)?;
                    table.iter_mut().for_each(|score| score.deviation = f64::from(score.deviation as f32));
                    Ok(table)
                },
            ),
            chaff(
                "six_decimals",
                "Accuracies that agree in six decimals are ties.",
                |candidates, x, y, folds| {
                    let mut table = Vec::new();
                    for candidate in candidates {
                        table.extend(reference::compare_classifiers(
                            std::slice::from_ref(candidate),
                            x,
                            y,
                            folds,
                        )?);
                    }
                    reference::compare_classifiers(&[], x, y, folds)?;
                    table.sort_by_key(|score| -(score.accuracy * 1e6).round() as i64);
                    Ok(table)
                },
            ),
        ],
    )(candidates, x, y, folds)
}
