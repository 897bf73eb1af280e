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
    let mut generator = Generator::from_seed(1);
    let sizes =
        [(1, 1), (1, 5), (5, 2), (6, 3), (10, 4), (12, 12), (7, 100), (50, 1), (90, 9), (100, 31), (97, 200)];
    let whole = sizes.iter().all(|&(n, b)| {
        let batches = candidate(n, b, &mut generator);
        let (last, full) = (batches.last().map_or(0, Vec::len), batches.len().saturating_sub(1));
        let mut seen = batches.concat();
        seen.sort_unstable();
        seen.iter().copied().eq(0..n)
            && batches.iter().take(full).all(|batch| batch.len() == b)
            && last == n - full * b
            && last > 0
    });
    let same = |seed| candidate(20, 6, &mut Generator::from_seed(seed));
    // By chance two orders of twenty are equal once in 2·10¹⁸.
    let follows_the_generator = same(2) == same(2) && same(2) != same(3);
    whole && follows_the_generator && is_fair(candidate, &mut generator) && spreads(candidate, &mut generator)
}

/// Whether each of fifty samples is at its own place about once in fifty epochs: of 1,500 about 30 times. By chance one
/// is there less than 3 or more than 85 times once in 10⁸ times.
fn spreads(
    candidate: fn(usize, usize, &mut Generator) -> Vec<Vec<usize>>,
    generator: &mut Generator,
) -> bool {
    let mut stays = [0; 50];
    for _ in 0..1500 {
        for (place, i) in candidate(50, 8, generator).concat().into_iter().enumerate() {
            stays[place] += u32::from(place == i);
        }
    }
    stays.iter().all(|count| (3..=85).contains(count))
}

/// Whether all 24 orders of four come equally often: 6,000 epochs, and Pearson's χ² with 23 degrees of freedom, which
/// exceeds 100 by chance less than once in 10⁷ times.
fn is_fair(
    candidate: fn(usize, usize, &mut Generator) -> Vec<Vec<usize>>,
    generator: &mut Generator,
) -> bool {
    let mut counts = HashMap::new();
    for _ in 0..6000 {
        *counts.entry(candidate(4, 3, generator).concat()).or_insert(0.0_f64) += 1.0;
    }
    let missing = (24 - counts.len().min(24)) as f64 * 250.0;
    let squares: f64 = counts.values().map(|count| (count - 250.0).powi(2) / 250.0).sum();
    squares + missing < 100.0
}
