use kit::figure::{Figure, Layer};
use kit::{InputError, figure::Axis};

use crate::reference::m03_calculus::pictures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Draw = fn(&dyn Fn(f64) -> f64, &[f64]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn descent_figure(f: &dyn Fn(f64) -> f64, path: &[f64]) -> Result<Figure, InputError> {
    answering::<Draw>(
        module_path!(),
        reference::descent_figure,
        &[
            wheat("between_ends", "interpolates between both ends for each point of the curve", |f, path| {
                let (low, high) = ends(f, path)?;
                let x = |i: i32| (f64::from(100 - i) * low + f64::from(i) * high) / 100.0;
                Ok(drawn(f, path, (0..=100).map(x)))
            }),
            wheat("around_the_middle", "counts the points of the curve from its middle", |f, path| {
                let (low, high) = ends(f, path)?;
                let x = |i: i32| (low + high) / 2.0 + (high - low) * f64::from(i) / 100.0;
                Ok(drawn(f, path, (-50..=50).map(x)))
            }),
            wheat("places_added_up", "goes along the curve step by step", |f, path| {
                let (low, high) = ends(f, path)?;
                let step = (high - low) / 100.0;
                Ok(drawn(f, path, std::iter::successors(Some(low), |x| Some(x + step)).take(101)))
            }),
            chaff("from_start_to_end", "The path is monotonic from its start to its end.", |f, path| {
                reference::descent_figure(f, path)?;
                let (start, end) = (path[0], path[path.len() - 1]);
                let (low, high) = ends(f, &[start.min(end), start.max(end)])?;
                Ok(drawn(f, path, (0..=100).map(|i| low + (high - low) * f64::from(i) / 100.0)))
            }),
            chaff("no_margin", "The curve ends where the path ends.", |f, path| {
                let (low, high) = ends(f, path)?;
                let width = (high - low) / 1.5;
                let x = |i: i32| low + 0.25 * width + width * f64::from(i) / 100.0;
                Ok(drawn(f, path, (0..=100).map(x)))
            }),
            chaff("end_left_out", "101 points are 101 intervals.", |f, path| {
                let (low, high) = ends(f, path)?;
                Ok(drawn(f, path, (0..=100).map(|i| low + (high - low) * f64::from(i) / 101.0)))
            }),
            chaff("curve_through_the_path", "The curve is the polyline through the path.", |f, path| {
                reference::descent_figure(f, path)?;
                Ok(drawn(f, path, path.iter().copied()))
            }),
            chaff("arrows_reversed", "An arrow points from the new point to the old one.", |f, path| {
                changed(f, path, |figure| {
                    if let Layer::Arrows { arrows, .. } = &mut figure.layers[1] {
                        arrows.iter_mut().for_each(|arrow| arrow.reverse());
                    }
                })
            }),
            chaff("arrows_from_the_start", "All arrows begin at the start.", |f, path| {
                let start = [path.first().copied().unwrap_or(0.0), path.first().map_or(0.0, |x| f(*x))];
                changed(f, path, |figure| {
                    if let Layer::Arrows { arrows, .. } = &mut figure.layers[1] {
                        arrows.iter_mut().for_each(|arrow| arrow[0] = start);
                    }
                })
            }),
            chaff("on_the_axis", "The path is drawn on the x axis.", |f, path| {
                changed(f, path, |figure| {
                    if let Layer::Points { at, .. } = &mut figure.layers[2] {
                        at.iter_mut().for_each(|point| point[1] = 0.0);
                    }
                })
            }),
            chaff("end_is_lowest", "The end is the lowest point of the path.", |f, path| {
                changed(f, path, |figure| {
                    if let Layer::Points { at, .. } = &mut figure.layers[4] {
                        let lowest = path.iter().map(|&x| [x, f(x)]).min_by(|a, b| a[1].total_cmp(&b[1]));
                        *at = lowest.into_iter().collect();
                    }
                })
            }),
            chaff("path_in_front_only", "Start and end need no layer of their own.", |f, path| {
                changed(f, path, |figure| figure.layers.truncate(3))
            }),
            chaff("curve_in_front", "The order of the layers does not matter.", |f, path| {
                changed(f, path, |figure| figure.layers.rotate_left(1))
            }),
            chaff("axes_unnamed", "The axes need no labels.", |f, path| {
                changed(f, path, |figure| (figure.x, figure.y) = (Axis::default(), Axis::default()))
            }),
            chaff("equal_axes", "The axes have equal scale.", |f, path| {
                changed(f, path, |figure| figure.equal_axes = true)
            }),
            chaff("nan_drawn", "Points where f is not finite stay in the line.", |f, path| {
                let (low, high) = ends(f, path)?;
                changed(f, path, |figure| {
                    if let Layer::Line { through, .. } = &mut figure.layers[0] {
                        let x = |i: i32| low + f64::from(i) * ((high - low) / 100.0);
                        *through = (0..=100).map(|i| [x(i), f(x(i))]).collect();
                    }
                })
            }),
            chaff("curve_rejected", "A value of f that is not finite anywhere is an error.", |f, path| {
                let (low, high) = ends(f, path)?;
                let bad = [low, high].iter().position(|x| !f(*x).is_finite());
                bad.map_or_else(
                    || reference::descent_figure(f, path),
                    |index| Err(InputError::NotFinite { name: "f", index }),
                )
            }),
            chaff("empty_drawn", "An empty path gives an empty figure.", |f, path| {
                if path.is_empty() {
                    Ok(Figure::new("Gradient descent", "x", "f(x)"))
                } else {
                    reference::descent_figure(f, path)
                }
            }),
            chaff("nan_on_path", "A NaN on the path is not drawn.", |f, path| {
                let known: Vec<f64> =
                    path.iter().copied().filter(|x| x.is_finite() && f(*x).is_finite()).collect();
                reference::descent_figure(f, &known)
            }),
            chaff("one_point_has_no_width", "A path of several points always has a width.", |f, path| {
                let figure = reference::descent_figure(f, path)?;
                if path.len() > 1 && path.iter().all(|x| *x == path[0]) {
                    return Ok(drawn(f, path, std::iter::repeat_n(path[0], 101)));
                }
                Ok(figure)
            }),
            chaff(
                "last_named",
                "The index may be that of any point that is not finite.",
                |f, path| match path.iter().rposition(|x| !x.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "path", index }),
                    None => reference::descent_figure(f, path),
                },
            ),
        ],
    )(f, path)
}

