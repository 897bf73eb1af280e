//! Predictions of a logistic regression model: the probability of class 1, and the class.

use kit::{InputError, Matrix, check};

/// The predicted probability of class 1 for each sample, by a logistic regression model.
///
/// ```formula
/// pᵢ = σ(xᵢ·w + b)
/// ```
///
/// * `x`: n×d features; n and d may be 0. `w`: d weights. `b`: the intercept (bias).
/// * Returns n probabilities, correct to a few ε of 1: a tiny one may come out as 0. A NaN in a row makes the
///   probability for that row NaN.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] unless `w` has one weight per feature; w counts as a column vector.
///
/// ```
/// # use katas::m04_ml_from_scratch::decision::predict_proba;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0, 2.0], [500.0, 0.0]]);
/// let p = predict_proba(&x, &[2.0, -1.0], 0.0)?;
/// assert!((p[0] - 0.5).abs() < 1e-14 && (p[1] - 1.0).abs() < 1e-14);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `model.predict_proba(x)[:, 1]` of a fitted `sklearn.linear_model.LogisticRegression`, or
/// `torch.sigmoid(x @ w + b)`.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §4.3.1.
pub fn predict_proba(x: &Matrix, w: &[f64], b: f64) -> Result<Vec<f64>, InputError> {
    Ok(super::linear::predict(x, w, b)?.into_iter().map(super::logistic::sigmoid).collect())
}

/// The predicted class of each sample, by a logistic regression model: 1 where the predicted probability of class 1
/// reaches the decision threshold, else 0.
///
/// * `x`: n×d features; n and d may be 0. `w`: d weights. `b`: the intercept (bias).
/// * `threshold`: the least probability for class 1, more than 0 and less than 1. ½ is the usual one; where a false
///   negative costs more than a false positive, choose a lower one.
/// * Returns n labels, 0 or 1. A probability equal to the threshold gives 1.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] unless `w` has one weight per feature; w counts as a column vector;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"w"`, `"b"` or `"threshold"` and the first `index`: a NaN has no class;
/// * [`InputError::OutOfRange`] with `name` `"threshold"` unless it is above 0 and below 1.
///
/// ```
/// # use katas::m04_ml_from_scratch::decision::predict;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [-1.0]]);
/// assert_eq!(predict(&x, &[1.0], 0.0, 0.5), Ok(vec![1, 0]));
/// assert_eq!(predict(&x, &[1.0], 0.0, 0.25), Ok(vec![1, 1]));
/// ```
///
/// In Python: `(model.predict_proba(x)[:, 1] >= threshold).astype(int)`; `model.predict(x)` uses the threshold ½.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §4.3.1.
pub fn predict(x: &Matrix, w: &[f64], b: f64, threshold: f64) -> Result<Vec<usize>, InputError> {
    check::product_shapes(x.shape(), (w.len(), 1))?;
    check::finite("x", x.as_slice())?;
    check::finite("w", w)?;
    check::finite_number("b", b)?;
    check::finite_number("threshold", threshold)?;
    check::in_range("threshold", threshold, 0.0 < threshold && threshold < 1.0, "between 0 and 1")?;
    Ok(predict_proba(x, w, b)?.into_iter().map(|p| usize::from(p >= threshold)).collect())
}
