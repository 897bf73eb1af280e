use kit::Matrix;

use super::flipped;
use crate::reference::m01_linear_algebra::matrices as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Transpose = fn(&Matrix) -> Matrix;

/// The kata, answered by a specimen.
pub fn transpose(a: &Matrix) -> Matrix {
    answering::<Transpose>(
        module_path!(),
        reference::transpose,
        &[
            wheat("row_by_row", "writes each row of A down a column", |a| {
                let mut t = Matrix::zeros(a.cols(), a.rows());
                for i in 0..a.rows() {
                    for (j, entry) in a.row(i).iter().enumerate() {
                        t[(j, i)] = *entry;
                    }
                }
                t
            }),
            wheat("by_place", "computes where the k-th number in memory comes from", |a| {
                let (m, n) = a.shape();
                let data: Vec<f64> = (0..m * n).map(|k| a.as_slice()[k % m * n + k / m]).collect();
                with_shape(n, m, data)
            }),
            wheat("in_tiles", "moves tiles of 2×2, which stay in the cache", |a| {
                let (m, n) = a.shape();
                let mut t = Matrix::zeros(n, m);
                for (top, left) in (0..m).step_by(2).flat_map(|i| (0..n).step_by(2).map(move |j| (i, j))) {
                    for i in top..m.min(top + 2) {
                        for j in left..n.min(left + 2) {
                            t[(j, i)] = a[(i, j)];
                        }
                    }
                }
                t
            }),
            chaff(
                "relabeled",
                "Exchanging the two dimensions transposes the matrix, without moving the entries.",
                |a| with_shape(a.cols(), a.rows(), a.as_slice().to_vec()),
            ),
            chaff("shape_kept", "The transpose has the same shape as the matrix.", |a| {
                with_shape(a.rows(), a.cols(), flipped(a).as_slice().to_vec())
            }),
            chaff("exchanged_twice", "Each pair (i, j) and (j, i) is exchanged, one after the other.", |a| {
                if a.rows() == a.cols() { a.clone() } else { flipped(a) }
            }),
            chaff("only_square", "Only a square matrix has a transpose.", |a| {
                if a.rows() == a.cols() { flipped(a) } else { a.clone() }
            }),
            chaff("upper_half", "The entries above the diagonal are copied below it, not exchanged.", |a| {
                let t = flipped(a);
                Matrix::from_fn(t.rows(), t.cols(), |i, j| {
                    if i < j && i < a.rows() && j < a.cols() { a[(i, j)] } else { t[(i, j)] }
                })
            }),
            chaff("turned", "The transpose is the matrix rotated by 90°.", |a| {
                let (m, n) = a.shape();
                Matrix::from_fn(n, m, |i, j| a[(m - 1 - j, i)])
            }),
            chaff(
                "other_diagonal",
                "The matrix is mirrored at the diagonal from the top right to the bottom left.",
                |a| {
                    let (m, n) = a.shape();
                    Matrix::from_fn(n, m, |i, j| a[(m - 1 - j, n - 1 - i)])
                },
            ),
            chaff("rows_reversed", "Each row is reversed.", |a| {
                Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, a.cols() - 1 - j)])
            }),
            chaff("unchanged", "A matrix equals its transpose.", Matrix::clone),
            chaff("no_entries_no_shape", "A matrix without entries has the shape 0×0.", |a| {
                if a.as_slice().is_empty() { Matrix::zeros(0, 0) } else { flipped(a) }
            }),
            chaff("nan_as_zero", "A NaN is a missing value and counts as 0.", |a| {
                Matrix::from_fn(a.cols(), a.rows(), |j, i| if a[(i, j)].is_nan() { 0.0 } else { a[(i, j)] })
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |a| {
                Matrix::from_fn(a.cols(), a.rows(), |j, i| f64::from(a[(i, j)] as f32))
            }),
            chaff(
                "rest_of_the_blocks",
                "The dimensions of a large matrix are multiples of the block size.",
                |a| {
                    let t = reference::transpose(a);
                    let end = |n: usize| if n < 16 { n } else { n / 16 * 16 };
                    let within = |i: usize, j: usize| i < end(t.rows()) && j < end(t.cols());
                    Matrix::from_fn(t.rows(), t.cols(), |i, j| if within(i, j) { t[(i, j)] } else { 0.0 })
                },
            ),
            chaff("three_hundred_rows", "A long matrix is as good as its transpose in memory.", |a| {
                if a.rows() <= 300 {
                    return reference::transpose(a);
                }
                with_shape(a.cols(), a.rows(), a.as_slice().to_vec())
            }),
        ],
    )(a)
}

fn with_shape(rows: usize, cols: usize, data: Vec<f64>) -> Matrix {
    Matrix::new(rows, cols, data).expect("there are as many entries as before")
}
