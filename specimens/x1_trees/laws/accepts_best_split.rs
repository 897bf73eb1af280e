use kit::{Generator, Matrix, Split};

use super::super::searching::{RIGHT, decrease, gini};
use crate::reference::x1_trees::impurity::best_split;
use crate::reference::x1_trees::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Matrix, &[usize]) -> Option<Split>;
type AcceptsBestSplit = fn(Claim) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_best_split(candidate: Claim) -> bool {
    answering::<AcceptsBestSplit>(
        module_path!(),
        reference::accepts_best_split,
        &[
            wheat("all_thresholds", "compares with every threshold of every feature", |candidate| {
                drawn(600, [12, 4, 9, 4]).all(|(x, y)| {
                    let got = candidate(&x, &y);
                    let best = RIGHT.split(&x, &y, 1);
                    match (got, best) {
                        (None, None) => true,
                        (Some(got), Some(best)) => {
                            let near = |of: Split| (exact(&x, &y, &of) - best.decrease).abs() < 1e-8;
                            got.feature < x.cols() && near(got) && (got.decrease - best.decrease).abs() < 1e-8
                        }
                        _ => false,
                    }
                })
            }),
            wheat("few_values", "takes features with few values", |candidate| {
                [(3, 2), (6, 3), (12, 4)].into_iter().all(|(values, classes)| {
                    drawn(250, [12, 4, values, classes]).all(|(x, y)| is_best(candidate, &x, &y))
                })
            }),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("rejects_everything", "No candidate is correct.", |_| false),
            chaff("first_of_equals", "Of equally good splits the first is the correct one.", |candidate| {
                drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                    let best = best_split(&x, &y, 1).ok().flatten();
                    let same = |(got, best): (Split, Split)| {
                        got.feature == best.feature
                            && (got.threshold - best.threshold).abs() < 1e-8
                            && (got.decrease - best.decrease).abs() < 1e-8
                    };
                    let got = candidate(&x, &y);
                    got.is_some() == best.is_some() && got.zip(best).is_none_or(same)
                })
            }),
            chaff("to_the_last_bit", "Two correct decreases agree to the last bit.", |candidate| {
                drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                    let best = best_split(&x, &y, 1).ok().flatten();
                    let got = candidate(&x, &y);
                    got.map(|it| it.decrease) == best.map(|it| it.decrease) && is_best(candidate, &x, &y)
                })
            }),
            chaff(
                "one_feature",
                "A candidate that is right for one feature is right for all.",
                |candidate| drawn(400, [12, 1, 9, 4]).all(|(x, y)| is_best(candidate, &x, &y)),
            ),
            chaff("two_classes", "Two classes are enough as a test.", |candidate| {
                drawn(400, [12, 4, 9, 2]).all(|(x, y)| is_best(candidate, &x, &y))
            }),
            chaff("four_samples", "Four samples are enough as a test.", |candidate| {
                drawn(400, [4, 4, 9, 4]).all(|(x, y)| is_best(candidate, &x, &y))
            }),
            chaff("never_pure", "A pure node is no test.", |candidate| {
                let mixed = drawn(400, [12, 4, 9, 4]).filter(|(_, y)| gini(y) > 0.0);
                mixed.into_iter().all(|(x, y)| is_best(candidate, &x, &y))
            }),
            chaff("always_a_gain", "A node where no split helps is no test.", |candidate| {
                drawn(400, [12, 4, 9, 4])
                    .filter(|(x, y)| RIGHT.split(x, y, 1).is_none_or(|best| best.decrease > 1e-9))
                    .all(|(x, y)| is_best(candidate, &x, &y))
            }),
            chaff("always_a_split", "Constant features are no test.", |candidate| {
                drawn(400, [12, 4, 9, 4])
                    .filter(|(x, y)| RIGHT.split(x, y, 1).is_some())
                    .all(|(x, y)| is_best(candidate, &x, &y))
            }),
            chaff("decrease_only", "Only the decrease has to be checked.", |candidate| {
                drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                    let (got, best) = (candidate(&x, &y), RIGHT.split(&x, &y, 1));
                    let near = |(got, best): (Split, Split)| (got.decrease - best.decrease).abs() < 1e-8;
                    got.is_some() == best.is_some() && got.zip(best).is_none_or(near)
                })
            }),
            chaff(
                "believes_the_decrease",
                "The decrease that a candidate returns belongs to its split.",
                |candidate| {
                    drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                        let (got, best) = (candidate(&x, &y), RIGHT.split(&x, &y, 1));
                        let split = |got: Split| got.feature < x.cols() && !exact(&x, &y, &got).is_nan();
                        let near = |(got, best): (Split, Split)| (got.decrease - best.decrease).abs() < 1e-8;
                        got.is_some() == best.is_some()
                            && got.is_none_or(split)
                            && got.zip(best).is_none_or(near)
                    })
                },
            ),
            chaff("ignores_the_decrease", "Only feature and threshold have to be checked.", |candidate| {
                drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                    let (got, best) = (candidate(&x, &y), RIGHT.split(&x, &y, 1));
                    let near = |(got, best): (Split, Split)| {
                        got.feature < x.cols() && (exact(&x, &y, &got) - best.decrease).abs() < 1e-8
                    };
                    got.is_some() == best.is_some() && got.zip(best).is_none_or(near)
                })
            }),
            chaff("anywhere_between", "Any threshold between two neighbors is correct.", |candidate| {
                drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                    let (got, best) = (candidate(&x, &y), RIGHT.split(&x, &y, 1));
                    let near = |(got, best): (Split, Split)| {
                        let splits = got.feature < x.cols() && {
                            let [left, right] = sides(&x, &y, &got);
                            !left.is_empty()
                                && !right.is_empty()
                                && (decrease(gini, &left, &right) - best.decrease).abs() < 1e-8
                        };
                        splits && (got.decrease - best.decrease).abs() < 1e-8
                    };
                    got.is_some() == best.is_some() && got.zip(best).is_none_or(near)
                })
            }),
            chaff("ten_percent_is_close", "A tolerance of a tenth is strict enough.", |candidate| {
                drawn(400, [12, 4, 9, 4]).all(|(x, y)| {
                    let (got, best) = (candidate(&x, &y), RIGHT.split(&x, &y, 1));
                    let near = |(got, best): (Split, Split)| {
                        got.feature < x.cols()
                            && (exact(&x, &y, &got) - best.decrease).abs() < 0.1
                            && (got.decrease - best.decrease).abs() < 0.1
                    };
                    got.is_some() == best.is_some() && got.zip(best).is_none_or(near)
                })
            }),
        ],
    )(candidate)
}

