//! Vectorized operations on whole arrays, as in NumPy, with `ndarray`.
//!
//! Every argument is a view. It may be a transposed array, a reversed one, or every second row of a larger one: its
//! entries need not be contiguous in memory (its strides are arbitrary).

use kit::{InputError, check};
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

/// Matrix addition: the sum of two matrices, A + B, entry by entry (elementwise).
///
/// ```formula
/// (A + B)ᵢⱼ = Aᵢⱼ + Bᵢⱼ
/// ```
///
/// * `a`, `b`: views of the same shape m×n; m and n may be 0.
/// * Returns an array of shape m×n. A NaN in either propagates to the same entry of the sum; what an infinite entry
///   gives is left open.
///
/// Shapes must be equal: no broadcasting, so a matrix with one row is not repeated for each row of the other.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if `a` and `b` differ in shape.
///
/// ```
/// # use katas::m01_linear_algebra::ndarray_ops::add_nd;
/// use ndarray::array;
///
/// let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![[0.5, 0.0], [0.0, -4.0]]);
/// assert_eq!(add_nd(a.view(), b.view()), Ok(array![[1.5, 2.0], [3.0, 0.0]]));
/// ```
///
/// In Python: `a + b`, which broadcasts arrays of unequal shapes where it can.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §2.4.
pub fn add_nd(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Result<Array2<f64>, InputError> {
    // Without this `+` would repeat a single row or column, and panic on the rest.
    check::same_shape(a.dim(), b.dim())?;
    Ok(&a + &b)
}

/// The dot product of two vectors, x·y: the sum of the products of their entries.
///
/// ```formula
/// x·y = x₁y₁ + x₂y₂ + … + xₙyₙ
/// ```
///
/// * `x`, `y`: views of the same length n.
/// * Returns a scalar, 0 for n = 0. A NaN in either vector makes it NaN; what an infinite entry gives is left open.
///
/// # Errors
///
/// [`InputError::LengthMismatch`] if `x` and `y` differ in length.
///
/// ```
/// # use katas::m01_linear_algebra::ndarray_ops::dot_nd;
/// use ndarray::array;
///
/// let a = array![[1.0, 2.0], [3.0, 0.5]];
/// assert_eq!(dot_nd(a.row(0), a.row(1)), Ok(4.0));
/// assert_eq!(dot_nd(a.column(0), a.column(1)), Ok(3.5));
/// ```
///
/// In Python: `numpy.dot(x, y)` or `x @ y`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.2.
pub fn dot_nd(x: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> Result<f64, InputError> {
    check::same_length(x.len(), y.len())?;
    Ok(x.dot(&y))
}

/// The matrix product, AB: entry (i, j) is the dot product of row i of A and column j of B.
///
/// ```formula
/// (AB)ᵢⱼ = Aᵢ₁B₁ⱼ + Aᵢ₂B₂ⱼ + … + AᵢₖBₖⱼ
/// ```
///
/// * `a`: a view of shape m×k; `b`: a view of shape k×n. Each of m, k, n may be 0.
/// * Returns an array of shape m×n: all zeros for k = 0. A NaN in a row of A or a column of B makes that row or
///   column of the product NaN; what an infinite entry gives is left open.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if the columns of `a` are not as many as the rows of `b`.
///
/// ```
/// # use katas::m01_linear_algebra::ndarray_ops::matmul_nd;
/// use ndarray::array;
///
/// let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![[1.0], [0.5]]);
/// assert_eq!(matmul_nd(a.view(), b.view()), Ok(array![[2.0], [5.0]]));
/// assert_eq!(matmul_nd(a.t(), b.view()), Ok(array![[2.5], [4.0]]));
/// ```
///
/// In Python: `a @ b` or `numpy.matmul(a, b)`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §2.4.
pub fn matmul_nd(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Result<Array2<f64>, InputError> {
    check::product_shapes(a.dim(), b.dim())?;
    Ok(a.dot(&b))
}

/// Standardization (feature scaling): each column shifted and scaled to mean 0 and standard deviation 1, its z-scores.
///
/// ```formula
/// zᵢⱼ = (xᵢⱼ − μⱼ) / σⱼ      μⱼ = (x₁ⱼ + … + xₘⱼ) / m      σⱼ² = ((x₁ⱼ − μⱼ)² + … + (xₘⱼ − μⱼ)²) / m
/// ```
///
/// * `x`: a view of shape m×n, one sample per row and one feature per column; m ≥ 1, entries of absolute value at most
///   10¹⁵⁰. Entries of one column that differ do so by at least 10⁻¹⁵⁰: the squares of their deviations have to be
///   representable.
/// * Returns an array of shape m×n without unit.
///
/// σⱼ is the population standard deviation: divided by m (`ddof` = 0), not by m − 1. NumPy's `std` and scikit-learn's
/// `StandardScaler` do the same.
///
/// A constant column has σ = 0; it becomes zeros, up to the rounding error of its mean. That holds for 0.1 three times
/// as well, though the mean of those is not 0.1 in floating point. Whether a column counts as constant when it varies
/// by less than 10⁻¹² of its largest absolute value is left open.
///
/// A large common offset does not cost accuracy: a column between 10⁹ and 10⁹ + 1 loses the digits that the offset
/// takes from its entries, and no more.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no row;
/// * [`InputError::NotFinite`] with `name` `"x"` for the first NaN or infinity in row-major order: `index` is i·n + j.
///
/// ```
/// # use katas::m01_linear_algebra::ndarray_ops::standardize_columns;
/// use ndarray::array;
///
/// let x = array![[1.0, 7.0], [3.0, 7.0]];
/// assert_eq!(standardize_columns(x.view()), Ok(array![[-1.0, 0.0], [1.0, 0.0]]));
/// ```
///
/// In Python: `sklearn.preprocessing.StandardScaler().fit_transform(x)`; `scipy.stats.zscore(x, axis=0)`, which gives
/// NaN for a constant column.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §6.2.1.
pub fn standardize_columns(x: ArrayView2<'_, f64>) -> Result<Array2<f64>, InputError> {
    let m = x.nrows();
    check::at_least(1, m)?;
    // An iteration goes in row-major order, whatever the strides of the view are.
    check::finite("x", x)?;
    // Measured from its first entry a constant column is exactly 0, whatever rounding would do to its mean.
    let shifted = &x - &x.row(0);
    let mean = shifted.sum_axis(Axis(0)) / m as f64;
    let centered = shifted - mean;
    let deviation = (centered.pow2().sum_axis(Axis(0)) / m as f64).sqrt();
    Ok(centered / deviation.mapv(|sigma| if sigma == 0.0 { 1.0 } else { sigma }))
}

/// The distance matrix: the Euclidean distance between each pair of points.
///
/// ```formula
/// Dᵢⱼ = ‖xᵢ − xⱼ‖ = √((xᵢ₁ − xⱼ₁)² + … + (xᵢₙ − xⱼₙ)²)
/// ```
///
/// * `points`: a view of shape m×n, one point per row; entries of absolute value at most 10¹⁵⁰. m and n may be 0.
/// * Returns an array of shape m×m, symmetric, with zeros on the diagonal. It may use memory for m·m·n numbers.
///
/// Points that nearly coincide far from the origin are no exception: the relative error of their distance stays within
/// a few units in the last place, as that of a subtraction does. (Squares down to 10⁻³⁰⁰ have to be representable, so
/// coordinates that differ do so by at least 10⁻¹⁵⁰.)
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"points"` for the first NaN or infinity in row-major order.
///
/// ```
/// # use katas::m01_linear_algebra::ndarray_ops::pairwise_distances;
/// use ndarray::array;
///
/// let points = array![[0.0, 0.0], [3.0, 4.0]];
/// assert_eq!(pairwise_distances(points.view()), Ok(array![[0.0, 5.0], [5.0, 0.0]]));
/// ```
///
/// In Python: `scipy.spatial.distance.cdist(points, points)`; `sklearn.metrics.pairwise_distances(points)`, which
/// multiplies out and cancels.
///
/// Source: Deza and Deza, *Encyclopedia of Distances*.
pub fn pairwise_distances(points: ArrayView2<'_, f64>) -> Result<Array2<f64>, InputError> {
    check::finite("points", points)?;
    // m×1×n less 1×m×n is m×m×n: each point against each. Multiplied out, ‖x‖² − 2x·y + ‖y‖² would cancel.
    let differences = &points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0));
    Ok(differences.pow2().sum_axis(Axis(2)).sqrt())
}
