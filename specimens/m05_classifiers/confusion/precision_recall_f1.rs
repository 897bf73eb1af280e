use kit::{InputError, Matrix};

use crate::reference::m05_classifiers::confusion as reference;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::ClassScore;

type Scores = Result<Vec<ClassScore>, InputError>;
type PrecisionRecallF1 = fn(&Matrix) -> Scores;

/// The kata, answered by a specimen.
pub fn precision_recall_f1(counts: &Matrix) -> Result<Vec<ClassScore>, InputError> {
    answering::<PrecisionRecallF1>(
        module_path!(),
        reference::precision_recall_f1,
        &[
            wheat("hits_and_misses", "F1 from true positives, false positives and false negatives", |c| {
                each(c, |i, score| {
                    let hits = c[(i, i)];
                    let alarms = (0..c.rows()).map(|j| c[(j, i)]).sum::<f64>() - hits;
                    let misses = c.row(i).iter().sum::<f64>() - hits;
                    let f1 = if hits == 0.0 { 0.0 } else { hits / (hits + (alarms + misses) / 2.0) };
                    ClassScore { f1, ..score }
                })
            }),
            wheat("harmonic", "F1 from precision and recall", |c| {
                each(c, |_, score| {
                    let (p, r) = (score.precision, score.recall);
                    ClassScore { f1: if p + r == 0.0 { 0.0 } else { 2.0 / (1.0 / p + 1.0 / r) }, ..score }
                })
            }),
            chaff("exchanged", "Precision is the ratio of the row, recall that of the column.", |c| {
                each(c, |_, score| ClassScore { precision: score.recall, recall: score.precision, ..score })
            }),
            chaff("nan_for_absent", "The ratio 0/0 is NaN.", |c| {
                each(c, |i, score| {
                    let column: f64 = (0..c.rows()).map(|j| c[(j, i)]).sum();
                    let row: f64 = c.row(i).iter().sum();
                    let (precision, recall) = (c[(i, i)] / column, c[(i, i)] / row);
                    ClassScore { precision, recall, ..score }
                })
            }),
            chaff("one_for_absent", "A class that is never predicted has precision 1.", |c| {
                each(c, |i, score| {
                    let column: f64 = (0..c.rows()).map(|j| c[(j, i)]).sum();
                    ClassScore { precision: if column == 0.0 { 1.0 } else { score.precision }, ..score }
                })
            }),
            chaff("nan_f1", "The harmonic mean of 0 and 0 is NaN.", |c| {
                each(c, |_, score| {
                    let (p, r) = (score.precision, score.recall);
                    ClassScore { f1: 2.0 * p * r / (p + r), ..score }
                })
            }),
            chaff("arithmetic_mean", "The F1 score is the arithmetic mean of precision and recall.", |c| {
                each(c, |_, score| ClassScore { f1: (score.precision + score.recall) / 2.0, ..score })
            }),
            chaff("geometric_mean", "The F1 score is the geometric mean of precision and recall.", |c| {
                each(c, |_, score| ClassScore { f1: (score.precision * score.recall).sqrt(), ..score })
            }),
            chaff("missing_2", "The F1 score is product over sum, without the factor 2.", |c| {
                each(c, |_, score| ClassScore { f1: score.f1 / 2.0, ..score })
            }),
            chaff("accuracy_for_recall", "Recall is divided by the number of all samples.", |c| {
                let all: f64 = c.as_slice().iter().sum();
                each(c, |i, score| ClassScore {
                    recall: if all == 0.0 { 0.0 } else { c[(i, i)] / all },
                    ..score
                })
            }),
            chaff("predicted_support", "The support counts the predictions of the class.", |c| {
                each(c, |i, score| {
                    let column: f64 = (0..c.rows()).map(|j| c[(j, i)]).sum();
                    ClassScore { support: column as usize, ..score }
                })
            }),
            chaff("support_of_hits", "The support counts the true positives.", |c| {
                each(c, |i, score| ClassScore { support: c[(i, i)] as usize, ..score })
            }),
            chaff("absent_left_out", "An absent class has no score.", |c| {
                Ok(reference::precision_recall_f1(c)?.into_iter().filter(|score| score.support > 0).collect())
            }),
            chaff("any_numbers", "The entries need not be whole or positive.", |c| {
                let rounded = Matrix::from_fn(c.rows(), c.cols(), |i, j| c[(i, j)].abs().ceil());
                reference::precision_recall_f1(&rounded)
            }),
            chaff("not_square", "A missing column is a column of zeros.", |c| {
                let k = c.rows().max(c.cols());
                let filled = |i: usize, j: usize| if i < c.rows() && j < c.cols() { c[(i, j)] } else { 0.0 };
                reference::precision_recall_f1(&Matrix::from_fn(k, k, filled))
            }),
            chaff("nearly_whole", "A number within rounding of a whole number is whole.", |c| {
                let rounded = |count: f64| {
                    if (count - count.round()).abs() < 1e-9 { count.round() } else { count }
                };
                reference::precision_recall_f1(&Matrix::from_fn(c.rows(), c.cols(), |i, j| {
                    rounded(c[(i, j)])
                }))
            }),
            chaff("a_million_millions", "No count is above 10¹².", |c| {
                let capped = Matrix::from_fn(c.rows(), c.cols(), |i, j| {
                    if c[(i, j)].is_finite() { c[(i, j)].min(1e12) } else { c[(i, j)] }
                });
                reference::precision_recall_f1(&capped)
            }),
            chaff("support_of_a_byte", "The support fits into one byte.", |c| {
                each(c, |_, score| ClassScore { support: score.support % 256, ..score })
            }),
            wheat("odds", "1 / (1 + errors per true positive)", |c| {
                each(c, |i, score| {
                    let wrong =
                        |of: &dyn Fn(usize) -> f64| (0..c.rows()).filter(|j| *j != i).map(of).sum::<f64>();
                    let (alarms, misses) = (wrong(&|j| c[(j, i)]), wrong(&|j| c[(i, j)]));
                    let share =
                        |wrong: f64| if c[(i, i)] == 0.0 { 0.0 } else { 1.0 / (1.0 + wrong / c[(i, i)]) };
                    let (precision, recall) = (share(alarms), share(misses));
                    ClassScore { precision, recall, f1: share((alarms + misses) / 2.0), ..score }
                })
            }),
        ],
    )(counts)
}

fn each(c: &Matrix, changed: impl Fn(usize, ClassScore) -> ClassScore) -> Scores {
    let scores = reference::precision_recall_f1(c)?;
    Ok(scores.into_iter().enumerate().map(|(i, score)| changed(i, score)).collect())
}
