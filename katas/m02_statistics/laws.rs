//! The exercise turned round: here you write the law, and the judge's dice obey or break it.

use kit::Generator;

/// Decides whether somebody's `roll_dice` is right.
///
/// The claimed function takes the number of rolls and the generator, and shall return that many faces of a fair die,
/// as [`super::simulation::roll_dice`] does. You may call it as often as you like.
///
/// * `claimed`: what is to be judged.
/// * `generator`: the chance for the claimed function. From the same state the law gives the same verdict.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected**, whatever the seed: the chance of a false alarm shall be below 10⁻⁹. Right ones may
///     draw their random numbers in any way.
///   * **These must be rejected**: another number of rolls than asked; a number that is no face; a face whose probability
///     is off by 0.05 or more; two rolls in a row that are equal with a probability off by 0.05 or more; the same
///     generator state, other rolls; two calls in a row on one generator that give the same hundred rolls.
///
/// Twenty thousand rolls suffice for all of it.
///
/// ```
/// # use katas::m02_statistics::laws::accepts_die;
/// let mut generator = kit::Generator::from_seed(7);
/// assert!(!accepts_die(|rolls, _| vec![4; rolls], &mut generator));
/// ```
///
/// Source: Hoeffding, *Probability Inequalities for Sums of Bounded Random Variables*, JASA 58 (1963).
pub fn accepts_die(claimed: fn(usize, &mut Generator) -> Vec<u8>, generator: &mut Generator) -> bool {
    todo!()
}
