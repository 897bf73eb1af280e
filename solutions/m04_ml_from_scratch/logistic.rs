//! Logistic regression by gradient descent: the sigmoid, the loss, its gradient, and the training.

use kit::{InputError, Matrix, check};

/// The sigmoid (logistic function), the activation function that turns any number into a probability.
///
/// ```formula
/// σ(z) = 1 / (1 + e⁻ᶻ)
/// ```
///
/// * `z`: the logit, any number; ±∞ give 1 and 0, NaN gives NaN.
/// * Returns a number in \[0, 1\]. For |z| ≤ 700 its relative error is a few ε: σ(−40) is 4.2·10⁻¹⁸, not 0.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::sigmoid;
/// assert_eq!(sigmoid(0.0), 0.5);
/// assert_eq!((sigmoid(1000.0), sigmoid(-1000.0)), (1.0, 0.0));
/// ```
///
/// In Python: `scipy.special.expit(z)`, or `torch.sigmoid(z)`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §3.10.
pub fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// The binary cross-entropy (log loss), averaged over the samples and computed from logits.
///
/// ```formula
/// L = −Σᵢ (yᵢ·ln σ(zᵢ) + (1 − yᵢ)·ln(1 − σ(zᵢ))) / n
/// ```
///
/// * `z`: n finite logits. `y`: n labels, 0 or 1.
/// * Returns a number ≥ 0 in nats, correct to a few ε of 1 + max|zᵢ| and finite where Σ|zᵢ| is. An overconfident
///   wrong prediction is expensive, but its loss stays finite: z = 1000 with the label 0 costs 1000.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `z` and `y` differ in length;
/// * [`InputError::TooFew`] if they are empty;
/// * [`InputError::NotFinite`] with `name` `"z"` and the first `index`;
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::binary_cross_entropy;
/// let loss = binary_cross_entropy(&[1000.0, -1000.0], &[0, 0])?;
/// assert!((loss - 500.0).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.binary_cross_entropy_with_logits(z, y)`, with y as floats.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.2.
pub fn binary_cross_entropy(z: &[f64], y: &[usize]) -> Result<f64, InputError> {
    check::same_length(z.len(), y.len())?;
    check::at_least(1, y.len())?;
    check::finite("z", z)?;
    check::labels(y, 2)?;
    // −ln σ(z) for the label 1 and −ln σ(−z) for 0: ln(1 + eᵗ) with t = −z or z, and eᵗ kept below 1.
    let loss = |t: f64| t.max(0.0) + (-t.abs()).exp().ln_1p();
    let sum: f64 = z.iter().zip(y).map(|(z, y)| loss(if *y == 1 { -z } else { *z })).sum();
    Ok(sum / y.len() as f64)
}

/// The gradient of the binary cross-entropy of a logistic regression model with respect to its weights and its
/// intercept.
///
/// The loss as a function of the parameters is
///
/// ```formula
/// L(w, b) = −Σᵢ (yᵢ·ln pᵢ + (1 − yᵢ)·ln(1 − pᵢ)) / n    with pᵢ = σ(xᵢ·w + b)
/// ```
///
/// * `x`: n×d features. `y`: n labels, 0 or 1. `w`: d weights. `b`: the intercept.
/// * Returns (∂L/∂w, ∂L/∂b): d partial derivatives and one.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::ShapeMismatch`] unless `w` has one weight per feature; w counts as a column vector;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"w"` or `"b"` and the first `index`, in row-major order;
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::gradient;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [1.0]]);
/// assert_eq!(gradient(&x, &[1, 1], &[0.0], 0.0), Ok((vec![-0.75], -0.5)));
/// ```
///
/// In Python: `x.T @ (scipy.special.expit(x @ w + b) - y) / n` and `(scipy.special.expit(x @ w + b) - y).mean()`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.2.
pub fn gradient(x: &Matrix, y: &[usize], w: &[f64], b: f64) -> Result<(Vec<f64>, f64), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::product_shapes(x.shape(), (w.len(), 1))?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite("w", w)?;
    check::finite_number("b", b)?;
    check::labels(y, 2)?;
    let n = y.len() as f64;
    let p = super::decision::predict_proba(x, w, b)?;
    let residuals: Vec<f64> = p.iter().zip(y).map(|(p, y)| p - *y as f64).collect();
    let partial = |j: usize| residuals.iter().enumerate().map(|(i, r)| r * x[(i, j)]).sum::<f64>() / n;
    Ok(((0..x.cols()).map(partial).collect(), residuals.iter().sum::<f64>() / n))
}

/// Logistic regression by full-batch gradient descent on the binary cross-entropy L(w, b).
///
/// Gradient descent starts at w = 0, b = 0 and takes exactly the given number of steps:
///
/// ```formula
/// w ← w − η·∂L/∂w,    b ← b − η·∂L/∂b    (both gradients at the old w and b)
/// ```
///
/// * `x`: n×d features; for d = 0 only the intercept is fitted. `y`: n labels, 0 or 1, both present.
/// * `learning_rate`: η > 0. `steps`: the number of steps (iterations); 0 returns zeros. Both are hyperparameters.
/// * Returns (w, b) after the last step. If the classes are linearly separable the weights grow without bound, ever
///   more slowly; the number of steps decides where they are left.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"learning_rate"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` unless it is above 0;
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same: there is nothing to separate;
/// * [`InputError::NotConverged`] with the given `steps` and an infinite `residual` if a weight or the intercept is not
///   finite in the end: the features are too large.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [-2.0]]);
/// assert_eq!(fit(&x, &[1, 0], 0.5, 1), Ok((vec![0.5], 0.0)));
/// ```
///
/// In Python: `sklearn.linear_model.LogisticRegression(C=numpy.inf).fit(x, y)` fits the same model without a penalty,
/// but iterates to convergence with L-BFGS; its default is an L2 penalty with `C=1.0`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §4.4.
pub fn fit(x: &Matrix, y: &[usize], learning_rate: f64, steps: usize) -> Result<(Vec<f64>, f64), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite_number("learning_rate", learning_rate)?;
    check::positive("learning_rate", learning_rate)?;
    check::labels(y, 2)?;
    check::varies("y", y)?;
    let (mut w, mut b) = (vec![0.0; x.cols()], 0.0);
    for _ in 0..steps {
        let (dw, db) = gradient(x, y, &w, b)?;
        w.iter_mut().zip(dw).for_each(|(w, dw)| *w -= learning_rate * dw);
        b -= learning_rate * db;
        if !b.is_finite() || w.iter().any(|w| !w.is_finite()) {
            return Err(InputError::NotConverged { steps, residual: f64::INFINITY });
        }
    }
    Ok((w, b))
}
