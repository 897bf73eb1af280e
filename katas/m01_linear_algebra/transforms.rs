//! Linear maps of the plane as 2×2 matrices, with `nalgebra`.
//!
//! A map M takes the column vector p to Mp. Its columns are the images of the unit vectors e₁ = (1, 0) and e₂ = (0, 1).

use kit::figure::Layer;
use kit::{Figure, InputError, check};
use nalgebra::{Matrix2, Vector2};

/// The map that turns the plane about the origin.
///
/// * `angle`: in radians, positive against the clock, from the x axis toward the y axis; any finite number.
/// * Returns a matrix of determinant 1 that keeps lengths and angles, rounding apart. For a large angle rounding means
///   ε·|angle| (ε = 2⁻⁵²), as much as the angle itself is rounded; the determinant stays 1.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::rotation;
/// use nalgebra::Vector2;
///
/// let quarter = rotation(std::f64::consts::FRAC_PI_2);
/// assert!((quarter * Vector2::new(1.0, 0.0) - Vector2::new(0.0, 1.0)).norm() < 1e-14);
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.2.
pub fn rotation(angle: f64) -> Matrix2<f64> {
    todo!()
}

/// The map that stretches the plane along its axes.
///
/// * `sx`, `sy`: the factors for the first and second coordinate; a negative one also reflects, 0 flattens.
/// * Returns a diagonal matrix.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::scaling;
/// use nalgebra::Vector2;
///
/// assert_eq!(scaling(2.0, -0.5) * Vector2::new(1.0, 4.0), Vector2::new(2.0, -2.0));
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.1.
pub fn scaling(sx: f64, sy: f64) -> Matrix2<f64> {
    todo!()
}

/// The map that takes each point to the nearest one on the line through the origin along u.
///
/// * `u`: any vector on the line but 0, of a length between 10⁻³⁰⁰ and 10³⁰⁰. Its length and sign play no part.
/// * Returns the matrix P of the orthogonal projection: Pu = u, and p − Pp is at right angles to u for every p.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"u"` and the index of the first coordinate that is NaN or infinite;
/// * [`InputError::ZeroVector`] with `name` `"u"` if u is 0 and names no line.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::projection_onto;
/// use nalgebra::{Matrix2, Vector2};
///
/// let p = projection_onto(Vector2::new(0.0, 2.0))?;
/// assert!((p - Matrix2::new(0.0, 0.0, 0.0, 1.0)).norm() < 1e-14);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §4.2.
pub fn projection_onto(u: Vector2<f64>) -> Result<Matrix2<f64>, InputError> {
    todo!()
}

/// Several maps one after the other as a single one.
///
/// * `maps`: in the order in which they act: the first one meets the point first.
/// * Returns the matrix that does the same as all of them in turn; without any map the identity.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::compose;
/// use nalgebra::{Matrix2, Vector2};
///
/// let (quarter_turn, flatten) = (Matrix2::new(0.0, -1.0, 1.0, 0.0), Matrix2::new(1.0, 0.0, 0.0, 0.0));
/// let e1 = Vector2::new(1.0, 0.0);
/// assert_eq!(compose(&[quarter_turn, flatten]) * e1, Vector2::new(0.0, 0.0));
/// assert_eq!(compose(&[flatten, quarter_turn]) * e1, Vector2::new(0.0, 1.0));
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.2.
pub fn compose(maps: &[Matrix2<f64>]) -> Matrix2<f64> {
    todo!()
}

/// The images of several points under one map.
///
/// * `map`: M.
/// * `points`: any number of them, none included.
/// * Returns the points Mp in the same order.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::apply;
/// use nalgebra::{Matrix2, Vector2};
///
/// let shear = Matrix2::new(1.0, 0.5, 0.0, 1.0);
/// let points = [Vector2::new(0.0, 2.0), Vector2::new(3.0, 0.0)];
/// assert_eq!(apply(shear, &points), [Vector2::new(1.0, 2.0), Vector2::new(3.0, 0.0)]);
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.1.
pub fn apply(map: Matrix2<f64>, points: &[Vector2<f64>]) -> Vec<Vector2<f64>> {
    todo!()
}

/// A picture of what a map does to the plane: points and the unit vectors, before and after.
///
/// * `map`: M.
/// * `points`: any number of them, none included.
/// * Returns a figure with the title `A linear map of the plane`, axes `x` and `y` of equal scale, and four layers, from
///   back to front:
///   1. arrows `unit vectors`: e₁ and e₂, each from the origin;
///   2. arrows `their images`: Me₁ and Me₂, each from the origin;
///   3. points `before`: the points as they came;
///   4. points `after`: their images, in the same order.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::transform_figure;
/// use nalgebra::{Matrix2, Vector2};
///
/// let figure = transform_figure(Matrix2::new(1.0, 0.5, 0.0, 1.0), &[Vector2::new(0.0, 2.0)]);
/// assert!(figure.to_string().ends_with("points before\n  0 2\npoints after\n  1 2\n"));
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.1.
pub fn transform_figure(map: Matrix2<f64>, points: &[Vector2<f64>]) -> Figure {
    todo!()
}
