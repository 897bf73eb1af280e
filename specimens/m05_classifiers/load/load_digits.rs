use kit::data::{self, Dataset};
use kit::{InputError, Matrix};

use super::tables::{Load, Loaded, blank_above, fitted, line_by_line, only_good_lines, placed};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m05_classifiers::load as reference;

/// The kata, answered by a specimen.
pub fn load_digits(csv: &str) -> Result<Dataset, InputError> {
    answering::<Load>(
        module_path!(),
        reference::load_digits,
        &[
            wheat("times_a_sixteenth", "multiplies by 1/16, which is exact", |csv| {
                scaled(csv, |pixel| pixel * 16.0 * 0.0625)
            }),
            wheat("names_by_two_loops", "names row after row, column after column", |csv| {
                let mut names = Vec::new();
                for row in 0..8 {
                    for column in 0..8 {
                        names.push(format!("pixel {row} {column}"));
                    }
                }
                Ok(Dataset { feature_names: names, ..reference::load_digits(csv)? })
            }),
            chaff("not_scaled", "pixels are as they are", |csv| scaled(csv, |pixel| 16.0 * pixel)),
            chaff("by_255", "pixels go up to 255", |csv| scaled(csv, |pixel| 16.0 * pixel / 255.0)),
            chaff("inverted", "0 is black", |csv| scaled(csv, |pixel| 1.0 - pixel)),
            chaff("transposed_names", "x comes first", |csv| {
                let names = (0..64).map(|k| format!("pixel {} {}", k % 8, k / 8)).collect();
                Ok(Dataset { feature_names: names, ..reference::load_digits(csv)? })
            }),
            chaff("any_number", "a pixel is a number", |csv| {
                line_by_line(reference::load_digits, csv, |line| match line.rsplit_once(',') {
                    Some((pixels, digit)) => {
                        let clamped = |cell: &str| match cell.trim().parse::<f64>() {
                            Ok(pixel) => (pixel.clamp(0.0, 16.0) as u8).to_string(),
                            Err(_) => cell.to_owned(),
                        };
                        format!("{},{digit}", pixels.split(',').map(clamped).collect::<Vec<_>>().join(","))
                    }
                    None => line.to_owned(),
                })
            }),
            chaff("whole_in_any_writing", "5.0 and 1e1 are whole numbers", |csv| {
                each_pixel(csv, |cell| match cell.parse::<f64>() {
                    Ok(pixel) if pixel.fract() == 0.0 && (0.0..=16.0).contains(&pixel) => pixel.to_string(),
                    _ => cell.to_owned(),
                })
            }),
            chaff("no_zero_in_front", "a number is written in one way only", |csv| {
                each_pixel(csv, |cell| match cell.strip_prefix('0') {
                    Some(rest) if rest.parse::<u8>().is_ok() => "zero in front".to_owned(),
                    _ => cell.to_owned(),
                })
            }),
            chaff("any_label", "a label is a number", |csv| {
                line_by_line(reference::load_digits, csv, |line| match line.rsplit_once(',') {
                    Some((pixels, digit)) if digit.trim().parse::<f64>().is_ok() => {
                        format!("{pixels},{}", digit.trim().len())
                    }
                    _ => line.to_owned(),
                })
            }),
            chaff("only_good_lines", "a line that cannot be read is skipped", |csv| {
                only_good_lines(reference::load_digits, csv)
            }),
            chaff("the_rest_is_ignored", "cells behind the last do no harm", |csv| {
                fitted(reference::load_digits, csv, 65)
            }),
            chaff("lines_from_0", "lines are counted from 0", |csv| {
                placed(reference::load_digits, csv, |line, column| (line - 1, column))
            }),
            chaff("cells_from_0", "cells are counted from 0", |csv| {
                placed(reference::load_digits, csv, |line, column| (line, column - 1))
            }),
            chaff("blank_lines_do_not_count", "a blank line is no line", |csv| {
                placed(reference::load_digits, csv, |line, column| (line - blank_above(csv, line), column))
            }),
            chaff("label_first", "the label stands in front", |csv| {
                let digits = reference::load_digits(csv)?;
                let label = |i: usize| (16.0 * digits.features[(i, 0)]) as usize % 10;
                Ok(Dataset { labels: (0..digits.labels.len()).map(label).collect(), ..digits })
            }),
            chaff("an_empty_set", "no lines, no images", |csv| match reference::load_digits(csv) {
                Err(InputError::TooFew { .. }) => {
                    Ok(Dataset { features: Matrix::zeros(0, 64), labels: vec![], ..data::digits().clone() })
                }
                loaded => loaded,
            }),
            chaff("no_plus", "a number begins with a digit", |csv| {
                each_pixel(
                    csv,
                    |cell| if cell.starts_with('+') { format!("plus {cell}") } else { cell.to_owned() },
                )
            }),
            chaff("one_character", "a digit is a character", |csv| {
                line_by_line(reference::load_digits, csv, |line| match line.rsplit_once(',') {
                    Some((pixels, digit)) if digit.trim().len() > 1 => format!("{pixels},no {digit}"),
                    _ => line.to_owned(),
                })
            }),
            wheat("signed", "reads whole numbers of 64 bits, with a sign", |csv| {
                let digits = reference::load_digits(csv)?;
                let pixels = csv.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| {
                    line.split(',')
                        .take(64)
                        .map(|cell| cell.trim().parse::<i64>().unwrap_or(-1) as f64 / 16.0)
                });
                let features = Matrix::new(digits.labels.len(), 64, pixels.collect())?;
                Ok(Dataset { features, ..digits })
            }),
        ],
    )(csv)
}

fn scaled(csv: &str, pixel: fn(f64) -> f64) -> Loaded {
    let digits = reference::load_digits(csv)?;
    let (n, d) = digits.features.shape();
    let features = Matrix::from_fn(n, d, |i, j| pixel(digits.features[(i, j)]));
    Ok(Dataset { features, ..digits })
}

fn each_pixel(csv: &str, written: fn(&str) -> String) -> Loaded {
    line_by_line(reference::load_digits, csv, |line| match line.rsplit_once(',') {
        Some((pixels, digit)) => {
            let pixels: Vec<String> = pixels.split(',').map(|cell| written(cell.trim())).collect();
            format!("{},{digit}", pixels.join(","))
        }
        None => line.to_owned(),
    })
}
