use kit::{InputError, Matrix, check};

use crate::reference::m05_classifiers::comparison as reference;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::Classifier;

type Score = Result<f64, InputError>;
type TrainAndScore = fn(Classifier, &Matrix, &[usize], &Matrix, &[usize]) -> Score;

/// The kata, answered by a specimen.
pub fn train_and_score(
    classifier: Classifier,
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    y_test: &[usize],
) -> Result<f64, InputError> {
    answering::<TrainAndScore>(
        module_path!(),
        reference::train_and_score,
        &[
            wheat("by_errors", "1 minus the fraction of errors", |classifier, x, y, asked, truth| {
                scored(classifier, x, y, asked, truth, |predicted, truth| {
                    let wrong = predicted.iter().zip(truth).filter(|(a, b)| a != b).count();
                    1.0 - wrong as f64 / truth.len() as f64
                })
            }),
            wheat(
                "running_mean",
                "the mean of ones and zeros, as they come",
                |classifier, x, y, asked, truth| {
                    scored(classifier, x, y, asked, truth, |predicted, truth| {
                        let right: f64 =
                            predicted.iter().zip(truth).map(|(a, b)| f64::from(u8::from(a == b))).sum();
                        right / truth.len() as f64
                    })
                },
            ),
            chaff(
                "test_in_the_training",
                "The test samples may be in the training set.",
                |classifier, x, y, asked, truth| {
                    usable(asked, truth)?;
                    let (both, labels) = stacked(x, y, asked, truth);
                    reference::train_and_score(classifier, &both, &labels, asked, truth)
                },
            ),
            chaff(
                "score_on_the_training",
                "A classifier is evaluated on its training set.",
                |classifier, x, y, asked, truth| {
                    usable(asked, truth)?;
                    reference::train_and_score(classifier, x, y, x, y)
                },
            ),
            chaff(
                "count_of_correct",
                "The accuracy is the number of correctly classified samples.",
                |classifier, x, y, asked, truth| {
                    Ok(reference::train_and_score(classifier, x, y, asked, truth)? * truth.len() as f64)
                },
            ),
            chaff("per_cent", "The accuracy is given in percent.", |classifier, x, y, asked, truth| {
                Ok(reference::train_and_score(classifier, x, y, asked, truth)? * 100.0)
            }),
            chaff("errors", "The accuracy is the fraction of errors.", |classifier, x, y, asked, truth| {
                Ok(1.0 - reference::train_and_score(classifier, x, y, asked, truth)?)
            }),
            chaff(
                "divided_by_training",
                "The accuracy is divided by the number of training samples.",
                |classifier, x, y, asked, truth| {
                    let share = reference::train_and_score(classifier, x, y, asked, truth)?;
                    Ok(share * truth.len() as f64 / y.len().max(1) as f64)
                },
            ),
            chaff(
                "trained_for_each",
                "The classifier is trained anew for each test sample.",
                |classifier, x, y, asked, truth| {
                    let share = reference::train_and_score(classifier, x, y, asked, truth)?;
                    reference::train_and_score(classifier, x, y, asked, truth)?;
                    Ok(share)
                },
            ),
            chaff("centered", "The features are centered first.", |classifier, x, y, asked, truth| {
                let off = |x: &Matrix, by: &Matrix| {
                    Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - by[(0, j)])
                };
                if x.rows() == 0 || x.cols() != asked.cols() {
                    return reference::train_and_score(classifier, x, y, asked, truth);
                }
                reference::train_and_score(classifier, &off(x, x), y, &off(asked, x), truth)
            }),
            chaff(
                "shorter_counts",
                "Missing predictions are not counted.",
                |classifier, x, y, asked, truth| {
                    if truth.len() != asked.rows() || truth.is_empty() {
                        return reference::train_and_score(classifier, x, y, asked, truth);
                    }
                    let predicted = classifier(x, y, asked)?;
                    let right = predicted.iter().zip(truth).filter(|(a, b)| a == b).count();
                    Ok(right as f64 / truth.len() as f64)
                },
            ),
            chaff(
                "rejection_is_0",
                "A classifier that returns an error has the accuracy 0.",
                |classifier, x, y, asked, truth| {
                    if truth.len() != asked.rows() || truth.is_empty() {
                        return reference::train_and_score(classifier, x, y, asked, truth);
                    }
                    Ok(reference::train_and_score(classifier, x, y, asked, truth).unwrap_or(0.0))
                },
            ),
            chaff(
                "nothing_is_0",
                "Without test samples the accuracy is 0.",
                |classifier, x, y, asked, truth| {
                    if asked.rows() == 0 && truth.is_empty() {
                        return Ok(0.0);
                    }
                    reference::train_and_score(classifier, x, y, asked, truth)
                },
            ),
            chaff(
                "looks_at_the_training",
                "The training set is checked here, not by the classifier.",
                |classifier, x, y, asked, truth| {
                    check::same_length(x.rows(), y.len())?;
                    reference::train_and_score(classifier, x, y, asked, truth)
                },
            ),
            wheat(
                "share_by_share",
                "each correct prediction adds its fraction",
                |classifier, x, y, asked, truth| {
                    let m = truth.len();
                    if asked.rows() != m {
                        return Err(InputError::LengthMismatch { left: asked.rows(), right: m });
                    }
                    check::at_least(1, m)?;
                    let predicted = classifier(x, y, asked)?;
                    if predicted.len() != m {
                        return Err(InputError::LengthMismatch { left: predicted.len(), right: m });
                    }
                    let right = predicted.iter().zip(truth).filter(|(label, truth)| label == truth);
                    Ok(right.fold(0.0, |sum, _| sum + 1.0 / m as f64))
                },
            ),
            wheat(
                "mean_so_far",
                "moves the mean a little with each prediction",
                |classifier, x, y, asked, truth| {
                    usable(asked, truth)?;
                    let predicted = classifier(x, y, asked)?;
                    check::same_length(predicted.len(), truth.len())?;
                    let hits =
                        predicted.iter().zip(truth).map(|(label, truth)| f64::from(u8::from(label == truth)));
                    Ok(hits.enumerate().fold(0.0, |mean, (i, hit)| mean + (hit - mean) / (i + 1) as f64))
                },
            ),
            chaff("labels_as_numbers", "A label is exact as an f64.", |classifier, x, y, asked, truth| {
                scored(classifier, x, y, asked, truth, |predicted, truth| {
                    let right = predicted.iter().zip(truth).filter(|(a, b)| **a as f64 == **b as f64).count();
                    right as f64 / truth.len() as f64
                })
            }),
        ],
    )(classifier, x_train, y_train, x_test, y_test)
}

