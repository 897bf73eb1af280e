//! Roles exchanged: here you write the property-based test (the law).

use kit::Generator;

/// A statistical test of a die: decide whether a candidate implementation of `roll_dice` is right.
///
/// The candidate takes the number of rolls and the generator, and should return that many faces of a fair die, as
/// [`super::simulation::roll_dice`] does. You may call it as often as you like.
///
/// * `candidate`: the function under test.
/// * `generator`: the pseudorandom number generator for the candidate. The same state gives the same decision.
/// * Returns `true` to accept, `false` to reject:
///   * **No right candidate may be rejected**, whatever the seed: the probability of a false alarm (type I error) has
///     to be below 10⁻⁹. Right ones may draw their random numbers in any way.
///   * **These must be rejected**: a number of rolls other than requested; a number that is not a face; a face whose
///     probability is off by 0.05 or more; consecutive rolls that are equal with a probability off by 0.05 or more;
///     different rolls from the same generator state; two consecutive calls on one generator that return the same
///     hundred rolls.
///
/// Twenty thousand rolls suffice for all of these.
///
/// ```
/// # use katas::m02_statistics::laws::accepts_die;
/// let mut generator = kit::Generator::from_seed(7);
/// assert!(!accepts_die(|rolls, _| vec![4; rolls], &mut generator));
/// ```
///
/// In Python: `scipy.stats.chisquare(numpy.bincount(rolls, minlength=7)[1:])` tests the faces; it returns a p-value.
///
/// Source: Hoeffding, *Probability Inequalities for Sums of Bounded Random Variables*, JASA 58 (1963).
pub fn accepts_die(candidate: fn(usize, &mut Generator) -> Vec<u8>, generator: &mut Generator) -> bool {
    todo!()
}
