//! The perceptron: a neuron that learns from its mistakes only.

use kit::{InputError, Matrix, check};

/// Rosenblatt's perceptron, and how many mistakes it made before it knew.
///
/// It starts with w = 0 and b = 0, and looks at the samples one after the other, in their order. With s = 1 for the
/// label 1 and s = −1 for the label 0,
///
/// ```text
/// a sample is a mistake where s·(w·x + b) ≤ 0;  then  w ← w + s·x,  b ← b + s
/// ```
///
/// After the last sample comes the first again, until a whole pass goes without a mistake.
///
/// * `x`: m×n features. `y`: m labels, 0 or 1, both present.
/// * `passes`: after how many passes to give up, at least 1. The pass without a mistake counts.
/// * Returns (w, b, mistakes): every sample is on its side, s·(w·x + b) > 0, and `mistakes` is the number of times that
///   w was changed, over all passes.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a label; `left` is the number of rows;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"passes"`, `got` 0 and `wanted` `"at least 1"`;
/// * [`InputError::NotConverged`] if the last pass allowed still made mistakes; `steps` is `passes`, `residual` the
///   number of mistakes in that pass;
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2;
/// * [`InputError::Constant`] with `name` `"y"` if all labels are the same.
///
/// A label that is wrong is reported rather than a descent that does not end for it.
///
/// ```
/// # use katas::m06_perceptron::rosenblatt::perceptron_fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[2.0], [-1.0]]);
/// assert_eq!(perceptron_fit(&x, &[1, 0], 10), Ok((vec![2.0], 1.0, 1)));
/// ```
///
/// Sources: Rosenblatt, *The Perceptron*, Psychological Review 65 (1958); Novikoff, *On Convergence Proofs on
/// Perceptrons*, 1962; Bishop, *Pattern Recognition and Machine Learning*, §4.1.7.
pub fn perceptron_fit(x: &Matrix, y: &[usize], passes: usize) -> Result<(Vec<f64>, f64, usize), InputError> {
    todo!()
}
