//! Sizes, places and numbers through the whole range: for programs that are right on small data only.

use std::ops::RangeInclusive;

use judge::any;
pub use judge::any::{Numbers, kinds, numbers, place, several};
use kit::{Dense, Matrix};
use proptest::prelude::*;

use super::draw::Problem;

/// A number of samples: few, and now and then up to 1025.
pub fn many(few: RangeInclusive<usize>) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    any::many(few, 1025)
}

/// Two lengths that differ.
pub fn unequal() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    any::unequal_lengths(1025)
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

/// A matrix with entries of this kind.
pub fn matrix_of(
    kind: Numbers,
    rows: usize,
    cols: usize,
) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    numbers(kind, rows * cols).prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
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
