//! Sizes of several dimensions at once, and places in them: for programs that are right on small inputs only.

use std::array::from_fn;
use std::ops::RangeInclusive;

use proptest::prelude::*;

use super::part::select;
use super::wide::size;

/// Small sizes; and, more often, one of them larger, up to `most`, or all a little larger, every other time equally large. For
/// laws that draw few inputs, to which [`size`] would give a large one too rarely.
pub fn sizes<const D: usize>(
    small: [RangeInclusive<usize>; D],
    most: [usize; D],
) -> impl Strategy<Value = [usize; D]> + Send + Sync + Clone {
    let rungs = select(vec![usize::MAX, usize::MAX, usize::MAX, 151, 41, 13]);
    let one = (small.clone(), 0..D, rungs).prop_map(move |(mut sizes, which, rung)| {
        sizes[which] = rung.min(most[which]);
        sizes
    });
    // Rows and columns that are confused show in what is not square, and a special case for what is square, in that.
    let all = (small.clone(), 13..=17_usize, 0..=1_usize)
        .prop_map(move |(sizes, n, step)| from_fn(|d| sizes[d].max((n + d * step).min(most[d]))));
    prop_oneof![2 => small, 3 => one, 1 => all]
}

/// A number of samples: few, and now and then many, up to `most`.
pub fn many(few: RangeInclusive<usize>, most: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    let rungs = [13, 41, 65, 151, 257, 301, 1025].into_iter().filter(|rung| *rung <= most).collect();
    prop_oneof![5 => size(few, 129), 1 => select(rungs)]
}

/// A number of features, units or classes: few, and now and then up to 301.
pub fn several(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => size(few, 33), 1 => select(vec![13, 41, 65, 101, 129, 301])]
}

/// A place among n ≥ 1: the first, the last or any.
pub fn place(n: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => Just(0), 1 => Just(n - 1), 2 => 0..n]
}

/// Two lengths from 2 on that differ, often by one; the shorter is at most `most`.
pub fn unequal_lengths(most: usize) -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    let apart = prop_oneof![2 => Just(1), 1 => 2..=40_usize];
    (many(2..=4, most), apart, any::<bool>())
        .prop_map(|(n, apart, swapped)| if swapped { [n + apart, n] } else { [n, n + apart] })
}
