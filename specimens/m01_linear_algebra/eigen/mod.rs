//! Specimens of `eigen`.

mod diagonalize;
mod eigenvalues_2x2;
mod eigenvectors_2x2;
mod iterations;
mod power_iteration;

use kit::Matrix;

pub use diagonalize::diagonalize;
pub use eigenvalues_2x2::eigenvalues_2x2;
pub use eigenvectors_2x2::eigenvectors_2x2;
pub use power_iteration::power_iteration;

fn mirrored(matrix: &Matrix) -> Matrix {
    let (rows, cols) = matrix.shape();
    if rows != cols || matrix.as_slice().iter().any(|x| !x.is_finite()) {
        return matrix.clone();
    }
    Matrix::from_fn(rows, cols, |i, j| matrix[(i.min(j), i.max(j))])
}
