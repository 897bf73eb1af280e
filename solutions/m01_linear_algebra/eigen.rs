//! Eigenvalues and eigenvectors: of a real 2×2 matrix in closed form, of a large symmetric matrix by iteration.

use kit::{Eigen, Generator, InputError, Matrix, check};
use nalgebra::{Matrix2, Vector2};

/// The eigenvalues of a real 2×2 matrix, real or complex.
///
/// They are the two numbers λ for which A − λI is singular, the roots of the characteristic polynomial:
///
/// ```formula
/// A = [a b; c d]      det(A − λI) = λ² − (a + d)λ + (ad − bc) = 0
/// ```
///
/// * `matrix`: A, finite, all zero or the largest absolute value of an entry between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns, in the unit of the entries, `Real([λ₁, λ₂])` with λ₁ ≤ λ₂ (a repeated eigenvalue is listed twice), or
///   `Complex { re, im }` with im > 0 for the conjugate pair re ± i·im.
///
/// The result is backward stable: exact for a matrix whose entries differ from A's by a few ulps of the largest one. So
/// the sum equals the trace, and each eigenvalue of a symmetric matrix is right, to a few ulps of the largest entry,
/// even if the two nearly coincide; the product equals the determinant to a few ulps of the largest entry squared.
/// Where such a perturbation turns a repeated eigenvalue into a close pair, real or complex, either answer is right.
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry in row-major order.
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
/// In Python: `numpy.linalg.eigvals(a)`, in no particular order.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §6.1.
pub fn eigenvalues_2x2(matrix: Matrix2<f64>) -> Result<Eigen<f64>, InputError> {
    let Parts { scale, mean, discriminant, .. } = parts(matrix)?;
    let radius = discriminant.abs().sqrt();
    Ok(if discriminant < 0.0 {
        Eigen::Complex { re: scale * mean, im: scale * radius }
    } else {
        Eigen::Real([scale * (mean - radius), scale * (mean + radius)])
    })
}

/// Unit eigenvectors of a real 2×2 matrix, one for each eigenvalue.
///
/// ```formula
/// Av = λv,  ‖v‖ = 1
/// ```
///
/// * `matrix`: A, finite, all zero or the largest absolute value of an entry between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns `Real([v₁, v₂])`, v₁ for the smaller eigenvalue, each with either sign; or `Complex { re, im }` for the
///   conjugate pair: v = re + i·im belongs to the eigenvalue with the positive imaginary part, ‖re‖² + ‖im‖² = 1, and v
///   may be multiplied by any complex number of modulus 1.
///
/// A repeated eigenvalue has either a two-dimensional eigenspace (A is a multiple of I): then any two orthogonal unit
/// vectors are right. Or its eigenspace is a line: then A is *defective*, and both vectors lie on that line. Each v is
/// the exact eigenvector of a matrix that differs from A by a few ulps of the largest entry; where such a perturbation
/// turns a repeated eigenvalue into a close pair, real or complex, either answer is right.
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry in row-major order.
///
/// ```
/// # use katas::m01_linear_algebra::eigen::eigenvectors_2x2;
/// # use kit::Eigen;
/// # use nalgebra::{Matrix2, Vector2};
/// let Ok(Eigen::Real([v, w])) = eigenvectors_2x2(Matrix2::new(2.0, 0.0, 0.0, -1.0)) else { panic!() };
/// assert!((v.abs() - Vector2::y()).norm() < 1e-14 && (w.abs() - Vector2::x()).norm() < 1e-14);
/// ```
///
/// In Python: `numpy.linalg.eig(a).eigenvectors`, one per column.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §6.1.
pub fn eigenvectors_2x2(matrix: Matrix2<f64>) -> Result<Eigen<Vector2<f64>>, InputError> {
    let Parts { half, b, c, discriminant, .. } = parts(matrix)?;
    let radius = discriminant.abs().sqrt();
    let length = |v: Vector2<f64>| v.x.hypot(v.y);
    if discriminant < 0.0 {
        // Here bc < 0, so b is not 0, and one row serves: (b, λ − a) with λ − a = i·radius − half.
        let (re, im) = (Vector2::new(b, -half), Vector2::new(0.0, radius));
        let length = length(re).hypot(length(im));
        return Ok(Eigen::Complex { re: re / length, im: im / length });
    }
    let along = |offset: f64, otherwise: Vector2<f64>| {
        // λ − mean is the offset, so either row of A − λI gives a vector; the longer one has not canceled.
        let (first, second) = (Vector2::new(b, offset - half), Vector2::new(offset + half, c));
        let v = if length(first) >= length(second) { first } else { second };
        if length(v) > 0.0 { v / length(v) } else { otherwise }
    };
    Ok(Eigen::Real([along(-radius, Vector2::x()), along(radius, Vector2::y())]))
}

