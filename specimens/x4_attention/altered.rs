//! Matrices and vectors with other numbers.

use kit::{InputError, Matrix, check};

/// With other numbers in the matrix.
pub fn each(x: &Matrix, f: impl Fn(f64) -> f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| f(x[(i, j)]))
}

/// As read in single precision, without leaving its range.
pub fn single(x: f64) -> f64 {
    if x.is_finite() && x.abs() < 1e38 && x.abs() > 1e-38 { f64::from(x as f32) } else { x }
}

pub fn nan_as_zero(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

/// As if any size were allowed.
pub fn clipped(x: f64) -> f64 {
    x.clamp(-1e60, 1e60)
}

pub fn turned(x: &Matrix) -> Matrix {
    Matrix::from_fn(x.cols(), x.rows(), |i, j| x[(j, i)])
}

/// The first rows and columns.
pub fn part(x: &Matrix, rows: usize, cols: usize) -> Matrix {
    Matrix::from_fn(rows.min(x.rows()), cols.min(x.cols()), |i, j| x[(i, j)])
}

/// No number is above 10⁶⁰ in size, be it infinite.
pub fn sized(name: &'static str, values: &[f64]) -> Result<(), InputError> {
    check::all_in_range(name, values, |x| x.is_nan() || x.abs() <= 1e60, "at most 10⁶⁰ in size")
}

/// The reason with the last number that is not finite or too large instead of the first.
pub fn last(error: InputError, name: &str, values: &[f64]) -> InputError {
    match error {
        InputError::NotFinite { name: of, index } if of == name => {
            let last = values.iter().rposition(|value| !value.is_finite());
            InputError::NotFinite { name: of, index: last.unwrap_or(index) }
        }
        InputError::OutOfRange { name: of, got, wanted } if of == name => {
            let last = values.iter().rfind(|value| value.abs() > 1e60);
            InputError::OutOfRange { name: of, got: last.copied().unwrap_or(got), wanted }
        }
        other => other,
    }
}
