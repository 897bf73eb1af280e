use kit::data::{self, Dataset};
use kit::{InputError, Matrix};

use super::tables::{Load, Loaded, blank_above, fitted, line_by_line, only_good_lines, placed};
use crate::reference::m05_classifiers::load as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

/// The kata, answered by a specimen.
pub fn parse_iris(csv: &str) -> Result<Dataset, InputError> {
    answering::<Load>(
        module_path!(),
        reference::parse_iris,
        &[
            wheat("species_first", "cuts the species off before it counts the rest", |csv| {
                by_hand(csv, f64::is_finite)
            }),
            wheat("line_after_line", "reads each line by itself and joins what came", |csv| {
                let mut whole: Option<Dataset> = None;
                for (line, text) in (1..).zip(csv.split('\n')) {
                    if text.trim().is_empty() {
                        continue;
                    }
                    let one = placed(reference::parse_iris, text, |_, column| (line, column))?;
                    whole = Some(match whole {
                        None => one,
                        Some(mut whole) => {
                            let features = [whole.features.as_slice(), one.features.as_slice()].concat();
                            whole.labels.extend(one.labels);
                            whole.features = Matrix::new(whole.labels.len(), 4, features)?;
                            whole
                        }
                    });
                }
                whole.ok_or(InputError::TooFew { got: 0, wanted: 1 })
            }),
            chaff("nan_is_a_number", "Everything that `parse` accepts is a finite number.", |csv| {
                by_hand(csv, |_| true)
            }),
            chaff("only_good_lines", "A line that cannot be parsed is skipped.", |csv| {
                only_good_lines(reference::parse_iris, csv)
            }),
            chaff("missing_is_0", "A cell that cannot be parsed counts as 0.", |csv| {
                line_by_line(reference::parse_iris, csv, |line| {
                    let clean = |(j, cell): (usize, &str)| match cell.trim().parse::<f64>() {
                        Err(_) if j < 4 => "0".to_owned(),
                        _ => cell.to_owned(),
                    };
                    if line.trim().is_empty() {
                        line.to_owned()
                    } else {
                        line.split(',').enumerate().map(clean).collect::<Vec<_>>().join(",")
                    }
                })
            }),
            chaff("the_rest_is_ignored", "Surplus cells are ignored.", |csv| {
                fitted(reference::parse_iris, csv, 5)
            }),
            chaff("lines_from_0", "Lines are counted from 0.", |csv| {
                placed(reference::parse_iris, csv, |line, column| (line - 1, column))
            }),
            chaff("cells_from_0", "Cells are counted from 0.", |csv| {
                placed(reference::parse_iris, csv, |line, column| (line, column - 1))
            }),
            chaff("blank_lines_do_not_count", "A blank line is not counted as a line.", |csv| {
                placed(reference::parse_iris, csv, |line, column| (line - blank_above(csv, line), column))
            }),
            chaff("header_skipped", "The first line is a header.", |csv| {
                reference::parse_iris(csv.split_once('\n').map_or("", |(_, rest)| rest))
            }),
            chaff("unknown_is_setosa", "An unknown species is class 0.", |csv| {
                line_by_line(reference::parse_iris, csv, |line| match line.rsplit_once(',') {
                    Some((rest, species)) if !species.trim().starts_with("Iris-v") => {
                        format!("{rest},Iris-setosa")
                    }
                    _ => line.to_owned(),
                })
            }),
            chaff("first_letters", "The first letters identify the species.", |csv| {
                line_by_line(reference::parse_iris, csv, |line| match line.rsplit_once(',') {
                    Some((rest, species)) if species.trim().starts_with("Iris-s") => {
                        format!("{rest},Iris-setosa")
                    }
                    _ => line.to_owned(),
                })
            }),
            chaff("labels_from_1", "Classes are numbered from 1.", |csv| {
                let mut flowers = reference::parse_iris(csv)?;
                flowers.labels.iter_mut().for_each(|label| *label += 1);
                Ok(flowers)
            }),
            chaff("column_after_column", "The features are stored column after column.", |csv| {
                let flowers = reference::parse_iris(csv)?;
                let (n, d) = flowers.features.shape();
                let turned = Matrix::from_fn(n, d, |i, j| flowers.features.as_slice()[j * n + i]);
                Ok(Dataset { features: turned, ..flowers })
            }),
            chaff("no_white_space", "Cells have no white space around them.", |csv| {
                if csv.lines().any(|line| line != line.trim() || line.contains(", ") || line.contains(" ,")) {
                    return Err(InputError::BadCell {
                        line: 1,
                        column: "1".to_owned(),
                        got: String::new(),
                        wanted: "a finite number",
                    });
                }
                reference::parse_iris(csv)
            }),
            chaff("an_empty_set", "A text without samples gives an empty data set.", |csv| {
                match reference::parse_iris(csv) {
                    Err(InputError::TooFew { .. }) => {
                        Ok(Dataset { features: Matrix::zeros(0, 4), labels: vec![], ..data::iris().clone() })
                    }
                    loaded => loaded,
                }
            }),
            chaff("always_fishers", "The result is always Fisher's data set.", |_| Ok(data::iris().clone())),
            chaff("digits_and_a_point", "A number has digits and a decimal point only.", |csv| {
                line_by_line(reference::parse_iris, csv, |line| {
                    let plain = |cell: &str| cell.trim().chars().all(|c| "0123456789.-".contains(c));
                    let lengths = line.rsplit_once(',').map_or("", |(lengths, _)| lengths);
                    if lengths.split(',').all(plain) { line.to_owned() } else { format!("x{line}") }
                })
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |csv| {
                let flowers = reference::parse_iris(csv)?;
                let x = &flowers.features;
                // So are Fisher's own numbers, with one decimal.
                let rounded = |x: f64| if (10.0 * x).fract() == 0.0 { x } else { f64::from(x as f32) };
                let features = Matrix::from_fn(x.rows(), x.cols(), |i, j| rounded(x[(i, j)]));
                Ok(Dataset { features, ..flowers })
            }),
            chaff("remarks", "A line that begins with # is a comment.", |csv| {
                line_by_line(reference::parse_iris, csv, |line| {
                    if line.trim_start().starts_with('#') { String::new() } else { line.to_owned() }
                })
            }),
        ],
    )(csv)
}

fn by_hand(csv: &str, allowed: fn(f64) -> bool) -> Loaded {
    let (mut features, mut labels) = (Vec::new(), Vec::new());
    for (i, text) in csv.lines().enumerate().filter(|(_, text)| text.contains(|c: char| !c.is_whitespace())) {
        let commas = text.matches(',').count();
        let (rest, species) = text.rsplit_once(',').unwrap_or(("", text));
        if commas != 4 {
            return Err(InputError::RaggedLine { line: i + 1, got: commas + 1, wanted: 5 });
        }
        let bad = |column: usize, cell: &str, wanted| {
            Err(InputError::BadCell {
                line: i + 1,
                column: column.to_string(),
                got: cell.trim().to_owned(),
                wanted,
            })
        };
        for (j, cell) in rest.split(',').enumerate() {
            match cell.trim().parse::<f64>() {
                Ok(length) if allowed(length) => features.push(length),
                _ => return bad(j + 1, cell, "a finite number"),
            }
        }
        labels.push(match species.trim() {
            "Iris-setosa" => 0,
            "Iris-versicolor" => 1,
            "Iris-virginica" => 2,
            _ => return bad(5, species, "Iris-setosa, Iris-versicolor or Iris-virginica"),
        });
    }
    match labels.len() {
        0 => Err(InputError::TooFew { got: 0, wanted: 1 }),
        n => Ok(Dataset { features: Matrix::new(n, 4, features)?, labels, ..data::iris().clone() }),
    }
}
