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
    check::at_least(1, x.rows())?;
    check::finite("x", x.as_slice())?;
    let (n, d) = x.shape();
    // Divided before they are summed, so that no sum overflows.
    let mean: Vec<f64> = (0..d).map(|j| (0..n).map(|i| x[(i, j)] / n as f64).sum()).collect();
    Ok((Matrix::from_fn(n, d, |i, j| x[(i, j)] - mean[j]), mean))
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
    check::at_least(2, x.rows())?;
    check::finite("x", x.as_slice())?;
    let (centered, _) = center(x)?;
    let (n, d) = x.shape();
    let product = |j, k| (0..n).map(|i| centered[(i, j)] * centered[(i, k)]).sum::<f64>() / (n - 1) as f64;
    Ok(Matrix::from_fn(d, d, product))
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
    check::square(covariance.shape())?;
    check::finite("covariance", covariance.as_slice())?;
    nearly_symmetric(covariance)?;
    let d = covariance.cols();
    check::in_range("count", count as f64, (1..=d).contains(&count), "1 to the number of columns")?;
    let (mut a, mut vectors) = (covariance.clone(), Matrix::from_fn(d, d, |i, j| f64::from(i == j)));
    // Each sweep squares the off-diagonal entries, once they are small: a dozen sweeps are more than enough.
    for _ in 0..40 {
        let size = largest_entry(&a);
        let mut is_diagonal = true;
        for p in 0..d {
            for q in p + 1..d {
                if a[(p, q)].abs() > 1e-15 * size {
                    rotate(&mut a, &mut vectors, p, q);
                    is_diagonal = false;
                }
            }
        }
        if is_diagonal {
            break;
        }
    }
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&i, &j| a[(j, j)].total_cmp(&a[(i, i)]));
    let variances = order[..count].iter().map(|&k| a[(k, k)]).collect();
    Ok((variances, Matrix::from_fn(count, d, |i, j| vectors[(j, order[i])])))
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
    check::at_least(2, x.rows())?;
    check::finite("x", x.as_slice())?;
    if x.cols() == 0 || (1..x.rows()).all(|i| x.row(i) == x.row(0)) {
        return Err(InputError::Constant { name: "x" });
    }
    let (variances, _) = principal_components(&covariance(x)?, x.cols())?;
    let total: f64 = variances.iter().sum();
    Ok(variances.iter().map(|variance| variance / total).collect())
}

/// A Jacobi rotation J in the plane of p and q: A becomes Jᵀ·A·J, where entry (p, q) is 0, and V becomes V·J.
fn rotate(a: &mut Matrix, v: &mut Matrix, p: usize, q: usize) {
    let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let rotated = |x: f64, y: f64| (cosine * x - sine * y, sine * x + cosine * y);
    // The new diagonal is more precise from these than from the rotated rows and columns.
    let shift = tangent * a[(p, q)];
    let (on_p, on_q) = (a[(p, p)] - shift, a[(q, q)] + shift);
    for k in 0..a.rows() {
        (a[(k, p)], a[(k, q)]) = rotated(a[(k, p)], a[(k, q)]);
        (v[(k, p)], v[(k, q)]) = rotated(v[(k, p)], v[(k, q)]);
    }
    for k in 0..a.rows() {
        (a[(p, k)], a[(q, k)]) = rotated(a[(p, k)], a[(q, k)]);
    }
    (a[(p, p)], a[(q, q)], a[(p, q)], a[(q, p)]) = (on_p, on_q, 0.0, 0.0);
}

/// A computed covariance matrix may differ from its transpose by rounding.
pub(crate) fn nearly_symmetric(a: &Matrix) -> Result<(), InputError> {
    let size = largest_entry(a);
    for row in 0..a.rows() {
        for col in row + 1..a.rows() {
            if (a[(row, col)] - a[(col, row)]).abs() > 1e-9 * size {
                return Err(InputError::NotSymmetric { row, col });
            }
        }
    }
    Ok(())
}

fn largest_entry(a: &Matrix) -> f64 {
    a.as_slice().iter().fold(0.0, |size, a| a.abs().max(size))
}
