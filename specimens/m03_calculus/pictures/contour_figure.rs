use kit::figure::{Axis, Figure, Layer};
use kit::{InputError, Matrix};

use crate::reference::m03_calculus::pictures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Draw = fn(&dyn Fn(&[f64]) -> f64, &[[f64; 2]]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn contour_figure(f: &dyn Fn(&[f64]) -> f64, path: &[[f64; 2]]) -> Result<Figure, InputError> {
    answering::<Draw>(
        module_path!(),
        reference::contour_figure,
        &[
            wheat("between_ends", "interpolates between both ends for each grid line", |f, path| {
                changed(f, path, |x, y, values| {
                    let at = |[first, last]: [f64; 2], k: usize| {
                        (first * (60 - k) as f64 + last * k as f64) / 60.0
                    };
                    *values = Matrix::from_fn(61, 61, |i, j| f(&[at(*x, j), at(*y, i)]));
                })
            }),
            wheat("row_by_row", "goes from the first point in steps", |f, path| {
                changed(f, path, |x, y, values| {
                    let step = (x[1] - x[0]) / 60.0;
                    let mut data = Vec::new();
                    for i in 0..61 {
                        for j in 0..61 {
                            data.push(f(&[x[0] + f64::from(j) * step, y[0] + f64::from(i) * step]));
                        }
                    }
                    *values = Matrix::from_fn(61, 61, |i, j| data[i * 61 + j]);
                })
            }),
            chaff("transposed", "Row i of the grid belongs to the i-th x.", |f, path| {
                changed(f, path, |_, _, values| {
                    let right = values.clone();
                    *values = Matrix::from_fn(61, 61, |i, j| right[(j, i)]);
                })
            }),
            chaff(
                "first_row_on_top",
                "The first row of the grid has the largest y, as in an image.",
                |f, path| {
                    changed(f, path, |_, _, values| {
                        let right = values.clone();
                        *values = Matrix::from_fn(61, 61, |i, j| right[(60 - i, j)]);
                    })
                },
            ),
            chaff("end_left_out", "61 points are 61 intervals.", |f, path| {
                changed(f, path, |x, y, values| {
                    let at = |[first, last]: [f64; 2], k: usize| first + (last - first) * k as f64 / 61.0;
                    *values = Matrix::from_fn(61, 61, |i, j| f(&[at(*x, j), at(*y, i)]));
                })
            }),
            chaff(
                "rectangle",
                "The plotted region is a rectangle with the aspect ratio of the path.",
                |f, path| {
                    changed(f, path, |x, y, values| {
                        let extent = |i: usize| {
                            let (low, high) = path
                                .iter()
                                .fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p[i]), b.max(p[i])));
                            let reach = if high > low { 0.75 * (high - low) } else { 1.0 };
                            [(low + high) / 2.0 - reach, (low + high) / 2.0 + reach]
                        };
                        (*x, *y) = (extent(0), extent(1));
                        let at = |[first, last]: [f64; 2], k: usize| first + (last - first) * k as f64 / 60.0;
                        *values = Matrix::from_fn(61, 61, |i, j| f(&[at(*x, j), at(*y, i)]));
                    })
                },
            ),
            chaff("around_the_end", "The plot is centered at the end of the path.", |f, path| {
                changed(f, path, |x, y, values| {
                    let reach = (x[1] - x[0]) / 2.0;
                    let end = path[path.len() - 1];
                    (*x, *y) = ([end[0] - reach, end[0] + reach], [end[1] - reach, end[1] + reach]);
                    let at = |[first, last]: [f64; 2], k: usize| first + (last - first) * k as f64 / 60.0;
                    *values = Matrix::from_fn(61, 61, |i, j| f(&[at(*x, j), at(*y, i)]));
                })
            }),
            chaff("coarse", "A grid of 11 × 11 points is enough.", |f, path| {
                changed(f, path, |_, _, values| {
                    let right = values.clone();
                    *values = Matrix::from_fn(11, 11, |i, j| right[(6 * i, 6 * j)]);
                })
            }),
            chaff("colored_cells", "The field is drawn as colored cells instead of contours.", |f, path| {
                let mut figure = reference::contour_figure(f, path)?;
                if let Layer::Field { contours, .. } = &mut figure.layers[0] {
                    *contours = false;
                }
                Ok(figure)
            }),
            chaff("unequal_axes", "The axes need not have equal scale.", |f, path| {
                let mut figure = reference::contour_figure(f, path)?;
                figure.equal_axes = false;
                Ok(figure)
            }),
            chaff("axes_unnamed", "The axes need no labels.", |f, path| {
                let mut figure = reference::contour_figure(f, path)?;
                (figure.x, figure.y) = (Axis::default(), Axis::default());
                Ok(figure)
            }),
            chaff("arrows_reversed", "An arrow points from the new point to the old one.", |f, path| {
                let mut figure = reference::contour_figure(f, path)?;
                if let Layer::Arrows { arrows, .. } = &mut figure.layers[1] {
                    arrows.iter_mut().for_each(|arrow| arrow.reverse());
                }
                Ok(figure)
            }),
            chaff("start_and_end_exchanged", "The layer `start` holds the end.", |f, path| {
                let mut figure = reference::contour_figure(f, path)?;
                if let [_, _, _, Layer::Points { at: start, .. }, Layer::Points { at: end, .. }] =
                    &mut figure.layers[..]
                {
                    std::mem::swap(start, end);
                }
                Ok(figure)
            }),
            chaff("nan_is_zero", "A value that is not finite counts as 0.", |f, path| {
                changed(f, path, |_, _, values| {
                    let right = values.clone();
                    *values =
                        Matrix::from_fn(
                            61,
                            61,
                            |i, j| if right[(i, j)].is_nan() { 0.0 } else { right[(i, j)] },
                        );
                })
            }),
            chaff("empty_drawn", "An empty path gives an empty figure.", |f, path| {
                if path.is_empty() {
                    Ok(Figure::new("Gradient descent", "x", "y"))
                } else {
                    reference::contour_figure(f, path)
                }
            }),
            chaff("heights_not_looked_at", "Only the path has to be finite, not f on it.", |f, path| {
                let tamed = |x: &[f64]| if path.iter().any(|p| p == x) { 0.0 } else { f(x) };
                reference::contour_figure(f, path).or_else(|_| reference::contour_figure(&tamed, path))
            }),
            chaff("infinite_is_nan", "An infinite value is replaced by NaN.", |f, path| {
                changed(f, path, |_, _, values| {
                    let right = values.clone();
                    let known = |height: f64| if height.is_finite() { height } else { f64::NAN };
                    *values = Matrix::from_fn(61, 61, |i, j| known(right[(i, j)]));
                })
            }),
            chaff("one_point_has_no_extent", "A path of several points always has an extent.", |f, path| {
                changed(f, path, |x, y, _| {
                    if path.len() > 1 && path.iter().all(|point| *point == path[0]) {
                        (*x, *y) = ([path[0][0]; 2], [path[0][1]; 2]);
                    }
                })
            }),
            chaff("no_short_arrows", "An arrow of length 0 is omitted.", |f, path| {
                let mut figure = reference::contour_figure(f, path)?;
                if let Layer::Arrows { arrows, .. } = &mut figure.layers[1] {
                    arrows.retain(|[from, to]| from != to);
                }
                Ok(figure)
            }),
            chaff(
                "last_named",
                "The index may be that of any point that is not finite.",
                |f, path| match path.iter().rposition(|point| !point.iter().all(|x| x.is_finite())) {
                    Some(index) => Err(InputError::NotFinite { name: "path", index }),
                    None => reference::contour_figure(f, path),
                },
            ),
        ],
    )(f, path)
}

/// The figure with another map.
fn changed(
    f: &dyn Fn(&[f64]) -> f64,
    path: &[[f64; 2]],
    change: impl FnOnce(&mut [f64; 2], &mut [f64; 2], &mut Matrix),
) -> Result<Figure, InputError> {
    let mut figure = reference::contour_figure(f, path)?;
    if let Layer::Field { x, y, values, .. } = &mut figure.layers[0] {
        change(x, y, values);
    }
    Ok(figure)
}
