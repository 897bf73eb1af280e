//! Least squares in closed form, with and without an L2 penalty, and the coefficient of determination R².

use kit::{InputError, Matrix, check};

/// Ordinary least squares (linear regression) in closed form: the weights and the intercept with the least mean
/// squared error, without gradient descent.
///
/// It minimizes
///
/// ```formula
/// L(w, b) = Σᵢ (xᵢ·w + b − yᵢ)² / n
/// ```
///
/// * `x`: n×d features. `y`: n targets.
/// * Returns (w, b): d weights and the intercept (bias); for d = 0 b is the mean of y.
///
/// The minimum is unique where the columns of x and the constant column of ones are linearly independent. "Up to
/// rounding" below means: a column that can be combined from the others and the constant with an error below 10⁻¹² of
/// its size is dependent, one that cannot be with an error below 10⁻³ is not; what lies between is left open.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per target; `left` is the number of rows;
/// * [`InputError::TooFew`] if there are fewer samples than unknowns, d + 1;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"y"` and the first `index`, in row-major order;
/// * [`InputError::Dependent`] with `name` `"x"` if the columns of x and the constant depend on each other, up to
///   rounding.
///
/// ```
/// # use katas::m04_ml_from_scratch::least_squares::normal_equation;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [-1.0], [1.0], [-1.0]]);
/// let (w, b) = normal_equation(&x, &[4.0, 0.0, 2.0, -2.0])?;
/// assert!((w[0] - 2.0).abs() < 1e-12 && (b - 1.0).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.linear_model.LinearRegression().fit(x, y)`, or
/// `numpy.linalg.lstsq(numpy.column_stack([x, numpy.ones(n)]), y)`; both accept dependent columns and return a
/// solution of least norm: of w the first, of (w, b) the second.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.2.
pub fn normal_equation(x: &Matrix, y: &[f64]) -> Result<(Vec<f64>, f64), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(x.cols() + 1, x.rows())?;
    ridge(x, y, 0.0)
}

/// Ridge regression: linear regression with an L2 penalty (L2 regularization, weight decay).
///
/// It minimizes
///
/// ```formula
/// L(w, b) = Σᵢ (xᵢ·w + b − yᵢ)² / n + λ·(w₁² + … + w_d²)
/// ```
///
/// The intercept is not penalized. Mind the n: some books and libraries add λ to the sum of squares, not to the mean.
///
/// * `x`: n×d features. `y`: n targets. `penalty`: λ ≥ 0, the regularization strength, a hyperparameter; for λ > 0
///   dependent columns (multicollinearity) are allowed: they share their weight.
/// * Returns (w, b): d weights and the intercept (bias).
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per target; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"y"` or `"penalty"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"penalty"` if it is negative;
/// * [`InputError::Dependent`] with `name` `"x"` if the columns of x and the constant depend on each other, up to
///   rounding as in [`normal_equation`], and λ is 0. Where λ is above 0 and less than 10⁻¹¹ of a column's mean square,
///   rounding may lose it: whether they are rejected then or share their weight is left open.
///
/// ```
/// # use katas::m04_ml_from_scratch::least_squares::ridge;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [-1.0], [1.0], [-1.0]]);
/// let (w, b) = ridge(&x, &[4.0, 0.0, 2.0, -2.0], 3.0)?;
/// assert!((w[0] - 0.5).abs() < 1e-12 && (b - 1.0).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.linear_model.Ridge(alpha=n * penalty).fit(x, y)`; there the penalty is added to the sum of
/// squares.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.4.1.
pub fn ridge(x: &Matrix, y: &[f64], penalty: f64) -> Result<(Vec<f64>, f64), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite("y", y)?;
    check::finite_number("penalty", penalty)?;
    check::not_negative("penalty", penalty)?;
    let (n, d) = x.shape();
    let mean_x: Vec<f64> = (0..d).map(|j| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64).collect();
    let mean_y = y.iter().sum::<f64>() / n as f64;
    // In centered coordinates the intercept is 0, and the penalty does not reach it.
    let centered = Matrix::from_fn(n, d, |i, j| x[(i, j)] - mean_x[j]);
    let gram = Matrix::from_fn(d, d, |j, k| {
        let product: f64 = (0..n).map(|i| centered[(i, j)] * centered[(i, k)]).sum();
        if j == k { product + n as f64 * penalty } else { product }
    });
    let with_y = (0..d).map(|j| (0..n).map(|i| centered[(i, j)] * (y[i] - mean_y)).sum()).collect();
    let size = |j: usize| (0..n).map(|i| x[(i, j)] * x[(i, j)]).sum();
    let w = solve(gram, with_y, size).ok_or(InputError::Dependent { name: "x" })?;
    let b = mean_y - w.iter().zip(&mean_x).map(|(w, m)| w * m).sum::<f64>();
    Ok((w, b))
}

/// The coefficient of determination, R²: the fraction of the variance of y that the predictions explain.
///
/// ```formula
/// R² = 1 − Σ(yᵢ − ŷᵢ)² / Σ(yᵢ − ȳ)²
/// ```
///
/// * `y`: the true targets (ground truth), n numbers with the mean ȳ. `predictions`: ŷ, n numbers.
/// * Returns a number ≤ 1: 1 for perfect predictions, 0 for the baseline that always predicts ȳ, negative for worse.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predictions` differ in length;
/// * [`InputError::TooFew`] if there are fewer than two numbers;
/// * [`InputError::NotFinite`] with `name` `"y"` or `"predictions"` and the first `index`;
/// * [`InputError::Constant`] with `name` `"y"` if all of y is the same number: there is no variance to explain.
///
/// ```
/// # use katas::m04_ml_from_scratch::least_squares::r2_score;
/// let share = r2_score(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0])?;
/// assert!((share - 0.5).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.metrics.r2_score(y, predictions)`; where y is constant it returns 0 or 1 instead of an error.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §3.1.3.
pub fn r2_score(y: &[f64], predictions: &[f64]) -> Result<f64, InputError> {
    check::same_length(y.len(), predictions.len())?;
    check::at_least(2, y.len())?;
    check::finite("y", y)?;
    check::finite("predictions", predictions)?;
    // Asked of the numbers themselves: the mean of three times 0.1 is not quite 0.1.
    check::varies("y", y)?;
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let left: f64 = y.iter().zip(predictions).map(|(y, p)| (y - p) * (y - p)).sum();
    let all: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
    Ok(1.0 - left / all)
}

/// The solution of `a·w = c` for a symmetric positive definite matrix, by Cholesky's a = L·Lᵀ. `None` if a pivot, the
/// squared distance of its column from those before, is lost in rounding next to the squared `size` of the column.
fn solve(mut a: Matrix, mut c: Vec<f64>, size: impl Fn(usize) -> f64) -> Option<Vec<f64>> {
    const LOST: f64 = 1e-12;
    let d = c.len();
    for j in 0..d {
        for k in 0..=j {
            let sum = a[(j, k)] - (0..k).map(|i| a[(j, i)] * a[(k, i)]).sum::<f64>();
            if j == k {
                if sum <= LOST * size(j) {
                    return None;
                }
                a[(j, j)] = sum.sqrt();
            } else {
                a[(j, k)] = sum / a[(k, k)];
            }
        }
    }
    for j in 0..d {
        c[j] = (c[j] - (0..j).map(|k| a[(j, k)] * c[k]).sum::<f64>()) / a[(j, j)];
    }
    for j in (0..d).rev() {
        c[j] = (c[j] - (j + 1..d).map(|k| a[(k, j)] * c[k]).sum::<f64>()) / a[(j, j)];
    }
    Some(c)
}
