//! Pictures of underfitting and overfitting.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

/// Training and validation error against the degree of a polynomial: the trade-off between bias and variance.
///
/// * `training`, `validation`: the errors for the degrees 0, 1, 2, …; equally many, at least one, from 0 to 10¹⁵⁰.
/// * Returns a figure with the title `Bias and variance`, the axes `degree` and `error`, and these layers:
///   1. A `Line` with the label `training error` through (0, e₀), (1, e₁), …
///   2. A `Line` with the label `validation error`.
///   3. `Points` with the label `lowest validation error: degree {k}`: one point, where the validation error is lowest; of several
///      equal ones the lowest degree, since the simpler model is preferred.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there are equally many; `left` is the number of training errors;
/// * [`InputError::TooFew`] with `wanted` 1 if there is none;
/// * [`InputError::NotFinite`] with `name` `"training"` or `"validation"` and the first `index`;
/// * [`InputError::OutOfRange`] with such a name and the first error that is negative or above 10¹⁵⁰.
///
/// ```
/// # use katas::x3_regularization::figures::bias_variance_figure;
/// # use kit::figure::Layer;
/// let figure = bias_variance_figure(&[9.0, 4.0, 1.0], &[9.5, 5.0, 7.0])?;
/// let label = "lowest validation error: degree 1".to_owned();
/// assert_eq!(figure.layers[2], Layer::Points { label, at: vec![[1.0, 5.0]] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.ValidationCurveDisplay.from_estimator(…, param_name="polynomialfeatures__degree", …)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.2, figure 7.1.
pub fn bias_variance_figure(training: &[f64], validation: &[f64]) -> Result<Figure, InputError> {
    todo!()
}

/// Learning curve: training and validation error against the number of training samples, averaged over folds.
///
/// * `sizes`: the numbers of training samples, at least one, each larger than the one before, the first at least 1.
/// * `training`, `validation`: s×f errors, one row per size, one column per fold, f at least 1; from 0 to 10¹⁵⁰.
/// * Returns a figure with the title `Learning curve`, the axes `training samples` and `error`, and these layers:
///   1. `Points` with the label `folds`: the validation errors (size, error), size after size, within a size fold after fold.
///   2. A `Line` with the label `training error` through (size, mean over the folds).
///   3. A `Line` with the label `validation error`, likewise.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] unless both have the same shape; `left` is that of the training errors;
/// * [`InputError::LengthMismatch`] unless there is one size per row; `left` is the number of sizes;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no size or no fold;
/// * [`InputError::NotFinite`] with `name` `"training"` or `"validation"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with such a name and the first error that is negative or above 10¹⁵⁰, or with `"sizes"` and the first
///   that is not larger than the one before, or 0.
///
/// ```
/// # use katas::x3_regularization::figures::learning_curve_figure;
/// # use kit::Matrix;
/// # use kit::figure::Layer;
/// let training = Matrix::from_rows([[0.0, 1.0], [2.0, 2.0]]);
/// let validation = Matrix::from_rows([[7.0, 9.0], [4.0, 5.0]]);
/// let figure = learning_curve_figure(&[10, 100], &training, &validation)?;
/// let label = "validation error".to_owned();
/// assert_eq!(figure.layers[2], Layer::Line { label, through: vec![[10.0, 8.0], [100.0, 4.5]] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.LearningCurveDisplay.from_estimator(model, x, y, train_sizes=sizes)`.
///
/// Source: Géron, *Hands-On Machine Learning with Scikit-Learn, Keras and TensorFlow*, 3rd ed., ch. 4, "Learning Curves".
pub fn learning_curve_figure(
    sizes: &[usize],
    training: &Matrix,
    validation: &Matrix,
) -> Result<Figure, InputError> {
    todo!()
}
