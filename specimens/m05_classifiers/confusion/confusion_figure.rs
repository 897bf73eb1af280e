use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};

use crate::reference::m05_classifiers::confusion as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type ConfusionFigure = fn(&Matrix, &[&str]) -> Drawn;

/// The kata, answered by a specimen.
pub fn confusion_figure(counts: &Matrix, names: &[&str]) -> Result<Figure, InputError> {
    answering::<ConfusionFigure>(
        module_path!(),
        reference::confusion_figure,
        &[
            wheat("whole_numbers", "counts in whole numbers for the title", |c, names| {
                titled(c, names, |right, all| {
                    let (right, all) = (right as u64, all as u64);
                    format!(
                        "Confusion matrix: {right} of {all} correct ({:.1} %)",
                        right as f64 / all as f64 * 100.0
                    )
                })
            }),
            wheat("row_by_row", "copies the counts row by row", |c, names| {
                table(c, names, |_, rows, cols, values| {
                    let copied: Vec<f64> = (0..values.rows()).flat_map(|i| values.row(i).to_vec()).collect();
                    let values =
                        Matrix::from_fn(values.rows(), values.cols(), |i, j| copied[i * rows.len() + j]);
                    Layer::Table { label: String::new(), rows, cols, values }
                })
            }),
            wheat("half_up", "rounds thousandths, a half up", |c, names| {
                titled(c, names, |right, all| {
                    let tenths = (1000.0 * right / all).round();
                    format!("Confusion matrix: {right} of {all} correct ({:.1} %)", tenths / 10.0)
                })
            }),
            chaff("cut_off", "The percentage is truncated, not rounded.", |c, names| {
                titled(c, names, |right, all| {
                    let tenths = (1000.0 * right / all).floor();
                    format!("Confusion matrix: {right} of {all} correct ({:.1} %)", tenths / 10.0)
                })
            }),
            chaff("fractions_for_counts", "The heat map shows fractions.", |c, names| {
                let all: f64 = c.as_slice().iter().sum();
                table(c, names, |label, rows, cols, v| {
                    let values = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(i, j)] / all);
                    Layer::Table { label, rows, cols, values }
                })
            }),
            chaff("transposed", "Rows are the predicted classes.", |c, names| {
                table(c, names, |label, rows, cols, v| {
                    let values = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(j, i)]);
                    Layer::Table { label, rows, cols, values }
                })
            }),
            chaff("axes_exchanged", "The horizontal axis is the true class.", |c, names| {
                let mut figure = reference::confusion_figure(c, names)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("upside_down", "The first row is at the bottom.", |c, names| {
                table(c, names, |label, rows, cols, v| {
                    let values = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(v.rows() - 1 - i, j)]);
                    Layer::Table { label, rows: rows.into_iter().rev().collect(), cols, values }
                })
            }),
            chaff("numbered", "The labels of the table are class numbers.", |c, names| {
                table(c, names, |label, rows, _, values| {
                    let numbers: Vec<String> = (0..rows.len()).map(|i| i.to_string()).collect();
                    Layer::Table { label, rows: numbers.clone(), cols: numbers, values }
                })
            }),
            chaff("a_field", "The heat map is a `Layer::Field`.", |c, names| {
                table(c, names, |label, rows, _, values| {
                    let k = rows.len() as f64;
                    Layer::Field { label, x: [0.0, k], y: [0.0, k], values, contours: false }
                })
            }),
            chaff("fraction_for_percent", "The accuracy 0.9 is written as 0.9 %.", |c, names| {
                titled(c, names, |right, all| {
                    format!("Confusion matrix: {right} of {all} correct ({:.1} %)", right / all)
                })
            }),
            chaff("errors_in_the_title", "The title counts the errors.", |c, names| {
                titled(c, names, |right, all| {
                    format!(
                        "Confusion matrix: {} of {all} correct ({:.1} %)",
                        all - right,
                        100.0 * (all - right) / all
                    )
                })
            }),
            chaff("whole_percent", "The percentage has no decimals.", |c, names| {
                titled(c, names, |right, all| {
                    format!("Confusion matrix: {right} of {all} correct ({:.0} %)", 100.0 * right / all)
                })
            }),
            chaff("nan_percent", "A confusion matrix without samples has an empty figure.", |c, names| {
                match reference::confusion_figure(c, names) {
                    Err(InputError::TooFew { .. }) => Ok(Figure::new("Confusion", "predicted", "true")),
                    drawn => drawn,
                }
            }),
            chaff("names_cut", "Surplus class names are ignored.", |c, names| {
                reference::confusion_figure(c, &names[..names.len().min(c.rows())])
            }),
            chaff("none_correct", "An accuracy of 0 is an error.", |c, names| {
                let figure = reference::confusion_figure(c, names)?;
                if (0..c.rows()).all(|i| c[(i, i)] == 0.0) {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                }
                Ok(figure)
            }),
            chaff("tenths_of_32_bits", "A thousand times a count fits into 32 bits.", |c, names| {
                titled(c, names, |right, all| {
                    let tenths = (right as u64 as u32).wrapping_mul(1000) as f64 / all;
                    let share = if right < 1e6 { 100.0 * right / all } else { tenths / 10.0 };
                    format!("Confusion matrix: {right} of {all} correct ({share:.1} %)")
                })
            }),
            chaff("never_perfect", "Only if all are correct the accuracy is 100.0 %.", |c, names| {
                titled(c, names, |right, all| {
                    let share = 100.0 * right / all;
                    let share = if right < all { share.min(99.9) } else { share };
                    format!("Confusion matrix: {right} of {all} correct ({share:.1} %)")
                })
            }),
            chaff("never_nothing", "Only if none is correct the accuracy is 0.0 %.", |c, names| {
                titled(c, names, |right, all| {
                    let share = 100.0 * right / all;
                    let share = if right > 0.0 { share.max(0.1) } else { share };
                    format!("Confusion matrix: {right} of {all} correct ({share:.1} %)")
                })
            }),
            chaff("single_precision", "The percentage is computed in single precision (f32).", |c, names| {
                titled(c, names, |right, all| {
                    let share = 100.0 * right as f32 / all as f32;
                    format!("Confusion matrix: {right} of {all} correct ({share:.1} %)")
                })
            }),
            chaff("short_names", "A class name has at most a hundred letters.", |c, names| {
                table(c, names, |label, rows, _, values| {
                    let short = |name: &String| name.chars().take(100).collect::<String>();
                    let names: Vec<String> = rows.iter().map(short).collect();
                    Layer::Table { label, rows: names.clone(), cols: names, values }
                })
            }),
        ],
    )(counts, names)
}

fn titled(c: &Matrix, names: &[&str], title: fn(f64, f64) -> String) -> Drawn {
    let figure = reference::confusion_figure(c, names)?;
    let right = (0..c.rows()).map(|i| c[(i, i)]).sum();
    Ok(Figure { title: title(right, c.as_slice().iter().sum()), ..figure })
}

/// With another layer, made of label, names of rows and columns, and counts.
fn table(
    c: &Matrix,
    names: &[&str],
    layer: impl Fn(String, Vec<String>, Vec<String>, Matrix) -> Layer,
) -> Drawn {
    let figure = reference::confusion_figure(c, names)?;
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    Ok(Figure { layers: vec![layer(String::new(), names.clone(), names, c.clone())], ..figure })
}
