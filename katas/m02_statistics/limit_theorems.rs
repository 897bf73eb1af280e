//! The central limit theorem: means of many dice are approximately normal.

use std::f64::consts::PI;

use kit::figure::Layer;
use kit::{Figure, Generator, InputError, check};

/// Sample means of n dice, drawn repeatedly: their distribution is the sampling distribution of the mean.
///
/// * `dice`: n ≥ 1, the number of fair dice per throw.
/// * `throws`: the number of throws; 0 returns an empty vector.
/// * `generator`: the pseudorandom number generator. Its state advances, so that the next call draws other numbers; the
///   same state (seed) gives the same means.
/// * Returns one mean per throw, (sum of the n faces)/n: a number from 1 to 6 with expected value 3.5 and variance
///   35/(12n). All dice are independent.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"dice"` and `got` 0: the mean of no dice is undefined.
///
/// ```
/// # use katas::m02_statistics::limit_theorems::central_limit;
/// let mut generator = kit::Generator::from_seed(7);
/// let means = central_limit(4, 100, &mut generator).unwrap();
/// assert!(means.iter().all(|mean| (1.0..=6.0).contains(mean)));
/// ```
///
/// In Python: `numpy.random.default_rng(seed).integers(1, 7, size=(throws, dice)).mean(axis=1)`.
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., ch. 9.
pub fn central_limit(dice: usize, throws: usize, generator: &mut Generator) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// A figure of the central limit theorem: a histogram of means of dice, and the normal density that they approach.
///
/// * `dice`: n ≥ 1, the number of dice per throw.
/// * `means`: N ≥ 1 means, each the multiple k/n of 1/n with n ≤ k ≤ 6n, or an `f64` next to it, but within \[1, 6\].
/// * Returns the figure `Means of n = 4 dice` (for n = 4), with axes `mean` and `density` and two layers:
///   1. bars `throws`: one for each k from n to 6n, \[(k − ½)/n, (k + ½)/n, density\], where
///      density = (number of means equal to k/n)·n/N;
///   2. line `normal density` through the 101 points x = 1, 1.05, …, 6 of the normal density with mean 3.5 and variance
///      35/(12n).
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no mean;
/// * [`InputError::NotFinite`] with `name` `"means"` and the first index of a NaN or an infinity;
/// * [`InputError::OutOfRange`] with `name` `"dice"` unless n ≥ 1, with `name` `"means"` and the first mean outside
///   \[1, 6\].
///
/// ```
/// # use katas::m02_statistics::limit_theorems::central_limit_figure;
/// let figure = central_limit_figure(2, &[3.5, 4.0]).unwrap();
/// assert_eq!(figure.layers.len(), 2);
/// ```
///
/// In Python: `matplotlib.pyplot.hist(means, bins=edges, density=True)` with `scipy.stats.norm.pdf` as a line.
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., ch. 9.
pub fn central_limit_figure(dice: usize, means: &[f64]) -> Result<Figure, InputError> {
    todo!()
}
