//! Linear maps of the plane as 2×2 matrices, with `nalgebra`.
//!
//! A map M takes the column vector p to Mp. Its columns are the images of the standard basis vectors e₁ = (1, 0) and
//! e₂ = (0, 1).

use kit::figure::Layer;
use kit::{Figure, InputError, check};
use nalgebra::{Matrix2, Vector2};

/// The rotation matrix of an angle: the linear map that rotates the plane about the origin.
///
/// * `angle`: in radians, counterclockwise (from the x axis toward the y axis) if positive; any finite number.
/// * Returns an orthogonal matrix of determinant 1: it preserves lengths and angles, up to rounding error. For a large
///   angle that means ε·|angle| (ε = 2⁻⁵²), as much as the angle itself is rounded; the determinant stays 1.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::rotation;
/// use nalgebra::Vector2;
///
/// let quarter = rotation(std::f64::consts::FRAC_PI_2);
/// assert!((quarter * Vector2::new(1.0, 0.0) - Vector2::new(0.0, 1.0)).norm() < 1e-14);
/// ```
///
/// In Python: no single call in NumPy; `scipy.spatial.transform.Rotation.from_euler("z", angle).as_matrix()[:2, :2]`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.2.
pub fn rotation(angle: f64) -> Matrix2<f64> {
    let (sin, cos) = angle.sin_cos();
    Matrix2::new(cos, -sin, sin, cos)
}

/// A scaling matrix: the linear map that scales the plane along its axes.
///
/// * `sx`, `sy`: the finite scale factors of the first and second coordinate; a negative one also reflects, 0 makes the
///   matrix singular.
/// * Returns a diagonal matrix.
///
/// ```
/// # use katas::m01_linear_algebra::transforms::scaling;
/// use nalgebra::Vector2;
///
/// assert_eq!(scaling(2.0, -0.5) * Vector2::new(1.0, 4.0), Vector2::new(2.0, -2.0));
/// ```
///
/// In Python: `numpy.diag([sx, sy])`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.1.
pub fn scaling(sx: f64, sy: f64) -> Matrix2<f64> {
    Matrix2::new(sx, 0.0, 0.0, sy)
}

/// The matrix of an orthogonal projection onto a line: each point goes to the nearest point on the line through the
/// origin along u.
///
/// * `u`: any vector on the line except 0, with a norm between 10⁻³⁰⁰ and 10³⁰⁰. The result does not depend on its norm
///   and sign.
/// * Returns the projection matrix P: Pu = u, and p − Pp is orthogonal to u for every p.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"u"` and the index of the first coordinate that is NaN or infinite;
/// * [`InputError::ZeroVector`] with `name` `"u"` if u is 0: it determines no line.
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
/// In Python: no single call; `numpy.outer(u, u) / (u @ u)`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §4.2.
pub fn projection_onto(u: Vector2<f64>) -> Result<Matrix2<f64>, InputError> {
    check::finite("u", &u)?;
    let largest = u.amax();
    if largest == 0.0 {
        return Err(InputError::ZeroVector { name: "u" });
    }
    // Of the same line, but with squares that neither overflow nor vanish.
    let u = u / largest;
    Ok(u * u.transpose() / u.norm_squared())
}

/// The composition of linear maps: several maps, applied one after the other, as a single matrix.
///
/// * `maps`: finite matrices in the order in which they are applied: the first one is applied to the point first.
/// * Returns the matrix of the composition; for an empty slice the identity.
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
/// In Python: `functools.reduce(lambda before, m: m @ before, maps, numpy.eye(2))`; two or more:
/// `numpy.linalg.multi_dot(maps[::-1])`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.2.
pub fn compose(maps: &[Matrix2<f64>]) -> Matrix2<f64> {
    // The map that is applied last is the left factor.
    maps.iter().fold(Matrix2::identity(), |before, map| map * before)
}

/// The images of several points under a linear map.
///
/// * `map`: the matrix M, finite.
/// * `points`: any number of finite points; may be empty.
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
/// In Python: `points @ m.T` for points in the rows of an array.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.1.
pub fn apply(map: Matrix2<f64>, points: &[Vector2<f64>]) -> Vec<Vector2<f64>> {
    points.iter().map(|p| map * p).collect()
}

/// A figure of a linear map of the plane: points and the standard basis vectors, before and after.
///
/// * `map`: the matrix M, finite.
/// * `points`: any number of finite points; may be empty.
/// * Returns a figure with the title `A linear map of the plane`, axes `x` and `y` of equal scale, and four layers,
///   from back to front:
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
/// In Python: `matplotlib.pyplot.quiver(…, angles="xy", scale_units="xy", scale=1)` for the arrows and
/// `matplotlib.pyplot.scatter` for the points.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §8.1.
pub fn transform_figure(map: Matrix2<f64>, points: &[Vector2<f64>]) -> Figure {
    let unit_vectors = [Vector2::x(), Vector2::y()];
    let images = unit_vectors.map(|e| map * e);
    let after: Vec<_> = points.iter().map(|p| map * p).collect();
    Figure::new("A linear map of the plane", "x", "y")
        .with_equal_axes()
        .with(arrows("unit vectors", unit_vectors))
        .with(arrows("their images", images))
        .with(dots("before", points))
        .with(dots("after", &after))
}

fn arrows(label: &str, heads: [Vector2<f64>; 2]) -> Layer {
    let arrows = heads.map(|head| [[0.0, 0.0], head.into()]).to_vec();
    Layer::Arrows { label: label.to_owned(), arrows }
}

fn dots(label: &str, points: &[Vector2<f64>]) -> Layer {
    let at = points.iter().map(|&p| p.into()).collect();
    Layer::Points { label: label.to_owned(), at }
}
