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
    super::kmeans::check_points("x", x)?;
    let d = x.cols();
    check::same_length(d, mean.len())?;
    check::finite("mean", mean)?;
    check::all_in_range("mean", mean, |value| value.abs() <= 1e150, "at most 10¹⁵⁰ in size")?;
    if covariance.shape() != (d, d) {
        return Err(InputError::ShapeMismatch { left: x.shape(), right: covariance.shape() });
    }
    check::finite("covariance", covariance.as_slice())?;
    check::symmetric(covariance)?;
    let lower = cholesky(covariance)?;
    let log_det: f64 = (0..d).map(|i| 2.0 * lower[(i, i)].ln()).sum();
    let constant = d as f64 * std::f64::consts::TAU.ln() + log_det;
    let log_density = |point: &[f64]| {
        let difference: Vec<f64> = point.iter().zip(mean).map(|(x, mean)| x - mean).collect();
        -0.5 * (constant + solved(&lower, &difference).iter().map(|y| y * y).sum::<f64>())
    };
    Ok((0..x.rows()).map(|i| log_density(x.row(i))).collect())
}

/// The lower triangular L with L·Lᵀ = the matrix.
fn cholesky(matrix: &Matrix) -> Result<Matrix, InputError> {
    let d = matrix.rows();
    let mut lower = Matrix::zeros(d, d);
    for i in 0..d {
        for j in 0..=i {
            let rest = matrix[(i, j)] - (0..j).map(|k| lower[(i, k)] * lower[(j, k)]).sum::<f64>();
            if i > j {
                lower[(i, j)] = rest / lower[(j, j)];
            } else if rest > 0.0 {
                lower[(i, i)] = rest.sqrt();
            } else {
                return Err(InputError::NotPositiveDefinite { name: "covariance" });
            }
        }
    }
    Ok(lower)
}

/// The y with L·y = b, by forward substitution.
fn solved(lower: &Matrix, b: &[f64]) -> Vec<f64> {
    let mut y = Vec::with_capacity(b.len());
    for (i, b) in b.iter().enumerate() {
        let known: f64 = y.iter().zip(lower.row(i)).map(|(y, l)| y * l).sum();
        y.push((b - known) / lower[(i, i)]);
    }
    y
}