/// Samples, features, values and classes, up to so many of each.
fn drawn(rounds: usize, most: [usize; 4]) -> impl Iterator<Item = (Matrix, Vec<usize>)> {
    let mut generator = Generator::from_seed(5);
    (0..rounds).map(move |_| {
        let [n, d, values, classes] = most.map(|most| 1 + generator.below(most));
        let mut x = Matrix::zeros(n, d);
        (0..n * d).for_each(|k| x[(k / d, k % d)] = 3.0 * generator.below(values) as f64 - 8.0);
        (x, (0..n).map(|_| generator.below(classes)).collect())
    })
}

fn sides(x: &Matrix, y: &[usize], split: &Split) -> [Vec<usize>; 2] {
    let (left, right): (Vec<usize>, Vec<usize>) =
        (0..y.len()).partition(|&i| x[(i, split.feature)] <= split.threshold);
    [left, right].map(|rows| rows.into_iter().map(|i| y[i]).collect())
}

/// The decrease of a split; NaN where it is none, or not halfway between two values.
fn exact(x: &Matrix, y: &[usize], split: &Split) -> f64 {
    let [left, right] = sides(x, y, split);
    let values = || (0..x.rows()).map(|i| x[(i, split.feature)]);
    let low = values().filter(|value| *value <= split.threshold).fold(f64::NEG_INFINITY, f64::max);
    let high = values().filter(|value| *value > split.threshold).fold(f64::INFINITY, f64::min);
    let is_halfway = (split.threshold - (low + high) / 2.0).abs() < 1e-8;
    if left.is_empty() || right.is_empty() || !is_halfway { f64::NAN } else { decrease(gini, &left, &right) }
}

fn is_best(candidate: Claim, x: &Matrix, y: &[usize]) -> bool {
    match (candidate(x, y), RIGHT.split(x, y, 1)) {
        (None, None) => true,
        (Some(got), Some(best)) => {
            got.feature < x.cols()
                && (exact(x, y, &got) - best.decrease).abs() < 1e-8
                && (got.decrease - best.decrease).abs() < 1e-8
        }
        _ => false,
    }
}
