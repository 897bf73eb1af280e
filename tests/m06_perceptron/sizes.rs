//! Sizes, places and numbers through the whole range: for programs that are right on small data only.

use std::ops::RangeInclusive;

use judge::any::{self, select};
use kit::{Dense, Generator, Matrix};
use proptest::prelude::*;

use super::draw::Problem;

/// A number of samples: few, and now and then many.
pub fn many(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => any::size(few, 129), 1 => select(vec![13, 41, 65, 151, 257, 301, 1025])]
}

/// A number of inputs, hidden units or outputs, as [`many`].
pub fn several(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => any::size(few, 33), 1 => select(vec![13, 41, 65, 101, 129, 301])]
}

/// A place among n: the first, the last or any.
pub fn place(n: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => Just(0), 1 => Just(n - 1), 2 => 0..n]
}

/// Two lengths from 2 on that differ, often by one.
pub fn unequal() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    let apart = prop_oneof![2 => Just(1), 1 => 2..=40_usize];
    (many(2..=4), apart, any::seed())
        .prop_map(|(n, apart, swapped)| if swapped % 2 == 0 { [n + apart, n] } else { [n, n + apart] })
}

/// m samples, n inputs and k outputs, a place among each, and a value that is not finite.
pub type Fault = ([usize; 3], [usize; 3], f64);

/// Where problems of any size are spoiled.
pub fn fault() -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (many(2..=4), several(1..=3), several(1..=3), any::not_finite()).prop_flat_map(|(m, n, k, bad)| {
        let m = m.min(1 + 20_000 / (n * k));
        (place(m), place(n), place(k)).prop_map(move |(i, j, c)| ([m, n, k], [i, j, c], bad))
    })
}

/// Numbers without a pattern that meets the eye, from −1 to 1, with another one in one place.
pub fn counting_but([rows, cols]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    let number = |k: usize, l: usize| ((7 * k + 3 * l + 2) % 9) as f64 / 4.0 - 1.0;
    Matrix::from_fn(rows, cols, |k, l| if (k, l) == (i, j) { other } else { number(k, l) })
}

/// A problem of this size without anything wrong in it.
pub fn sound([m, n, k]: [usize; 3]) -> Problem {
    let weights = counting_but([k, n], [0, 0], 0.5);
    let layer = Dense { weights, bias: (0..k).map(|c| (c % 5) as f64 / 4.0 - 0.5).collect() };
    (layer, counting_but([m, n], [0, 0], 0.25), counting_but([m, k], [0, 0], 0.75))
}

/// A layer with another number for bias c.
pub fn with_bias(layer: &Dense, c: usize, other: f64) -> Dense {
    let bias = layer.bias.iter().enumerate().map(|(l, b)| if l == c { other } else { *b }).collect();
    Dense { weights: layer.weights.clone(), bias }
}

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

/// Kinds for samples and for parameters; features in another unit have weights in that unit.
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

/// A matrix with entries of this kind.
pub fn matrix_of(
    kind: Numbers,
    rows: usize,
    cols: usize,
) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let n = rows * cols;
    // Many numbers of their own would take longer to draw than to compute with, and no reader follows them one by one.
    let numbers = match kind {
        _ if n > 48 => {
            any::seed().prop_map(move |seed| filled(kind, n, &mut Generator::from_seed(seed))).sboxed()
        }
        Numbers::Eighths => any::vec(any::eighth(), n).sboxed(),
        Numbers::Mixed => any::vec(any::wide(), n).sboxed(),
        Numbers::Tiny => any::vec(any::magnitude(-12, -4), n).sboxed(),
        Numbers::Large => any::vec(any::magnitude(3, 7), n).sboxed(),
        Numbers::Fine => any::vec(any::fine(), n).sboxed(),
        Numbers::Huge => any::vec(any::magnitude(8, 120), n).sboxed(),
        Numbers::Minute => any::vec(any::magnitude(-120, -101), n).sboxed(),
    };
    numbers.prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
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

/// A layer with parameters of this kind.
pub fn layer_from(kind: Numbers, n: usize, k: usize) -> impl Strategy<Value = Dense> + Send + Sync + Clone {
    (matrix_of(kind, k, n), matrix_of(kind, 1, k))
        .prop_map(|(weights, bias)| Dense { weights, bias: bias.as_slice().to_vec() })
}

/// A layer, samples and targets of any size and magnitude.
pub fn any_problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    (many(1..=4), several(1..=3), several(1..=3), kinds()).prop_flat_map(|(m, n, k, [x, w])| {
        let m = m.min(1 + 40_000 / (n * k));
        (layer_from(w, n, k), matrix_of(x, m, n), matrix_of(w, m, k))
    })
}
