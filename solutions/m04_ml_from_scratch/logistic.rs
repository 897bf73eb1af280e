//! Logistic regression, learnt by gradient descent: the probability, its loss, the slope of the loss, and the descent.

use kit::{InputError, Matrix};

/// The logistic function, which turns any number into a probability.
///
/// ```text
/// σ(z) = 1 / (1 + e⁻ᶻ)
/// ```
///
/// * `z`: the logit, any number; ±∞ give 1 and 0, NaN gives NaN.
/// * Returns a number in \[0, 1\], correct to a few ε of its own size for |z| ≤ 700: σ(−40) is 4.2·10⁻¹⁸, not 0.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::sigmoid;
/// assert_eq!(sigmoid(0.0), 0.5);
/// assert_eq!((sigmoid(1000.0), sigmoid(-1000.0)), (1.0, 0.0));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §3.10.
pub fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// The mean binary cross-entropy, from logits.
///
/// ```text
/// L = −Σᵢ (yᵢ·ln σ(zᵢ) + (1 − yᵢ)·ln(1 − σ(zᵢ))) / n
/// ```
///
/// * `z`: n finite logits. `y`: n labels, 0 or 1.
/// * Returns a number ≥ 0 in nats, correct to a few ε of 1 + max|zᵢ| and finite where Σ|zᵢ| is. A confident mistake is expensive, but
///   never infinitely so: z = 1000 with the label 0 costs 1000.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `z` and `y` differ in length;
/// * [`InputError::TooFew`] if they are empty;
/// * [`InputError::NotFinite`] with `name` `"z"`;
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::binary_cross_entropy;
/// let loss = binary_cross_entropy(&[1000.0, -1000.0], &[0, 0])?;
/// assert!((loss - 500.0).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.2.
pub fn binary_cross_entropy(z: &[f64], y: &[usize]) -> Result<f64, InputError> {
    same_length(z.len(), y.len())?;
    some(y.len())?;
    finite("z", z)?;
    binary(y)?;
    // −ln σ(z) for the label 1 and −ln σ(−z) for 0: ln(1 + eᵗ) with t = −z or z, and eᵗ kept below 1.
    let loss = |t: f64| t.max(0.0) + (-t.abs()).exp().ln_1p();
    let sum: f64 = z.iter().zip(y).map(|(z, y)| loss(if *y == 1 { -z } else { *z })).sum();
    Ok(sum / y.len() as f64)
}

/// The gradient of the mean binary cross-entropy of a logistic model, with respect to its weights and its intercept.
///
/// The loss as a function of them is
///
/// ```text
/// L(w, b) = −Σᵢ (yᵢ·ln pᵢ + (1 − yᵢ)·ln(1 − pᵢ)) / n    with pᵢ = σ(xᵢ·w + b)
/// ```
///
/// * `x`: n×d features. `y`: n labels, 0 or 1. `w`: d weights. `b`: the intercept.
/// * Returns (∂L/∂w, ∂L/∂b): d numbers and one.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a label; `left` is the number of rows;
/// * [`InputError::ShapeMismatch`] if `w` does not hold one weight a feature; w counts as a column;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"w"` or `"b"`, the first that applies; entries of x are counted row
///   after row;
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m04_ml_from_scratch::logistic::gradient;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [1.0]]);
/// assert_eq!(gradient(&x, &[1, 1], &[0.0], 0.0), Ok((vec![-0.75], -0.5)));
/// ```
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.2.
pub fn gradient(x: &Matrix, y: &[usize], w: &[f64], b: f64) -> Result<(Vec<f64>, f64), InputError> {
    same_length(x.rows(), y.len())?;
    one_weight_a_feature(x, w)?;
    some(y.len())?;
    for (name, values) in [("x", x.as_slice()), ("w", w), ("b", &[b])] {
        finite(name, values)?;
    }
    binary(y)?;
    Ok(slope(x, y, w, b))
}

