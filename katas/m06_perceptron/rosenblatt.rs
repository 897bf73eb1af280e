//! The perceptron learning rule: a linear classifier that is updated by its misclassified samples only.

use kit::{InputError, Matrix, check};

/// Rosenblatt's perceptron: trains a linear classifier, and counts the mistakes (updates) that it needed.
///
/// It starts with w = 0 and b = 0, and goes through the samples in their order. With s = 1 for the label 1 and s = −1
/// for the label 0,
///
/// ```formula
/// a sample is a mistake where s·(w·x + b) ≤ 0;  then  w ← w + s·x,  b ← b + s
/// ```
///
/// A pass over all samples is an *epoch*. Epochs are repeated until one has no mistake.
///
/// * `x`: m×n features. `y`: m labels, 0 or 1, both present.
/// * `passes`: the maximum number of epochs (passes over the data), at least 1. The epoch without a mistake counts.
/// * Returns (w, b, mistakes): every sample is correctly classified, s·(w·x + b) > 0, and `mistakes` is the number of
///   updates of w, over all epochs.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"passes"`, `got` 0 and `wanted` `"at least 1"`;
/// * [`InputError::NotConverged`] if the last epoch allowed still had mistakes; `steps` is `passes`, `residual` the
///   number of mistakes in that epoch;
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same.
///
/// ```
/// # use katas::m06_perceptron::rosenblatt::perceptron_fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [-1.0]]);
/// assert_eq!(perceptron_fit(&x, &[1, 0], 10), Ok((vec![2.0], 1.0, 1)));
/// ```
///
/// In Python: `sklearn.linear_model.Perceptron(shuffle=False, tol=None, max_iter=passes).fit(x, y)`; it does not stop
/// at the first epoch without a mistake, and signals no failure to converge.
///
/// Sources: Rosenblatt, *The Perceptron*, Psychological Review 65 (1958); Novikoff, *On Convergence Proofs on
/// Perceptrons*, 1962; Bishop, *Pattern Recognition and Machine Learning*, §4.1.7.
pub fn perceptron_fit(x: &Matrix, y: &[usize], passes: usize) -> Result<(Vec<f64>, f64, usize), InputError> {
    todo!()
}
