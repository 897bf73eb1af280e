mod make_blobs;
mod make_linear;
mod make_moons;
mod splits;
mod train_test_split;

use judge::{Broken, Verdict, drawn_with, ensure, follows};
use kit::Generator;
use proptest::prelude::*;

/// Any seed. No seed is simpler than another, so a broken law does not look for a smaller one.
fn seed() -> impl Strategy<Value = u64> + Send + Sync + Clone {
    any::<u64>().no_shrink()
}

/// What is so many places further on is independent. `turns` are values of the distribution function, so that they are
/// uniform from 0 to 1.
///
/// By relative entropy: whether two numbers lie on the same side of the median, and whether they are both near it or both
/// far from it, has four answers of probability 1/4; for independent numbers these are independent from pair to pair,
/// overlapping ones too. Power: with 10,000 pairs any event that is off by 0.08 is overlooked with a chance below 1e-9.
fn uncorrelated(call: &str, turns: &[f64], apart: usize, look: &str) -> Verdict {
    let mut counts = [0; 4];
    for (a, b) in turns.iter().zip(&turns[apart.min(turns.len())..]) {
        let near = |turn: &f64| (turn - 0.5).abs() < 0.25;
        let (same_side, alike) = ((*a < 0.5) == (*b < 0.5), near(a) == near(b));
        counts[2 * usize::from(same_side) + usize::from(alike)] += 1;
    }
    let kinds =
        ["other side, other size", "other side, like size", "same side, other size", "same side, like size"];
    drawn_with(&format!("{call}, {apart} apart"), &kinds, &counts, &[0.25; 4], look)
}

/// From the same state the same answer came; from the state it left behind, and from another seed, another one.
fn depends_on_the_generator<T: PartialEq>(call: &str, [first, again, next, other]: [&T; 4]) -> Verdict {
    let tell =
        |got: &str, want: &str, look: &str| Broken::answer(format!("{call}, asked twice: {got}"), want, look);
    ensure(first == again, || {
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        tell("other data from the same state", "the same data", look)
    })?;
    ensure(first != other, || {
        let look = "All randomness comes from the generator you are given. Is another one seeded?";
        tell("the same data from another seed", "other data", look)
    })?;
    ensure(first != next, || {
        let look =
            "All randomness comes from the generator you are given, and leaves it changed. Is it cloned?";
        tell("the same data from the state that the first call left", "other data", look)
    })
}

/// No number comes twice: not within a call, and not in a later one, as it does where the generator is a copy that has moved on by
/// too few numbers. A few may, by chance, where they have less than 53 random bits.
fn never_repeats<'a>(call: &str, numbers: impl IntoIterator<Item = &'a f64>) -> Verdict {
    let mut bits: Vec<u64> = numbers.into_iter().map(|x| x.to_bits()).collect();
    bits.sort_unstable();
    let repeated = bits.windows(2).filter(|pair| pair[0] == pair[1]).count();
    ensure(repeated * 50 <= bits.len(), || {
        let got = format!("{call}: of {} numbers {repeated} came more than once", bits.len());
        let look = "Every number needs a new draw from the given generator, which moves on with each. \
                    Is a copy of it used?";
        Broken::answer(got, "continuous random numbers, which do not come twice", look)
    })
}

/// How many calls of each size: from single samples to several hundred.
const SIZES: [(usize, usize); 5] = [(1, 300), (2, 200), (13, 40), (150, 4), (401, 2)];

/// Random numbers of small and of large calls, collected, follow a distribution, and none comes twice.
fn every_call_follows(
    call: &str,
    distribution: impl Fn(f64) -> f64 + Copy,
    look: &str,
    mut draw: impl FnMut(usize) -> Result<Vec<f64>, Broken>,
) -> Verdict {
    for (n, calls) in SIZES {
        let mut all = Vec::new();
        for _ in 0..calls {
            all.extend(draw(n)?);
        }
        let call = format!("{call} in {calls} calls with n = {n}");
        follows(&call, &all, distribution, look)?;
        never_repeats(&call, &all)?;
        // The last of every call, whatever it is the last of.
        let last: Vec<f64> =
            all.chunks(all.len() / calls).filter_map(|drawn| drawn.last().copied()).collect();
        if last.len() > 100 {
            follows(&format!("{call}, the last of each"), &last, distribution, look)?;
        }
    }
    Ok(())
}

/// What was drawn for a large answer took more than one number from the generator, and none of them may come again: the state
/// that is left behind is not that after a single number.
///
/// A number has 64 bits; an answer of which more than 2⁶⁴ are equally likely cannot come from a single one.
fn moves_on(call: &str, before: &Generator, after: &Generator) -> Verdict {
    let mut once = before.clone();
    once.uniform();
    ensure(*after != once && after != before, || {
        let got = format!("{call} leaves the generator where a single number would");
        let look =
            "The generator that was given moves on with every number drawn. Is it copied, and the copy used?";
        Broken::answer(got, "a generator that has moved on by all numbers drawn", look)
    })
}
