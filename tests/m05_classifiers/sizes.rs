//! Sizes, places and numbers through the whole range: for programs that are right on small data only.

use std::ops::RangeInclusive;

use judge::any;
use judge::any::select;
use kit::Matrix;
use proptest::prelude::*;

/// A number of samples: few, and now and then many.
pub fn many(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => any::size(few, 129), 1 => select(vec![13, 41, 65, 151, 257, 301])]
}

/// A number of features or classes, as [`many`].
pub fn several(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => any::size(few, 33), 1 => select(vec![13, 41, 65, 101, 129, 301])]
}

/// A place among n: the first, the last or any.
pub fn place(n: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => Just(0), 1 => Just(n - 1), 2 => 0..n]
}

/// A shape, a place in it, and a value that is not finite.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// Spoiled inputs of any size, with at least four rows and one column.
pub fn fault() -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (many(4..=6), several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// Two lengths from 2 on that differ, often by one.
pub fn unequal() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    let apart = prop_oneof![2 => Just(1), 1 => 2..=40_usize];
    (many(2..=4), apart, any::<bool>())
        .prop_map(|(n, apart, swapped)| if swapped { [n + apart, n] } else { [n, n + apart] })
}

/// Numbers that differ within each column, also every other row of it; with another one in one place.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { other } else { ((7 * k + 3 * l) % 11) as f64 - 5.0 })
}

/// Any label, by its number: some too large for a byte, for half a word, or for a table with a place for each.
pub fn label(class: usize) -> usize {
    const FIRST: [usize; 9] = [5, 2, 9, 0, 300, 70_000, 1 << 40, usize::MAX, 1];
    FIRST.get(class).copied().unwrap_or(1000 + 17 * class)
}
