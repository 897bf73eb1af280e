//! Activations, parameters and gradients for several katas.

use std::ops::RangeInclusive;

use judge::any;
use judge::any::{Numbers, place, select};
use kit::Matrix;
use proptest::prelude::*;

/// A matrix of these numbers, row after row.
pub fn matrix(rows: usize, cols: usize, data: &[f64]) -> Matrix {
    Matrix::from_fn(rows, cols, |i, j| data[i * cols + j])
}

/// So many numbers of this kind, at most 10⁶⁰ in size.
pub fn values(kind: Numbers, n: usize) -> SBoxedStrategy<Vec<f64>> {
    let is_far = matches!(kind, Numbers::Huge | Numbers::Minute);
    let nearer = move |x: f64| if is_far { x.abs().sqrt().copysign(x) } else { x };
    any::numbers(kind, n).prop_map(move |x| x.into_iter().map(nearer).collect()).sboxed()
}

/// ε, from 10⁻³⁰ to 1.
pub fn epsilon() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let any_size = any::magnitude(-30, 0).prop_map(|epsilon| epsilon.abs().clamp(1e-30, 1.0));
    let usual = select(vec![1e-5, 1e-12, 1e-30, 0.0625, 1.0]);
    prop_oneof![1 => usual, 1 => any_size]
}

/// What a normalization layer is given.
#[derive(Debug, Clone)]
pub struct Given {
    pub grad_output: Matrix,
    pub x: Matrix,
    pub gamma: Vec<f64>,
    pub beta: Vec<f64>,
    pub epsilon: f64,
}

impl judge::Inputs for Given {}

fn given(
    [n, d]: [usize; 2],
    [x, other]: [Numbers; 2],
    epsilon: impl Strategy<Value = f64> + Send + Sync + Clone + 'static,
) -> SBoxedStrategy<Given> {
    (values(other, n * d), values(x, n * d), values(other, d), values(other, d), epsilon)
        .prop_map(move |(grad_output, x, gamma, beta, epsilon)| Given {
            grad_output: matrix(n, d, &grad_output),
            x: matrix(n, d, &x),
            gamma,
            beta,
            epsilon,
        })
        .sboxed()
}

/// A small layer, with a large ε.
pub fn few(
    rows: RangeInclusive<usize>,
    cols: RangeInclusive<usize>,
) -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let epsilon = select(vec![0.0625, 0.25, 1.0]);
    (rows, cols).prop_flat_map(move |shape| given(shape.into(), [Numbers::Eighths; 2], epsilon.clone()))
}

/// A layer of any size with numbers of every kind.
pub fn sized(
    small: [RangeInclusive<usize>; 2],
    most: [usize; 2],
) -> impl Strategy<Value = Given> + Send + Sync + Clone {
    (any::sizes(small, most), any::kinds()).prop_flat_map(|(shape, kinds)| given(shape, kinds, epsilon()))
}

/// A layer whose activations lie far from 0, and little from each other.
pub fn far(
    small: [RangeInclusive<usize>; 2],
    most: [usize; 2],
) -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let far = select(vec![134_217_728.0, -134_217_728.0, 1_048_576.0, 16_777_216.0]);
    (any::sizes(small, most), far).prop_flat_map(|(shape, far)| {
        given(shape, [Numbers::Eighths; 2], select(vec![1e-5, 1e-3])).prop_map(move |mut given| {
            // Exact: an eighth next to 2²⁷ has 30 digits.
            given.x = Matrix::from_fn(shape[0], shape[1], |i, j| far + given.x[(i, j)]);
            given
        })
    })
}

/// The shape of a batch, a place in it, and a number there that is not finite.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// A number that is not finite, in any place of a batch.
pub fn fault(rows: RangeInclusive<usize>) -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (any::many(rows, 301), any::several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// Numbers that differ within each row and column, with another one in one place.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { other } else { ((7 * k + 3 * l) % 11) as f64 - 5.0 })
}

/// So many numbers from 0.5 on, with another one in one place.
pub fn growing_but(d: usize, j: usize, other: f64) -> Vec<f64> {
    (0..d).map(|l| if l == j { other } else { l as f64 + 0.5 }).collect()
}

/// Another number that is wrong as this one is, or even more.
fn other_wrong(one: f64) -> f64 {
    match one {
        _ if !one.is_finite() => one,
        f64::MAX => 2e200,
        _ => f64::MAX,
    }
}

/// As [`counting_but`], with a number that is wrong in one place, and with another one in the last: the first counts.
pub fn wrong_matrix([n, d]: [usize; 2], [i, j]: [usize; 2], wrong: f64) -> Matrix {
    let mut x = counting_but([n, d], [n - 1, d - 1], other_wrong(wrong));
    x[(i, j)] = wrong;
    x
}

/// As [`growing_but`], with a number that is wrong in one place, and with another one in the last: the first counts.
pub fn wrong_vector(d: usize, j: usize, wrong: f64) -> Vec<f64> {
    let mut x = growing_but(d, d - 1, other_wrong(wrong));
    x[j] = wrong;
    x
}

/// A number above 10⁶⁰ in size.
pub fn too_large() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![1e60_f64.next_up(), -1e61, 2e200, f64::MAX, -f64::MAX])
}

/// A number outside of the range from 10⁻³⁰ to 1.
pub fn bad_epsilon() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![0.0, -1e-5, 1e-31, 1e-30_f64.next_down(), 1.0_f64.next_up(), f64::INFINITY, f64::NAN, -1.0])
}
