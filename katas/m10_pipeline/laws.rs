//! The exercise turned round: here you write the law.

use kit::Matrix;

/// Decides whether somebody's preparation of training and test rows leaks.
///
/// The claimed function takes training and test rows, one sample a row and with the same columns, and returns both
/// prepared for a model: scaled, transformed, with more or fewer columns. A preparation is free of leaks if it learns from
/// the training rows only, and treats every row by itself: there is a function g, made from the training rows, and
/// prepared row i is g(row i), for training and test rows alike.
///
/// * `claimed`: what is to be judged. It may be asked for 3 to 100 training rows and 1 to 100 test rows of 1 to 3 columns,
///   with entries up to 1000 in size; no column of the training rows is constant. On such data it neither panics nor runs
///   long, and the same rows give the same answer.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected**: any g will do, doing nothing, a scaling, ranks among the training rows, a
///     projection. What should be equal differs by less than 10⁻⁹, or by 10⁻⁹ of the larger one if that is more.
///   * **These must be rejected**: numbers learned from training and test rows together, each part by its own numbers, or
///     both by those of the test; a leak in one column only, or through the deviation only, or through the extremes; a
///     test row that depends on other test rows, be it the one before; test rows left as they are where training rows
///     are not, or training rows in their place; rows dropped or reordered; NaN.
///
/// You may ask as often as you like, and need not know what the right answer is.
///
/// ```
/// # use katas::m10_pipeline::laws::accepts_preparation;
/// # use kit::Matrix;
/// assert!(accepts_preparation(|train, test| [train.clone(), test.clone()]));
/// assert!(!accepts_preparation(|train, test| [train.clone(), Matrix::zeros(test.rows(), 1)]));
/// ```
///
/// Source: Kaufman, Rosset and Perlich, *Leakage in Data Mining*, KDD 2011.
pub fn accepts_preparation(claimed: fn(&Matrix, &Matrix) -> [Matrix; 2]) -> bool {
    todo!()
}