/// Whether test samples and labels belong together, without asking the classifier in question.
fn usable(asked: &Matrix, truth: &[usize]) -> Score {
    let zeros = |_: &Matrix, _: &[usize], asked: &Matrix| Ok(vec![0; asked.rows()]);
    reference::train_and_score(&zeros, asked, truth, asked, truth)
}

fn scored(
    classifier: Classifier,
    x: &Matrix,
    y: &[usize],
    asked: &Matrix,
    truth: &[usize],
    share: fn(&[usize], &[usize]) -> f64,
) -> Score {
    let answers = std::cell::RefCell::new(Vec::new());
    let keeping = |x: &Matrix, y: &[usize], asked: &Matrix| {
        let answer = classifier(x, y, asked)?;
        answers.replace(answer.clone());
        Ok(answer)
    };
    reference::train_and_score(&keeping, x, y, asked, truth)?;
    Ok(share(&answers.take(), truth))
}

fn stacked(x: &Matrix, y: &[usize], asked: &Matrix, truth: &[usize]) -> (Matrix, Vec<usize>) {
    let n = x.rows();
    let both = |i: usize, j: usize| if i < n { x[(i, j)] } else { asked[(i - n, j)] };
    let cols = x.cols().min(asked.cols());
    (Matrix::from_fn(n + asked.rows(), cols, both), [y, truth].concat())
}