/// Logistic regression by gradient descent on the mean binary cross-entropy L(w, b), over all samples at once.
///
/// The descent starts at w = 0, b = 0 and takes the given number of steps, no fewer and no more:
///
/// ```text
/// w ← w − η·∂L/∂w,    b ← b − η·∂L/∂b    (both slopes at the old w and b)
/// ```
///
/// * `x`: n×d features; for d = 0 only the intercept is fitted. `y`: n labels, 0 or 1, both present.
/// * `learning_rate`: η > 0. `steps`: how many; 0 gives zeros.
/// * Returns (w, b) after the last step. Where a line separates the classes the weights grow for ever, slower and
///   slower; the number of steps decides where they are left.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a label; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"learning_rate"`, the first that applies;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"`, `wanted` `"more than 0"`;
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same: there is nothing to tell apart;
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
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §4.4.
pub fn fit(x: &Matrix, y: &[usize], learning_rate: f64, steps: usize) -> Result<(Vec<f64>, f64), InputError> {
    same_length(x.rows(), y.len())?;
    some(y.len())?;
    finite("x", x.as_slice())?;
    finite("learning_rate", &[learning_rate])?;
    if learning_rate <= 0.0 {
        return Err(InputError::OutOfRange {
            name: "learning_rate",
            got: learning_rate,
            wanted: "more than 0",
        });
    }
    binary(y)?;
    if y.iter().all(|label| *label == y[0]) {
        return Err(InputError::Constant { name: "y" });
    }
    let (mut w, mut b) = (vec![0.0; x.cols()], 0.0);
    for _ in 0..steps {
        let (dw, db) = slope(x, y, &w, b);
        w.iter_mut().zip(dw).for_each(|(w, dw)| *w -= learning_rate * dw);
        b -= learning_rate * db;
    }
    // What has once left the finite numbers never comes back, so looking at the end is enough.
    if b.is_finite() && w.iter().all(|w| w.is_finite()) {
        Ok((w, b))
    } else {
        Err(InputError::NotConverged { steps, residual: f64::INFINITY })
    }
}

fn slope(x: &Matrix, y: &[usize], w: &[f64], b: f64) -> (Vec<f64>, f64) {
    let (mut dw, mut db) = (vec![0.0; w.len()], 0.0);
    // Row by row: each row is read once for its probability and, still at hand, for its part of the slope.
    for (i, y) in y.iter().enumerate() {
        let row = x.row(i);
        let residual = sigmoid(dot(row, w) + b) - *y as f64;
        dw.iter_mut().zip(row).for_each(|(dw, x)| *dw += residual * x);
        db += residual;
    }
    let n = y.len() as f64;
    dw.iter_mut().for_each(|dw| *dw /= n);
    (dw, db / n)
}

fn dot(x: &[f64], w: &[f64]) -> f64 {
    // Four sums side by side: one alone would make each addition wait for the last.
    let mut sums = [0.0; 4];
    let (xs, ws) = (x.chunks_exact(4), w.chunks_exact(4));
    let rest: f64 = xs.remainder().iter().zip(ws.remainder()).map(|(x, w)| x * w).sum();
    for (x, w) in xs.zip(ws) {
        for k in 0..4 {
            sums[k] += x[k] * w[k];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

fn binary(y: &[usize]) -> Result<(), InputError> {
    let bad = y.iter().position(|&label| label > 1);
    bad.map_or(Ok(()), |index| Err(InputError::UnknownClass { index, got: y[index], classes: 2 }))
}

fn one_weight_a_feature(x: &Matrix, w: &[f64]) -> Result<(), InputError> {
    let (left, right) = (x.shape(), (w.len(), 1));
    if left.1 == right.0 { Ok(()) } else { Err(InputError::ShapeMismatch { left, right }) }
}

fn same_length(left: usize, right: usize) -> Result<(), InputError> {
    if left == right { Ok(()) } else { Err(InputError::LengthMismatch { left, right }) }
}

fn some(got: usize) -> Result<(), InputError> {
    if got > 0 { Ok(()) } else { Err(InputError::TooFew { got, wanted: 1 }) }
}

fn finite(name: &'static str, values: &[f64]) -> Result<(), InputError> {
    let bad = values.iter().position(|v| !v.is_finite());
    bad.map_or(Ok(()), |index| Err(InputError::NotFinite { name, index }))
}
