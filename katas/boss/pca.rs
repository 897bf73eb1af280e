//! Principal component analysis (PCA) from scratch: the directions in which data vary most.

use kit::{InputError, Matrix, check};

/// Centering: subtracts the mean of each feature.
///
/// * `x`: n×d, one sample per row, at least one.
/// * Returns (x − x̄, x̄): the n×d matrix of xᵢⱼ − x̄ⱼ, and the d means of the columns.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, in row-major order.
///
/// ```
/// # use katas::boss::pca::center;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 5.0], [3.0, 5.0]]);
/// assert_eq!(center(&x), Ok((Matrix::from_rows([[-1.0, 0.0], [1.0, 0.0]]), vec![2.0, 5.0])));
/// ```
///
/// In Python: `x - x.mean(axis=0)`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.
pub fn center(x: &Matrix) -> Result<(Matrix, Vec<f64>), InputError> {
    todo!()
}

/// The sample covariance matrix of the features (columns).
///
/// ```formula
/// Cⱼₖ = Σᵢ (xᵢⱼ − x̄ⱼ)·(xᵢₖ − x̄ₖ) / (n − 1)
/// ```
///
/// * `x`: n×d, one sample per row, at least two. The mean may be far from 0: no more precision is lost than the
///   rounding of the mean itself costs (no cancellation).
/// * Returns the symmetric d×d matrix; its diagonal holds the sample variances of the columns.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples;
/// * [`InputError::NotFinite`] with `name` `"x"`, in row-major order.
///
/// ```
/// # use katas::boss::pca::covariance;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 0.0], [3.0, -4.0]]);
/// assert_eq!(covariance(&x), Ok(Matrix::from_rows([[2.0, -4.0], [-4.0, 8.0]])));
/// ```
///
/// In Python: `numpy.cov(x, rowvar=False)`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.1, there with n for n − 1.
pub fn covariance(x: &Matrix) -> Result<Matrix, InputError> {
    todo!()
}

/// Principal components: the eigenvectors of a covariance matrix with the largest eigenvalues.
///
/// * `covariance`: C, symmetric, d×d, positive semidefinite, as every covariance matrix is.
/// * `count`: the number of components, 1 to d.
/// * Returns (variances, components): the `count` largest eigenvalues in descending order, and a `count`×d matrix
///   whose row i is a unit eigenvector v of the i-th; all rows are orthogonal to each other. Each entry of C·v is
///   within 10⁻⁹ of λ·v's and each inner product within 10⁻⁹ of 0 or 1, the former relative to the trace of C.
///   Either sign of a component is right, and where eigenvalues are equal, any orthonormal basis.
///
/// # Errors
///
/// * [`InputError::NotSquare`] if C is not square;
/// * [`InputError::NotFinite`] with `name` `"covariance"`, in row-major order;
/// * [`InputError::NotSymmetric`] with an entry (`row` < `col`) that differs from its transposed entry by more than
///   10⁻⁹ of C's largest absolute entry;
/// * [`InputError::OutOfRange`] with `name` `"count"`, `wanted` `"1 to the number of columns"`.
///
/// ```
/// # use katas::boss::pca::principal_components;
/// # use kit::Matrix;
/// let (variances, components) = principal_components(&Matrix::from_rows([[2.0, 1.0], [1.0, 2.0]]), 1)?;
/// assert!((variances[0] - 3.0).abs() < 1e-9);
/// assert!((components[(0, 0)] - components[(0, 1)]).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.decomposition.PCA(count).fit(x)` (attributes `explained_variance_` and `components_`), or
/// `numpy.linalg.eigh(C)` (ascending).
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.1; Golub and Van Loan, *Matrix Computations*,
/// 4th ed., §8.5 (Jacobi).
pub fn principal_components(covariance: &Matrix, count: usize) -> Result<(Vec<f64>, Matrix), InputError> {
    todo!()
}

/// Explained variance ratio: the fraction of the total variance along each principal component.
///
/// ```formula
/// rᵢ = λᵢ / (λ₀ + … + λ_{d−1})
/// ```
///
/// * `x`: n×d, one sample per row, at least two; not all equal. Entries are 0 or from 10⁻⁷⁰ to 10⁷⁰ in size.
/// * Returns d ratios in descending order that sum to 1, each to 10⁻⁹.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples;
/// * [`InputError::NotFinite`] with `name` `"x"`, in row-major order;
/// * [`InputError::Constant`] with `name` `"x"` if all samples are equal, or have no feature.
///
/// ```
/// # use katas::boss::pca::explained_variance_ratio;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]]);
/// let ratios = explained_variance_ratio(&x)?;
/// assert!((ratios[0] - 0.9).abs() < 1e-9 && (ratios[1] - 0.1).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.decomposition.PCA().fit(x).explained_variance_ratio_`.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, 2nd ed., ch. 12 (the proportion of
/// variance explained).
pub fn explained_variance_ratio(x: &Matrix) -> Result<Vec<f64>, InputError> {
    todo!()
}
