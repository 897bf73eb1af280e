//! Searches for the best split, as somebody claims: right ones in several ways, and wrong ones.

use kit::{Matrix, Split};

pub type Claim = fn(&Matrix, &[usize]) -> Option<Split>;

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 8] = [
    ("the first of several equally good splits", |x, y| searched(x, y, &gini, |new, old| new > old + TIE)),
    ("the last of several equally good splits", |x, y| searched(x, y, &gini, |new, old| new > old - TIE)),
    ("nothing but what it may be called with", |x, y| {
        let is_whole = |entry: &f64| entry.fract() == 0.0 && entry.abs() <= 100.0;
        let fits = (1..=12).contains(&x.rows()) && (1..=4).contains(&x.cols()) && x.rows() == y.len();
        if fits && x.as_slice().iter().all(is_whole) && y.iter().all(|label| *label < 4) {
            best(x, y)
        } else {
            None
        }
    }),
    ("the last feature first", |x, y| {
        let d = x.cols();
        let turned = Matrix::from_fn(x.rows(), d, |i, j| x[(i, d - 1 - j)]);
        let split = searched(&turned, y, &gini, |new, old| new > old + TIE)?;
        Some(Split { feature: d - 1 - split.feature, ..split })
    }),
    ("the last sample first", |x, y| {
        let n = x.rows();
        let turned = Matrix::from_fn(n, x.cols(), |i, j| x[(n - 1 - i, j)]);
        let labels: Vec<usize> = y.iter().rev().copied().collect();
        searched(&turned, &labels, &gini, |new, old| new > old + TIE)
    }),
    ("decreases that are 9·10⁻¹⁰ too large", |x, y| shifted(x, y, 9e-10, 0.0)),
    ("decreases that are 9·10⁻¹⁰ too small", |x, y| shifted(x, y, -9e-10, 0.0)),
    ("thresholds that are 9·10⁻¹⁰ too large", |x, y| shifted(x, y, 0.0, 9e-10)),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 38] = [
    ("no split, whatever the samples", |_, _| None),
    ("the first feature at 0, whatever the samples", |_, _| {
        Some(Split { feature: 0, threshold: 0.0, decrease: 0.0 })
    }),
    ("the split that decreases the impurity least", |x, y| {
        searched(x, y, &|labels| -gini(labels), |new, old| new > old + TIE)
            .map(|split| Split { decrease: -split.decrease, ..split })
    }),
    ("any split, such as the first one", |x, y| searched(x, y, &gini, |_, _| false)),
    ("entropy instead of Gini for the choice", |x, y| chosen_by(x, y, &entropy)),
    ("misclassified samples instead of Gini for the choice", |x, y| chosen_by(x, y, &misclassified)),
    ("parts that are not weighted by their sizes", |x, y| {
        chosen(x, y, |left, right, _| -gini(left) - gini(right))
    }),
    ("only the impurity of the left part", |x, y| chosen(x, y, |left, _, _| -gini(left))),
    ("only the impurity of the right part", |x, y| chosen(x, y, |_, right, _| -gini(right))),
    ("only the larger part counts", |x, y| {
        chosen(x, y, |left, right, _| -gini(if left.len() > right.len() { left } else { right }))
    }),
    ("the impurity of the parts as the decrease", |x, y| {
        best(x, y).map(|split| Split { decrease: gini(y) - split.decrease, ..split })
    }),
    ("entropy for the decrease", |x, y| {
        best(x, y).map(|split| Split { decrease: decrease(x, y, &split, &entropy), ..split })
    }),
    ("a decrease that is not divided by n", |x, y| {
        best(x, y).map(|split| Split { decrease: split.decrease * y.len() as f64, ..split })
    }),
    ("the opposite sign of the decrease", |x, y| {
        best(x, y).map(|split| Split { decrease: -split.decrease, ..split })
    }),
    ("the impurity of the node as the decrease", |x, y| {
        best(x, y).map(|split| Split { decrease: gini(y), ..split })
    }),
    ("the last feature is left out", |x, y| {
        if x.cols() < 2 {
            return best(x, y);
        }
        best(&Matrix::from_fn(x.rows(), x.cols() - 1, |i, j| x[(i, j)]), y)
    }),
    ("the first feature only", |x, y| best(&Matrix::from_fn(x.rows(), 1, |i, _| x[(i, 0)]), y)),
    ("features beyond the third are left out", |x, y| {
        best(&Matrix::from_fn(x.rows(), x.cols().min(3), |i, j| x[(i, j)]), y)
    }),
    ("samples beyond the eighth are left out", |x, y| {
        let n = y.len().min(8);
        best(&Matrix::from_fn(n, x.cols(), |i, j| x[(i, j)]), &y[..n])
    }),
    ("right for an even number of samples, without the last one otherwise", |x, y| {
        let n = if y.len() < 3 { y.len() } else { y.len() / 2 * 2 };
        best(&Matrix::from_fn(n, x.cols(), |i, j| x[(i, j)]), &y[..n])
    }),
    ("another split where the last of several features has the best one", |x, y| {
        let split = best(x, y)?;
        let is_last = x.cols() > 1 && split.feature + 1 == x.cols();
        if is_last {
            best(&Matrix::from_fn(x.rows(), split.feature, |i, j| x[(i, j)]), y)
        } else {
            Some(split)
        }
    }),
    ("twice the decrease", |x, y| best(x, y).map(|split| Split { decrease: 2.0 * split.decrease, ..split })),
    ("the last sample is left out", |x, y| {
        if y.len() < 3 {
            return best(x, y);
        }
        let rest = Matrix::from_fn(x.rows() - 1, x.cols(), |i, j| x[(i, j)]);
        best(&rest, &y[..y.len() - 1])
    }),
    ("the largest class counts as the one before", |x, y| {
        let largest = y.iter().max().copied().unwrap_or(0);
        let merged: Vec<usize> = y.iter().map(|label| (*label).min(largest.saturating_sub(1))).collect();
        best(x, &merged)
    }),
    ("the threshold at the lower value", |x, y| moved(x, y, |low, _| low)),
    ("the threshold at the upper value", |x, y| moved(x, y, |_, high| high)),
    ("the threshold a quarter of the way", |x, y| moved(x, y, |low, high| low + (high - low) / 4.0)),
    ("the threshold rounded to a whole number", |x, y| {
        moved(x, y, |low, high| f64::midpoint(low, high).floor())
    }),
    ("a threshold below all values, for the lowest one", |x, y| {
        best(x, y).map(|split| {
            let lowest = (0..x.rows()).map(|i| x[(i, split.feature)]).fold(f64::INFINITY, f64::min);
            let alone = (0..x.rows()).filter(|&i| x[(i, split.feature)] <= split.threshold).count() == 1;
            Split { threshold: if alone { lowest - 1.0 } else { split.threshold }, ..split }
        })
    }),
    ("a single sample is never alone", |x, y| {
        chosen(x, y, |left, right, gain| if left.len().min(right.len()) < 2 { -1.0 } else { gain })
    }),
    ("the split into halves", |x, y| {
        chosen(x, y, |left, right, _| -(left.len() as f64 - right.len() as f64).abs())
    }),
    ("None for a pure node", |x, y| best(x, y).filter(|_| gini(y) > 0.0)),
    ("None where the impurity does not decrease", |x, y| best(x, y).filter(|split| split.decrease > 1e-12)),
    ("a split although all features are constant", |x, y| {
        best(x, y).or(Some(Split { feature: 0, threshold: x[(0, 0)], decrease: 0.0 }))
    }),
    ("all classes but the lowest as one", |x, y| {
        let lowest = y.iter().min().copied().unwrap_or(0);
        let merged: Vec<usize> = y.iter().map(|label| usize::from(*label != lowest)).collect();
        let split = best(x, &merged)?;
        Some(Split { decrease: decrease(x, y, &split, &gini), ..split })
    }),
    ("the decrease of the best split with another split", |x, y| {
        let other = all(x, y).into_iter().next()?;
        best(x, y).map(|split| Split { decrease: split.decrease, ..other })
    }),
    ("NaN as the decrease", |x, y| best(x, y).map(|split| Split { decrease: f64::NAN, ..split })),
    ("features that count from 1", |x, y| {
        best(x, y).map(|split| Split { feature: split.feature + 1, ..split })
    }),
];