/// Diagonalization (eigendecomposition) of a 2×2 matrix: its eigenvectors and its eigenvalues as two matrices.
///
/// ```formula
/// A = P D P⁻¹,   P = [v₁ v₂],   D = [λ₁ 0; 0 λ₂]
/// ```
///
/// * `matrix`: A, finite, all zero or the largest absolute value of an entry between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns (P, D): the columns of P are unit eigenvectors of either sign, D is diagonal with λ₁ ≤ λ₂. AP equals PD to
///   a few ulps of the largest entry of A.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry in row-major order;
/// * [`InputError::ComplexEigenvalues`] if the eigenvalues are not real;
/// * [`InputError::Defective`] if the unit eigenvectors lie on one line, |det P| < 10⁻⁵. Between 10⁻⁶ and 10⁻⁴ the
///   laws leave it open; a multiple of I is not defective, and nearly equal eigenvalues do not make a matrix defective.
///
/// A repeated eigenvalue that rounding turns into a close complex pair may be rejected for either reason.
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
/// In Python: `numpy.linalg.eig(a)`, which does not report a defective matrix.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §6.2.
pub fn diagonalize(matrix: Matrix2<f64>) -> Result<(Matrix2<f64>, Matrix2<f64>), InputError> {
    let (Eigen::Real(values), Eigen::Real(vectors)) = (eigenvalues_2x2(matrix)?, eigenvectors_2x2(matrix)?)
    else {
        return Err(InputError::ComplexEigenvalues);
    };
    let p = Matrix2::from_columns(&vectors);
    // Rounding splits a double eigenvalue by about √ε = 1.5e-8 and opens a line an angle of that order.
    if p.determinant().abs() < 1e-5 {
        return Err(InputError::Defective);
    }
    Ok((p, Matrix2::from_diagonal(&Vector2::from(values))))
}

/// Power iteration: the dominant eigenpair of a symmetric matrix, the eigenvalue of largest absolute value and its
/// eigenvector.
///
/// The component along the dominant eigenvector grows fastest. The initial vector is drawn at random: a fixed one could
/// be orthogonal to the answer.
///
/// ```formula
/// v ← Av / ‖Av‖   until   ‖Av − λv‖ ≤ tolerance·|λ|   with   λ = v·Av
/// ```
///
/// * `matrix`: A, n×n with n ≥ 1, symmetric to the last bit, the largest absolute value of an entry 0 or between 10⁻¹⁰⁰
///   and 10¹⁰⁰.
/// * `tolerance`: the largest residual allowed, relative to |λ|; positive. Far below n·10⁻¹⁵ rounding error prevents
///   convergence.
/// * `max_steps`: the maximum number of iterations (updates of v).
/// * `generator`: the random number generator that the initial vector is drawn from; its state advances, so that the
///   next call starts elsewhere.
/// * Returns (λ, v) with ‖v‖ = 1, v of either sign; λ keeps its sign. For a repeated eigenvalue any v of its eigenspace
///   is right; for the zero matrix λ = 0 with any v.
///
/// If λ and −λ are both largest, neither dominates: the iteration does not converge, or, if the method favors one of
/// the two, returns that eigenpair.
///
/// # Errors
///
/// * [`InputError::NotSquare`] if A is not square;
/// * [`InputError::TooFew`] (got 0, wanted 1) if it is empty;
/// * [`InputError::NotFinite`] with `name` `"matrix"` and the index of the first such entry in row-major order;
/// * [`InputError::NotSymmetric`] with the first entry above the diagonal, in row-major order, that differs from its
///   mirror image;
/// * [`InputError::OutOfRange`] with `name` `"tolerance"` unless it is above 0, also for NaN;
/// * [`InputError::NotConverged`] with `max_steps` and the last residual ‖Av − λv‖ if it is still above the tolerance
///   then.
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
/// In Python: `scipy.sparse.linalg.eigsh(a, k=1, which="LM")`, which uses the Lanczos method.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §8.2.1.
pub fn power_iteration(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<(f64, Vec<f64>), InputError> {
    use super::matrices::matvec;
    use super::vectors::{dot, norm};
    check::square(matrix.shape())?;
    check::at_least(1, matrix.rows())?;
    check::finite("matrix", matrix.as_slice())?;
    check::symmetric(matrix)?;
    check::positive("tolerance", tolerance)?;
    let unit = |x: Vec<f64>| x.iter().map(|entry| entry / norm(&x)).collect::<Vec<_>>();
    let mut v = unit((0..matrix.rows()).map(|_| generator.uniform_in(-1.0, 1.0)).collect());
    let mut steps = 0;
    loop {
        let image = matvec(matrix, &v)?;
        let value = dot(&v, &image)?;
        let error: Vec<f64> = image.iter().zip(&v).map(|(image, v)| image - value * v).collect();
        let residual = norm(&error);
        if residual <= tolerance * value.abs() {
            return Ok((value, v));
        }
        if steps == max_steps {
            return Err(InputError::NotConverged { steps, residual });
        }
        v = unit(image);
        steps += 1;
    }
}

/// A 2×2 matrix over a power of two, \[mean + half, b; c, mean − half\].
struct Parts {
    scale: f64,
    mean: f64,
    half: f64,
    b: f64,
    c: f64,
    /// half² + bc, the squared distance of the eigenvalues from the mean. The textbook's mean² − det is the same
    /// number, but cancels where they nearly coincide.
    discriminant: f64,
}

fn parts(matrix: Matrix2<f64>) -> Result<Parts, InputError> {
    let [a, b, c, d] = [matrix.m11, matrix.m12, matrix.m21, matrix.m22];
    check::finite("matrix", &[a, b, c, d])?;
    // A power of two divides without rounding; the mask keeps only the exponent of the largest entry.
    let scale = f64::from_bits(matrix.amax().max(f64::MIN_POSITIVE).to_bits() & f64::INFINITY.to_bits());
    let [a, b, c, d] = [a, b, c, d].map(|x| x / scale);
    let (mean, half) = ((a + d) / 2.0, (a - d) / 2.0);
    Ok(Parts { scale, mean, half, b, c, discriminant: half * half + b * c })
}
