//! Roles exchanged: here you write the property-based test (the law).

use kit::Matrix;

/// Property test: decides whether a candidate preprocessing of training and test rows leaks (data leakage).
///
/// The candidate takes training and test rows, one sample per row and with the same columns, and returns both
/// preprocessed for a model: scaled, transformed, with more or fewer columns. A preprocessing is free of leakage if
/// it learns from the training rows only, and treats every row by itself: there is a function g, made from the
/// training rows, and preprocessed row i is g(row i), for training and test rows alike.
///
/// * `candidate`: the function to be judged. It may be called with 3 to 100 training rows and 1 to 100 test rows of
///   1 to 3 columns, with entries up to 1000 in size; no column of the training rows is constant. On such data it
///   neither panics nor runs long, and the same rows give the same answer.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected**: any g will do, the identity, a scaling, ranks among the training rows, a
///     projection. What should be equal differs by less than 10⁻⁹, or by 10⁻⁹ of the larger one if that is more.
///   * **These must be rejected**: statistics learned from training and test rows together, each part on its own,
///     or both by those of the test; a leak in one column only, or through the deviation only, or through the
///     extremes; a test row that depends on other test rows, such as the one before; test rows left as they are
///     where training rows are not, or training rows returned in their place; rows dropped or reordered; NaN. Some leak
///     in certain cases only, such as with more than 40 training or test rows, or with fewer, for repeated or negative
///     test rows, or into the last row.
///
/// You may call it a few hundred times: fifty candidates are judged in at most ten seconds. You need not know what the
/// right answer is (metamorphic testing).
///
/// ```
/// # use katas::m10_pipeline::laws::accepts_preparation;
/// # use kit::Matrix;
/// assert!(accepts_preparation(|train, test| [train.clone(), test.clone()]));
/// assert!(!accepts_preparation(|train, test| [train.clone(), Matrix::zeros(test.rows(), 1)]));
/// ```
///
/// In Python: no single call; compare `scaler.fit(train).transform(test)[i]` with
/// `scaler.fit(train).transform(test[i:i + 1])`, on arrays drawn by `hypothesis.extra.numpy.arrays`.
///
/// Source: Kaufman, Rosset and Perlich, *Leakage in Data Mining*, KDD 2011.
pub fn accepts_preparation(candidate: fn(&Matrix, &Matrix) -> [Matrix; 2]) -> bool {
    todo!()
}
