//! Roles exchanged: here you write the property-based test (the law).

use kit::Matrix;

/// A test of other implementations of linear regression: decides whether a candidate minimizes the mean squared error
/// (ordinary least squares).
///
/// The candidate takes n×d features and n targets and returns (w, b), the weights and the intercept, as
/// [`super::least_squares::normal_equation`] does. You choose the data, and may call it as often as you like.
///
/// * `candidate`: the function under test. It may be called with d from 1 to 3 features, n from d + 1 to 100 samples
///   and entries up to 10 in size, where the columns of x and the constant are independent. On such data it neither
///   panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected.** Correct ones may solve the problem in any way; where the columns of
///     x, centered, are orthogonal to each other and each between 1 and 100 long, their w and b are within 10⁻⁹ of
///     the best ones.
///   * **These must be rejected**: another number of weights than features; a model that is right only where the data
///     are exactly linear, where there is one feature, where every feature has the mean 0, or where the best model
///     passes through the origin; weights that are 5 % too small; gradient descent that stops with a weight or the
///     intercept off by 0.01; the least sum of *absolute* errors; a NaN.
///
/// You need not know the optimal w and b: which property do the residuals have at the minimum and nowhere else?
///
/// ```
/// # use katas::m04_ml_from_scratch::laws::accepts_least_squares;
/// assert!(!accepts_least_squares(|x, _| (vec![0.0; x.cols()], 0.0)));
/// ```
///
/// In Python: no single call; `numpy.testing.assert_allclose(X1.T @ (X1 @ v - y), 0, atol=1e-4)` with
/// `X1 = numpy.column_stack([X, numpy.ones(n)])` checks the same property, and
/// `sklearn.utils.estimator_checks.check_estimator` checks an estimator's interface.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §4.3.
pub fn accepts_least_squares(candidate: fn(&Matrix, &[f64]) -> (Vec<f64>, f64)) -> bool {
    todo!()
}
