//! Samples that are hard on a mean or a variance.

use judge::any;
use judge::any::select;
use proptest::prelude::{Just, Strategy, prop_oneof};

use crate::m02_statistics::range;

/// A sample of eighths far away from 0, all shifted by the same whole number: exact in `f64` still.
pub(crate) fn far_away() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let offset = select(vec![1e9, -1e9, 1e6, 123_456_789.0]);
    let x = any::length(2..=12, 257).prop_flat_map(|n| any::vector(n..=n));
    (offset, x).prop_map(|(offset, x)| x.into_iter().map(|x| offset + x).collect())
}

/// A sample and a ddof that leaves at least one degree of freedom.
pub(crate) fn with_ddof() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    let ddof = prop_oneof![10 => 0..=5_usize, 1 => 6..=60_usize, 1 => 61..=299_usize];
    ddof.prop_flat_map(|ddof| (range::sample(ddof + 1, ddof + 6), Just(ddof))).prop_map(|(mut x, ddof)| {
        // A length from elsewhere may leave no degree of freedom.
        while x.len() <= ddof {
            x.push(0.125 * x.len() as f64);
        }
        (x, ddof)
    })
}

/// The same for samples of every size and numbers of every magnitude.
pub(crate) fn wide_with_ddof() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    let ddof = prop_oneof![4 => 0..=5_usize, 1 => 6..=60_usize, 1 => 61..=300_usize];
    ddof.prop_flat_map(|ddof| (any::length(ddof + 1..=ddof + 6, 1025), Just(ddof))).prop_flat_map(
        |(n, ddof)| {
            let n = n.max(ddof + 1);
            // No square overflows, and none of those that count underflows.
            (prop_oneof![any::entries(n), range::entries(n, -140, 146)], Just(ddof))
        },
    )
}

/// Too few observations for their ddof.
pub(crate) fn too_few() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    let more = prop_oneof![3 => 0..=2_usize, 1 => 40..=1000_usize];
    (range::sample(0, 3), more).prop_map(|(x, more)| {
        let ddof = x.len() + more;
        (x, ddof)
    })
}

/// A sample with a NaN or an infinity at the index given, and perhaps more of them behind it.
pub(crate) fn spoiled() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    let tail = judge::any::vec(proptest::prop_oneof![3 => any::eighth(), 1 => any::not_finite()], 0..=3);
    (range::sample(0, 3), any::not_finite(), tail).prop_map(|(mut x, bad, tail)| {
        let index = x.len();
        x.push(bad);
        x.extend(tail);
        (x, index)
    })
}
