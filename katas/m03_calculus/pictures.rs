//! Figures of gradient descent: the iterates on the graph of f and on a contour plot.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

/// A figure of gradient descent in one dimension: the graph of f, and the steps on it.
///
/// * `f`: the objective function.
/// * `path`: the iterates x₀ … xₖ, at least one finite point.
/// * Returns a figure with the title `Gradient descent`, the axes `x` and `f(x)`, and from back to front
///   1. a line `f` through (x, f(x)) for 101 equally spaced values x, from the minimum of the path minus a quarter of
///      its range to the maximum plus a quarter; if the range is 0, from x₀ − 1 to x₀ + 1. Points where f is not finite
///      are left out;
///   2. arrows `steps` from each (xᵢ, f(xᵢ)) to the next one;
///   3. points `path`: all (xᵢ, f(xᵢ));
///   4. points `start`: the first of them;
///   5. points `end`: the last.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if the path is empty;
/// * [`InputError::NotFinite`] with `name` `"path"` and the first `index` at which it is not finite;
/// * [`InputError::NotFinite`] with `name` `"f"` and the first `index` i for which f(xᵢ) is not finite.
///
/// ```
/// # use katas::m03_calculus::pictures::descent_figure;
/// # use kit::figure::Layer;
/// let figure = descent_figure(&|x| x * x, &[4.0, 2.0, 1.0])?;
/// let arrows = vec![[[4.0, 16.0], [2.0, 4.0]], [[2.0, 4.0], [1.0, 1.0]]];
/// assert_eq!(figure.layers[1], Layer::Arrows { label: "steps".to_owned(), arrows });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.plot(x, f(x))` for the curve and
/// `matplotlib.pyplot.quiver(…, angles="xy", scale_units="xy", scale=1)` for the steps.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.
pub fn descent_figure(f: &dyn Fn(f64) -> f64, path: &[f64]) -> Result<Figure, InputError> {
    todo!()
}

/// A contour plot of gradient descent in two dimensions: the level curves of f, and the steps across them.
///
/// * `f`: the objective function of two coordinates x and y.
/// * `path`: the iterates x₀ … xₖ, at least one finite point.
/// * Returns a figure with the title `Gradient descent`, the axes `x` and `y` of equal scale, so that a step along the
///   negative gradient is orthogonal to the contours, and from back to front
///   1. contours `f` on a grid of 61 × 61 points of a square. Its center is that of the bounding box of the path, and
///      half of its side is three quarters of the longer side of the bounding box, or 1 if the path has no extent. A
///      value that is not finite stays as it is and is not drawn;
///   2. arrows `steps` from each point of the path to the next;
///   3. points `path`: all of them;
///   4. points `start`: the first;
///   5. points `end`: the last.
///
/// # Errors
///
/// As [`descent_figure`]; `index` counts the points of the path.
///
/// ```
/// # use katas::m03_calculus::pictures::contour_figure;
/// # use kit::figure::Layer;
/// let figure = contour_figure(&|x| x[0] * x[0] + x[1] * x[1], &[[4.0, 0.0], [0.0, 2.0]])?;
/// let Layer::Field { x, y, .. } = &figure.layers[0] else { panic!("contours are the first layer") };
/// assert_eq!((x, y), (&[-1.0, 5.0], &[-2.0, 4.0]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.contour(x, y, values)` for the contours and
/// `matplotlib.pyplot.quiver(…, angles="xy", scale_units="xy", scale=1)` for the steps.
///
/// Source: Boyd and Vandenberghe, *Convex Optimization*, §9.3.
pub fn contour_figure(f: &dyn Fn(&[f64]) -> f64, path: &[[f64; 2]]) -> Result<Figure, InputError> {
    todo!()
}
