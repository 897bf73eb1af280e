//! Inputs that can be followed by hand, and single hostile ones.

use std::ops::RangeInclusive;

use kit::Matrix;
use proptest::prelude::*;

use super::number::Number;
use super::part::{part, select, vec};

/// An eighth in \[−8, 8\], often a whole number: a counterexample shrinks to those first.
pub fn eighth() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    part(Number::Eighth)
}

/// An eighth in \[−8, 8\] that is not 0.
pub fn nonzero() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    part(Number::Nonzero)
}

/// Mostly eighths, now and then a number that is tiny, huge, or lies between others: at most 1e100 in size.
pub fn entry() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    part(Number::Entry)
}

/// A seed for [`kit::Generator`].
pub fn seed() -> impl Strategy<Value = u64> + Send + Sync + Clone {
    part(any::<u64>())
}

/// NaN or an infinity.
pub fn not_finite() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY])
}

/// N eighths, one of which is NaN or infinite instead, and which.
pub fn one_not_finite<const N: usize>() -> impl Strategy<Value = ([f64; N], usize)> + Send + Sync + Clone {
    let numbers = std::array::from_fn::<_, N, _>(|_| eighth());
    (numbers, 0..N, not_finite()).prop_map(|(mut numbers, i, bad)| {
        numbers[i] = bad;
        (numbers, i)
    })
}

/// An angle in radians, all the way round and a bit further; the quarter turns come often.
pub fn angle() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    use std::f64::consts::FRAC_PI_2;
    let eighths = (-64..=64_i32).prop_map(|k| f64::from(k) / 8.0);
    let right_angles = (-4..=4_i32).prop_map(|k| f64::from(k) * FRAC_PI_2);
    part(prop_oneof![3 => eighths, 1 => right_angles])
}

/// A vector of eighths.
pub fn vector(length: RangeInclusive<usize>) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    vec(eighth(), length)
}

/// Several vectors of eighths, all of one length.
pub fn vectors<const K: usize>(
    length: RangeInclusive<usize>,
) -> impl Strategy<Value = [Vec<f64>; K]> + Send + Sync + Clone {
    length.prop_flat_map(|n| std::array::from_fn(|_| vec(eighth(), n)))
}

/// Two vectors whose lengths differ; either may be empty.
pub fn unequal_vectors() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync + Clone {
    (vector(0..=4), vector(1..=3), any::<bool>()).prop_flat_map(|(short, more, swapped)| {
        let rest = more.len();
        vec(eighth(), short.len()).prop_map(move |other| {
            let long = [other, more[..rest].to_vec()].concat();
            if swapped { [long, short.clone()] } else { [short.clone(), long] }
        })
    })
}

/// A matrix of eighths of this shape.
pub fn matrix(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    vec(eighth(), rows * cols).prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// A matrix of eighths whose rows and columns number as given; rarely square.
pub fn any_matrix(
    rows: RangeInclusive<usize>,
    cols: RangeInclusive<usize>,
) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (rows, cols).prop_flat_map(|(m, n)| matrix(m, n))
}
