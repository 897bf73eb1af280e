//! The density of a multivariate normal distribution, by Cholesky's factorization.

use kit::{InputError, Matrix, check};

/// The logarithm of the density of a multivariate normal distribution at some points.
///
/// ```formula
/// log p(x) = −½·(d·log 2π + log det Σ + (x − μ)ᵀ Σ⁻¹ (x − μ))
/// ```
///
/// * `x`: n×d points, n and d at least 1. `mean`: μ, d numbers. No number of either is above 10¹⁵⁰ in size.
/// * `covariance`: Σ, d×d, symmetric to the last bit and positive definite. A matrix that is so close to singular that it
///   is rounding which decides may be accepted or rejected.
/// * Returns log p (natural logarithm) for each point. It is finite even where p itself underflows to 0.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point or no feature;
/// * [`InputError::LengthMismatch`] unless the mean has d entries; `left` is d;
/// * [`InputError::ShapeMismatch`] unless the covariance is d×d; `left` is the shape of x;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"mean"` or `"covariance"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"x"` or `"mean"` and the first number that is above 10¹⁵⁰ in size;
/// * [`InputError::NotSymmetric`] if the covariance is not symmetric;
/// * [`InputError::NotPositiveDefinite`] with `name` `"covariance"`.
///
/// ```
/// # use katas::x2_clustering::density::gaussian_log_density;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[3.0, 1.0], [5.0, 1.0]]);
/// let covariance = Matrix::from_rows([[1.0, 0.0], [0.0, 4.0]]);
/// let log_p = gaussian_log_density(&x, &[3.0, 1.0], &covariance)?;
/// assert!((log_p[0] + (4.0 * std::f64::consts::PI).ln()).abs() < 1e-12);
/// assert!((log_p[1] - log_p[0] + 2.0).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `scipy.stats.multivariate_normal(mean, covariance).logpdf(x)`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §2.3, equation 2.43; Golub and Van Loan, *Matrix
/// Computations*, 4th ed., §4.2 (Cholesky).
pub fn gaussian_log_density(x: &Matrix, mean: &[f64], covariance: &Matrix) -> Result<Vec<f64>, InputError> {
    todo!()
}
