use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m05_classifiers::confusion as reference;

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
            chaff("cut_off", "what is behind the first decimal is left out", |c, names| {
                titled(c, names, |right, all| {
                    let tenths = (1000.0 * right / all).floor();
                    format!("Confusion matrix: {right} of {all} correct ({:.1} %)", tenths / 10.0)
                })
            }),
            chaff("shares_for_counts", "a heat map shows shares", |c, names| {
                let all: f64 = c.as_slice().iter().sum();
                table(c, names, |label, rows, cols, v| {
                    let values = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(i, j)] / all);
                    Layer::Table { label, rows, cols, values }
                })
            }),
            chaff("transposed", "rows are the predictions", |c, names| {
                table(c, names, |label, rows, cols, v| {
                    let values = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(j, i)]);
                    Layer::Table { label, rows, cols, values }
                })
            }),
            chaff("axes_exchanged", "x is the truth", |c, names| {
                let mut figure = reference::confusion_figure(c, names)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("upside_down", "the first row stands below", |c, names| {
                table(c, names, |label, rows, cols, v| {
                    let values = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(v.rows() - 1 - i, j)]);
                    Layer::Table { label, rows: rows.into_iter().rev().collect(), cols, values }
                })
            }),
            chaff("numbered", "a class is its number", |c, names| {
                table(c, names, |label, rows, _, values| {
                    let numbers: Vec<String> = (0..rows.len()).map(|i| i.to_string()).collect();
                    Layer::Table { label, rows: numbers.clone(), cols: numbers, values }
                })
            }),
            chaff("a_field", "a heat map is a field", |c, names| {
                table(c, names, |label, rows, _, values| {
                    let k = rows.len() as f64;
                    Layer::Field { label, x: [0.0, k], y: [0.0, k], values, contours: false }
                })
            }),
            chaff("share_for_per_cent", "0.9 is 90 per cent", |c, names| {
                titled(c, names, |right, all| {
                    format!("Confusion matrix: {right} of {all} correct ({:.1} %)", right / all)
                })
            }),
            chaff("errors_in_the_title", "the title counts the errors", |c, names| {
                titled(c, names, |right, all| {
                    format!(
                        "Confusion matrix: {} of {all} correct ({:.1} %)",
                        all - right,
                        100.0 * (all - right) / all
                    )
                })
            }),
            chaff("whole_per_cent", "nobody needs the decimal", |c, names| {
                titled(c, names, |right, all| {
                    format!("Confusion matrix: {right} of {all} correct ({:.0} %)", 100.0 * right / all)
                })
            }),
            chaff("nan_per_cent", "nothing counted is nothing drawn", |c, names| {
                match reference::confusion_figure(c, names) {
                    Err(InputError::TooFew { .. }) => Ok(Figure::new("Confusion", "predicted", "true")),
                    drawn => drawn,
                }
            }),
            chaff("names_cut", "names that are too many are left out", |c, names| {
                reference::confusion_figure(c, &names[..names.len().min(c.rows())])
            }),
            chaff("the_last_is_named", "any wrong count will do", |c, names| {
                reference::confusion_figure(c, names).map_err(|rejection| match rejection {
                    InputError::OutOfRange { name, got, wanted } => {
                        let wrong = |count: &&f64| **count < 0.0 || count.fract() != 0.0;
                        let last = c.as_slice().iter().rfind(wrong);
                        InputError::OutOfRange { name, got: last.copied().unwrap_or(got), wanted }
                    }
                    rejection => rejection,
                })
            }),
            chaff("none_right", "where nothing is right there is no share", |c, names| {
                let figure = reference::confusion_figure(c, names)?;
                if (0..c.rows()).all(|i| c[(i, i)] == 0.0) {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                }
                Ok(figure)
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
