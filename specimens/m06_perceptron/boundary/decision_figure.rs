use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix};

use crate::reference::m06_perceptron::boundary as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type DecisionFigure = fn(&Matrix, &[usize], [f64; 2], f64) -> Drawn;

/// The kata, answered by a specimen.
pub fn decision_figure(x: &Matrix, y: &[usize], w: [f64; 2], b: f64) -> Drawn {
    answering::<DecisionFigure>(
        module_path!(),
        reference::decision_figure,
        &[
            wheat("hyperbolic", "σ(z) = (1 + tanh(z/2))/2, row by row", |x, y, w, b| {
                changed(x, y, w, b, |across, up, values| {
                    let mut data = Vec::new();
                    for i in 0..61 {
                        for j in 0..61 {
                            let (s, t) = (j as f64 / 60.0, i as f64 / 60.0);
                            let z = w[0] * (across[0] * (1.0 - s) + across[1] * s)
                                + w[1] * (up[0] * (1.0 - t) + up[1] * t);
                            data.push(f64::midpoint(1.0, ((z + b) / 2.0).tanh()));
                        }
                    }
                    *values = Matrix::from_fn(61, 61, |i, j| data[i * 61 + j]);
                })
            }),
            wheat("line_turned_round", "the line from its other end", |x, y, w, b| {
                let mut figure = reference::decision_figure(x, y, w, b)?;
                if let Layer::Line { through, .. } = &mut figure.layers[3] {
                    through.reverse();
                }
                Ok(figure)
            }),
            chaff("transposed", "Row i of the field belongs to the i-th x₀.", |x, y, w, b| {
                changed(x, y, w, b, |_, _, values| {
                    let right = values.clone();
                    *values = Matrix::from_fn(61, 61, |i, j| right[(j, i)]);
                })
            }),
            chaff(
                "first_row_on_top",
                "The first row of the field is at the top, as in an image.",
                |x, y, w, b| {
                    changed(x, y, w, b, |_, _, values| {
                        let right = values.clone();
                        *values = Matrix::from_fn(61, 61, |i, j| right[(60 - i, j)]);
                    })
                },
            ),
            chaff("probability_of_class_0", "The field shows the probability of class 0.", |x, y, w, b| {
                changed(x, y, w, b, |_, _, values| {
                    let right = values.clone();
                    *values = Matrix::from_fn(61, 61, |i, j| 1.0 - right[(i, j)]);
                })
            }),
            chaff("regions_only", "The field shows the predicted class, 0 or 1.", |x, y, w, b| {
                changed(x, y, w, b, |_, _, values| {
                    let right = values.clone();
                    *values = Matrix::from_fn(61, 61, |i, j| right[(i, j)].round());
                })
            }),
            chaff("bias_forgotten", "The field is σ(w·x), without the bias.", |x, y, w, b| {
                let plain = reference::decision_figure(x, y, w, 0.0)?;
                let mut figure = reference::decision_figure(x, y, w, b)?;
                figure.layers[0] = plain.layers[0].clone();
                Ok(figure)
            }),
            chaff("no_margin", "The field ends at the outermost samples.", |x, y, w, b| {
                changed(x, y, w, b, |across, up, _| {
                    for side in [across, up] {
                        let width = side[1] - side[0];
                        *side = [side[0] + width / 6.0, side[1] - width / 6.0];
                    }
                })
            }),
            chaff(
                "classes_exchanged",
                "The points of class 1 are the first layer of points.",
                |x, y, w, b| {
                    let mut figure = reference::decision_figure(x, y, w, b)?;
                    if let [_, Layer::Points { at: zero, .. }, Layer::Points { at: one, .. }, _] =
                        &mut figure.layers[..]
                    {
                        std::mem::swap(zero, one);
                    }
                    Ok(figure)
                },
            ),
            chaff("grouped_by_prediction", "The points are grouped by predicted class.", |x, y, w, b| {
                reference::decision_figure(x, y, w, b)?;
                let z = |i: usize| w[0] * x[(i, 0)] + w[1] * x[(i, 1)] + b;
                let said: Vec<usize> = (0..y.len()).map(|i| usize::from(z(i) > 0.0)).collect();
                reference::decision_figure(x, &said, w, b)
            }),
            chaff("line_without_bias", "The decision boundary passes through the origin.", |x, y, w, b| {
                let mut figure = reference::decision_figure(x, y, w, b)?;
                figure.layers[3] = reference::decision_figure(x, y, w, 0.0)?.layers[3].clone();
                Ok(figure)
            }),
            chaff("line_left_out", "The colors alone show the decision boundary.", |x, y, w, b| {
                let mut figure = reference::decision_figure(x, y, w, b)?;
                figure.layers.truncate(3);
                Ok(figure)
            }),
            chaff(
                "line_always_drawn",
                "A boundary outside of the rectangle is drawn from corner to corner.",
                |x, y, w, b| {
                    let mut figure = reference::decision_figure(x, y, w, b)?;
                    let Layer::Field { x: across, y: up, .. } = &figure.layers[0] else { return Ok(figure) };
                    let corners = vec![[across[0], up[0]], [across[1], up[1]]];
                    if let Layer::Line { through, .. } = &mut figure.layers[3]
                        && through.is_empty()
                    {
                        *through = corners;
                    }
                    Ok(figure)
                },
            ),
            chaff("points_behind", "The points are behind the field.", |x, y, w, b| {
                let mut figure = reference::decision_figure(x, y, w, b)?;
                figure.layers.rotate_left(1);
                Ok(figure)
            }),
            chaff("wrong_ones_counted", "The title counts the misclassified samples.", |x, y, w, b| {
                let figure = reference::decision_figure(x, y, w, b)?;
                let right: usize =
                    figure.title.split(' ').nth(2).and_then(|word| word.parse().ok()).unwrap_or(0);
                let title = format!("Decision boundary: {} of {} correct", y.len() - right, y.len());
                Ok(Figure { title, ..figure })
            }),
            chaff(
                "on_the_line_is_class_1",
                "A sample on the decision boundary belongs to class 1.",
                |x, y, w, b| {
                    let z = |i: usize| w[0] * x[(i, 0)] + w[1] * x[(i, 1)] + b;
                    let figure = reference::decision_figure(x, y, w, b)?;
                    let right = (0..y.len()).filter(|&i| (z(i) >= 0.0) == (y[i] == 1)).count();
                    Ok(Figure {
                        title: format!("Decision boundary: {right} of {} correct", y.len()),
                        ..figure
                    })
                },
            ),
            chaff("axes_unnamed", "The axes need no names.", |x, y, w, b| {
                let mut figure = reference::decision_figure(x, y, w, b)?;
                (figure.x, figure.y) = Default::default();
                Ok(figure)
            }),
            chaff("any_label", "Every label other than 0 counts as 1.", |x, y, w, b| {
                let binary: Vec<usize> = y.iter().map(|label| usize::from(*label != 0)).collect();
                reference::decision_figure(x, &binary, w, b)
            }),
            chaff("nan_drawn", "A NaN among the samples can be ignored.", |x, y, w, b| {
                match reference::decision_figure(x, y, w, b) {
                    Err(InputError::NotFinite { .. }) => Ok(Figure::new("Decision boundary", "x₀", "x₁")),
                    answer => answer,
                }
            }),
            chaff(
                "more_than_one_half",
                "The predicted class is 1 where σ(w·x + b), as rounded, is above ½.",
                |x, y, w, b| {
                    let figure = reference::decision_figure(x, y, w, b)?;
                    let p = |i: usize| 1.0 / (1.0 + (-(w[0] * x[(i, 0)] + w[1] * x[(i, 1)] + b)).exp());
                    let right = (0..y.len()).filter(|&i| (p(i) > 0.5) == (y[i] == 1)).count();
                    let title = format!("Decision boundary: {right} of {} correct", y.len());
                    Ok(Figure { title, ..figure })
                },
            ),
            chaff("nearly_vertical", "A line with |w₁| below 0.01 is vertical.", |x, y, w, b| {
                let mut figure = reference::decision_figure(x, y, w, b)?;
                if let [Layer::Field { y: up, .. }, .., Layer::Line { through, .. }] = &mut figure.layers[..]
                    && w[1].abs() < 0.01
                    && !through.is_empty()
                {
                    *through = up.map(|up| [-b / w[0], up]).to_vec();
                }
                Ok(figure)
            }),
            chaff("margin_of_a_point", "The margin is 1 where both sides are 0.", |x, y, w, b| {
                changed(x, y, w, b, |across, up, _| {
                    let side = |axis| (0..x.rows()).map(move |i| x[(i, axis)]);
                    let is_even = [0, 1].map(|axis| side(axis).all(|at| at == x[(0, axis)]));
                    if is_even[0] != is_even[1] {
                        let (axis, ends) = if is_even[0] { (0, across) } else { (1, up) };
                        *ends = [x[(0, axis)]; 2];
                    }
                })
            }),
        ],
    )(x, y, w, b)
}

/// The figure with another field.
fn changed(
    x: &Matrix,
    y: &[usize],
    w: [f64; 2],
    b: f64,
    change: impl FnOnce(&mut [f64; 2], &mut [f64; 2], &mut Matrix),
) -> Drawn {
    let mut figure = reference::decision_figure(x, y, w, b)?;
    if let Layer::Field { x, y, values, .. } = &mut figure.layers[0] {
        change(x, y, values);
    }
    Ok(figure)
}
