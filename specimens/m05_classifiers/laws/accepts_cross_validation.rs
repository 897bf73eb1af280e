use std::cell::RefCell;

use kit::{InputError, Matrix};

use crate::reference::m05_classifiers::laws as reference;
use crate::reference::m05_classifiers::validation::cross_validate;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::CrossValidation;

type Judge = fn(CrossValidation) -> bool;
type Call = (Matrix, Vec<usize>, Matrix);

/// The kata, answered by a specimen.
pub fn accepts_cross_validation(claimed: CrossValidation) -> bool {
    answering::<Judge>(
        module_path!(),
        reference::accepts_cross_validation,
        &[
            wheat(
                "compared_with_a_correct_one",
                "compares the calls of the classifier, and the accuracies",
                |claimed| {
                    let (calls, scores) = calls_of(claimed);
                    let (want, best) = calls_of_the_reference();
                    calls.len() == want.len()
                        && want.iter().all(|call| calls.contains(call))
                        && scores.len() == best.len()
                        && scores.iter().zip(best).all(|(a, b)| (a - b).abs() < 1e-9)
                },
            ),
            wheat("row_numbers_only", "reads the row numbers from the calls of the classifier", |claimed| {
                let (calls, scores) = calls_of(claimed);
                let number = |row: &[f64]| row[0] as usize;
                let honest = |(train, labels, test): &Call| {
                    let rows: Vec<usize> = (0..train.rows()).map(|i| number(train.row(i))).collect();
                    let asked: Vec<usize> = (0..test.rows()).map(|i| number(test.row(i))).collect();
                    let others: Vec<usize> = (0..Y.len()).filter(|row| !asked.contains(row)).collect();
                    folds().contains(&asked)
                        && rows == others
                        && labels.iter().eq(rows.iter().map(|row| &Y[*row]))
                        && train
                            .as_slice()
                            .iter()
                            .chain(test.as_slice())
                            .all(|x| x.fract() == 0.0 && *x >= 0.0)
                };
                let apart = folds()
                    .iter()
                    .all(|fold| calls.iter().any(|(_, _, test)| number(test.row(0)) == fold[0]));
                let (_, best) = calls_of_the_reference();
                calls.len() == 3 && calls.iter().all(honest) && apart && near(&scores, &best)
            }),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("rejects_everything", "No candidate is correct.", |_| false),
            chaff("scores_only", "The accuracies are enough to detect a leak.", |claimed| {
                near(&calls_of(claimed).1, &calls_of_the_reference().1)
            }),
            chaff(
                "a_memory_at_chance",
                "A classifier that memorizes its training set detects every leak.",
                |claimed| {
                    let x = Matrix::from_fn(6, 1, |i, _| i as f64);
                    let scores =
                        claimed(&memory, &x, &[1, 2, 1, 2, 1, 2], &[vec![0, 3], vec![5, 2], vec![4, 1]]);
                    scores == [0.0; 3]
                },
            ),
            chaff("sizes_only", "It is enough to count the training rows.", |claimed| {
                let (calls, scores) = calls_of(claimed);
                let (want, best) = calls_of_the_reference();
                let sizes = |calls: &[Call]| {
                    let mut sizes: Vec<_> =
                        calls.iter().map(|(train, _, test)| (train.rows(), test.rows())).collect();
                    sizes.sort_unstable();
                    sizes
                };
                sizes(&calls) == sizes(&want) && near(&scores, &best)
            }),
            chaff("first_round_only", "It is enough to check one round.", |claimed| {
                let (calls, scores) = calls_of(claimed);
                let (want, best) = calls_of_the_reference();
                calls.contains(&want[0]) && near(&scores, &best)
            }),
            chaff("in_this_order", "The folds have to be tested in order.", |claimed| {
                let (calls, scores) = calls_of(claimed);
                let (want, best) = calls_of_the_reference();
                calls == want && near(&scores, &best)
            }),
            chaff("calls_only", "If the training sets are right, the accuracies are right.", |claimed| {
                let (want, _) = calls_of_the_reference();
                let calls = calls_of(claimed).0;
                calls.len() == want.len() && want.iter().all(|call| calls.contains(call))
            }),
            chaff("to_the_last_bit", "Two correct accuracies agree to the last bit.", |claimed| {
                let (calls, scores) = calls_of(claimed);
                let (want, by_reference) = calls_of_the_reference();
                calls.len() == want.len() && scores == by_reference
            }),
            chaff("features_unseen", "The labels identify the training rows.", |claimed| {
                let (calls, scores) = calls_of(claimed);
                let (want, best) = calls_of_the_reference();
                let labels = |calls: &[Call]| {
                    let mut labels: Vec<Vec<usize>> =
                        calls.iter().map(|(_, labels, _)| labels.clone()).collect();
                    labels.sort();
                    labels
                };
                labels(&calls) == labels(&want) && near(&scores, &best)
            }),
            chaff(
                "accuracies_in_pairs",
                "Comparing pairs with `zip` compares the lengths, too.",
                |claimed| {
                    let (calls, scores) = calls_of(claimed);
                    let (want, best) = calls_of_the_reference();
                    calls.len() == want.len()
                        && want.iter().all(|call| calls.contains(call))
                        && scores.iter().zip(best).all(|(a, b)| (a - b).abs() < 1e-9)
                },
            ),
            chaff(
                "the_first_row_only",
                "The first training row shows what was done to all features.",
                |claimed| {
                    let (calls, scores) = calls_of(claimed);
                    let (want, best) = calls_of_the_reference();
                    let alike = |a: &Call, b: &Call| {
                        a.0.shape() == b.0.shape() && a.0.row(0) == b.0.row(0) && a.1 == b.1 && a.2 == b.2
                    };
                    near(&scores, &best)
                        && calls.len() == want.len()
                        && want.iter().all(|call| calls.iter().any(|got| alike(got, call)))
                },
            ),
        ],
    )(claimed)
}

