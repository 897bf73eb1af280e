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
    const POINTS: usize = 101;
    let on_curve: Vec<[f64; 2]> = path.iter().map(|&x| [x, f(x)]).collect();
    check::at_least(1, path.len())?;
    check::finite("path", path)?;
    check::finite("f", on_curve.iter().map(|[_, y]| y))?;
    let [low, high] = range(path.iter().copied());
    let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
    let xs = evenly_spaced([low - margin, high + margin], POINTS);
    let through = xs.iter().map(|&x| [x, f(x)]).filter(|[_, y]| y.is_finite()).collect();
    let line = Layer::Line { label: "f".to_owned(), through };
    Ok(with_steps(Figure::new("Gradient descent", "x", "f(x)").with(line), &on_curve))
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
    const SIDE: usize = 61;
    let coordinates = |i: usize| path.iter().map(move |point| point[i]);
    check::at_least(1, path.len())?;
    if let Some(index) = path.iter().position(|[x, y]| !x.is_finite() || !y.is_finite()) {
        return Err(InputError::NotFinite { name: "path", index });
    }
    check::finite("f", &path.iter().map(|point| f(point)).collect::<Vec<_>>())?;
    let sides = [range(coordinates(0)), range(coordinates(1))];
    let longer = sides.map(|[low, high]| high - low).into_iter().fold(0.0, f64::max);
    let reach = if longer > 0.0 { 0.75 * longer } else { 1.0 };
    let [x, y] = sides.map(|[low, high]| [(low + high) / 2.0 - reach, (low + high) / 2.0 + reach]);
    let (xs, ys) = (evenly_spaced(x, SIDE), evenly_spaced(y, SIDE));
    let values = Matrix::from_fn(SIDE, SIDE, |i, j| f(&[xs[j], ys[i]]));
    let map = Layer::Field { label: "f".to_owned(), x, y, values, contours: true };
    Ok(with_steps(Figure::new("Gradient descent", "x", "y").with_equal_axes().with(map), path))
}

fn with_steps(figure: Figure, path: &[[f64; 2]]) -> Figure {
    let points = |label: &str, at: &[[f64; 2]]| Layer::Points { label: label.to_owned(), at: at.to_vec() };
    let arrows = path.windows(2).map(|ends| [ends[0], ends[1]]).collect();
    figure
        .with(Layer::Arrows { label: "steps".to_owned(), arrows })
        .with(points("path", path))
        .with(points("start", &path[..1]))
        .with(points("end", &path[path.len() - 1..]))
}

fn range(numbers: impl Iterator<Item = f64>) -> [f64; 2] {
    numbers.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)])
}

fn evenly_spaced([first, last]: [f64; 2], count: usize) -> Vec<f64> {
    let step = (last - first) / (count - 1) as f64;
    (0..count).map(|i| first + i as f64 * step).collect()
}
