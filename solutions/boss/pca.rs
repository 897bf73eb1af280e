//! Principal components from scratch: the directions in which data vary most.

use kit::{InputError, Matrix};

/// The data measured from their mean.
///
/// * `x`: n×d, one sample a row, at least one.
/// * Returns (x − x̄, x̄): the n×d matrix of xᵢⱼ − x̄ⱼ, and the d means of the columns.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, counted row after row.
///
/// ```
/// # use katas::boss::pca::center;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 5.0], [3.0, 5.0]]);
/// assert_eq!(center(&x), Ok((Matrix::from_rows([[-1.0, 0.0], [1.0, 0.0]]), vec![2.0, 5.0])));
/// ```
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.
pub fn center(x: &Matrix) -> Result<(Matrix, Vec<f64>), InputError> {
    usable(x, 1)?;
    let (n, d) = x.shape();
    let mut mean = vec![0.0; d];
    (0..n).for_each(|i| mean.iter_mut().zip(x.row(i)).for_each(|(mean, x)| *mean += x / n as f64));
    Ok((Matrix::from_fn(n, d, |i, j| x[(i, j)] - mean[j]), mean))
}

/// The covariance matrix of the columns.
///
/// ```text
/// Cⱼₖ = Σᵢ (xᵢⱼ − x̄ⱼ)·(xᵢₖ − x̄ₖ) / (n − 1)
/// ```
///
/// * `x`: n×d, one sample a row, at least two. The mean may be far from 0: beside it no more is lost than it is
///   itself rounded by.
/// * Returns the symmetric d×d matrix; its diagonal holds the columns' sample variances.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples;
/// * [`InputError::NotFinite`] with `name` `"x"`, counted row after row.
///
/// ```
/// # use katas::boss::pca::covariance;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 0.0], [3.0, -4.0]]);
/// assert_eq!(covariance(&x), Ok(Matrix::from_rows([[2.0, -4.0], [-4.0, 8.0]])));
/// ```
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.1, there with n for n − 1.
pub fn covariance(x: &Matrix) -> Result<Matrix, InputError> {
    usable(x, 2)?;
    let (centred, _) = center(x)?;
    let (n, d) = x.shape();
    let mut upper = vec![0.0; d * d];
    // Sample by sample, along the row that is at hand; the lower half is a mirror image.
    for i in 0..n {
        let row = centred.row(i);
        for j in 0..d {
            let sums = &mut upper[j * d + j..(j + 1) * d];
            sums.iter_mut().zip(&row[j..]).for_each(|(sum, x)| *sum += row[j] * x);
        }
    }
    Ok(Matrix::from_fn(d, d, |j, k| upper[j.min(k) * d + j.max(k)] / (n - 1) as f64))
}

/// The principal components of a covariance matrix: its eigenvectors with the largest eigenvalues.
///
/// * `covariance`: C, symmetric, d×d, without negative eigenvalues, as every covariance matrix is.
/// * `count`: how many components, 1 to d.
/// * Returns (variances, components): the `count` largest eigenvalues, falling, and a `count`×d matrix whose row i is a
///   unit eigenvector v of the i-th; all rows are orthogonal to each other. Each entry of C·v is within 10⁻⁹ of λ·v's
///   and each inner product within 10⁻⁹ of 0 or 1, the former in units of C's trace. Either sign of a component is
///   right, and where eigenvalues are equal, any orthonormal basis.
///
/// # Errors
///
/// * [`InputError::NotSquare`] if C is not square;
/// * [`InputError::NotFinite`] with `name` `"covariance"`, counted row after row;
/// * [`InputError::NotSymmetric`] with the first entry, row after row, that differs from its mirror image by more than
///   10⁻⁹ of C's largest entry in size;
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
/// Sources: Bishop, *Pattern Recognition and Machine Learning*, §12.1.1; Golub and Van Loan, *Matrix Computations*,
/// 4th ed., §8.5 (Jacobi).
pub fn principal_components(covariance: &Matrix, count: usize) -> Result<(Vec<f64>, Matrix), InputError> {
    symmetric(covariance)?;
    let d = covariance.cols();
    if count == 0 || count > d {
        let wanted = "1 to the number of columns";
        return Err(InputError::OutOfRange { name: "count", got: count as f64, wanted });
    }
    let mut rows: Vec<Vec<f64>> = (0..d).map(|i| covariance.row(i).to_vec()).collect();
    let mut vectors: Vec<Vec<f64>> =
        (0..d).map(|i| (0..d).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    // Each sweep squares what is left beside the diagonal, once it is small: a dozen are more than enough.
    for _ in 0..40 {
        let size = rows.iter().flatten().fold(0.0_f64, |size, a| size.max(a.abs()));
        let mut turned = false;
        for p in 0..d {
            for q in p + 1..d {
                if rows[p][q].abs() > 1e-15 * size {
                    turn(&mut rows, &mut vectors, p, q);
                    turned = true;
                }
            }
        }
        if !turned {
            break;
        }
    }
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&a, &b| rows[b][b].total_cmp(&rows[a][a]));
    let variances = order[..count].iter().map(|&k| rows[k][k]).collect();
    Ok((variances, Matrix::from_fn(count, d, |i, j| vectors[order[i]][j])))
}

