mod pca_figure;
mod project;
mod reconstruct;

use kit::Matrix;

/// An orthonormal basis of three dimensions: two rotations by these angles.
fn basis([a, b]: [f64; 2]) -> Matrix {
    let ((sa, ca), (sb, cb)) = (a.sin_cos(), b.sin_cos());
    Matrix::from_rows([[ca, -sa, 0.0], [sa * cb, ca * cb, -sb], [sa * sb, ca * sb, cb]])
}

/// The first rows.
fn first(a: &Matrix, count: usize) -> Matrix {
    Matrix::from_fn(count, a.cols(), |i, j| a[(i, j)])
}

/// The matrix with `value` for entry number `index`, counted row by row.
fn with(a: &Matrix, index: usize, value: f64) -> Matrix {
    let here = |i: usize, j: usize| i * a.cols() + j == index;
    Matrix::from_fn(a.rows(), a.cols(), |i, j| if here(i, j) { value } else { a[(i, j)] })
}
