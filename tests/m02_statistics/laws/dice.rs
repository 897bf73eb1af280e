//! Dice to be judged: fair ones that draw in different ways, and unfair ones.

use std::cell::RefCell;

use kit::Generator;

pub(crate) type Die = fn(usize, &mut Generator) -> Vec<u8>;

fn each(rolls: usize, generator: &mut Generator, roll: fn(&mut Generator) -> usize) -> Vec<u8> {
    (0..rolls).map(|_| roll(generator) as u8).collect()
}

fn face(generator: &mut Generator) -> usize {
    1 + generator.below(6)
}

/// Fair dice and how they roll.
pub(crate) const FAIR: [(&str, Die); 4] = [
    ("draws a whole number below six", |n, g| each(n, g, face)),
    ("cuts the uniform numbers into six pieces", |n, g| each(n, g, |g| 1 + (6.0 * g.uniform()) as usize)),
    ("draws from eight and rolls again above six", |n, g| {
        each(n, g, |g| std::iter::repeat_with(|| 1 + g.below(8)).find(|&face| face <= 6).unwrap_or(6))
    }),
    ("rolls all dice, then shuffles them", |n, g| {
        let mut rolls = each(n, g, face);
        g.shuffle(&mut rolls);
        rolls
    }),
];

/// Six faces from 0.
pub(crate) fn from_zero(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls, generator, |g| g.below(6))
}

/// One roll in a hundred shows a seven, taken evenly from all faces.
pub(crate) fn rarely_seven(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls, generator, |g| if g.below(100) == 0 { 7 } else { face(g) })
}

/// Faces 1 to 5.
pub(crate) fn never_six(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls, generator, |g| 1 + g.below(5))
}

/// A six with probability 1/6 + 0.05, the others with 0.01 less each.
pub(crate) fn loaded(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls, generator, |g| if g.uniform() < 0.06 { 6 } else { face(g) })
}

/// The opposite of loaded toward both ends, with the right mean: 1 and 6 with 1/6 + 0.05, the others with 0.025 less.
pub(crate) fn loaded_at_both_ends(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls, generator, |g| if g.uniform() < 0.15 { 1 + 5 * g.below(2) } else { face(g) })
}

/// A three with probability 1/6 + 0.05 and a four with as much less: the mean is nearly right, both ends are fair.
pub(crate) fn loaded_in_the_middle(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls, generator, |g| match face(g) {
        4 if g.uniform() < 0.3 => 3,
        face => face,
    })
}

/// The faces in turn.
pub(crate) fn in_turn(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    let first = generator.below(6);
    (first..first + rolls).map(|i| 1 + (i % 6) as u8).collect()
}

/// Fair, but with probability 0.06 the last roll again: equal neighbors come with 1/6 + 0.05.
pub(crate) fn sticky(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    let mut last = face(generator);
    let mut roll = || {
        last = if generator.uniform() < 0.06 { last } else { face(generator) };
        last as u8
    };
    (0..rolls).map(|_| roll()).collect()
}

/// One roll fewer than asked.
pub(crate) fn one_too_few(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls.saturating_sub(1), generator, face)
}

/// One roll more than asked.
pub(crate) fn one_too_many(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls + 1, generator, face)
}

/// The same rolls in every call.
pub(crate) fn own_seed(rolls: usize, _: &mut Generator) -> Vec<u8> {
    each(rolls, &mut Generator::from_seed(5), face)
}

thread_local! {
    static HIDDEN: RefCell<Generator> = RefCell::new(Generator::from_seed(6));
}

/// Fair, but from a generator of its own that lives on from call to call.
pub(crate) fn hidden_generator(rolls: usize, _: &mut Generator) -> Vec<u8> {
    HIDDEN.with_borrow_mut(|hidden| each(rolls, hidden, face))
}