/// The shares of the whole variance that lie along the principal components.
///
/// ```text
/// rᵢ = λᵢ / (λ₀ + … + λ_{d−1})
/// ```
///
/// * `x`: n×d, one sample a row, at least two; not all the same.
/// * Returns d ratios, falling, that sum to 1, each to 10⁻⁹.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples;
/// * [`InputError::NotFinite`] with `name` `"x"`, counted row after row;
/// * [`InputError::Constant`] with `name` `"x"` if all samples are the same, or have no feature.
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
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, ch. 10 (the proportion of
/// variance explained).
pub fn explained_variance_ratio(x: &Matrix) -> Result<Vec<f64>, InputError> {
    usable(x, 2)?;
    if x.cols() == 0 || (1..x.rows()).all(|i| x.row(i) == x.row(0)) {
        return Err(InputError::Constant { name: "x" });
    }
    let (variances, _) = principal_components(&covariance(x)?, x.cols())?;
    let total: f64 = variances.iter().sum();
    Ok(variances.iter().map(|variance| variance / total).collect())
}

/// Turns the plane of axes p < q so that entry (p, q) becomes 0.
fn turn(a: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let shift = tangent * a[p][q];
    let (on_p, on_q) = (a[p][p] - shift, a[q][q] + shift);
    rotate(a, p, q, cosine, sine);
    // The matrix is symmetric: what its rows have become, its columns are.
    (a[p][p], a[q][q], a[p][q], a[q][p]) = (on_p, on_q, 0.0, 0.0);
    for k in (0..a.len()).filter(|k| ![p, q].contains(k)) {
        (a[k][p], a[k][q]) = (a[p][k], a[q][k]);
    }
    rotate(vectors, p, q, cosine, sine);
}

/// Rows p < q of a matrix, turned.
fn rotate(rows: &mut [Vec<f64>], p: usize, q: usize, cosine: f64, sine: f64) {
    let (before, from_q) = rows.split_at_mut(q);
    for (v, w) in before[p].iter_mut().zip(&mut from_q[0]) {
        (*v, *w) = (cosine * *v - sine * *w, sine * *v + cosine * *w);
    }
}

fn symmetric(a: &Matrix) -> Result<(), InputError> {
    let (rows, cols) = a.shape();
    if rows != cols {
        return Err(InputError::NotSquare { rows, cols });
    }
    if let Some(index) = a.as_slice().iter().position(|v| !v.is_finite()) {
        return Err(InputError::NotFinite { name: "covariance", index });
    }
    let size = a.as_slice().iter().fold(0.0_f64, |size, a| size.max(a.abs()));
    for row in 0..rows {
        for col in row + 1..rows {
            if (a[(row, col)] - a[(col, row)]).abs() > 1e-9 * size {
                return Err(InputError::NotSymmetric { row, col });
            }
        }
    }
    Ok(())
}

fn usable(x: &Matrix, wanted: usize) -> Result<(), InputError> {
    if x.rows() < wanted {
        return Err(InputError::TooFew { got: x.rows(), wanted });
    }
    let bad = x.as_slice().iter().position(|v| !v.is_finite());
    bad.map_or(Ok(()), |index| Err(InputError::NotFinite { name: "x", index }))
}
