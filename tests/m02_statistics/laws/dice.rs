//! Candidates: fair dice that draw in different ways, and wrong ones.

use std::cell::{Cell, RefCell};

use kit::Generator;

pub(crate) type Die = fn(usize, &mut Generator) -> Vec<u8>;

fn each(rolls: usize, generator: &mut Generator, roll: fn(&mut Generator) -> usize) -> Vec<u8> {
    (0..rolls).map(|_| roll(generator) as u8).collect()
}

fn face(generator: &mut Generator) -> usize {
    1 + generator.below(6)
}

/// Fair dice and how they roll.
pub(crate) const FAIR: [(&str, Die); 11] = [
    ("draws an integer below six", |n, g| each(n, g, face)),
    ("splits the uniform numbers into six intervals", |n, g| {
        each(n, g, |g| 1 + (6.0 * g.uniform()) as usize)
    }),
    ("rolls from the last to the first", |n, g| {
        let mut rolls = each(n, g, face);
        rolls.reverse();
        rolls
    }),
    ("takes seven minus a face", |n, g| each(n, g, |g| 7 - face(g))),
    ("uses rejection sampling from eight values", |n, g| {
        each(n, g, |g| std::iter::repeat_with(|| 1 + g.below(8)).find(|&face| face <= 6).unwrap_or(6))
    }),
    ("draws two rolls at once from 36", |n, g| {
        let mut rolls: Vec<u8> = (0..n.div_ceil(2))
            .map(|_| g.below(36))
            .flat_map(|k| [k / 6, k % 6])
            .map(|k| 1 + k as u8)
            .collect();
        rolls.truncate(n);
        rolls
    }),
    ("throws every other random number away", |n, g| {
        each(n, g, |g| {
            let _discarded = g.uniform();
            face(g)
        })
    }),
    ("adds two random numbers modulo six", |n, g| each(n, g, |g| 1 + (g.below(6) + g.below(6)) % 6)),
    ("shuffles the faces for every roll", |n, g| {
        each(n, g, |g| {
            let mut faces = [1, 2, 3, 4, 5, 6];
            g.shuffle(&mut faces);
            faces[2]
        })
    }),
    ("rolls all dice, then shuffles them", |n, g| {
        let mut rolls = each(n, g, face);
        g.shuffle(&mut rolls);
        rolls
    }),
    ("draws one number per call, and seeds a generator of its own with it", |n, g| {
        let mut own = Generator::from_seed(g.below(1 << 60) as u64);
        each(n, &mut own, face)
    }),
];

/// Wrong dice with what they do: only in a small call, or only in a large one.
pub(crate) const WRONG: [(&str, Die); 14] = [
    ("returns an empty vector", |_, _| vec![]),
    ("returns one roll for any number of rolls", |_, g| each(1, g, face)),
    ("returns 255 as the last face", |n, g| {
        let mut rolls = each(n, g, face);
        if let Some(last) = rolls.last_mut() {
            *last = 255;
        }
        rolls
    }),
    ("shows each roll twice", |n, g| {
        let mut rolls =
            each(n.div_ceil(2), g, face).into_iter().flat_map(|face| [face, face]).collect::<Vec<_>>();
        rolls.truncate(n);
        rolls
    }),
    ("shows a two too rarely by 0.05, and a five too often", |n, g| {
        each(n, g, |g| match face(g) {
            2 if g.uniform() < 0.31 => 5,
            face => face,
        })
    }),
    ("shows a one too often by 0.05", |n, g| each(n, g, |g| if g.uniform() < 0.061 { 1 } else { face(g) })),
    ("shows a six too rarely by 0.05", |n, g| {
        each(n, g, |g| match face(g) {
            6 if g.uniform() < 0.31 => face(g).min(5),
            face => face,
        })
    }),
    ("avoids the face of the last roll, by 0.05", |n, g| {
        let mut last = 0;
        let next = |_| {
            let mut roll = face(g);
            if roll == last && g.uniform() < 0.37 {
                roll = face(g);
            }
            last = roll;
            roll as u8
        };
        (0..n).map(next).collect()
    }),
    ("shows an eight as the first face", |n, g| {
        let mut rolls = each(n, g, face);
        if let Some(first) = rolls.first_mut() {
            *first = 8;
        }
        rolls
    }),
    ("gives the state of the generator back", |n, g| each(n, &mut g.clone(), face)),
    ("skips as many random numbers as there were calls before", |n, g| {
        for _ in 0..CALLS.replace(CALLS.get() + 1) {
            let _discarded = g.uniform();
        }
        each(n, g, face)
    }),
    ("draws one number, but rolls with a fixed seed", |n, g| {
        let _discarded = g.uniform();
        each(n, &mut Generator::from_seed(1), face)
    }),
    ("rolls one face twice as often as the others", |n, g| each(n, g, |g| (1 + g.below(7)).min(6))),
    ("never shows the face of the last roll", |n, g| {
        let mut last = face(g);
        let next = |_| {
            last = 1 + (last + g.below(5)) % 6;
            last as u8
        };
        (0..n).map(next).collect()
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

/// Fair, but with probability 0.06 the last roll again: consecutive rolls are equal with 1/6 + 0.05.
pub(crate) fn sticky(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    let mut last = face(generator);
    let mut roll = || {
        last = if generator.uniform() < 0.06 { last } else { face(generator) };
        last as u8
    };
    (0..rolls).map(|_| roll()).collect()
}

/// One roll fewer than requested.
pub(crate) fn one_too_few(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls.saturating_sub(1), generator, face)
}

/// One roll more than requested.
pub(crate) fn one_too_many(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    each(rolls + 1, generator, face)
}

/// The same rolls in every call.
pub(crate) fn own_seed(rolls: usize, _: &mut Generator) -> Vec<u8> {
    each(rolls, &mut Generator::from_seed(5), face)
}

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(1) };
    static SEEN: RefCell<Vec<Generator>> = const { RefCell::new(Vec::new()) };
}

/// A fair die that notes the states of the generator it is called with.
pub(crate) fn noting(rolls: usize, generator: &mut Generator) -> Vec<u8> {
    SEEN.with_borrow_mut(|seen| seen.push(generator.clone()));
    each(rolls, generator, face)
}

/// What [`noting`] saw since the last call of this.
pub(crate) fn take_seen() -> Vec<Generator> {
    SEEN.take()
}

thread_local! {
    static HIDDEN: RefCell<Generator> = RefCell::new(Generator::from_seed(6));
}

/// Fair, but from a generator of its own that keeps its state from call to call.
pub(crate) fn hidden_generator(rolls: usize, _: &mut Generator) -> Vec<u8> {
    HIDDEN.with_borrow_mut(|hidden| each(rolls, hidden, face))
}