const TIE: f64 = 1e-12;

type Impurity<'a> = &'a dyn Fn(&[usize]) -> f64;

fn shares(labels: &[usize]) -> Vec<f64> {
    let mut sorted = labels.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64 / labels.len() as f64).collect()
}

fn gini(labels: &[usize]) -> f64 {
    1.0 - shares(labels).iter().map(|p| p * p).sum::<f64>()
}

fn entropy(labels: &[usize]) -> f64 {
    shares(labels).iter().map(|p| -p * p.log2()).sum()
}

fn misclassified(labels: &[usize]) -> f64 {
    1.0 - shares(labels).iter().copied().fold(0.0, f64::max)
}

fn sides(x: &Matrix, y: &[usize], feature: usize, threshold: f64) -> [Vec<usize>; 2] {
    let (left, right): (Vec<usize>, Vec<usize>) = (0..y.len()).partition(|&i| x[(i, feature)] <= threshold);
    [left, right].map(|rows| rows.into_iter().map(|i| y[i]).collect())
}

fn decrease(x: &Matrix, y: &[usize], split: &Split, impurity: Impurity) -> f64 {
    let part = |labels: &Vec<usize>| labels.len() as f64 / y.len() as f64 * impurity(labels);
    impurity(y) - sides(x, y, split.feature, split.threshold).iter().map(part).sum::<f64>()
}

