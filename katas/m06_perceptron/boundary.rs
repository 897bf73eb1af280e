//! Where a neuron changes its mind, and the picture of it.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

/// The part of a neuron's decision line that lies in a rectangle.
///
/// ```text
/// {(x, y) : w₀·x + w₁·y + b = 0}
/// ```
///
/// * `w`, `b`: the neuron's two weights, not both 0, and its bias.
/// * `x`, `y`: left and right end, lower and upper end of the rectangle.
/// * Returns the two points where the line enters and leaves the rectangle, in either order; `None` where it passes by.
///   A line that touches the rectangle in one corner only may count as either.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"w"`, `"b"`, `"x"` or `"y"`, the first that applies;
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
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.1.1.
pub fn decision_line(
    w: [f64; 2],
    b: f64,
    x: [f64; 2],
    y: [f64; 2],
) -> Result<Option<[[f64; 2]; 2]>, InputError> {
    todo!()
}

/// The picture of a neuron with two inputs: its samples, its regions, its line.
///
/// * `x`: m×2 samples, at least one. `y`: m labels, 0 or 1. `w`, `b`: the neuron's weights, not both 0, and its bias.
/// * Returns a figure with the axes `x₀` and `x₁`, whose title says how many samples are on their side of the line, such
///   as `Decision line: 47 of 50 right`; a sample is said to be of class 1 where w·x + b > 0. Its layers, back to front:
///   1. a field `P(class 1)`, not as contours, of σ(w·x + b) on 61 × 61 points of the smallest upright rectangle around
///      the samples, with a margin on all four sides: a quarter of its width left and right, a quarter of its height
///      below and above; where it has none, 1;
///   2. points `class 0` and 3. points `class 1`: the samples in their order;
///   4. a line `decision line` between the two points where it enters and leaves the rectangle, in either order;
///      through none where it passes by.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x has not one row a label; `left` is the number of rows;
/// * [`InputError::ShapeMismatch`] if x has not two columns; w counts as a column;
/// * [`InputError::TooFew`] if there is no sample;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"w"` or `"b"`, the first that applies;
/// * [`InputError::ZeroVector`] with `name` `"w"`;
/// * [`InputError::UnknownClass`] with the first label that is neither 0 nor 1; `classes` is 2.
///
/// ```
/// # use katas::m06_perceptron::boundary::decision_figure;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0, 0.0], [4.0, 2.0]]);
/// let figure = decision_figure(&x, &[0, 1], [1.0, 1.0], -3.0)?;
/// assert_eq!(figure.title, "Decision line: 2 of 2 right");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §2.3 and §4.5.
pub fn decision_figure(x: &Matrix, y: &[usize], w: [f64; 2], b: f64) -> Result<Figure, InputError> {
    todo!()
}
