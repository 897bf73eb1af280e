mod identity;
mod matmul;
mod matvec;
mod transpose;

use std::ops::RangeInclusive;

use judge::any::select;
use judge::any::vec;
use judge::{any, rounding};
use kit::Matrix;
use nalgebra::DMatrix;
use ndarray::Array2;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::range;

/// A number of rows or columns from 0 to `largest`, which shrinks to 1: a counterexample is empty only if it has to be.
fn size(largest: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    (1..=largest + 1).prop_map(move |size| size % (largest + 1))
}

/// A number of rows or columns, often more than a block of 16, 32 or 64 has, and no multiple of it.
fn long() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => 1..=3_usize, 1 => 17..=31_usize, 2 => 33..=70_usize]
}

/// Sides of two factors, m×n and n×p: small, or one of the three long, or all three longer than a block.
fn long_sides() -> impl Strategy<Value = (usize, usize, usize)> + Send + Sync + Clone {
    // An algorithm that pads to a square with a power of two as its side (Strassen's) takes seconds for much more.
    let rung = || select(vec![17, 33, 65, 101_usize]);
    let small = || 1..=4_usize;
    prop_oneof![
        12 => (small(), small(), small()),
        1 => (rung(), small(), small()),
        1 => (small(), rung(), small()),
        1 => (small(), small(), rung()),
        1 => (17..=45_usize, 17..=45_usize, 17..=45_usize),
        1 => (any::length(1..=4, 101), small(), small()),
        1 => (small(), any::length(1..=4, 101), small()),
        1 => (small(), small(), any::length(1..=4, 101)),
        1 => (10..=16_usize, 10..=16_usize, 10..=16_usize),
        2 => square().prop_map(|n| (n, n, n)),
    ]
}

/// The side of a square matrix, often a power of two.
fn square() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => 2..=12_usize, 1 => select(vec![2, 4, 8, 16, 32_usize])]
}

/// The matrix in a form that a program may treat in a way of its own: constant, with a column of zeros, or, if it is square,
/// symmetric, triangular or diagonal. Most forms leave it as it is.
fn formed(a: &Matrix, form: u8) -> Matrix {
    let (m, n) = a.shape();
    let entry = |i: usize, j: usize| match form {
        10 => a[(0, 0)],
        11 if j == n / 2 => 0.0,
        12 | 13 if m == n => a[(i.min(j), i.max(j))],
        14 if m == n && i > j => 0.0,
        15 if m == n && i < j => 0.0,
        16 if m == n && i != j => 0.0,
        _ => a[(i, j)],
    };
    Matrix::from_fn(m, n, entry)
}

/// The number of a form.
fn form() -> impl Strategy<Value = u8> + Send + Sync + Clone {
    any::part(0..=16_u8)
}

/// Two factors, each in a form of its own; now and then the second one is the first, or its transpose.
fn factors() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let sides = long_sides().prop_flat_map(|(m, n, p)| [any::matrix(m, n), any::matrix(n, p)]);
    (sides, form(), form(), any::part(0..=11_u8)).prop_map(|([a, b], form_a, form_b, both)| {
        let (a, b) = (formed(&a, form_a), formed(&b, form_b));
        let b = match both {
            10 if a.rows() == a.cols() => a.clone(),
            11 => transposed(&a),
            _ => b,
        };
        [a, b]
    })
}

/// Two unequal sides and two more, each up to 129: the shapes of two matrices that do not fit.
fn unfit_sides() -> impl Strategy<Value = (usize, usize, usize, usize)> + Send + Sync + Clone {
    (any::size(0..=4, 129), range::unequal(129), any::size(0..=4, 129)).prop_map(|(m, (n, rows), p)| {
        // At most one of the four is long, so that the matrices stay small.
        if n > 8 || rows > 8 { (m.min(4), n, rows, p.min(4)) } else { (m, n, rows, p) }
    })
}

/// A matrix of eighths, rarely square, sometimes empty.
fn matrix(largest: usize) -> impl Strategy<Value = Matrix> + Send + Sync {
    (size(largest), size(largest)).prop_flat_map(|(m, n)| any::matrix(m, n))
}

/// Matrices A, B, … of eighths, each with as many columns as the next has rows.
fn chain<const K: usize>(sides: RangeInclusive<usize>) -> impl Strategy<Value = [Matrix; K]> + Send + Sync {
    vec(sides, K + 1).prop_flat_map(|sizes| std::array::from_fn(|k| any::matrix(sizes[k], sizes[k + 1])))
}

/// Half of its entries are 0.
fn sparse(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync {
    vec(prop_oneof![Just(0.0), any::eighth()], rows * cols)
        .prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]))
}

/// Entries of every magnitude.
fn rough(rows: usize, cols: usize) -> impl Strategy<Value = Matrix> + Send + Sync {
    let extreme = vec(any::entry(), rows * cols)
        .prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]));
    let vast = range::entries(rows * cols, -150, 150)
        .prop_map(move |data| Matrix::from_fn(rows, cols, |i, j| data[i * cols + j]));
    prop_oneof![extreme, any::matrix_of(rows, cols), vast]
}

/// Row i of A times column j of B, by the definition. Eighths count in 64ths, where the sum is whole and exact.
fn entry(a: &Matrix, b: &Matrix, i: usize, j: usize) -> f64 {
    let in_64ths: i64 = (0..a.cols()).map(|k| (8.0 * a[(i, k)]) as i64 * (8.0 * b[(k, j)]) as i64).sum();
    in_64ths as f64 / 64.0
}

fn column(x: &[f64]) -> Matrix {
    Matrix::from_fn(x.len(), 1, |i, _| x[i])
}

fn transposed(a: &Matrix) -> Matrix {
    Matrix::from_fn(a.cols(), a.rows(), |j, i| a[(i, j)])
}

/// What rounding may do to a product: a bound for all entries at once, so that algorithms pass which mix the entries
/// (Strassen's). Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., ch. 23.
fn tolerance(a: &Matrix, b: &Matrix) -> f64 {
    let largest = |a: &Matrix| a.as_slice().iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
    let n = a.cols();
    rounding(8 * n * n, largest(a) * largest(b))
}

fn to_ndarray(a: &Matrix) -> Array2<f64> {
    Array2::from_shape_fn(a.shape(), |index| a[index])
}

fn from_ndarray(a: &Array2<f64>) -> Matrix {
    Matrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)])
}

fn to_nalgebra(a: &Matrix) -> DMatrix<f64> {
    DMatrix::from_row_slice(a.rows(), a.cols(), a.as_slice())
}

fn from_nalgebra(a: &DMatrix<f64>) -> Matrix {
    Matrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)])
}
