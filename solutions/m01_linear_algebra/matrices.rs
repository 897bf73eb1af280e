//! Matrices as [`kit::Matrix`], stored in row-major order (row after row in contiguous memory), in pure Rust.

use kit::{InputError, Matrix, check};

/// The matrix–vector product, A·x.
///
/// ```formula
/// (A·x)ᵢ = aᵢ₁x₁ + aᵢ₂x₂ + … + aᵢₙxₙ
/// ```
///
/// * `a`: A, an m×n matrix; m and n may be 0.
/// * `x`: a vector of length n.
/// * Returns a vector of length m: zeros for n = 0. A NaN in A or x propagates to every entry of the result that it is
///   a term of, even if it is multiplied by 0. What an infinite entry gives is left open.
///
/// Any order of summation is right: the laws allow for rounding error.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if x does not have n entries: `left` is A's shape, `right` the shape of x as a
/// column, (length, 1).
///
/// ```
/// # use katas::m01_linear_algebra::matrices::matvec;
/// # use kit::Matrix;
/// let a = Matrix::from_rows([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]);
/// assert_eq!(matvec(&a, &[1.0, 0.5, 2.0]), Ok(vec![2.0, 6.5]));
/// ```
///
/// In Python: `a @ x` or `numpy.matmul(a, x)`.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §1.1.
pub fn matvec(a: &Matrix, x: &[f64]) -> Result<Vec<f64>, InputError> {
    check::product_shapes(a.shape(), (x.len(), 1))?;
    (0..a.rows()).map(|i| super::vectors::dot(a.row(i), x)).collect()
}

/// The matrix product, A·B.
///
/// ```formula
/// (A·B)ᵢⱼ = aᵢ₁b₁ⱼ + aᵢ₂b₂ⱼ + … + aᵢₙbₙⱼ
/// ```
///
/// * `a`: A, an m×n matrix; `b`: B, an n×p matrix. Each of m, n and p may be 0.
/// * Returns an m×p matrix: zeros for n = 0. A NaN in A or B propagates to every entry of the result that it is a term
///   of, even if it is multiplied by 0. What an infinite entry gives is left open.
///
/// Any order of summation is right: the laws allow for rounding error. The order of the loops decides how fast it is:
/// both matrices are stored in row-major order.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] with the shapes of A and B if the columns of A are not as many as the rows of B.
///
/// ```
/// # use katas::m01_linear_algebra::matrices::matmul;
/// # use kit::Matrix;
/// let a = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
/// let b = Matrix::from_rows([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]]);
/// assert_eq!(matmul(&a, &b), Ok(Matrix::from_rows([[1.0, 2.0, 1.5], [3.0, 4.0, 3.5]])));
/// ```
///
/// In Python: `a @ b` or `numpy.matmul(a, b)`; `a * b` is the elementwise product.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., §1.1.
pub fn matmul(a: &Matrix, b: &Matrix) -> Result<Matrix, InputError> {
    check::product_shapes(a.shape(), b.shape())?;
    let entry = |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum();
    Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
}

/// The transpose of a matrix, Aᵀ: its rows become columns.
///
/// ```formula
/// (Aᵀ)ⱼᵢ = aᵢⱼ
/// ```
///
/// * `a`: A, an m×n matrix; m and n may be 0.
/// * Returns an n×m matrix with the same entries, unchanged.
///
/// ```
/// # use katas::m01_linear_algebra::matrices::transpose;
/// # use kit::Matrix;
/// let a = Matrix::from_rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(transpose(&a), Matrix::from_rows([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]));
/// ```
///
/// In Python: `a.T` or `numpy.transpose(a)`, a view on the same memory.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §2.7.
pub fn transpose(a: &Matrix) -> Matrix {
    Matrix::from_fn(a.cols(), a.rows(), |j, i| a[(i, j)])
}

/// The identity matrix I, with ones on the diagonal and zeros elsewhere: I·x = x for every vector x.
///
/// * `n`: the number of its rows and of its columns; 0 gives the 0×0 matrix.
/// * Returns an n×n matrix.
///
/// ```
/// # use katas::m01_linear_algebra::matrices::identity;
/// # use kit::Matrix;
/// assert_eq!(identity(2), Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]));
/// ```
///
/// In Python: `numpy.eye(n)` or `numpy.identity(n)`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., ch. 2.
pub fn identity(n: usize) -> Matrix {
    Matrix::from_fn(n, n, |i, j| if i == j { 1.0 } else { 0.0 })
}
