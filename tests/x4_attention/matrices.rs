//! Matrices for several katas.

use std::ops::RangeInclusive;

use judge::any;
use judge::any::{Numbers, place, select};
use kit::{Generator, Matrix};
use proptest::prelude::*;

/// So many numbers of this kind, at most 10⁶⁰ in size.
pub fn values(kind: Numbers, n: usize) -> SBoxedStrategy<Vec<f64>> {
    let nearer = move |x: f64| if kind == Numbers::Huge { x.abs().sqrt().copysign(x) } else { x };
    any::numbers(kind, n).prop_map(move |x| x.into_iter().map(nearer).collect()).sboxed()
}

/// A matrix of this kind of numbers, as a part of the input.
pub fn matrix(rows: usize, cols: usize, kind: Numbers) -> SBoxedStrategy<Matrix> {
    let filled = move |x: Vec<f64>| Matrix::from_fn(rows, cols, |i, j| x[i * cols + j]);
    any::part(values(kind, rows * cols)).prop_map(filled).sboxed()
}

/// The rows of these numbers, in this order.
pub fn rows_of(x: &Matrix, rows: &[usize]) -> Matrix {
    Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)])
}

/// The columns of these numbers, in this order.
pub fn cols_of(x: &Matrix, cols: &[usize]) -> Matrix {
    Matrix::from_fn(x.rows(), cols.len(), |i, j| x[(i, cols[j])])
}

/// With another number in each place.
pub fn each(x: &Matrix, entry: impl Fn(f64) -> f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| entry(x[(i, j)]))
}

/// 0, 1, …, n − 1 in another order.
pub fn order(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    Generator::from_seed(seed).shuffle(&mut order);
    order
}

/// 0 where j ≤ i, −∞ elsewhere.
pub fn causal(n: usize) -> Matrix {
    Matrix::from_fn(n, n, |i, j| if j <= i { 0.0 } else { f64::NEG_INFINITY })
}

/// A mask that leaves each query a key: none at all, some keys, or numbers that are added as well.
pub fn mask(n: usize, m: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (select(vec![0_usize, 1, 2, 3]), any::seed()).prop_map(move |(kind, seed)| {
        let mut generator = Generator::from_seed(seed);
        let mut mask = Matrix::zeros(n, m);
        for i in 0..n {
            let visible = generator.below(m);
            for j in 0..m {
                let (hides, added) = (generator.below(3) == 0, generator.below(33) as f64 / 8.0 - 2.0);
                mask[(i, j)] = match kind {
                    1 | 3 if hides && j != visible => f64::NEG_INFINITY,
                    2 | 3 => added,
                    _ => 0.0,
                };
            }
        }
        mask
    })
}

/// The shape of a matrix, a place in it, and a number there that is not finite.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// A number that is not finite, in any place of a matrix.
pub fn fault(rows: RangeInclusive<usize>) -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (any::many(rows, 301), any::several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// Numbers that differ within each row and column.
pub fn counting(n: usize, d: usize) -> Matrix {
    Matrix::from_fn(n, d, |k, l| ((7 * k + 3 * l) % 11) as f64 / 4.0 - 1.0)
}

/// As [`counting`], with a number that is wrong in one place, and with another one in the last: the first counts.
pub fn wrong([n, d]: [usize; 2], [i, j]: [usize; 2], wrong: f64) -> Matrix {
    let mut x = counting(n, d);
    x[(n - 1, d - 1)] = match wrong {
        _ if !wrong.is_finite() => wrong,
        f64::MAX => 2e200,
        _ => f64::MAX,
    };
    x[(i, j)] = wrong;
    x
}

/// A number above 10⁶⁰ in size.
pub fn too_large() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![1e60_f64.next_up(), -1e61, 2e200, f64::MAX, -f64::MAX])
}
