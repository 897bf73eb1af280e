//! Specimens of `matrices`.

mod identity;
mod matmul;
mod matvec;
mod strassen;
mod transpose;
pub mod tuned;

use kit::Matrix;

pub use identity::identity;
pub use matmul::matmul;
pub use matvec::matvec;
pub use transpose::transpose;

fn flipped(a: &Matrix) -> Matrix {
    Matrix::from_fn(a.cols(), a.rows(), |j, i| a[(i, j)])
}
