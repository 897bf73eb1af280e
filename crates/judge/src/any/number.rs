//! One number of an input. Vectors and matrices hold thousands of them, and most of a law's time would go into drawing them from
//! strategies that are made of strategies; so each kind is drawn in one piece here, and kept in as little memory.

use proptest::prelude::RngExt;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{TestRng, TestRunner};

/// What may be drawn now and then where eighths are usual.
const RARE: [f64; 7] = [1e100, -1e100, 1e-100, 1e16, 1.0 + f64::EPSILON, 1.0 / 3.0, -0.0];
/// Orders of magnitude that are likely to be somebody's cut-off.
const CUT_OFFS: [i32; 8] = [-12, -9, -6, -3, 0, 3, 6, 9];

/// A kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// An eighth in \[−8, 8\], often whole.
    Eighth,
    /// The same without 0.
    Nonzero,
    /// Mostly an eighth, now and then a hostile number.
    Entry,
    /// An eighth and a few units in the tenth decimal place.
    Fine,
    /// Of any size from 10^low to 10^high.
    Magnitude { low: i32, high: i32 },
    /// An eighth, a fine one, or one of any magnitude.
    Wide,
}

impl Number {
    fn draw(self, rng: &mut TestRng) -> f64 {
        match self {
            Self::Eighth if rng.random_ratio(2, 5) => f64::from(rng.random_range(-8..=8_i32)),
            Self::Eighth => f64::from(rng.random_range(-64..=64_i32)) / 8.0,
            Self::Nonzero => {
                let whole = rng.random_ratio(2, 5);
                let size = if whole { 8 * rng.random_range(1..=8) } else { rng.random_range(1..=64_i32) };
                signed(f64::from(size) / 8.0, rng)
            }
            Self::Entry if rng.random_ratio(1, 10) => RARE[rng.random_range(0..RARE.len())],
            Self::Entry => Self::Eighth.draw(rng),
            Self::Fine => Self::Eighth.draw(rng) + f64::from(rng.random_range(-999..=999_i32)) * 1e-10,
            Self::Magnitude { low, high } => {
                let size = magnitude(low, high, rng);
                signed(size, rng)
            }
            Self::Wide => match rng.random_range(0..8_u32) {
                0..4 => Self::Eighth,
                4..6 => Self::Fine,
                _ => Self::Magnitude { low: -12, high: 7 },
            }
            .draw(rng),
        }
    }

    /// What a counterexample may hold instead of this number, the simplest first.
    fn simpler(self, x: f64) -> Vec<f64> {
        let mut found = match self {
            Self::Magnitude { low, high } => powers_of_ten(x, low, high),
            _ => eighths(x),
        };
        found.retain(|y| y.to_bits() != x.to_bits() && (self != Self::Nonzero || *y != 0.0));
        found
    }
}

fn signed(size: f64, rng: &mut TestRng) -> f64 {
    if rng.random_ratio(1, 2) { -size } else { size }
}

/// Spread evenly over the orders of magnitude, and one time in four at a cut-off, or just below or above it.
fn magnitude(low: i32, high: i32, rng: &mut TestRng) -> f64 {
    let inside = |size: f64| size.clamp(10_f64.powi(low), 10_f64.powi(high));
    if rng.random_ratio(3, 4) {
        return inside(10_f64.powf(rng.random_range(f64::from(low)..=f64::from(high))));
    }
    let mut cuts: Vec<i32> = CUT_OFFS.into_iter().filter(|k| (low..=high).contains(k)).collect();
    if cuts.is_empty() {
        cuts.push(low);
    }
    let factor = [0.5, 1.0 - 1e-9, 1.0 + 1e-9, 2.0][rng.random_range(0..4)];
    // Half of 10^low lies outside of what was asked for.
    inside(10_f64.powi(cuts[rng.random_range(0..cuts.len())]) * factor)
}

/// 0, the other sign, whole numbers, eighths: first far below x, then nearer and nearer.
fn eighths(x: f64) -> Vec<f64> {
    let mut found = vec![0.0];
    if x < 0.0 {
        found.push(-x);
    }
    let tens = 10_f64.powf(x.abs().log10().round()).copysign(x);
    if x.abs() > 1e8 {
        found.extend([1.0, tens]);
        return found;
    }
    let coarse = (8.0 * x).round() / 8.0;
    let rest = x - coarse;
    if rest != 0.0 {
        found.extend([coarse, tens, rest]);
    }
    let whole = coarse.trunc();
    if whole != coarse {
        found.push(whole + rest);
    }
    let step = if whole == coarse { 1.0 } else { 0.125 };
    let mut less = (coarse / step / 2.0).trunc();
    while less != 0.0 {
        found.push((coarse / step - less) * step + rest);
        less = (less / 2.0).trunc();
    }
    found
}

