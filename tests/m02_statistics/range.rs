//! Numbers through the whole range of `f64`.

use judge::any;
use judge::any::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

/// So many numbers of sizes between 10^`low` and 10^`high`: all of about one size, or each of its own; some are 0.
pub(crate) fn entries(
    n: usize,
    low: i32,
    high: i32,
) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let power = prop_oneof![1 => Just(0), 3 => low + 2..=high - 1];
    let alike = (vec(any::eighth(), n), power)
        .prop_map(|(x, k)| x.into_iter().map(|x| x * 10_f64.powf(f64::from(k))).collect());
    let own = vec(prop_oneof![1 => Just(0.0), 7 => any::magnitude(low, high)], n);
    prop_oneof![1 => alike, 1 => own]
}

/// A sample of eighths: a few, now and then as many as 1025, or 4001. Some are sorted, constant, negative, or all 0.
pub(crate) fn sample(least: usize, small: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let size = prop_oneof![40 => any::length(least..=small, 1025), 1 => Just(4001)];
    (size.prop_flat_map(|n| any::vector(n..=n)), any::part(0..=16_u8)).prop_map(|(mut x, form)| {
        match form {
            12 => x.sort_by(f64::total_cmp),
            13 => x.sort_by(|a, b| b.total_cmp(a)),
            14 if !x.is_empty() => x = vec![x[0]; x.len()],
            15 => x.iter_mut().for_each(|x| *x = -x.abs()),
            16 => x.fill(0.0),
            _ => {}
        }
        x
    })
}
