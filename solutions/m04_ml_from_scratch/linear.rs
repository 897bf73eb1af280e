//! Linear regression by gradient descent: the model, its loss, the gradient of the loss, and the training.

use kit::{InputError, Matrix, check};

/// The predictions of a linear model, one per sample.
///
/// ```formula
/// ŷᵢ = xᵢ·w + b
/// ```
///
/// * `x`: the n×d feature matrix, one sample per row; n and d may be 0.
/// * `w`: the weights, d numbers. `b`: the intercept (bias).
/// * Returns n predictions; for d = 0 each of them is b. A NaN in a row makes the prediction for that row NaN.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] unless `w` has one weight per feature; w counts as a column vector.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::predict;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 2.0], [0.0, -1.0]]);
/// assert_eq!(predict(&x, &[3.0, 0.5], 1.0), Ok(vec![5.0, 0.5]));
/// ```
///
/// In Python: `x @ w + b`, or `model.predict(x)` of a fitted `sklearn.linear_model.LinearRegression`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.2.
pub fn predict(x: &Matrix, w: &[f64], b: f64) -> Result<Vec<f64>, InputError> {
    check::product_shapes(x.shape(), (w.len(), 1))?;
    let product = |row: &[f64]| row.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
    Ok((0..x.rows()).map(|i| product(x.row(i)) + b).collect())
}

/// The mean squared error (MSE), the loss function of linear regression.
///
/// ```formula
/// MSE = ((ŷ₁ − y₁)² + … + (ŷₙ − yₙ)²) / n
/// ```
///
/// * `y`: the targets (ground truth), n numbers. `predictions`: ŷ, n numbers.
/// * Returns a number ≥ 0 in the squared unit of y; NaN if either contains a NaN.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `y` and `predictions` differ in length;
/// * [`InputError::TooFew`] if they are empty.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::mean_squared_error;
/// assert_eq!(mean_squared_error(&[1.0, 2.0], &[1.0, 5.0]), Ok(4.5));
/// ```
///
/// In Python: `sklearn.metrics.mean_squared_error(y, predictions)`, or
/// `torch.nn.functional.mse_loss(predictions, y)`.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §2.2.1.
pub fn mean_squared_error(y: &[f64], predictions: &[f64]) -> Result<f64, InputError> {
    check::same_length(y.len(), predictions.len())?;
    check::at_least(1, y.len())?;
    let squares: f64 = y.iter().zip(predictions).map(|(y, p)| (p - y) * (p - y)).sum();
    Ok(squares / y.len() as f64)
}

/// The gradient of the mean squared error of a linear model, with respect to its weights and its intercept.
///
/// The loss as a function of the parameters is
///
/// ```formula
/// L(w, b) = Σᵢ (xᵢ·w + b − yᵢ)² / n
/// ```
///
/// * `x`: n×d features. `y`: n targets. `w`: d weights. `b`: the intercept.
/// * Returns (∂L/∂w, ∂L/∂b): d partial derivatives and one.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per target; `left` is the number of rows;
/// * [`InputError::ShapeMismatch`] unless `w` has one weight per feature; w counts as a column vector;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"y"`, `"w"` or `"b"` and the first `index`, in row-major order.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::mse_gradient;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [0.0]]);
/// assert_eq!(mse_gradient(&x, &[1.0, 1.0], &[1.0], 0.0), Ok((vec![2.0], 0.0)));
/// ```
///
/// In Python: `2 / n * x.T @ (x @ w + b - y)` and `2 * (x @ w + b - y).mean()`; PyTorch computes both by
/// `loss.backward()`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §5.1.4.
pub fn mse_gradient(x: &Matrix, y: &[f64], w: &[f64], b: f64) -> Result<(Vec<f64>, f64), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::product_shapes(x.shape(), (w.len(), 1))?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite("y", y)?;
    check::finite("w", w)?;
    check::finite_number("b", b)?;
    let scale = 2.0 / y.len() as f64;
    let residuals: Vec<f64> = predict(x, w, b)?.iter().zip(y).map(|(p, y)| p - y).collect();
    let partial = |j: usize| scale * residuals.iter().enumerate().map(|(i, r)| r * x[(i, j)]).sum::<f64>();
    Ok(((0..x.cols()).map(partial).collect(), scale * residuals.iter().sum::<f64>()))
}

/// Linear regression by full-batch gradient descent on the mean squared error L(w, b).
///
/// Gradient descent starts at w = 0, b = 0 and takes exactly the given number of steps:
///
/// ```formula
/// w ← w − η·∂L/∂w,    b ← b − η·∂L/∂b    (both gradients at the old w and b)
/// ```
///
/// * `x`: n×d features; for d = 0 only the intercept is fitted. `y`: n targets.
/// * `learning_rate`: η > 0. `steps`: the number of steps (iterations); 0 returns zeros. Both are hyperparameters.
/// * Returns (w, b) after the last step: the weights and the intercept (bias).
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per target; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"y"` or `"learning_rate"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` unless it is above 0;
/// * [`InputError::NotConverged`] with the given `steps` and an infinite `residual` if a weight or the intercept is
///   not finite in the end: the descent diverged, the learning rate is too large.
///
/// ```
/// # use katas::m04_ml_from_scratch::linear::fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [-1.0]]);
/// assert_eq!(fit(&x, &[3.0, -1.0], 0.25, 1), Ok((vec![1.0], 0.5)));
/// assert_eq!(fit(&x, &[3.0, -1.0], 0.5, 1), Ok((vec![2.0], 1.0)));
/// ```
///
/// In Python: no single call; in PyTorch `steps` times `optimizer.zero_grad()`, `loss.backward()`, `optimizer.step()`
/// with `optimizer = torch.optim.SGD([w, b], lr=learning_rate)` on all samples at once.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn fit(x: &Matrix, y: &[f64], learning_rate: f64, steps: usize) -> Result<(Vec<f64>, f64), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite("y", y)?;
    check::finite_number("learning_rate", learning_rate)?;
    check::positive("learning_rate", learning_rate)?;
    let (mut w, mut b) = (vec![0.0; x.cols()], 0.0);
    for _ in 0..steps {
        let (dw, db) = mse_gradient(x, y, &w, b)?;
        w.iter_mut().zip(dw).for_each(|(w, dw)| *w -= learning_rate * dw);
        b -= learning_rate * db;
        if !b.is_finite() || w.iter().any(|w| !w.is_finite()) {
            return Err(InputError::NotConverged { steps, residual: f64::INFINITY });
        }
    }
    Ok((w, b))
}
