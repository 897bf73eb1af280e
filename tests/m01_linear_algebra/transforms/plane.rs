//! Between the library's types and a plain matrix, which reads `2×2 [1 2; 3 4]`; nalgebra's own `Debug` lists columns.

use std::fmt;

use judge::any::select;
use judge::{Inputs, any};
use kit::Matrix;
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::Strategy;

use super::super::range;

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

/// A map of eighths: any, or a rotation with a scaling, symmetric, a shear, diagonal, singular, zero, or the identity.
pub fn any_map() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (any::matrix(2, 2), any::part(0..=15_u8)).prop_map(|(m, form)| {
        let [a, b, c, d] = [m[(0, 0)], m[(0, 1)], m[(1, 0)], m[(1, 1)]];
        let [a, b, c, d] = match form {
            9 => [a, -b, b, a],
            10 => [a, b, b, d],
            11 => [1.0, b, 0.0, 1.0],
            12 => [a, 0.0, 0.0, d],
            13 => [a, b, a, b],
            14 => [0.0; 4],
            15 => [1.0, 0.0, 0.0, 1.0],
            _ => [a, b, c, d],
        };
        Matrix::from_rows([[a, b], [c, d]])
    })
}

/// A few points or up to 1025, one per row; sometimes each of them twice, or five times.
pub fn any_points() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let points = any::length(0..=4, 1025).prop_flat_map(|n| any::matrix(n, 2));
    (points, select(vec![1, 1, 1, 2, 5])).prop_map(|(points, times)| {
        let times = if points.rows() > 8 { 1 } else { times };
        Matrix::from_fn(times * points.rows(), 2, |k, j| points[(k / times, j)])
    })
}

/// So many points whose coordinates are between 10^−150 and 10^150 in size, one per row.
pub fn vast_points(most: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    any::size(1..=4, most).prop_flat_map(|n| vast(n, 2))
}

/// A map and a few points, all of whose numbers are below 10^−100 or above 10^100 in size.
pub fn extreme_map_and_points() -> impl Strategy<Value = (Matrix, Matrix)> + Send + Sync + Clone {
    let power = proptest::prelude::prop_oneof![-150..=-103_i32, 102..=150_i32];
    (any::matrix(2, 2), any::any_matrix(1..=4, 2..=2), power).prop_map(|(map, points, k)| {
        let scaled = |of: Matrix| Matrix::from_fn(of.rows(), of.cols(), |i, j| of[(i, j)] * 10.0_f64.powi(k));
        (scaled(map), scaled(points))
    })
}

/// A matrix with entries between 10^−150 and 10^150 in size.
pub fn vast(m: usize, n: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    range::entries(m * n, -150, 150).prop_map(move |data| Matrix::from_fn(m, n, |i, j| data[i * n + j]))
}

/// The points as a matrix, one per row.
pub fn rows(of: &[Vector2<f64>]) -> Matrix {
    Matrix::from_fn(of.len(), 2, |i, j| of[i][j])
}
