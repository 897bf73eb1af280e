use kit::{InputError, Matrix};

use super::super::relabeled::{Answer, nan_as_0, one_by_one, places, scaled_by_all};
use super::tuned;
use crate::reference::m05_classifiers::neighbours as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type KnnPredict = fn(&Matrix, &[usize], &Matrix, usize) -> Answer;

/// The kata, answered by a specimen.
pub fn knn_predict(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    k: usize,
) -> Result<Vec<usize>, InputError> {
    answering::<KnnPredict>(
        module_path!(),
        reference::knn_predict,
        &[
            wheat("sorts_all", "sorts all samples by distance, roots taken", |x, y, asked, k| {
                vote(x, y, asked, k, &distance, false, lowest_of_most)
            }),
            wheat("picks_k_times", "picks the nearest that is left, k times", |x, y, asked, k| {
                reference::knn_predict(x, y, asked, k)?;
                let class = |i: usize| {
                    let mut left: Vec<usize> = (0..y.len()).collect();
                    let mut votes = Vec::new();
                    for _ in 0..k {
                        let nearest = (0..left.len()).min_by(|a, b| {
                            squared(x.row(left[*a]), asked.row(i))
                                .total_cmp(&squared(x.row(left[*b]), asked.row(i)))
                        });
                        votes.push(y[left.remove(nearest.unwrap_or(0))]);
                    }
                    lowest_of_most(&votes)
                };
                Ok((0..asked.rows()).map(class).collect())
            }),
            wheat("one_by_one", "predicts one sample at a time", |x, y, asked, k| {
                one_by_one(|x, y, asked| reference::knn_predict(x, y, asked, k), x, y, asked)
            }),
            wheat("tuned", "brings the k nearest to the front without sorting all", tuned::knn_predict),
            chaff("manhattan", "The distance is the Manhattan distance.", |x, y, asked, k| {
                let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum();
                vote(x, y, asked, k, &distance, false, lowest_of_most)
            }),
            chaff("signed_differences", "The differences need not be squared.", |x, y, asked, k| {
                let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).sum::<f64>().abs();
                vote(x, y, asked, k, &distance, false, lowest_of_most)
            }),
            chaff("first_feature_only", "The distance uses the first feature only.", |x, y, asked, k| {
                vote(x, y, asked, k, &|a, b| (a[0] - b[0]).abs(), false, lowest_of_most)
            }),
            chaff(
                "furthest",
                "The samples with the largest distance are the neighbors.",
                |x, y, asked, k| vote(x, y, asked, k, &|a, b| -squared(a, b), false, lowest_of_most),
            ),
            chaff("last_of_equals", "Of equal distances the later sample is nearer.", |x, y, asked, k| {
                vote(x, y, asked, k, &distance, true, lowest_of_most)
            }),
            chaff("highest_of_equals", "Of equal votes the highest label wins.", |x, y, asked, k| {
                vote(x, y, asked, k, &distance, false, |votes| {
                    let count = |label: &usize| votes.iter().filter(|vote| *vote == label).count();
                    votes.iter().copied().max_by_key(|label| (count(label), *label)).unwrap_or(0)
                })
            }),
            chaff(
                "nearest_of_equals",
                "Of equal votes the class of the nearest neighbor wins.",
                |x, y, asked, k| {
                    vote(x, y, asked, k, &distance, false, |votes| {
                        let count = |label: &usize| votes.iter().filter(|vote| *vote == label).count();
                        votes.iter().copied().rev().max_by_key(count).unwrap_or(0)
                    })
                },
            ),
            chaff(
                "mean_of_labels",
                "The prediction is the mean of the neighbors' labels.",
                |x, y, asked, k| {
                    vote(x, y, asked, k, &distance, false, |votes| votes.iter().sum::<usize>() / votes.len())
                },
            ),
            chaff("nearest_only", "Only the nearest neighbor votes.", |x, y, asked, k| {
                vote(x, y, asked, k, &distance, false, |votes| votes[0])
            }),
            chaff("indices", "The prediction is the index of the class, not its label.", |x, y, asked, k| {
                places(|x, y, asked| reference::knn_predict(x, y, asked, k), x, y, asked)
            }),
            chaff(
                "scaled_by_all",
                "The features are standardized first, with all samples.",
                |x, y, asked, k| {
                    scaled_by_all(|x, y, asked| reference::knn_predict(x, y, asked, k), x, y, asked)
                },
            ),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, y, asked, k| {
                let distance = |a: &[f64], b: &[f64]| {
                    f64::from(a.iter().zip(b).map(|(a, b)| ((a - b) as f32).powi(2)).sum::<f32>())
                };
                vote(x, y, asked, k, &distance, false, lowest_of_most)
            }),
            chaff(
                "nearly_equal",
                "Distances that differ by less than 10⁻⁹ are ties.",
                |x, y, asked, k| {
                    let rounded = |a: &[f64], b: &[f64]| (distance(a, b) * 1e9).round();
                    vote(x, y, asked, k, &rounded, false, lowest_of_most)
                },
            ),
            chaff("not_oneself", "A sample is not its own neighbor.", |x, y, asked, k| {
                reference::knn_predict(x, y, asked, k)?;
                let distance = |a: &[f64], b: &[f64]| if a == b { f64::MAX } else { squared(a, b) };
                vote(x, y, asked, k, &distance, false, lowest_of_most)
            }),
            chaff("as_many_as_there_are", "A k that is too large means all samples.", |x, y, asked, k| {
                reference::knn_predict(x, y, asked, k.clamp(1, y.len().max(1)))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, asked, k| {
                nan_as_0(|x, y, asked| reference::knn_predict(x, y, asked, k), x, y, asked)
            }),
            chaff(
                "an_entry_for_each_label",
                "Labels are small enough to index an array.",
                |x, y, asked, k| {
                    let answers = reference::knn_predict(x, y, asked, k)?;
                    assert!(y.iter().all(|label| *label < 1 << 20), "capacity overflow");
                    Ok(answers)
                },
            ),
            chaff(
                "squares_expanded",
                "Expanding ‖a − b‖² into ‖a‖² − 2a·b + ‖b‖² is as accurate.",
                |x, y, asked, k| {
                    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                    vote(
                        x,
                        y,
                        asked,
                        k,
                        &|a, b| dot(a, a) - 2.0 * dot(a, b) + dot(b, b),
                        false,
                        lowest_of_most,
                    )
                },
            ),
            chaff("unstable", "Every sort keeps the order of ties.", |x, y, asked, k| {
                reference::knn_predict(x, y, asked, k)?;
                let class = |i: usize| {
                    let mut order: Vec<usize> = (0..y.len()).collect();
                    let distance = |row: usize| squared(x.row(row), asked.row(i));
                    order.sort_unstable_by(|a, b| distance(*a).total_cmp(&distance(*b)));
                    lowest_of_most(&order[..k].iter().map(|row| y[*row]).collect::<Vec<_>>())
                };
                Ok((0..asked.rows()).map(class).collect())
            }),
            wheat("list_of_k", "keeps the k nearest so far in order", |x, y, asked, k| {
                reference::knn_predict(x, y, asked, k)?;
                let class = |i: usize| {
                    let mut nearest: Vec<(f64, usize)> = Vec::new();
                    for (row, label) in y.iter().enumerate() {
                        let distance = squared(x.row(row), asked.row(i));
                        let place = nearest.iter().position(|other| other.0 > distance);
                        nearest.insert(place.unwrap_or(nearest.len()), (distance, *label));
                        nearest.truncate(k);
                    }
                    lowest_of_most(&nearest.iter().map(|(_, label)| *label).collect::<Vec<_>>())
                };
                Ok((0..asked.rows()).map(class).collect())
            }),
            wheat(
                "no_squares",
                "feature by feature the hypotenuse of what there was and the next",
                |x, y, asked, k| {
                    let hypotenuse =
                        |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0_f64, |all, (a, b)| all.hypot(a - b));
                    vote(x, y, asked, k, &hypotenuse, false, lowest_of_most)
                },
            ),
            chaff("votes_in_a_byte", "The votes of a class fit into a byte.", |x, y, asked, k| {
                vote(x, y, asked, k, &squared, false, |votes| {
                    let count = |label: &usize| votes.iter().filter(|vote| *vote == label).count() % 256;
                    votes.iter().copied().max_by_key(|label| (count(label), usize::MAX - label)).unwrap_or(0)
                })
            }),
        ],
    )(x_train, y_train, x_test, k)
}

fn squared(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    squared(a, b).sqrt()
}

fn lowest_of_most(votes: &[usize]) -> usize {
    let count = |label: &usize| votes.iter().filter(|vote| *vote == label).count();
    votes.iter().copied().max_by_key(|label| (count(label), usize::MAX - label)).unwrap_or(0)
}

fn vote(
    x: &Matrix,
    y: &[usize],
    asked: &Matrix,
    k: usize,
    distance: &dyn Fn(&[f64], &[f64]) -> f64,
    last_first: bool,
    winner: fn(&[usize]) -> usize,
) -> Answer {
    reference::knn_predict(x, y, asked, k)?;
    let class = |i: usize| {
        let mut order: Vec<usize> = (0..y.len()).collect();
        if last_first {
            order.reverse();
        }
        order.sort_by(|a, b| distance(x.row(*a), asked.row(i)).total_cmp(&distance(x.row(*b), asked.row(i))));
        winner(&order[..k].iter().map(|row| y[*row]).collect::<Vec<_>>())
    };
    Ok((0..asked.rows()).map(class).collect())
}
