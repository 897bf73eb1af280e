//! Sizes, places and numbers through the whole range: for programs that are right on small data only.

use std::ops::RangeInclusive;

use judge::any;
pub use judge::any::{place, several};
use kit::Matrix;
use proptest::prelude::*;

/// A number of samples: few, and now and then up to 301.
pub fn many(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    any::many(few, 301)
}

/// Two lengths that differ.
pub fn unequal() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    any::unequal_lengths(301)
}

/// A shape, a place in it, and a value that is not finite.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// Spoiled inputs of any size, with at least four rows and one column.
pub fn fault() -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (many(4..=6), several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// Numbers that differ within each column, also every other row of it; with another one in one place.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { other } else { ((7 * k + 3 * l) % 11) as f64 - 5.0 })
}

/// Any label, by its number: some too large for a byte, for half a word, or for a table with a place for each; and pairs that
/// are one number as `f64`.
pub fn label(class: usize) -> usize {
    const FIRST: [usize; 11] =
        [5, (1 << 53) + 1, 1 << 53, 2, 0, 300, 70_000, 1 << 40, usize::MAX, usize::MAX - 1, 1];
    FIRST.get(class).copied().unwrap_or(1000 + 17 * class)
}
