use kit::figure::{Figure, Layer};
use kit::{InputError, check};

use super::super::making::{all, last, nan_as_zero, single};
use crate::reference::x3_regularization::figures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type BiasVarianceFigure = fn(&[f64], &[f64]) -> Drawn;

/// The kata, answered by a specimen.
pub fn bias_variance_figure(training: &[f64], validation: &[f64]) -> Result<Figure, InputError> {
    answering::<BiasVarianceFigure>(
        module_path!(),
        reference::bias_variance_figure,
        &[
            wheat("from_the_end", "looks for the lowest error from the highest degree on", |t, v| {
                chosen(t, v, |_, v| {
                    (0..v.len()).rev().reduce(|best, k| if v[k] <= v[best] { k } else { best })
                })
            }),
            wheat("sorted", "sorts the degrees by their errors", |t, v| {
                chosen(t, v, |_, v| {
                    let mut degrees: Vec<usize> = (0..v.len()).collect();
                    degrees.sort_by(|a, b| v[*a].total_cmp(&v[*b]).then(a.cmp(b)));
                    degrees.first().copied()
                })
            }),
            chaff("last_of_equals", "Of equal errors the highest degree counts.", |t, v| {
                chosen(t, v, |_, v| (0..v.len()).reduce(|best, k| if v[k] <= v[best] { k } else { best }))
            }),
            chaff("training_error", "The lowest training error shows the best degree.", |t, v| {
                chosen(t, v, |t, _| (0..t.len()).reduce(|best, k| if t[k] < t[best] { k } else { best }))
            }),
            chaff("smallest_gap", "The best degree has the smallest gap between both errors.", |t, v| {
                chosen(t, v, |t, v| {
                    let gap = |k: usize| (v[k] - t[k]).abs();
                    (0..v.len()).reduce(|best, k| if gap(k) < gap(best) { k } else { best })
                })
            }),
            chaff("sum_of_both", "Both errors count.", |t, v| {
                chosen(t, v, |t, v| {
                    (0..v.len()).reduce(|best, k| {
                        if t[k] / 2.0 + v[k] / 2.0 < t[best] / 2.0 + v[best] / 2.0 { k } else { best }
                    })
                })
            }),
            chaff(
                "first_minimum",
                "The first degree after which the error rises is the best one.",
                |t, v| chosen(t, v, |_, v| (0..v.len()).find(|&k| k + 1 == v.len() || v[k + 1] > v[k])),
            ),
            chaff("highest", "The point is the highest error.", |t, v| {
                chosen(t, v, |_, v| (0..v.len()).reduce(|best, k| if v[k] > v[best] { k } else { best }))
            }),
            chaff("degrees_from_one", "Degrees count from 1.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                for layer in &mut figure.layers {
                    if let Layer::Line { through: at, .. } | Layer::Points { at, .. } = layer {
                        at.iter_mut().for_each(|point| point[0] += 1.0);
                    }
                }
                Ok(figure)
            }),
            chaff("label_from_one", "The best degree counts from 1.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                if let Some(Layer::Points { label, at }) = figure.layers.last_mut() {
                    *label = format!("lowest validation error: degree {}", at[0][0] + 1.0);
                }
                Ok(figure)
            }),
            chaff("no_point", "The reader finds the lowest error.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                figure.layers.pop();
                Ok(figure)
            }),
            chaff("point_on_training", "The point lies on the training error.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                if let Some(Layer::Points { at, .. }) = figure.layers.last_mut() {
                    at[0][1] = t[at[0][0] as usize];
                }
                Ok(figure)
            }),
            chaff("labels_exchanged", "The first line is the validation error.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                figure.layers.swap(0, 1);
                Ok(figure)
            }),
            chaff("roots", "The root of a mean squared error is shown.", |t, v| {
                reference::bias_variance_figure(t, v)?;
                reference::bias_variance_figure(&all(t, f64::sqrt), &all(v, f64::sqrt))
            }),
            chaff("logarithmic", "Errors need a logarithmic axis.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                figure.y.logarithmic = true;
                figure.y.label = "log error".to_owned();
                Ok(figure)
            }),
            chaff("axes_exchanged", "The error stands on the horizontal axis.", |t, v| {
                let mut figure = reference::bias_variance_figure(t, v)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("sixteen_degrees", "A polynomial of degree 16 is never fitted.", |t, v| {
                reference::bias_variance_figure(t, v)?;
                reference::bias_variance_figure(&t[..t.len().min(16)], &v[..v.len().min(16)])
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |t, v| {
                reference::bias_variance_figure(t, v)?;
                reference::bias_variance_figure(&all(t, single), &all(v, single))
            }),
            chaff("cut", "Errors without a counterpart are left out.", |t, v| {
                let n = t.len().min(v.len());
                reference::bias_variance_figure(&t[..n], &v[..n])
            }),
            chaff("negative_as_0", "A negative error counts as 0.", |t, v| {
                check::finite("training", t)?;
                check::finite("validation", v)?;
                reference::bias_variance_figure(&all(t, |e| e.max(0.0)), &all(v, |e| e.max(0.0)))
            }),
            chaff("nan_as_0", "A missing error (NaN) counts as 0.", |t, v| {
                reference::bias_variance_figure(&all(t, nan_as_zero), &all(v, nan_as_zero))
            }),
            chaff("any_size", "Any finite error will do.", |t, v| {
                check::finite("training", t)?;
                check::finite("validation", v)?;
                reference::bias_variance_figure(&all(t, |e| e.min(1e150)), &all(v, |e| e.min(1e150)))
            }),
            chaff("empty", "Without errors the figure is empty.", |t, v| {
                if t.is_empty() && v.is_empty() {
                    return Ok(Figure::new("Bias and variance", "degree", "error"));
                }
                reference::bias_variance_figure(t, v)
            }),
            wheat("ranges_first", "asks for the range first: what is infinite is above it", |t, v| {
                if t.len() == v.len() {
                    for (name, errors) in [("training", t), ("validation", v)] {
                        check::all_in_range(
                            name,
                            errors,
                            |e| e.is_nan() || (0.0..=1e150).contains(&e),
                            "0 to 10¹⁵⁰",
                        )?;
                    }
                }
                reference::bias_variance_figure(t, v)
            }),
            chaff("last_error", "Any error that is out of range may be named.", |t, v| {
                reference::bias_variance_figure(t, v)
                    .map_err(|error| last(error, "validation", v, |e| (0.0..=1e150).contains(&e)))
            }),
            chaff("nearly_equal", "Errors that agree to 10⁻⁹ are equal.", |t, v| {
                chosen(t, v, |_, v| {
                    (0..v.len()).reduce(|best, k| if v[k] < v[best] - 1e-9 * v[best] { k } else { best })
                })
            }),
            chaff("hardly_negative", "What is below 0 by as little as rounding counts as 0.", |t, v| {
                reference::bias_variance_figure(t, &all(v, |e| if e < 0.0 && e > -1e-12 { 0.0 } else { e }))
            }),
        ],
    )(training, validation)
}

/// With another choice of the best degree.
fn chosen(training: &[f64], validation: &[f64], choose: fn(&[f64], &[f64]) -> Option<usize>) -> Drawn {
    let mut figure = reference::bias_variance_figure(training, validation)?;
    let degree = choose(training, validation).unwrap_or(0);
    figure.layers.pop();
    let label = format!("lowest validation error: degree {degree}");
    Ok(figure.with(Layer::Points { label, at: vec![[degree as f64, validation[degree]]] }))
}
