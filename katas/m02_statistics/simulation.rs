//! Simulation of dice and coins with a pseudorandom number generator, and relative frequencies.

use kit::{Generator, InputError, check};

/// Rolls a fair die several times: a sample from the discrete uniform distribution on 1, …, 6.
///
/// * `rolls`: the number of rolls; 0 returns an empty vector.
/// * `generator`: the pseudorandom number generator. Its state advances, so that the next call returns other rolls; the
///   same state (seed) gives the same rolls.
/// * Returns the faces in order, each one of 1, 2, 3, 4, 5, 6, independent and identically distributed, all equally
///   likely.
///
/// How many random numbers a roll takes, and in which order, is up to you.
///
/// ```
/// # use katas::m02_statistics::simulation::roll_dice;
/// let mut generator = kit::Generator::from_seed(7);
/// let rolls = roll_dice(100, &mut generator);
/// assert_eq!(rolls.len(), 100);
/// assert!(rolls.iter().all(|face| (1..=6).contains(face)));
/// ```
///
/// In Python: `numpy.random.default_rng(seed).integers(1, 7, size=rolls)`.
///
/// Source: Knuth, *The Art of Computer Programming*, vol. 2, 3rd ed., §3.4.1.
pub fn roll_dice(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    todo!()
}

/// Tosses a coin several times: independent Bernoulli trials with probability p.
///
/// * `tosses`: the number of tosses; 0 returns an empty vector.
/// * `heads`: the probability p of heads, 0 ≤ p ≤ 1. For p = 0 no toss is heads, for p = 1 every toss is.
/// * `generator`: the pseudorandom number generator. Its state advances, so that the next call returns other tosses;
///   the same state (seed) gives the same tosses.
/// * Returns the tosses in order, `true` for heads, independent of each other.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"heads"` and `index` 0 if p is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"heads"` if p is not a probability: unless 0 ≤ p ≤ 1.
///
/// ```
/// # use katas::m02_statistics::simulation::toss_coins;
/// let mut generator = kit::Generator::from_seed(7);
/// assert_eq!(toss_coins(3, 1.0, &mut generator), Ok(vec![true; 3]));
/// ```
///
/// In Python: `numpy.random.default_rng(seed).random(tosses) < p`.
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., §1.1.
pub fn toss_coins(tosses: usize, heads: f64, generator: &mut Generator) -> Result<Vec<bool>, InputError> {
    todo!()
}

/// The empirical probability of each face of a die: its relative frequency among the rolls.
///
/// ```formula
/// p̂ᵢ = (number of rolls that show face i) / n    for i = 1, …, 6
/// ```
///
/// * `rolls`: n ≥ 1 faces, each in 1..=6.
/// * Returns the six relative frequencies, that of face 1 first. They sum to 1.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no roll;
/// * [`InputError::OutOfRange`] with `name` `"rolls"` and the first number that is not a face, 1 to 6.
///
/// ```
/// # use katas::m02_statistics::simulation::empirical_probabilities;
/// assert_eq!(empirical_probabilities(&[1, 6, 6, 2]), Ok([0.25, 0.25, 0.0, 0.0, 0.0, 0.5]));
/// ```
///
/// In Python: `numpy.bincount(rolls, minlength=7)[1:] / len(rolls)`.
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., §1.1.
pub fn empirical_probabilities(rolls: &[u8]) -> Result<[f64; 6], InputError> {
    todo!()
}

/// The running relative frequency of heads after each toss: it converges to the probability (law of large numbers).
///
/// ```formula
/// fₖ = (number of heads among the first k tosses) / k    for k = 1, …, n
/// ```
///
/// * `tosses`: n tosses, `true` for heads; n may be 0.
/// * Returns the n relative frequencies f₁, …, fₙ. One pass, O(n), is enough.
///
/// ```
/// # use katas::m02_statistics::simulation::running_frequency;
/// assert_eq!(running_frequency(&[true, true, true, false]), [1.0, 1.0, 1.0, 0.75]);
/// ```
///
/// In Python: `numpy.cumsum(tosses) / numpy.arange(1, len(tosses) + 1)`.
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., §8.1.
pub fn running_frequency(tosses: &[bool]) -> Vec<f64> {
    todo!()
}
