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
    for (name, values) in [("w", &w[..]), ("b", &[b]), ("x", &x), ("y", &y)] {
        check::finite(name, values)?;
    }
    for (name, [low, high]) in [("x", x), ("y", y)] {
        check::in_range(name, high, low < high, "more than the first end")?;
    }
    check::direction("w", &w)?;
    let corners = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
    let height = |[x, y]: [f64; 2]| w[0] * x + w[1] * y + b;
    let mut ends = Vec::new();
    for k in 0..4 {
        let (from, to) = (corners[k], corners[(k + 1) % 4]);
        let (here, there) = (height(from), height(to));
        // Signs decide, not coordinates: round the rectangle they change an even number of times, rounded or not.
        if here == 0.0 {
            ends.push(from);
        } else if there != 0.0 && here.signum() != there.signum() {
            let share = here / (here - there);
            ends.push([0, 1].map(|i| from[i] + share * (to[i] - from[i])));
        }
    }
    Ok(if ends.len() < 2 { None } else { Some([ends[0], ends[ends.len() - 1]]) })
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
    const SIDE: usize = 61;
    check::same_length(x.rows(), y.len())?;
    check::product_shapes(x.shape(), (2, 1))?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite("w", &w)?;
    check::finite_number("b", b)?;
    check::direction("w", &w)?;
    check::labels(y, 2)?;
    let z = |[x, y]: [f64; 2]| w[0] * x + w[1] * y + b;
    let sample = |i: usize| [x[(i, 0)], x[(i, 1)]];
    let [across, up] = [0, 1].map(|axis| with_margin((0..y.len()).map(|i| x[(i, axis)])));
    let at = |[first, last]: [f64; 2], k: usize| first + (last - first) * k as f64 / (SIDE - 1) as f64;
    let chance = |i, j| 1.0 / (1.0 + (-z([at(across, j), at(up, i)])).exp());
    let values = Matrix::from_fn(SIDE, SIDE, chance);
    let right = (0..y.len()).filter(|&i| (z(sample(i)) > 0.0) == (y[i] == 1)).count();
    let of_class = |class: usize| {
        let at = (0..y.len()).filter(|&i| y[i] == class).map(sample).collect();
        Layer::Points { label: format!("class {class}"), at }
    };
    let through = decision_line(w, b, across, up)?.map(Vec::from).unwrap_or_default();
    Ok(Figure::new(&format!("Decision boundary: {right} of {} correct", y.len()), "x₀", "x₁")
        .with(Layer::Field { label: "P(class 1)".to_owned(), x: across, y: up, values, contours: false })
        .with(of_class(0))
        .with(of_class(1))
        .with(Layer::Line { label: "decision boundary".to_owned(), through }))
}

fn with_margin(numbers: impl Iterator<Item = f64>) -> [f64; 2] {
    let ends = [f64::INFINITY, f64::NEG_INFINITY];
    let [low, high] = numbers.fold(ends, |[low, high], x| [low.min(x), high.max(x)]);
    let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
    [low - margin, high + margin]
}
