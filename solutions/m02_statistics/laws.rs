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
    const N: usize = 20_000;
    // Hoeffding for seven shares together: 7·2·exp(−2N·t²) < 10⁻⁹.
    const T: f64 = 0.0242;
    let mut again = generator.clone();
    let rolls = claimed(N, generator);
    if rolls.len() != N || rolls.iter().any(|face| !(1..=6).contains(face)) {
        return false;
    }
    if claimed(N, &mut again) != rolls || claimed(100, generator) == claimed(100, generator) {
        return false;
    }
    let fair = |count: usize| (count as f64 / N as f64 - 1.0 / 6.0).abs() < T;
    let faces_fair = (1..=6).all(|face| fair(rolls.iter().filter(|&&roll| roll == face).count()));
    // For a fair die "equal to the one before" is one more event of probability 1/6, independent from roll to roll.
    let repeats = rolls.windows(2).filter(|pair| pair[0] == pair[1]).count();
    faces_fair && fair(repeats)
}
