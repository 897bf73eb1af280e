//! In which order a network meets its samples.

use kit::{Generator, InputError, check};

/// One epoch's batches: all samples in a random order, cut into pieces of one size.
///
/// * `n`: how many samples there are, at least 1; they are numbered 0, 1, …, n − 1.
/// * `batch_size`: b ≥ 1, how many samples a batch holds; it may exceed n.
/// * Returns ⌈n/b⌉ batches. Together they hold every number once; every order of all n is equally likely, from batch to
///   batch and within each. All batches hold b numbers but the last, which holds the rest.
/// * The generator goes on: the next epoch has another order.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if n is 0;
/// * [`InputError::OutOfRange`] with `name` `"batch_size"` and `wanted` `"at least 1"`.
///
/// ```
/// # use katas::m07_deep_learning::batches::shuffled_batches;
/// # use kit::Generator;
/// let batches = shuffled_batches(5, 2, &mut Generator::from_seed(1)).unwrap();
/// let sizes: Vec<_> = batches.iter().map(Vec::len).collect();
/// assert_eq!(sizes, [2, 2, 1]);
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §8.1.3.
pub fn shuffled_batches(
    n: usize,
    batch_size: usize,
    generator: &mut Generator,
) -> Result<Vec<Vec<usize>>, InputError> {
    todo!()
}
