//! Eigenvalues and eigenvectors: of any real 2×2 matrix in closed form, of a large symmetric one step by step.

use kit::{Eigen, Generator, InputError, Matrix, check};
use nalgebra::{Matrix2, Vector2};

/// The eigenvalues of a real 2×2 matrix, real or complex.
///
/// They are the two numbers λ for which A − λI is singular:
///
/// ```text
/// A = [a b; c d]      det(A − λI) = λ² − (a + d)λ + (ad − bc) = 0
/// ```
///
/// * `matrix`: A, finite, all zero or the largest entry between 10⁻³⁰⁰ and 10³⁰⁰ in size.
/// * Returns, in the unit of the entries, `Real([λ₁, λ₂])` with λ₁ ≤ λ₂ (a double eigenvalue stands there twice), or
///   `Complex { re, im }` with im > 0 for the pair re ± i·im.
///
/// The answer is exact for a matrix whose entries differ from A's by a few ulps of the largest one. So the sum meets
/// the trace, and each eigenvalue of a symmetric matrix is right, to a few ulps of the largest entry, also where the
/// two nearly coincide; the product meets the determinant to a few ulps of the largest entry squared. Where that
/// little makes a double eigenvalue a close pair, real or complex, either answer is right.
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry, counted row after row.
///
/// ```
/// # use katas::m01_linear_algebra::eigen::eigenvalues_2x2;
/// # use kit::Eigen;
/// # use nalgebra::Matrix2;
/// let (stretch, turn) = (Matrix2::new(2.0, 0.0, 0.0, -1.0), Matrix2::new(0.0, -1.0, 1.0, 0.0));
/// let Ok(Eigen::Real([low, high])) = eigenvalues_2x2(stretch) else { panic!() };
/// assert!((low + 1.0).abs() < 1e-14 && (high - 2.0).abs() < 1e-14);
/// let Ok(Eigen::Complex { re, im }) = eigenvalues_2x2(turn) else { panic!() };
/// assert!(re.abs() < 1e-14 && (im - 1.0).abs() < 1e-14);
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §6.1.
pub fn eigenvalues_2x2(matrix: Matrix2<f64>) -> Result<Eigen<f64>, InputError> {
    todo!()
}

/// Unit eigenvectors of a real 2×2 matrix, one for each eigenvalue.
///
/// ```text
/// Av = λv,  ‖v‖ = 1
/// ```
///
/// * `matrix`: A, finite, all zero or the largest entry between 10⁻³⁰⁰ and 10³⁰⁰ in size.
/// * Returns `Real([v₁, v₂])`, v₁ for the smaller eigenvalue, each with either sign; or `Complex { re, im }` for the
///   pair: v = re + i·im belongs to the eigenvalue with the positive imaginary part, ‖re‖² + ‖im‖² = 1, and v may be
///   multiplied by any complex number of size 1.
///
/// A double eigenvalue has either a whole plane of eigenvectors, where A is a multiple of I: then any two at a right
/// angle are right. Or it has a single line: then A is *defective*, and both answers lie on that line. Each v belongs
/// to a matrix that differs from A by a few ulps of the largest entry; where that little makes a double eigenvalue a
/// close pair, real or complex, either answer is right.
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry, counted row after row.
///
/// ```
/// # use katas::m01_linear_algebra::eigen::eigenvectors_2x2;
/// # use kit::Eigen;
/// # use nalgebra::{Matrix2, Vector2};
/// let Ok(Eigen::Real([v, w])) = eigenvectors_2x2(Matrix2::new(2.0, 0.0, 0.0, -1.0)) else { panic!() };
/// assert!((v.abs() - Vector2::y()).norm() < 1e-14 && (w.abs() - Vector2::x()).norm() < 1e-14);
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §6.1.
pub fn eigenvectors_2x2(matrix: Matrix2<f64>) -> Result<Eigen<Vector2<f64>>, InputError> {
    todo!()
}

