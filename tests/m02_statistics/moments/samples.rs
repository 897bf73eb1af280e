//! Samples that are hard on a mean or a variance.

use judge::any;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;

/// A sample of eighths far away from 0, all shifted by the same whole number: exact in `f64` still.
pub(crate) fn far_away() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let offset = select(vec![1e9, -1e9, 1e6, 123_456_789.0]);
    (offset, any::vector(2..=12)).prop_map(|(offset, x)| x.into_iter().map(|x| offset + x).collect())
}

/// A sample of eighths, mostly short enough to follow by hand, now and then of up to 200 numbers.
pub(crate) fn short_or_long(at_least: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let long = any::vector(at_least + 6..=at_least + 200);
    prop_oneof![7 => any::vector(at_least..=at_least + 5), 1 => long]
}

/// A number of observations and a ddof that leaves at least one degree of freedom.
pub(crate) fn with_ddof() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    (0..=5_usize).prop_flat_map(|ddof| (short_or_long(ddof + 1), Just(ddof)))
}

/// Too few observations for their ddof; a NaN may be among them.
pub(crate) fn too_few() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    let x = (any::vector(0..=3), proptest::prelude::any::<bool>()).prop_map(|(mut x, spoiled)| {
        if let Some(last) = x.last_mut().filter(|_| spoiled) {
            *last = f64::NAN;
        }
        x
    });
    (x, 0..=2_usize).prop_map(|(x, more)| {
        let ddof = x.len() + more;
        (x, ddof)
    })
}

/// A sample with a NaN or an infinity at the index given, and perhaps more of them behind it.
pub(crate) fn spoiled() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    let tail =
        proptest::collection::vec(proptest::prop_oneof![3 => any::eighth(), 1 => any::not_finite()], 0..=3);
    (any::vector(0..=3), any::not_finite(), tail).prop_map(|(mut x, bad, tail)| {
        let index = x.len();
        x.push(bad);
        x.extend(tail);
        (x, index)
    })
}