/// Where the curve begins and ends.
fn ends(f: &dyn Fn(f64) -> f64, path: &[f64]) -> Result<(f64, f64), InputError> {
    reference::descent_figure(f, path)?;
    let mut sorted = path.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted[0], sorted[sorted.len() - 1]);
    let margin = if low == high { 1.0 } else { (high - low) / 4.0 };
    Ok((low - margin, high + margin))
}

fn drawn(f: &dyn Fn(f64) -> f64, path: &[f64], xs: impl Iterator<Item = f64>) -> Figure {
    let points: Vec<[f64; 2]> = path.iter().map(|&x| [x, f(x)]).collect();
    let layer = |label: &str, at: Vec<[f64; 2]>| Layer::Points { label: label.to_owned(), at };
    let arrows = (1..points.len()).map(|k| [points[k - 1], points[k]]).collect();
    let through = xs.map(|x| [x, f(x)]).filter(|point| point[1].is_finite()).collect();
    Figure::new("Gradient descent", "x", "f(x)")
        .with(Layer::Line { label: "f".to_owned(), through })
        .with(Layer::Arrows { label: "steps".to_owned(), arrows })
        .with(layer("path", points.clone()))
        .with(layer("start", vec![points[0]]))
        .with(layer("end", points.last().copied().into_iter().collect()))
}

fn changed(
    f: &dyn Fn(f64) -> f64,
    path: &[f64],
    change: impl FnOnce(&mut Figure),
) -> Result<Figure, InputError> {
    let mut figure = reference::descent_figure(f, path)?;
    change(&mut figure);
    Ok(figure)
}
