//! Linear regression, walked down to: the model, its error, the slope of the error, and the descent.

use kit::{InputError, Matrix, check};

/// What a linear model says about each sample.
///
/// ```text
/// ŷᵢ = xᵢ·w + b
/// ```
///
/// * `x`: n samples with d features, n×d; n and d may be 0.
/// * `w`: the weights, d numbers. `b`: the intercept.
/// * Returns n numbers; for d = 0 each of them is b. A NaN in a row makes the prediction for that row NaN.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if `w` does not hold one weight a feature; w counts as a column.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::predict;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 2.0], [0.0, -1.0]]);
/// assert_eq!(predict(&x, &[3.0, 0.5], 1.0), Ok(vec![5.0, 0.5]));
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.2.
pub fn predict(x: &Matrix, w: &[f64], b: f64) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// The mean squared error of predictions.
///
/// ```text
/// MSE = ((ŷ₁ − y₁)² + … + (ŷₙ − yₙ)²) / n
/// ```
///
/// * `y`: the truth, n numbers. `predicted`: ŷ, n numbers.
/// * Returns a number ≥ 0 in the squared unit of y; NaN if a number in either is NaN.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predicted` differ in length;
/// * [`InputError::TooFew`] if they are empty.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::mean_squared_error;
/// assert_eq!(mean_squared_error(&[1.0, 2.0], &[1.0, 5.0]), Ok(4.5));
/// ```
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §2.2.1.
pub fn mean_squared_error(y: &[f64], predicted: &[f64]) -> Result<f64, InputError> {
    todo!()
}

/// The gradient of the mean squared error of a linear model, with respect to its weights and its intercept.
///
/// The error as a function of them is
///
/// ```text
/// L(w, b) = Σᵢ (xᵢ·w + b − yᵢ)² / n
/// ```
///
/// * `x`: n×d features. `y`: n targets. `w`: d weights. `b`: the intercept.
/// * Returns (∂L/∂w, ∂L/∂b): d numbers and one.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a target; `left` is the number of rows;
/// * [`InputError::ShapeMismatch`] if `w` does not hold one weight a feature; w counts as a column;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"y"`, `"w"` or `"b"`, the first that applies; entries of x are
///   counted row after row.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::mse_gradient;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [0.0]]);
/// assert_eq!(mse_gradient(&x, &[1.0, 1.0], &[1.0], 0.0), Ok((vec![2.0], 0.0)));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §5.1.4.
pub fn mse_gradient(x: &Matrix, y: &[f64], w: &[f64], b: f64) -> Result<(Vec<f64>, f64), InputError> {
    todo!()
}

/// Linear regression by gradient descent on the mean squared error L(w, b), over all samples at once.
///
/// The descent starts at w = 0, b = 0 and takes the given number of steps, no fewer and no more:
///
/// ```text
/// w ← w − η·∂L/∂w,    b ← b − η·∂L/∂b    (both slopes at the old w and b)
/// ```
///
/// * `x`: n×d features; for d = 0 only the intercept is fitted. `y`: n targets.
/// * `learning_rate`: η > 0. `steps`: how many; 0 gives zeros.
/// * Returns (w, b) after the last step.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a target; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"y"` or `"learning_rate"`, the first that applies;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` unless it is above 0;
/// * [`InputError::NotConverged`] with the given `steps` and an infinite `residual` if a weight or the intercept is not
///   finite in the end: the learning rate is too large.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [-1.0]]);
/// assert_eq!(fit(&x, &[3.0, -1.0], 0.25, 1), Ok((vec![1.0], 0.5)));
/// assert_eq!(fit(&x, &[3.0, -1.0], 0.5, 1), Ok((vec![2.0], 1.0)));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn fit(x: &Matrix, y: &[f64], learning_rate: f64, steps: usize) -> Result<(Vec<f64>, f64), InputError> {
    todo!()
}
