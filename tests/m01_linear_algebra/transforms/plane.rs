//! Between the library's types and a plain matrix, which reads `2×2 [1 2; 3 4]`; nalgebra's own `Debug` lists columns.

use kit::Matrix;
use nalgebra::{Matrix2, Vector2};

/// The 2×2 matrix as a map.
pub fn map(of: &Matrix) -> Matrix2<f64> {
    Matrix2::new(of[(0, 0)], of[(0, 1)], of[(1, 0)], of[(1, 1)])
}

/// The map as a 2×2 matrix.
pub fn matrix(of: Matrix2<f64>) -> Matrix {
    Matrix::from_fn(2, 2, |i, j| of[(i, j)])
}

/// Points, one a row.
pub fn points(of: &Matrix) -> Vec<Vector2<f64>> {
    (0..of.rows()).map(|i| Vector2::new(of[(i, 0)], of[(i, 1)])).collect()
}

/// The points as a matrix, one a row.
pub fn rows(of: &[Vector2<f64>]) -> Matrix {
    Matrix::from_fn(of.len(), 2, |i, j| of[i][j])
}

#[test]
fn there_and_back_nothing_changes() {
    let of = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(matrix(map(&of)), of);
    assert_eq!(rows(&points(&of)), of);
    assert_eq!(map(&of) * points(&of)[0], Vector2::new(5.0, 11.0));
}
