//! Roles exchanged: here you write the property-based test (the law).

use std::collections::HashMap;

use kit::Generator;

/// A test of other implementations of mini-batching: decides whether a candidate partitions and shuffles the samples
/// of an epoch correctly.
///
/// The candidate takes n, the batch size b and a generator, and returns the batches, as
/// [`super::batches::shuffled_batches`] does. You choose n and b, and may call it as often as you like.
///
/// * `candidate`: the function under test. It may be called with n from 1 to 100 and b from 1 to 200, up to 10,000
///   times in all. It neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected**, or at most once in a million runs. Correct ones may use the
///     generator in any way.
///   * **These must be rejected**: samples that are lost, repeated or drawn with replacement; a last partial batch
///     that is dropped or filled up; batches of another size; no shuffling, the same order in every epoch, whole
///     batches shuffled but not their content, or the reverse; a biased shuffle, such as one that never leaves a
///     sample in its place; a generator of its own. Some are wrong for certain sizes only, such as n above 40,
///     b above 30, or b above n.
///
/// ```
/// # use katas::m07_deep_learning::laws::accepts_batching;
/// assert!(!accepts_batching(|n, b, _| (0..n).collect::<Vec<_>>().chunks(b).map(<[usize]>::to_vec).collect()));
/// ```
///
/// In Python: no single call; `scipy.stats.chisquare(counts)` tests whether all orders are equally likely, and
/// `hypothesis.given` draws n and b.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §8.1.3.
pub fn accepts_batching(candidate: fn(usize, usize, &mut Generator) -> Vec<Vec<usize>>) -> bool {
    todo!()
}