/// The other sign, and the powers of ten between the one that is nearest to 1 and x.
fn powers_of_ten(x: f64, low: i32, high: i32) -> Vec<f64> {
    let (simplest, order) = (0.clamp(low, high), x.abs().log10());
    // One beyond x may be the next that fails.
    let upwards = simplest..=(order.ceil() as i32).clamp(simplest, high);
    let downwards = ((order.floor() as i32).max(low)..simplest).rev();
    let powers: Vec<f64> = upwards.chain(downwards).map(|k| 10_f64.powi(k)).collect();
    let mut found = powers.clone();
    if x < 0.0 {
        found.insert(0, -x);
        found.extend(powers.iter().map(|power| -power));
    }
    found
}

impl Strategy for Number {
    type Tree = NumberTree;
    type Value = f64;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(NumberTree { current: self.draw(runner.rng()), kind: *self, search: Search::Ahead })
    }
}

/// A number that was drawn, and the simpler ones that follow from it.
#[derive(Debug, Clone)]
pub(super) struct NumberTree {
    current: f64,
    kind: Number,
    search: Search,
}

#[derive(Debug, Clone)]
enum Search {
    Ahead,
    /// The law fails for the first; the others are still to be tried, the last one first.
    From(Box<(f64, Vec<f64>)>),
    Over,
}

impl ValueTree for NumberTree {
    type Value = f64;

    fn current(&self) -> f64 {
        self.current
    }

    fn simplify(&mut self) -> bool {
        if matches!(self.search, Search::Over) {
            return false;
        }
        let mut simpler = self.kind.simpler(self.current);
        simpler.reverse();
        let Some(next) = simpler.pop() else { return false };
        self.search = Search::From(Box::new((self.current, simpler)));
        self.current = next;
        true
    }

    fn complicate(&mut self) -> bool {
        let Search::From(search) = &mut self.search else { return false };
        match search.1.pop() {
            Some(next) => self.current = next,
            None => {
                self.current = search.0;
                self.search = Search::Over;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::test_runner::{TestCaseError, TestError};

    use super::*;

    /// What a law that fails for such numbers shows, whatever it was that was drawn.
    fn shrunk(kind: Number, fails: fn(f64) -> bool) -> f64 {
        let law = |x: f64| if fails(x) { Err(TestCaseError::fail("fails")) } else { Ok(()) };
        match TestRunner::deterministic().run(&kind, law) {
            Err(TestError::Fail(_, x)) => x,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_counterexample_is_as_simple_as_it_can_be() {
        for kind in [Number::Eighth, Number::Nonzero, Number::Entry, Number::Fine, Number::Wide] {
            assert_eq!(shrunk(kind, |x| x > 3.2), 4.0, "{kind:?}");
            assert_eq!(shrunk(kind, |x| x.abs() > 3.2), 4.0, "{kind:?}");
        }
        assert_eq!(shrunk(Number::Eighth, |x| x < 0.0 && x.fract() != 0.0), -0.125);
        assert_eq!(shrunk(Number::Nonzero, |_| true), 1.0);
        assert_eq!(shrunk(Number::Entry, |x| x > 1e50), 1e100);
        assert_eq!(shrunk(Number::Wide, |x| x != 0.0 && x.abs() < 1e-5).log10().fract(), 0.0);
        assert_eq!(shrunk(Number::Magnitude { low: 3, high: 7 }, |x| x.abs() > 2e5), 1e6);
        assert_eq!(shrunk(Number::Magnitude { low: -12, high: -4 }, |x| x < -1e-9), -1e-4);
    }

    #[test]
    fn a_kind_draws_what_it_promises() {
        let mut runner = TestRunner::deterministic();
        let mut drawn = |kind: Number| -> Vec<f64> {
            (0..4000).map(|_| kind.new_tree(&mut runner).expect("it draws").current()).collect()
        };
        let is_eighth = |x: &f64| x.abs() <= 8.0 && (8.0 * x).fract() == 0.0;
        assert!(drawn(Number::Eighth).iter().all(is_eighth));
        assert!(drawn(Number::Nonzero).iter().all(|x| is_eighth(x) && *x != 0.0));
        let rare = drawn(Number::Entry).iter().filter(|x| RARE.contains(x)).count();
        assert!((200..1200).contains(&rare), "{rare}");
        let wide = drawn(Number::Wide);
        assert!(wide.iter().any(|x| x.abs() > 1e6) && wide.iter().any(|x| *x != 0.0 && x.abs() < 1e-11));
        assert!(wide.iter().filter(|x| is_eighth(x)).count() > 1500);
    }
}
