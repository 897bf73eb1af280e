//! Sizes, places and numbers through the whole range: for programs that are right on small data only.

use std::ops::RangeInclusive;

use judge::any::{self, select};
pub use judge::any::{Numbers, kinds, numbers, place};
use kit::Matrix;
use proptest::prelude::*;

use super::draw::{Problem, labels};

/// A number of samples: few, and now and then up to 1025.
pub fn many(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => any::many(few.clone(), 1025), 1 => any::length(few, 1025)]
}

/// A number of features or classes: few, and now and then up to 301.
pub fn several(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => any::several(few.clone()), 1 => any::length(few, 65)]
}

/// A number of samples and a number of features: often none, now and then as many as samples.
fn shape(samples: RangeInclusive<usize>) -> impl Strategy<Value = (usize, usize)> + Send + Sync + Clone {
    let features = prop_oneof![6 => several(1..=3), 1 => Just(0)];
    prop_oneof![12 => (many(samples), features), 1 => (4..=12_usize).prop_map(|n| (n, n))]
}

/// Two lengths that differ.
pub fn unequal() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    any::unequal_lengths(1025)
}

/// As many of n samples with d features as a law has the time for.
fn affordable(n: usize, d: usize) -> usize {
    n.min(2 + 50_000 / d.max(1))
}

/// Eighths in problems of any size.
pub fn sized_problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    let problem = shape(1..=5).prop_flat_map(|(n, d)| problem_in(affordable(n, d), d, [Numbers::Eighths; 2]));
    // Now and then all targets or all weights are equal, or all weights are 0.
    (problem, any::part(0..=12_u8)).prop_map(|((x, mut y, mut w, mut b), form)| {
        match form {
            9 => y = vec![y[0]; y.len()],
            10 => w = vec![b; w.len()],
            11 => (w, b) = (vec![0.0; w.len()], 0.0),
            12 => y.sort_by(f64::total_cmp),
            _ => {}
        }
        (x, y, w, b)
    })
}

/// The same with labels 0 and 1 for targets, both present.
pub fn sized_labeled() -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<f64>, f64)> + Send + Sync + Clone {
    let labeled = shape(2..=5).prop_flat_map(|(n, d)| labeled_in(affordable(n, d), d, [Numbers::Eighths; 2]));
    // Now and then class after class, or with weights of 0.
    (labeled, any::part(0..=9_u8)).prop_map(|((x, mut y, mut w, mut b), form)| {
        match form {
            8 => y.sort_unstable(),
            9 => (w, b) = (vec![0.0; w.len()], 0.0),
            _ => {}
        }
        (x, y, w, b)
    })
}

/// A shape, a place in each of its directions (often the first or the last), and a value that is not finite: where an
/// input of any size is spoiled.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// Spoiled inputs of any size, with at least one feature.
pub fn fault() -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (many(2..=4), several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// n ≥ 2 labels 0 and 1, one of which is no label of two classes, and where.
pub fn stray() -> impl Strategy<Value = (Vec<usize>, usize)> + Send + Sync + Clone {
    let got = select(vec![2, 3, 7, 255, 256, 258, 1 << 32, (1 << 32) + 1, usize::MAX]);
    (many(2..=4), got).prop_flat_map(|(n, got)| {
        (labels(n, 2), place(n)).prop_map(move |(mut y, i)| {
            y[i] = got;
            (y, i)
        })
    })
}

/// The same number n times, with another one in one place and in every third place behind it.
pub fn ones_but(n: usize, place: usize, other: f64) -> Vec<f64> {
    (0..n).map(|i| if is_other(i, place) { other } else { 1.0 }).collect()
}

/// A matrix of numbers that all differ, with another one in one place and in every third place behind it.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    let entry = |k: usize, l: usize| ((7 * k + 3 * l) % 11) as f64 - 5.0;
    Matrix::from_fn(n, d, |k, l| if is_other(k * d + l, i * d + j) { other } else { entry(k, l) })
}

/// The first one counts, so there are others behind it.
fn is_other(at: usize, first: usize) -> bool {
    at >= first && (at - first).is_multiple_of(3)
}

/// Labels 0 and 1 in turn.
pub fn in_turn(n: usize) -> Vec<usize> {
    (0..n).map(|i| i % 2).collect()
}

/// A matrix with entries of this kind.
pub fn matrix_of(
    kind: Numbers,
    rows: usize,
    cols: usize,
) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    numbers(kind, rows * cols).prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// Features, targets, weights and an intercept of any size and magnitude.
pub fn any_problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    (many(1..=5), several(1..=3), kinds())
        .prop_flat_map(|(n, d, kinds)| problem_in(affordable(n, d), d, kinds))
}

fn problem_in(
    n: usize,
    d: usize,
    [x, w]: [Numbers; 2],
) -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    let one = |numbers: Vec<f64>| numbers[0];
    (matrix_of(x, n, d), numbers(w, n), numbers(w, d), numbers(w, 1).prop_map(one))
}

/// Features, labels 0 and 1 that are both present, weights and an intercept of any size and magnitude.
pub fn any_labeled() -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<f64>, f64)> + Send + Sync + Clone {
    (many(2..=5), several(1..=3), kinds())
        .prop_flat_map(|(n, d, kinds)| labeled_in(affordable(n, d), d, kinds))
}

fn labeled_in(
    n: usize,
    d: usize,
    [x, w]: [Numbers; 2],
) -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<f64>, f64)> + Send + Sync + Clone {
    let one = |numbers: Vec<f64>| numbers[0];
    (matrix_of(x, n, d), labels(n, 2), numbers(w, d), numbers(w, 1).prop_map(one))
}
