//! Mini-batches: in which order a network is shown its samples.

use kit::{Generator, InputError, check};

/// The mini-batches of one epoch: all sample indices in random order, split into batches.
///
/// * `n`: the number of samples, at least 1; they are numbered 0, 1, …, n − 1.
/// * `batch_size`: b ≥ 1, the number of samples per batch, a hyperparameter; it may exceed n.
/// * Returns ⌈n/b⌉ batches. Together they hold every index once; every order of all n is equally likely, from batch
///   to batch and within each. All batches hold b indices except the last partial batch, which holds the rest.
/// * `generator`: the random number generator; its state advances, so the next epoch has another order.
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
/// In Python: `torch.utils.data.DataLoader(dataset, batch_size=b, shuffle=True)`; `drop_last=False` is the default.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §8.1.3.
pub fn shuffled_batches(
    n: usize,
    batch_size: usize,
    generator: &mut Generator,
) -> Result<Vec<Vec<usize>>, InputError> {
    check::at_least(1, n)?;
    check::in_range("batch_size", batch_size as f64, batch_size > 0, "at least 1")?;
    let mut order: Vec<usize> = (0..n).collect();
    generator.shuffle(&mut order);
    Ok(order.chunks(batch_size).map(<[usize]>::to_vec).collect())
}