/// All splits, by feature and threshold.
fn all(x: &Matrix, y: &[usize]) -> Vec<Split> {
    let of = |feature: usize| {
        let mut values: Vec<f64> = (0..x.rows()).map(|i| x[(i, feature)]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let middle = |pair: &[f64]| f64::midpoint(pair[0], pair[1]);
        values.windows(2).map(move |pair| Split { feature, threshold: middle(pair), decrease: 0.0 }).collect()
    };
    let with_decrease = |split: Split| Split { decrease: decrease(x, y, &split, &gini), ..split };
    (0..x.cols()).flat_map(|feature| -> Vec<Split> { of(feature) }).map(with_decrease).collect()
}

/// The split that wins, by another impurity and its decrease.
fn searched(x: &Matrix, y: &[usize], impurity: Impurity, wins: fn(f64, f64) -> bool) -> Option<Split> {
    let with = |split: Split| Split { decrease: decrease(x, y, &split, impurity), ..split };
    all(x, y)
        .into_iter()
        .map(with)
        .reduce(|old, new| if wins(new.decrease, old.decrease) { new } else { old })
}

fn best(x: &Matrix, y: &[usize]) -> Option<Split> {
    searched(x, y, &gini, |new, old| new > old + TIE)
}

/// The best by a merit of the labels left and right, and the decrease; its own decrease is right.
fn chosen(x: &Matrix, y: &[usize], merit: fn(&[usize], &[usize], f64) -> f64) -> Option<Split> {
    let of = |split: &Split| {
        let [left, right] = sides(x, y, split.feature, split.threshold);
        merit(&left, &right, split.decrease)
    };
    all(x, y).into_iter().reduce(|old, new| if of(&new) > of(&old) + TIE { new } else { old })
}

fn chosen_by(x: &Matrix, y: &[usize], impurity: Impurity) -> Option<Split> {
    let split = searched(x, y, impurity, |new, old| new > old + TIE)?;
    Some(Split { decrease: decrease(x, y, &split, &gini), ..split })
}

fn shifted(x: &Matrix, y: &[usize], decrease: f64, threshold: f64) -> Option<Split> {
    let split = best(x, y)?;
    let (decrease, threshold) = (split.decrease + decrease, split.threshold + threshold);
    Some(Split { decrease, threshold, ..split })
}

/// With another threshold between the same neighbors.
fn moved(x: &Matrix, y: &[usize], place: fn(f64, f64) -> f64) -> Option<Split> {
    let split = best(x, y)?;
    let values = || (0..x.rows()).map(|i| x[(i, split.feature)]);
    let low = values().filter(|value| *value <= split.threshold).fold(f64::NEG_INFINITY, f64::max);
    let high = values().filter(|value| *value > split.threshold).fold(f64::INFINITY, f64::min);
    Some(Split { threshold: place(low, high), ..split })
}
