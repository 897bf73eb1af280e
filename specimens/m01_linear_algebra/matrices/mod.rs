//! Specimens of `matrices`.

mod identity;
mod matmul;
mod matvec;
mod strassen;
mod transpose;

use kit::{InputError, Matrix};

pub use identity::identity;
pub use matmul::matmul;
pub use matvec::matvec;
pub use transpose::transpose;

/// As many columns on the left as rows on the right.
fn fit(left: (usize, usize), right: (usize, usize)) -> Result<(), InputError> {
    if left.1 == right.0 { Ok(()) } else { Err(InputError::ShapeMismatch { left, right }) }
}

fn flipped(a: &Matrix) -> Matrix {
    Matrix::from_fn(a.cols(), a.rows(), |j, i| a[(i, j)])
}
