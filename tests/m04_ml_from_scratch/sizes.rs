//! Sizes, places and numbers through the whole range: for programs that are right on small data only.

use std::ops::RangeInclusive;

use judge::any::{self, select};
use kit::{Generator, Matrix};
use proptest::prelude::*;

use super::draw::{Problem, labels};

/// A number of samples: few, and now and then so many that a program which was tried on small data only is wrong.
pub fn many(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => any::size(few, 129), 1 => select(vec![13, 41, 65, 151, 257, 301, 1025])]
}

/// A number of features or classes, as [`many`].
pub fn several(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => any::size(few, 33), 1 => select(vec![13, 41, 65, 101, 129, 301])]
}

/// As many of n samples with d features as a law has the time for.
fn affordable(n: usize, d: usize) -> usize {
    n.min(2 + 50_000 / d.max(1))
}

/// Eighths in problems of any size.
pub fn sized_problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    let features = prop_oneof![7 => several(1..=3), 1 => Just(0)];
    (many(1..=5), features).prop_flat_map(|(n, d)| problem_in(affordable(n, d), d, [Numbers::Eighths; 2]))
}

/// The same with labels 0 and 1 for targets, both present.
pub fn sized_labeled() -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<f64>, f64)> + Send + Sync + Clone {
    let features = prop_oneof![7 => several(1..=3), 1 => Just(0)];
    (many(2..=5), features).prop_flat_map(|(n, d)| labeled_in(affordable(n, d), d, [Numbers::Eighths; 2]))
}

/// A shape, a place in each of its directions (often the first or the last), and a value that is not finite: where an
/// input of any size is spoiled.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// Spoiled inputs of any size, with at least one feature.
pub fn fault() -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (many(2..=4), several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// A place among n: the first, the last or any.
pub fn place(n: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => Just(0), 1 => Just(n - 1), 2 => 0..n]
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

/// Two lengths from 2 on that differ, often by one.
pub fn unequal() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    let apart = prop_oneof![2 => Just(1), 1 => 2..=40_usize];
    (many(2..=4), apart, any::<bool>())
        .prop_map(|(n, apart, swapped)| if swapped { [n + apart, n] } else { [n, n + apart] })
}

/// The same number n times, with another one in one place.
pub fn ones_but(n: usize, place: usize, other: f64) -> Vec<f64> {
    (0..n).map(|i| if i == place { other } else { 1.0 }).collect()
}

/// A matrix of numbers that all differ, with another one in one place.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { other } else { ((7 * k + 3 * l) % 11) as f64 - 5.0 })
}

/// Labels 0 and 1 in turn.
pub fn in_turn(n: usize) -> Vec<usize> {
    (0..n).map(|i| i % 2).collect()
}

/// What kind of numbers an input holds: one kind for all of them, so that programs show which are wrong for one kind only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numbers {
    /// Eighths from −8 to 8.
    Eighths,
    /// Next to numbers of any size from 10⁻¹² to 10⁷ others that only `f64` distinguishes.
    Mixed,
    /// All from 10⁻¹² to 10⁻⁴ in size.
    Tiny,
    /// All from 10³ to 10⁷ in size.
    Large,
    /// Eighths and a little: single precision takes neighbors as equal.
    Fine,
    /// All from 10⁸ to 10¹²⁰ in size.
    Huge,
    /// All from 10⁻¹²⁰ to 10⁻¹⁰¹ in size.
    Minute,
}

/// Kinds for the features and for the parameters; features in another unit have parameters in that unit.
pub fn kinds() -> impl Strategy<Value = [Numbers; 2]> + Send + Sync + Clone {
    use Numbers::{Eighths, Fine, Huge, Large, Minute, Mixed, Tiny};
    any::select(vec![
        [Eighths; 2],
        [Fine; 2],
        [Mixed; 2],
        [Tiny; 2],
        [Large; 2],
        [Large, Tiny],
        [Tiny, Large],
        [Huge, Eighths],
        [Minute; 2],
        [Minute, Large],
        [Huge, Minute],
        [Minute, Huge],
    ])
}

/// So many numbers of this kind.
pub fn numbers(kind: Numbers, n: usize) -> SBoxedStrategy<Vec<f64>> {
    use any::vec;
    // Many numbers of their own would take longer to draw than to compute with, and no reader follows them one by one.
    if n > 48 {
        return any::seed().prop_map(move |seed| filled(kind, n, &mut Generator::from_seed(seed))).sboxed();
    }
    match kind {
        Numbers::Eighths => vec(any::eighth(), n).sboxed(),
        Numbers::Mixed => vec(any::wide(), n).sboxed(),
        Numbers::Tiny => vec(any::magnitude(-12, -4), n).sboxed(),
        Numbers::Large => vec(any::magnitude(3, 7), n).sboxed(),
        Numbers::Fine => vec(any::fine(), n).sboxed(),
        Numbers::Huge => vec(any::magnitude(8, 120), n).sboxed(),
        Numbers::Minute => vec(any::magnitude(-120, -101), n).sboxed(),
    }
}

fn filled(kind: Numbers, n: usize, generator: &mut Generator) -> Vec<f64> {
    let mut number = |kind| {
        let eighth = (generator.below(129) as f64 - 64.0) / 8.0;
        let mut size = |low, high| 10_f64.powf(generator.uniform_in(low, high)).copysign(eighth + 0.0625);
        match kind {
            Numbers::Eighths => eighth,
            Numbers::Fine => eighth + (generator.below(1999) as f64 - 999.0) * 1e-10,
            Numbers::Mixed | Numbers::Tiny => size(-12.0, if kind == Numbers::Tiny { -4.0 } else { 7.0 }),
            Numbers::Large => size(3.0, 7.0),
            Numbers::Huge => size(8.0, 120.0),
            Numbers::Minute => size(-120.0, -101.0),
        }
    };
    let mixed = |i: usize| if kind == Numbers::Mixed && !i.is_multiple_of(3) { Numbers::Fine } else { kind };
    (0..n).map(|i| number(mixed(i))).collect()
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
