//! Numbers of one kind in an input, and many of them.

use kit::Generator;
use proptest::prelude::*;

use super::part::{select, vec};
use super::small::{eighth, seed};
use super::wide::{fine, magnitude, wide};

/// What kind of numbers an input holds: one kind for all of them, so that programs show which are wrong for one kind only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numbers {
    /// Eighths from −8 to 8.
    Eighths,
    /// Next to numbers of any size from 10⁻¹² to 10⁷ others that only `f64` distinguishes.
    Mixed,
    /// All from 10⁻¹² to 10⁻⁴ in size.
    Tiny,
    /// All from 10³ to 10⁷ in size.
    Large,
    /// Eighths and a little: single precision takes neighbors as equal.
    Fine,
    /// All from 10⁸ to 10¹²⁰ in size.
    Huge,
    /// All from 10⁻¹²⁰ to 10⁻¹⁰¹ in size.
    Minute,
}

/// Kinds for the features and for the parameters; features in another unit have parameters in that unit.
pub fn kinds() -> impl Strategy<Value = [Numbers; 2]> + Send + Sync + Clone {
    use Numbers::{Eighths, Fine, Huge, Large, Minute, Mixed, Tiny};
    select(vec![
        [Eighths; 2],
        [Fine; 2],
        [Mixed; 2],
        [Tiny; 2],
        [Large; 2],
        [Large, Tiny],
        [Tiny, Large],
        [Huge, Eighths],
        [Minute; 2],
        [Minute, Large],
        [Huge, Minute],
        [Minute, Huge],
    ])
}

/// So many numbers of this kind.
pub fn numbers(kind: Numbers, n: usize) -> SBoxedStrategy<Vec<f64>> {
    // Many numbers of their own would take longer to draw than to compute with, and no reader follows them one by one.
    if n > 48 {
        return seed().prop_map(move |seed| filled(kind, n, &mut Generator::from_seed(seed))).sboxed();
    }
    match kind {
        Numbers::Eighths => vec(eighth(), n).sboxed(),
        Numbers::Mixed => vec(wide(), n).sboxed(),
        Numbers::Tiny => vec(magnitude(-12, -4), n).sboxed(),
        Numbers::Large => vec(magnitude(3, 7), n).sboxed(),
        Numbers::Fine => vec(fine(), n).sboxed(),
        Numbers::Huge => vec(magnitude(8, 120), n).sboxed(),
        Numbers::Minute => vec(magnitude(-120, -101), n).sboxed(),
    }
}

fn filled(kind: Numbers, n: usize, generator: &mut Generator) -> Vec<f64> {
    let mut number = |kind| {
        let eighth = (generator.below(129) as f64 - 64.0) / 8.0;
        let mut size = |low, high| 10_f64.powf(generator.uniform_in(low, high)).copysign(eighth + 0.0625);
        match kind {
            Numbers::Eighths => eighth,
            Numbers::Fine => eighth + (generator.below(1999) as f64 - 999.0) * 1e-10,
            Numbers::Mixed | Numbers::Tiny => size(-12.0, if kind == Numbers::Tiny { -4.0 } else { 7.0 }),
            Numbers::Large => size(3.0, 7.0),
            Numbers::Huge => size(8.0, 120.0),
            Numbers::Minute => size(-120.0, -101.0),
        }
    };
    let mixed = |i: usize| if kind == Numbers::Mixed && !i.is_multiple_of(3) { Numbers::Fine } else { kind };
    (0..n).map(|i| number(mixed(i))).collect()
}
