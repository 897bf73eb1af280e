mod make_blobs;
mod make_linear;
mod make_moons;
mod train_test_split;

use judge::{Broken, Verdict, drawn_with, ensure};
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
