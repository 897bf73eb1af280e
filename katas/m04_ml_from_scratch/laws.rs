//! The exercise turned round: here you write the law.

use kit::Matrix;

/// Decides whether somebody's linear regression finds the least mean squared error.
///
/// The claimed function takes n×d features and n targets and returns (w, b), the weights and the intercept, as
/// [`super::least_squares::normal_equation`] does. You choose the data, and may call it as often as you like.
///
/// * `claimed`: what is to be judged. It may be asked for d from 1 to 3 features, n from d + 1 to 100 samples and
///   entries up to 10 in size, where the columns of x and the constant are independent. On such data it neither panics
///   nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected.** Right ones may solve the problem in any way; where the columns of x, centered,
///     are orthogonal to each other and each between 1 and 100 long, their w and b are within 10⁻⁹ of the best ones.
///   * **These must be rejected**: another number of weights than features; a model that is right only where the data
///     are exactly linear, where there is one feature, where every feature has the mean 0, or where the best model
///     passes through the origin; weights shrunken by a twentieth; a descent that stops with a weight or the intercept
///     off by a hundredth; the least sum of *absolute* errors; a NaN.
///
/// You need not know the best w and b to tell: what is true of the residuals there and nowhere else?
///
/// ```
/// # use katas::m04_ml_from_scratch::laws::accepts_least_squares;
/// assert!(!accepts_least_squares(|x, _| (vec![0.0; x.cols()], 0.0)));
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §4.3.
pub fn accepts_least_squares(claimed: fn(&Matrix, &[f64]) -> (Vec<f64>, f64)) -> bool {
    todo!()
}
