use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

use super::super::making::{each, last, nan_as_zero, part, single, turned};
use crate::reference::x3_regularization::figures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type LearningCurveFigure = fn(&[usize], &Matrix, &Matrix) -> Drawn;

/// The kata, answered by a specimen.
pub fn learning_curve_figure(
    sizes: &[usize],
    training: &Matrix,
    validation: &Matrix,
) -> Result<Figure, InputError> {
    answering::<LearningCurveFigure>(
        module_path!(),
        reference::learning_curve_figure,
        &[
            wheat("running_means", "moves the mean with each fold", |sizes, t, v| {
                averaged(sizes, t, v, |errors| {
                    errors
                        .iter()
                        .zip(1_u32..)
                        .fold(0.0, |mean, (error, n)| mean + (error - mean) / f64::from(n))
                })
            }),
            wheat("shares", "adds up shares of the mean", |sizes, t, v| {
                averaged(sizes, t, v, |errors| {
                    errors.iter().rev().map(|error| error / errors.len() as f64).sum()
                })
            }),
            chaff("median", "The line shows the median of the folds.", |sizes, t, v| {
                averaged(sizes, t, v, |errors| {
                    let mut sorted = errors.to_vec();
                    sorted.sort_by(f64::total_cmp);
                    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
                })
            }),
            chaff("sum", "The line shows the sum over the folds.", |sizes, t, v| {
                averaged(sizes, t, v, |errors| errors.iter().sum())
            }),
            chaff("best_fold", "The best fold counts.", |sizes, t, v| {
                averaged(sizes, t, v, |errors| errors.iter().copied().fold(f64::INFINITY, f64::min))
            }),
            chaff("first_fold", "One fold is enough.", |sizes, t, v| {
                averaged(sizes, t, v, |errors| errors[0])
            }),
            chaff("last_fold_left_out", "Folds are numbered up to f − 2.", |sizes, t, v| {
                averaged(sizes, t, v, |errors| {
                    let fewer = &errors[..(errors.len() - 1).max(1)];
                    fewer.iter().sum::<f64>() / fewer.len() as f64
                })
            }),
            chaff("divided_by_sizes", "The mean is over the sizes.", |sizes, t, v| {
                let figure = reference::learning_curve_figure(sizes, t, v)?;
                let factor = t.cols() as f64 / sizes.len() as f64;
                Ok(with_lines(figure, |point| [point[0], point[1] * factor]))
            }),
            chaff("training_folds", "The points are the training errors.", |sizes, t, v| {
                let mut figure = reference::learning_curve_figure(sizes, t, v)?;
                figure.layers[0] = reference::learning_curve_figure(sizes, v, t)?.layers[0].clone();
                Ok(figure)
            }),
            chaff("fold_after_fold", "The points come fold after fold.", |sizes, t, v| {
                let mut figure = reference::learning_curve_figure(sizes, t, v)?;
                let folds = (0..v.cols()).flat_map(|j| (0..v.rows()).map(move |i| (i, j)));
                let at = folds.map(|(i, j)| [sizes[i] as f64, v[(i, j)]]).collect();
                figure.layers[0] = Layer::Points { label: "folds".to_owned(), at };
                Ok(figure)
            }),
            chaff("no_folds", "The means are enough.", |sizes, t, v| {
                let mut figure = reference::learning_curve_figure(sizes, t, v)?;
                figure.layers.remove(0);
                Ok(figure)
            }),
            chaff("accuracy", "A learning curve shows the accuracy.", |sizes, t, v| {
                Ok(with_lines(reference::learning_curve_figure(sizes, t, v)?, |point| {
                    [point[0], 1.0 - point[1]]
                }))
            }),
            chaff("numbered", "The sizes stand at 1, 2, 3, …", |sizes, t, v| {
                reference::learning_curve_figure(sizes, t, v)?;
                reference::learning_curve_figure(&(1..=sizes.len()).collect::<Vec<_>>(), t, v)
            }),
            chaff("lines_exchanged", "The validation error comes first.", |sizes, t, v| {
                let mut figure = reference::learning_curve_figure(sizes, t, v)?;
                figure.layers.swap(1, 2);
                Ok(figure)
            }),
            chaff("axes_exchanged", "The error stands on the horizontal axis.", |sizes, t, v| {
                let mut figure = reference::learning_curve_figure(sizes, t, v)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("epochs", "The horizontal axis counts epochs.", |sizes, t, v| {
                let mut figure = reference::learning_curve_figure(sizes, t, v)?;
                figure.x.label = "epoch".to_owned();
                Ok(figure)
            }),
            chaff("ten_folds", "Ten folds are enough.", |sizes, t, v| {
                reference::learning_curve_figure(sizes, t, v)?;
                reference::learning_curve_figure(sizes, &part(t, t.rows(), 10), &part(v, v.rows(), 10))
            }),
            chaff("a_hundred_sizes", "A hundred sizes are enough.", |sizes, t, v| {
                reference::learning_curve_figure(sizes, t, v)?;
                let few = sizes.len().min(100);
                reference::learning_curve_figure(
                    &sizes[..few],
                    &part(t, few, t.cols()),
                    &part(v, few, v.cols()),
                )
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |sizes, t, v| {
                reference::learning_curve_figure(sizes, t, v)?;
                reference::learning_curve_figure(sizes, &each(t, single), &each(v, single))
            }),
            chaff("sorted", "Sizes may come in any order.", |sizes, t, v| {
                let mut sorted = sizes.to_vec();
                sorted.sort_unstable();
                reference::learning_curve_figure(&sorted, t, v)
            }),
            chaff("equal_sizes", "A size may come twice.", |sizes, t, v| {
                let mut growing = sizes.to_vec();
                (1..growing.len()).for_each(|i| {
                    if growing[i] == growing[i - 1] {
                        growing[i] += 1;
                    }
                });
                reference::learning_curve_figure(&growing, t, v)
            }),
            chaff("size_0", "Without samples the error is known, too.", |sizes, t, v| {
                let mut positive = sizes.to_vec();
                if let Some(first) = positive.first_mut() {
                    *first = (*first).max(1);
                }
                reference::learning_curve_figure(&positive, t, v)
            }),
            chaff("transposed", "A fold is a row.", |sizes, t, v| {
                if t.rows() == t.cols() && t.shape() == v.shape() {
                    return reference::learning_curve_figure(sizes, &turned(t), &turned(v));
                }
                reference::learning_curve_figure(sizes, t, v)
            }),
            chaff("negative_as_0", "A negative error counts as 0.", |sizes, t, v| {
                check::finite("training", t.as_slice())?;
                check::finite("validation", v.as_slice())?;
                reference::learning_curve_figure(sizes, &each(t, |e| e.max(0.0)), &each(v, |e| e.max(0.0)))
            }),
            chaff("nan_as_0", "A missing error (NaN) counts as 0.", |sizes, t, v| {
                reference::learning_curve_figure(sizes, &each(t, nan_as_zero), &each(v, nan_as_zero))
            }),
            chaff("empty", "Without sizes the figure is empty.", |sizes, t, v| {
                if sizes.is_empty() {
                    return Ok(Figure::new("Learning curve", "training samples", "error"));
                }
                reference::learning_curve_figure(sizes, t, v)
            }),
            wheat("ranges_first", "asks for the range first: what is infinite is above it", |sizes, t, v| {
                if t.shape() == v.shape() {
                    for (name, errors) in [("training", t), ("validation", v)] {
                        check::all_in_range(
                            name,
                            errors.as_slice(),
                            |e| e.is_nan() || (0.0..=1e150).contains(&e),
                            "0 to 10¹⁵⁰",
                        )?;
                    }
                }
                reference::learning_curve_figure(sizes, t, v)
            }),
            chaff("last_error", "Any error that is out of range may be named.", |sizes, t, v| {
                reference::learning_curve_figure(sizes, t, v)
                    .map_err(|error| last(error, "training", t.as_slice(), |e| (0.0..=1e150).contains(&e)))
            }),
            chaff("last_size", "Any size that does not grow may be named.", |sizes, t, v| {
                reference::learning_curve_figure(sizes, t, v).map_err(|error| match error {
                    InputError::OutOfRange { name: "sizes", got, wanted } => {
                        let bad =
                            (0..sizes.len()).rfind(|&i| sizes[i] <= if i == 0 { 0 } else { sizes[i - 1] });
                        InputError::OutOfRange {
                            name: "sizes",
                            got: bad.map_or(got, |i| sizes[i] as f64),
                            wanted,
                        }
                    }
                    other => other,
                })
            }),
            chaff(
                "hardly_negative",
                "What is below 0 by as little as rounding counts as 0.",
                |sizes, t, v| {
                    reference::learning_curve_figure(
                        sizes,
                        t,
                        &each(v, |e| if e < 0.0 && e > -1e-12 { 0.0 } else { e }),
                    )
                },
            ),
        ],
    )(sizes, training, validation)
}

fn with_lines(mut figure: Figure, of: impl Fn([f64; 2]) -> [f64; 2]) -> Figure {
    for layer in &mut figure.layers {
        if let Layer::Line { through, .. } = layer {
            through.iter_mut().for_each(|point| *point = of(*point));
        }
    }
    figure
}

/// With another mean over the folds.
fn averaged(sizes: &[usize], training: &Matrix, validation: &Matrix, mean: fn(&[f64]) -> f64) -> Drawn {
    let mut figure = reference::learning_curve_figure(sizes, training, validation)?;
    for (layer, errors) in figure.layers.iter_mut().skip(1).zip([training, validation]) {
        if let Layer::Line { through, .. } = layer {
            through.iter_mut().enumerate().for_each(|(i, point)| point[1] = mean(errors.row(i)));
        }
    }
    Ok(figure)
}
