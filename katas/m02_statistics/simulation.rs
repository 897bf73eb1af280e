//! Dice and coins: chance in the machine, and how often what happens.

use kit::{Generator, InputError, check};

/// Rolls a fair die several times.
///
/// * `rolls`: how many times; 0 gives no rolls.
/// * `generator`: where the chance comes from. It moves on, so that the next call rolls other numbers; from the same
///   state it gives the same rolls again.
/// * Returns the faces in order, each one of 1, 2, 3, 4, 5, 6, all equally likely and none depending on another.
///
/// How many random numbers a roll takes, and in which order, is left to you.
///
/// ```
/// # use katas::m02_statistics::simulation::roll_dice;
/// let mut generator = kit::Generator::from_seed(7);
/// let rolls = roll_dice(100, &mut generator);
/// assert_eq!(rolls.len(), 100);
/// assert!(rolls.iter().all(|face| (1..=6).contains(face)));
/// ```
///
/// Source: Knuth, *The Art of Computer Programming*, vol. 2, 3rd ed., §3.4.1.
pub fn roll_dice(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    todo!()
}

/// Tosses a coin several times.
///
/// * `tosses`: how many times; 0 gives no tosses.
/// * `heads`: the probability p of heads, 0 ≤ p ≤ 1. With p = 0 heads never comes, with p = 1 always.
/// * `generator`: where the chance comes from. It moves on, so that the next call tosses anew; from the same state it
///   gives the same tosses again.
/// * Returns the tosses in order, `true` for heads, none depending on another.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"heads"` and `index` 0 if p is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"heads"` if p is no probability: unless 0 ≤ p ≤ 1.
///
/// ```
/// # use katas::m02_statistics::simulation::toss_coins;
/// let mut generator = kit::Generator::from_seed(7);
/// assert_eq!(toss_coins(3, 1.0, &mut generator), Ok(vec![true; 3]));
/// ```
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., §1.1.
pub fn toss_coins(tosses: usize, heads: f64, generator: &mut Generator) -> Result<Vec<bool>, InputError> {
    todo!()
}

/// The share of each face among the rolls of a die: its empirical probability.
///
/// ```text
/// p̂ᵢ = (how often face i came) / n    for i = 1, …, 6
/// ```
///
/// * `rolls`: n ≥ 1 faces, each in 1..=6.
/// * Returns the six shares, that of face 1 first. They add up to 1.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no roll;
/// * [`InputError::OutOfRange`] with `name` `"rolls"` and the first number that is no face, 1 to 6.
///
/// ```
/// # use katas::m02_statistics::simulation::empirical_probabilities;
/// assert_eq!(empirical_probabilities(&[1, 6, 6, 2]), Ok([0.25, 0.25, 0.0, 0.0, 0.0, 0.5]));
/// ```
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., §1.1.
pub fn empirical_probabilities(rolls: &[u8]) -> Result<[f64; 6], InputError> {
    todo!()
}

/// The share of heads after each toss: how frequency settles at probability (the law of large numbers).
///
/// ```text
/// fₖ = (how many of the first k tosses are heads) / k    for k = 1, …, n
/// ```
///
/// * `tosses`: n tosses, `true` for heads; n may be 0.
/// * Returns the n shares f₁, …, fₙ. One pass is enough: a hundred thousand tosses take no time.
///
/// ```
/// # use katas::m02_statistics::simulation::running_frequency;
/// assert_eq!(running_frequency(&[true, true, true, false]), [1.0, 1.0, 1.0, 0.75]);
/// ```
///
/// Source: Grinstead and Snell, *Introduction to Probability*, 2nd ed., §8.1.
pub fn running_frequency(tosses: &[bool]) -> Vec<f64> {
    todo!()
}
