//! Sizes through the whole range: small ones to follow by hand, and ones at which a program is wrong that was tried on
//! small inputs only.

use std::array::from_fn;
use std::ops::RangeInclusive;

use judge::any::select;
use proptest::prelude::*;

/// Small sizes; and, more often, one of them larger, up to `most`, or all a little larger.
pub fn sizes<const D: usize>(
    small: [RangeInclusive<usize>; D],
    most: [usize; D],
) -> impl Strategy<Value = [usize; D]> + Send + Sync + Clone {
    let rungs = select(vec![usize::MAX, usize::MAX, usize::MAX, 151, 41, 13]);
    let one = (small.clone(), 0..D, rungs).prop_map(move |(mut sizes, which, rung)| {
        sizes[which] = rung.min(most[which]);
        sizes
    });
    let all = (small.clone(), 13..=17_usize)
        .prop_map(move |(sizes, n)| from_fn(|d| sizes[d].max((n + d).min(most[d]))));
    prop_oneof![2 => small, 3 => one, 1 => all]
}
