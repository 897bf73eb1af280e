//! Between the library's types and a plain matrix, which reads `2×2 [1 2; 3 4]`; nalgebra's own `Debug` lists columns.

use std::fmt;

use judge::any::select;
use judge::{Inputs, any};
use kit::Matrix;
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::Strategy;

/// A vector of the plane, shown as `[1.0, 2.0]`.
#[derive(Clone, Copy)]
pub struct Shown(pub Vector2<f64>);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{:?}, {:?}]", self.0.x, self.0.y)
    }
}

impl Inputs for Shown {}

/// Any vector of eighths.
pub fn vector() -> impl Strategy<Value = Shown> + Send + Sync + Clone {
    (any::eighth(), any::eighth()).prop_map(|(x, y)| Shown(Vector2::new(x, y)))
}

/// The 2×2 matrix as a linear map.
pub fn map(of: &Matrix) -> Matrix2<f64> {
    Matrix2::new(of[(0, 0)], of[(0, 1)], of[(1, 0)], of[(1, 1)])
}

/// The map as a 2×2 matrix.
pub fn matrix(of: Matrix2<f64>) -> Matrix {
    Matrix::from_fn(2, 2, |i, j| of[(i, j)])
}

/// Points, one per row.
pub fn points(of: &Matrix) -> Vec<Vector2<f64>> {
    (0..of.rows()).map(|i| Vector2::new(of[(i, 0)], of[(i, 1)])).collect()
}

/// Up to four points, one per row; sometimes each of them twice, or five times.
pub fn any_points() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (any::any_matrix(0..=4, 2..=2), select(vec![1, 1, 1, 2, 5]))
        .prop_map(|(points, times)| Matrix::from_fn(times * points.rows(), 2, |k, j| points[(k / times, j)]))
}

/// The points as a matrix, one per row.
pub fn rows(of: &[Vector2<f64>]) -> Matrix {
    Matrix::from_fn(of.len(), 2, |i, j| of[i][j])
}