/// A 2×2 matrix taken apart into its eigenvectors and eigenvalues.
///
/// ```text
/// A = P D P⁻¹,   P = [v₁ v₂],   D = [λ₁ 0; 0 λ₂]
/// ```
///
/// * `matrix`: A, finite, all zero or the largest entry between 10⁻³⁰⁰ and 10³⁰⁰ in size.
/// * Returns (P, D): the columns of P are unit eigenvectors of either sign, D is diagonal with λ₁ ≤ λ₂. AP meets PD to
///   a few ulps of the largest entry of A.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry, counted row after row;
/// * [`InputError::ComplexEigenvalues`] if the eigenvalues are not real;
/// * [`InputError::Defective`] if the unit eigenvectors lie on one line, |det P| < 10⁻⁵. Between 10⁻⁶ and 10⁻⁴ the
///   laws leave it open; a multiple of I is not defective, and eigenvalues that are nearly equal do not make it so.
///
/// A double eigenvalue that rounding makes a close complex pair may be rejected for either reason.
///
/// ```
/// # use katas::m01_linear_algebra::eigen::diagonalize;
/// # use kit::InputError;
/// # use nalgebra::Matrix2;
/// let (p, d) = diagonalize(Matrix2::new(2.0, 0.0, 0.0, -1.0))?;
/// assert!((d - Matrix2::new(-1.0, 0.0, 0.0, 2.0)).norm() < 1e-14);
/// assert!((p.abs() - Matrix2::new(0.0, 1.0, 1.0, 0.0)).norm() < 1e-14);
/// # Ok::<_, InputError>(())
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §6.2.
pub fn diagonalize(matrix: Matrix2<f64>) -> Result<(Matrix2<f64>, Matrix2<f64>), InputError> {
    todo!()
}

/// The dominant eigenpair of a symmetric matrix: the eigenvalue that is largest in size, and its eigenvector.
///
/// What lies along the dominant eigenvector grows fastest. The start is drawn at random: a fixed one could stand at a
/// right angle to the answer.
///
/// ```text
/// v ← Av / ‖Av‖   until   ‖Av − λv‖ ≤ tolerance·|λ|   with   λ = v·Av
/// ```
///
/// * `matrix`: A, n×n with n ≥ 1, symmetric to the last bit, the largest entry 0 or between 10⁻¹⁰⁰ and 10¹⁰⁰ in size.
/// * `tolerance`: how large the residual may stay, as a share of |λ|; positive. Far below n·10⁻¹⁵ rounding keeps it
///   from ever being met.
/// * `max_steps`: how many times v may be replaced.
/// * `generator`: where the start is drawn from; it moves on, so that the next call starts elsewhere.
/// * Returns (λ, v) with ‖v‖ = 1, v of either sign; λ keeps its sign. Of a multiple eigenvalue any v will do; of the
///   zero matrix 0 with any v.
///
/// If λ and −λ are both largest, neither dominates: the iteration does not settle, or, should the method lean to one
/// of the two, gives that eigenpair.
///
/// # Errors
///
/// * [`InputError::NotSquare`] if A is not square;
/// * [`InputError::TooFew`] (got 0, wanted 1) if it is empty;
/// * [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry, counted row after row;
/// * [`InputError::NotSymmetric`] with the first entry above the diagonal, row after row, that differs from its mirror
///   image;
/// * [`InputError::OutOfRange`] with `name` `"tolerance"` unless it is above 0, also for NaN;
/// * [`InputError::NotConverged`] with `max_steps` and the last ‖Av − λv‖ if the residual is not met by then.
///
/// ```
/// # use katas::m01_linear_algebra::eigen::power_iteration;
/// # use kit::{Generator, InputError, Matrix};
/// let a = Matrix::from_rows([[2.0, 0.0], [0.0, -3.0]]);
/// let (value, vector) = power_iteration(&a, 1e-10, 1000, &mut Generator::from_seed(1))?;
/// assert!((value + 3.0).abs() < 1e-9 && vector[0].abs() < 1e-9);
/// # Ok::<_, InputError>(())
/// ```
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §8.2.1.
pub fn power_iteration(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<(f64, Vec<f64>), InputError> {
    todo!()
}
