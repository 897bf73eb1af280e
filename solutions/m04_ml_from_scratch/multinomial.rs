//! Multiclass classification: softmax and softmax regression.

use kit::{InputError, Matrix, check};

/// The softmax of each row: turns logits into a probability distribution over the classes.
///
/// ```formula
/// pᵢ꜀ = exp(zᵢ꜀) / (exp(zᵢ₀) + … + exp(zᵢ,ₖ₋₁))
/// ```
///
/// * `z`: n×k logits, one sample per row, one class per column; n may be 0.
/// * Returns n×k probabilities; each row sums to 1. Any finite logits are allowed: 1000 next to −1000 gives 1 and 0.
///
/// # Errors
///
/// * [`InputError::TooFew`] if there is no column;
/// * [`InputError::NotFinite`] with `name` `"z"` and the first `index`, in row-major order.
///
/// ```
/// # use katas::m04_ml_from_scratch::multinomial::softmax;
/// # use kit::Matrix;
/// let z = Matrix::from_rows([[0.0, 0.0], [1000.0, -1000.0]]);
/// assert_eq!(softmax(&z), Ok(Matrix::from_rows([[0.5, 0.5], [1.0, 0.0]])));
/// ```
///
/// In Python: `scipy.special.softmax(z, axis=1)`, or `torch.softmax(z, dim=1)`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.1 and §6.2.2.3.
pub fn softmax(z: &Matrix) -> Result<Matrix, InputError> {
    check::at_least(1, z.cols())?;
    check::finite("z", z.as_slice())?;
    let mut p = z.clone();
    for i in 0..z.rows() {
        let probabilities = softmax_of(z.row(i));
        (0..z.cols()).for_each(|c| p[(i, c)] = probabilities[c]);
    }
    Ok(p)
}

/// Softmax regression (multinomial logistic regression) by full-batch gradient descent.
///
/// The loss is the mean cross-entropy
///
/// ```formula
/// L(W, b) = −Σᵢ ln pᵢ,yᵢ / n    with pᵢ = softmax(W·xᵢ + b)
/// ```
///
/// and gradient descent starts at W = 0, b = 0 and takes exactly the given number of steps:
///
/// ```formula
/// W ← W − η·∂L/∂W,    b ← b − η·∂L/∂b    (both gradients at the old W and b)
/// ```
///
/// * `x`: n×d features; for d = 0 only b is fitted. `y`: n labels, at least two different ones. `classes`: k; the
///   labels are 0, 1, …, k − 1, and not every one need occur.
/// * `learning_rate`: η > 0. `steps`: the number of steps (iterations); 0 returns zeros. Both are hyperparameters.
/// * Returns (W, b) after the last step: k×d weights, one class per row, and k intercepts (biases).
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"learning_rate"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"` unless it is above 0;
/// * [`InputError::UnknownClass`] with a label that is not below k;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same;
/// * [`InputError::NotConverged`] with the given `steps` and an infinite `residual` if a weight or an intercept is not
///   finite in the end: the features are too large.
///
/// ```
/// # use katas::m04_ml_from_scratch::multinomial::multinomial_fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [-2.0]]);
/// let (w, b) = multinomial_fit(&x, &[1, 0], 2, 0.5, 1)?;
/// assert_eq!((w, b), (Matrix::from_rows([[-0.5], [0.5]]), vec![0.0, 0.0]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.linear_model.LogisticRegression(C=numpy.inf).fit(x, y)` fits the same model without a penalty,
/// but iterates to convergence with L-BFGS.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.4.
pub fn multinomial_fit(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    learning_rate: f64,
    steps: usize,
) -> Result<(Matrix, Vec<f64>), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite_number("learning_rate", learning_rate)?;
    check::positive("learning_rate", learning_rate)?;
    check::labels(y, classes)?;
    check::varies("y", y)?;
    let (n, d) = x.shape();
    let (mut w, mut b) = (Matrix::zeros(classes, d), vec![0.0; classes]);
    for _ in 0..steps {
        let logit =
            |i: usize, c: usize| w.row(c).iter().zip(x.row(i)).map(|(w, x)| w * x).sum::<f64>() + b[c];
        let logits = |i: usize| (0..classes).map(|c| logit(i, c)).collect::<Vec<_>>();
        let p: Vec<Vec<f64>> = (0..n).map(|i| softmax_of(&logits(i))).collect();
        let residual = |i: usize, c: usize| p[i][c] - if y[i] == c { 1.0 } else { 0.0 };
        let gradient =
            |c: usize, j: usize| (0..n).map(|i| residual(i, c) * x[(i, j)]).sum::<f64>() / n as f64;
        let next = Matrix::from_fn(classes, d, |c, j| w[(c, j)] - learning_rate * gradient(c, j));
        for (c, b) in b.iter_mut().enumerate() {
            *b -= learning_rate * (0..n).map(|i| residual(i, c)).sum::<f64>() / n as f64;
        }
        w = next;
    }
    // What has once left the finite numbers never comes back, so looking at the end is enough.
    if w.as_slice().iter().chain(&b).all(|value| value.is_finite()) {
        Ok((w, b))
    } else {
        Err(InputError::NotConverged { steps, residual: f64::INFINITY })
    }
}

fn softmax_of(z: &[f64]) -> Vec<f64> {
    // A common shift changes nothing, and with the largest at 0 nothing overflows.
    let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
