//! Specimens of `eigen`.

mod diagonalize;
mod eigenvalues_2x2;
mod eigenvectors_2x2;
mod power_iteration;

use kit::{Generator, InputError, Matrix};
use nalgebra::{DMatrix, DVector};

use crate::reference::m01_linear_algebra::eigen as reference;

pub use diagonalize::diagonalize;
pub use eigenvalues_2x2::eigenvalues_2x2;
pub use eigenvectors_2x2::eigenvectors_2x2;
pub use power_iteration::power_iteration;

/// Refuses what the reference refuses before its first step.
fn usable(matrix: &Matrix, tolerance: f64) -> Result<(), InputError> {
    match reference::power_iteration(matrix, tolerance, 0, &mut Generator::from_seed(0)) {
        Ok(_) | Err(InputError::NotConverged { .. }) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

fn dense(matrix: &Matrix) -> DMatrix<f64> {
    DMatrix::from_row_slice(matrix.rows(), matrix.cols(), matrix.as_slice())
}

fn mirrored(matrix: &Matrix) -> Matrix {
    let (rows, cols) = matrix.shape();
    if rows != cols || matrix.as_slice().iter().any(|x| !x.is_finite()) {
        return matrix.clone();
    }
    Matrix::from_fn(rows, cols, |i, j| matrix[(i.min(j), i.max(j))])
}

fn iterate(
    a: &DMatrix<f64>,
    start: DVector<f64>,
    tolerance: f64,
    max_steps: usize,
    shrink: fn(&DVector<f64>) -> DVector<f64>,
) -> Result<(f64, Vec<f64>), InputError> {
    let (mut v, mut steps) = (start, 0);
    loop {
        let unit = v.normalize();
        let image = a * &unit;
        let value = unit.dot(&image);
        let residual = (&image - &unit * value).norm();
        if residual <= tolerance * value.abs() {
            return Ok((value, unit.as_slice().to_vec()));
        }
        if steps == max_steps {
            return Err(InputError::NotConverged { steps, residual });
        }
        v = shrink(&image);
        steps += 1;
    }
}
