use kit::Matrix;

use crate::reference::m01_linear_algebra::matrices as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Identity = fn(usize) -> Matrix;

/// The kata, answered by a specimen.
pub fn identity(n: usize) -> Matrix {
    answering::<Identity>(
        module_path!(),
        reference::identity,
        &[
            wheat("ones_into_zeros", "puts n ones into a matrix of zeros", |n| {
                let mut one = Matrix::zeros(n, n);
                for i in 0..n {
                    one[(i, i)] = 1.0;
                }
                one
            }),
            wheat("every_n_plus_first", "fills the memory: a one, then n zeros", |n| {
                Matrix::from_fn(n, n, |i, j| if (i * n + j).is_multiple_of(n + 1) { 1.0 } else { 0.0 })
            }),
            wheat("negative_zeros", "writes −0 off the diagonal, which is equal to 0", |n| {
                Matrix::from_fn(n, n, |i, j| if i == j { 1.0 } else { -0.0 })
            }),
            chaff("all_ones", "A matrix of ones is the identity.", |n| Matrix::from_fn(n, n, |_, _| 1.0)),
            chaff("all_zeros", "A matrix of zeros is the identity.", |n| Matrix::zeros(n, n)),
            chaff("every_nth", "The ones are n places apart in memory.", |n| {
                Matrix::from_fn(n, n, |i, j| if (i * n + j).is_multiple_of(n) { 1.0 } else { 0.0 })
            }),
            chaff("other_diagonal", "The main diagonal runs from the top right to the bottom left.", |n| {
                Matrix::from_fn(n, n, |i, j| if i + j + 1 == n { 1.0 } else { 0.0 })
            }),
            chaff("triangle", "The identity has ones on and above the diagonal.", |n| {
                Matrix::from_fn(n, n, |i, j| if i <= j { 1.0 } else { 0.0 })
            }),
            chaff("last_one_missing", "A loop to n − 1 includes the last row.", |n| {
                Matrix::from_fn(n, n, |i, j| if i == j && i + 1 < n { 1.0 } else { 0.0 })
            }),
            chaff("one_below", "Row indices start at 1 and column indices at 0.", |n| {
                Matrix::from_fn(n, n, |i, j| if i == j + 1 { 1.0 } else { 0.0 })
            }),
            chaff("one_row", "The identity is a single row of ones.", |n| Matrix::from_fn(1, n, |_, _| 1.0)),
            chaff("numbered", "The diagonal holds the row numbers.", |n| {
                Matrix::from_fn(n, n, |i, j| if i == j { (i + 1) as f64 } else { 0.0 })
            }),
            chaff("never_empty", "A matrix has at least one entry.", |n| reference::identity(n.max(1))),
            chaff("always_three", "The identity is always 3×3.", |_| reference::identity(3)),
        ],
    )(n)
}
