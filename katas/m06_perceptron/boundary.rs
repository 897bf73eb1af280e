//! The decision boundary of a neuron with two inputs, and its figure.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

/// The decision boundary of a neuron with two inputs, clipped to a rectangle: the line on which P(class 1) is ½.
///
/// ```formula
/// {(x, y) : w₀·x + w₁·y + b = 0}
/// ```
///
/// * `w`, `b`: the neuron's two weights, not both 0, and its bias.
/// * `x`, `y`: the intervals \[left, right\] and \[lower, upper\] of the rectangle.
/// * Returns the two points where the line enters and leaves the rectangle, in either order; `None` where it misses
///   the rectangle. For a line that touches the rectangle in one corner only, either is correct.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"w"`, `"b"`, `"x"` or `"y"`;
/// * [`InputError::OutOfRange`] with `name` `"x"` or `"y"`, `got` its second end and `wanted`
///   `"more than the first end"`, if the interval is empty or a point;
/// * [`InputError::ZeroVector`] with `name` `"w"`.
///
/// ```
/// # use katas::m06_perceptron::boundary::decision_line;
/// let line = decision_line([1.0, 0.0], -2.0, [0.0, 4.0], [0.0, 1.0]);
/// assert!(matches!(line, Ok(Some([[2.0, _], [2.0, _]]))));
/// assert_eq!(decision_line([1.0, 1.0], 9.0, [0.0, 4.0], [0.0, 1.0]), Ok(None));
/// ```
///
/// In Python: no single call; `matplotlib.axes.Axes.axline((0, -b / w[1]), slope=-w[0] / w[1])` draws the line,
/// except where it is vertical.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.1.1.
pub fn decision_line(
    w: [f64; 2],
    b: f64,
    x: [f64; 2],
    y: [f64; 2],
) -> Result<Option<[[f64; 2]; 2]>, InputError> {
    todo!()
}

/// The figure of a decision boundary: the samples, the predicted probability as a color field, and the line where it
/// is ½.
///
/// * `x`: m×2 samples, at least one. `y`: m labels, 0 or 1. `w`, `b`: the neuron's weights, not both 0, and its bias.
/// * Returns a figure with the axes `x₀` and `x₁`, whose title counts the correctly classified samples, such as
///   `Decision boundary: 47 of 50 correct`; the predicted class is 1 where w·x + b > 0. Its layers, back to front:
/// 1. a field `P(class 1)`, not as contours, of σ(w·x + b) on 61 × 61 points of the bounding box of the samples, with
///    a margin on all four sides: a quarter of its width left and right, a quarter of its height below and above;
///    where that is 0, the margin is 1;
///   2. points `class 0` and 3. points `class 1`: the samples in their order;
/// 4. a line `decision boundary` between the two points where it enters and leaves the rectangle, in either order;
///    through no points where it misses the rectangle.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per label; `left` is the number of rows;
/// * [`InputError::ShapeMismatch`] unless x has two columns; w counts as a column vector;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"w"` or `"b"`;
/// * [`InputError::ZeroVector`] with `name` `"w"`;
/// * [`InputError::UnknownClass`] with a label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m06_perceptron::boundary::decision_figure;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0, 0.0], [4.0, 2.0]]);
/// let figure = decision_figure(&x, &[0, 1], [1.0, 1.0], -3.0)?;
/// assert_eq!(figure.title, "Decision boundary: 2 of 2 correct");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python:
/// `sklearn.inspection.DecisionBoundaryDisplay.from_estimator(model, x, response_method="predict_proba", grid_resolution=61)`;
/// there the margin is `eps=1.0`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §2.3 and §4.5.
pub fn decision_figure(x: &Matrix, y: &[usize], w: [f64; 2], b: f64) -> Result<Figure, InputError> {
    todo!()
}
