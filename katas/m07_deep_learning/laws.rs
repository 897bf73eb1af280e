//! The exercise turned round: here you write the law.

use std::collections::HashMap;

use kit::Generator;

/// Decides whether somebody's function makes the batches of an epoch as it should.
///
/// The claimed function takes n, the batch size b and a generator, and returns the batches, as
/// [`super::batches::shuffled_batches`] does. You choose n and b, and may call it as often as you like.
///
/// * `claimed`: what is to be judged. It may be asked for n from 1 to 100 and b from 1 to 200, up to 10,000 times in
///   all. It neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected**, or at most once in a million times. Right ones may use the generator in any
///     way.
///   * **These must be rejected**: samples lost, repeated or drawn with replacement; the short last batch dropped, or
///     filled up; batches of another size; no shuffling, the same order in every epoch, whole batches shuffled but not
///     what is in them, or the reverse; a shuffle that favors some orders, such as one that always puts a sample
///     somewhere else than where it was; a generator of its own.
///
/// ```
/// # use katas::m07_deep_learning::laws::accepts_batching;
/// assert!(!accepts_batching(|n, b, _| (0..n).collect::<Vec<_>>().chunks(b).map(<[usize]>::to_vec).collect()));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §8.1.3.
pub fn accepts_batching(claimed: fn(usize, usize, &mut Generator) -> Vec<Vec<usize>>) -> bool {
    todo!()
}