const Y: [usize; 8] = [2, 5, 5, 2, 7, 7, 5, 2];

fn folds() -> [Vec<usize>; 3] {
    [vec![6, 1, 3], vec![0], vec![7, 2, 5, 4]]
}

/// The calls of a classifier, and the accuracies. The answers are read from the row numbers: some right, some not.
fn calls_of(claimed: CrossValidation) -> (Vec<Call>, Vec<f64>) {
    let (calls, x) = (RefCell::new(Vec::new()), Matrix::from_fn(8, 2, |i, j| i as f64 + 10.0 * j as f64));
    let spy = |train: &Matrix, labels: &[usize], test: &Matrix| -> Result<Vec<usize>, InputError> {
        calls.borrow_mut().push((train.clone(), labels.to_vec(), test.clone()));
        let answer =
            |i: usize| if test[(i, 0)] % 3.0 == 0.0 { 5 } else { Y[(test[(i, 0)].abs() as usize).min(7)] };
        Ok((0..test.rows()).map(answer).collect())
    };
    let scores = claimed(&spy, &x, &Y, &folds());
    (calls.into_inner(), scores)
}

fn calls_of_the_reference() -> (Vec<Call>, Vec<f64>) {
    calls_of(|classifier, x, y, folds| cross_validate(classifier, x, y, folds).unwrap_or_default())
}

fn near(scores: &[f64], want: &[f64]) -> bool {
    scores.len() == want.len() && scores.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-9)
}

/// Memorizes its training set, and predicts 0 elsewhere.
fn memory(train: &Matrix, labels: &[usize], test: &Matrix) -> Result<Vec<usize>, InputError> {
    let known = |row: &[f64]| (0..train.rows()).find(|&i| train.row(i) == row).map_or(0, |i| labels[i]);
    Ok((0..test.rows()).map(|i| known(test.row(i))).collect())
}
