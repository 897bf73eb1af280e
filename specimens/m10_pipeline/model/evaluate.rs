use kit::pipeline::Evaluation;
use kit::{Classifier, InputError, Matrix, Softmax, check};

use crate::reference::m10_pipeline::model as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Evaluated = Result<Evaluation, InputError>;
type Evaluate = fn(&Softmax, &Matrix, &[usize]) -> Evaluated;

/// The kata, answered by a specimen.
pub fn evaluate(model: &Softmax, x: &Matrix, y: &[usize]) -> Evaluated {
    answering::<Evaluate>(
        module_path!(),
        reference::evaluate,
        &[
            wheat("by_logits", "the largest logit has the largest probability", |model, x, y| {
                reference::evaluate(model, x, y)?;
                Ok(counted(model, y, |i| {
                    let z = |c: usize| {
                        x.row(i).iter().zip(model.weights.row(c)).map(|(x, w)| w * x).sum::<f64>()
                            + model.intercepts[c]
                    };
                    (0..model.intercepts.len()).rev().max_by(|a, b| z(*a).total_cmp(&z(*b))).unwrap_or(0)
                }))
            }),
            wheat(
                "counted_by_pairs",
                "goes through all pairs of classes and counts the rows of each",
                |model, x, y| {
                    reference::evaluate(model, x, y)?;
                    let taken: Vec<usize> =
                        (0..y.len()).map(|i| first_largest(&model.probabilities(x.row(i)))).collect();
                    let k = model.classes.len();
                    let count =
                        |i: usize, j: usize| (0..y.len()).filter(|&r| y[r] == i && taken[r] == j).count();
                    let confusion: Vec<Vec<usize>> =
                        (0..k).map(|i| (0..k).map(|j| count(i, j)).collect()).collect();
                    let of = |c: usize| y.iter().filter(|label| **label == c).count();
                    let recall =
                        (0..k).map(|c| (of(c) > 0).then(|| confusion[c][c] as f64 / of(c) as f64)).collect();
                    let wrong = (0..y.len()).filter(|&r| taken[r] != y[r]).count();
                    Ok(Evaluation { accuracy: 1.0 - wrong as f64 / y.len() as f64, confusion, recall })
                },
            ),
            chaff("transposed", "Rows of the confusion matrix are the predictions.", |model, x, y| {
                let right = reference::evaluate(model, x, y)?;
                let k = right.confusion.len();
                let confusion = (0..k).map(|i| (0..k).map(|j| right.confusion[j][i]).collect()).collect();
                Ok(Evaluation { confusion, ..right })
            }),
            chaff(
                "precision",
                "Recall divides by the predicted rows of a class (this is precision).",
                |model, x, y| {
                    let right = reference::evaluate(model, x, y)?;
                    let column = |c: usize| right.confusion.iter().map(|row| row[c]).sum::<usize>();
                    let share =
                        |c: usize| (column(c) > 0).then(|| right.confusion[c][c] as f64 / column(c) as f64);
                    Ok(Evaluation { recall: (0..right.confusion.len()).map(share).collect(), ..right })
                },
            ),
            chaff("nan_for_none", "The recall of a class without rows is NaN.", |model, x, y| {
                let right = reference::evaluate(model, x, y)?;
                let recall = right.recall.iter().map(|it| it.or(Some(f64::NAN))).collect();
                Ok(Evaluation { recall, ..right })
            }),
            chaff("zero_for_none", "The recall of a class without rows is 0.", |model, x, y| {
                let right = reference::evaluate(model, x, y)?;
                let recall = right.recall.iter().map(|it| it.or(Some(0.0))).collect();
                Ok(Evaluation { recall, ..right })
            }),
            chaff(
                "mean_recall",
                "Accuracy is the mean recall of the classes (balanced accuracy).",
                |model, x, y| {
                    let right = reference::evaluate(model, x, y)?;
                    let known: Vec<f64> = right.recall.iter().flatten().copied().collect();
                    Ok(Evaluation { accuracy: known.iter().sum::<f64>() / known.len() as f64, ..right })
                },
            ),
            chaff("last_of_equals", "`max_by` returns the first of several maxima.", |model, x, y| {
                reference::evaluate(model, x, y)?;
                Ok(counted(model, y, |i| {
                    let p = model.probabilities(x.row(i));
                    (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap_or(0)
                }))
            }),
            chaff(
                "nearly_equal_ties",
                "Probabilities that differ only by rounding are tied.",
                |model, x, y| {
                    reference::evaluate(model, x, y)?;
                    Ok(counted(model, y, |i| {
                        let p = model.probabilities(x.row(i));
                        let largest = p.iter().fold(0.0_f64, |largest, p| largest.max(*p));
                        p.iter().position(|p| largest - p < 1e-9).unwrap_or(0)
                    }))
                },
            ),
            chaff(
                "over_a_half",
                "A class is predicted only if its probability exceeds ½.",
                |model, x, y| {
                    reference::evaluate(model, x, y)?;
                    Ok(counted(model, y, |i| {
                        model.probabilities(x.row(i)).iter().position(|p| *p > 0.5).unwrap_or(0)
                    }))
                },
            ),
            chaff("naive_softmax", "Softmax needs no shift by the largest logit.", |model, x, y| {
                reference::evaluate(model, x, y)?;
                Ok(counted(model, y, |i| {
                    let z = |c: usize| {
                        x.row(i).iter().zip(model.weights.row(c)).map(|(x, w)| w * x).sum::<f64>()
                            + model.intercepts[c]
                    };
                    let powers: Vec<f64> = (0..model.intercepts.len()).map(|c| z(c).exp()).collect();
                    let sum: f64 = powers.iter().sum();
                    first_largest(&powers.iter().map(|power| power / sum).collect::<Vec<_>>())
                }))
            }),
            chaff("intercepts_forgotten", "The intercepts do not matter.", |model, x, y| {
                let plain = Softmax { intercepts: vec![0.0; model.intercepts.len()], ..model.clone() };
                reference::evaluate(&plain, x, y)
            }),
            chaff(
                "seen_classes_only",
                "The confusion matrix has only the classes that occur.",
                |model, x, y| {
                    let right = reference::evaluate(model, x, y)?;
                    let there: Vec<usize> =
                        (0..right.recall.len()).filter(|&c| right.recall[c].is_some()).collect();
                    let confusion = there
                        .iter()
                        .map(|&i| there.iter().map(|&j| right.confusion[i][j]).collect())
                        .collect();
                    Ok(Evaluation { confusion, ..right })
                },
            ),
            chaff("nothing_is_all_right", "The accuracy on no rows is 1.", |model, x, y| {
                if y.is_empty() && x.rows() == 0 {
                    return Ok(Evaluation { accuracy: 1.0, confusion: vec![], recall: vec![] });
                }
                reference::evaluate(model, x, y)
            }),
            chaff("rows_cut", "Surplus rows or labels are ignored.", |model, x, y| {
                let n = x.rows().min(y.len());
                reference::evaluate(model, &Matrix::from_fn(n, x.cols(), |i, j| x[(i, j)]), &y[..n])
            }),
            chaff(
                "nan_is_the_first_class",
                "A row with a NaN is predicted as the first class.",
                |model, x, y| {
                    let finite = Matrix::from_fn(x.rows(), x.cols(), |i, j| {
                        if x[(i, j)].is_finite() { x[(i, j)] } else { 0.0 }
                    });
                    reference::evaluate(model, &finite, y)
                },
            ),
            chaff("features_cut", "Surplus weights are ignored.", |model, x, y| {
                let padded = Matrix::from_fn(x.rows(), model.weights.cols(), |i, j| {
                    if j < x.cols() { x[(i, j)] } else { 0.0 }
                });
                reference::evaluate(model, &padded, y)
            }),
            chaff("always_right", "Every prediction is right.", |model, x, y| {
                reference::evaluate(model, x, y)?;
                Ok(counted(model, y, |i| y[i]))
            }),
            chaff("columns_for_rows", "The weights of a class are a column of the matrix.", |model, x, y| {
                reference::evaluate(model, x, y)?;
                let (k, d) = model.weights.shape();
                let flat = model.weights.as_slice();
                let turned = Softmax {
                    weights: kit::Matrix::from_fn(k, d, |c, j| flat[(j * k + c) % (k * d).max(1)]),
                    ..model.clone()
                };
                reference::evaluate(&turned, x, y)
            }),
            chaff("first_feature", "Only the first feature matters.", |model, x, y| {
                reference::evaluate(model, x, y)?;
                let cut =
                    kit::Matrix::from_fn(x.rows(), x.cols(), |i, j| if j == 0 { x[(i, j)] } else { 0.0 });
                reference::evaluate(model, &cut, y)
            }),
            chaff(
                "row_for_entry",
                "The index of a NaN is that of its row, not of its entry.",
                |model, x, y| match reference::evaluate(model, x, y) {
                    Err(InputError::NotFinite { name, index }) => {
                        Err(InputError::NotFinite { name, index: index / x.cols().max(1) })
                    }
                    other => other,
                },
            ),
            wheat(
                "pairs_sorted",
                "pairs of label and prediction, sorted and counted in runs",
                |model, x, y| {
                    let (k, n) = (model.classes.len(), x.rows());
                    check::same_length(n, y.len())?;
                    check::at_least(1, n)?;
                    check::same_columns(x.shape(), model.weights.shape())?;
                    check::finite("x", x.as_slice())?;
                    check::labels(y, k)?;
                    let taken = |i: usize| {
                        let p = model.probabilities(x.row(i));
                        let mut order: Vec<usize> = (0..k).collect();
                        order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
                        order[0]
                    };
                    let mut pairs: Vec<(usize, usize)> = (0..n).map(|i| (y[i], taken(i))).collect();
                    pairs.sort_unstable();
                    let mut confusion = vec![vec![0; k]; k];
                    for run in pairs.chunk_by(|a, b| a == b) {
                        confusion[run[0].0][run[0].1] = run.len();
                    }
                    let (mut missed, mut recall) = (0, vec![None; k]);
                    for run in pairs.chunk_by(|a, b| a.0 == b.0) {
                        let found = run.iter().filter(|pair| pair.0 == pair.1).count();
                        missed += run.len() - found;
                        recall[run[0].0] = Some(1.0 - (run.len() - found) as f64 / run.len() as f64);
                    }
                    Ok(Evaluation { accuracy: 1.0 - missed as f64 / n as f64, confusion, recall })
                },
            ),
            chaff("two_hundred_features", "Two hundred features are enough.", |model, x, y| {
                reference::evaluate(model, x, y)?;
                let few = |m: &Matrix| {
                    Matrix::from_fn(m.rows(), m.cols(), |i, j| if j < 200 { m[(i, j)] } else { 0.0 })
                };
                reference::evaluate(model, &few(x), y)
            }),
        ],
    )(model, x, y)
}

fn first_largest(p: &[f64]) -> usize {
    (1..p.len()).fold(0, |best, c| if p[c] > p[best] { c } else { best })
}

fn counted(model: &Softmax, y: &[usize], taken: impl Fn(usize) -> usize) -> Evaluation {
    let k = model.classes.len();
    let mut confusion = vec![vec![0; k]; k];
    (0..y.len()).for_each(|i| confusion[y[i]][taken(i)] += 1);
    let right: usize = (0..k).map(|c| confusion[c][c]).sum();
    let share = |(c, row): (usize, &Vec<usize>)| {
        let n: usize = row.iter().sum();
        (n > 0).then(|| row[c] as f64 / n as f64)
    };
    let recall = confusion.iter().enumerate().map(share).collect();
    Evaluation { accuracy: right as f64 / y.len() as f64, confusion, recall }
}
