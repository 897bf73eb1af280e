use kit::data::{self, Dataset};
use kit::{InputError, Matrix};

use super::tables::{Load, Loaded, blank_above, fitted, line_by_line, only_good_lines, placed};
use crate::reference::m05_classifiers::load as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
            chaff("not_scaled", "The pixels are not scaled.", |csv| scaled(csv, |pixel| 16.0 * pixel)),
            chaff("by_255", "The pixels are divided by 255.", |csv| {
                scaled(csv, |pixel| 16.0 * pixel / 255.0)
            }),
            chaff("inverted", "The pixel value 0 is black.", |csv| scaled(csv, |pixel| 1.0 - pixel)),
            chaff("transposed_names", "The pixel names give the column first.", |csv| {
                let names = (0..64).map(|k| format!("pixel {} {}", k % 8, k / 8)).collect();
                Ok(Dataset { feature_names: names, ..reference::load_digits(csv)? })
            }),
            chaff("any_number", "A pixel may be any number.", |csv| {
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
            chaff("whole_in_any_writing", "The texts 5.0 and 1e1 are whole numbers.", |csv| {
                each_pixel(csv, |cell| match cell.parse::<f64>() {
                    Ok(pixel) if pixel.fract() == 0.0 && (0.0..=16.0).contains(&pixel) => pixel.to_string(),
                    _ => cell.to_owned(),
                })
            }),
            chaff("no_zero_in_front", "A number with a leading zero is invalid.", |csv| {
                each_pixel(csv, |cell| match cell.strip_prefix('0') {
                    Some(rest) if rest.parse::<u8>().is_ok() => "zero in front".to_owned(),
                    _ => cell.to_owned(),
                })
            }),
            chaff("any_label", "A label may be any number.", |csv| {
                line_by_line(reference::load_digits, csv, |line| match line.rsplit_once(',') {
                    Some((pixels, digit)) if digit.trim().parse::<f64>().is_ok() => {
                        format!("{pixels},{}", digit.trim().len())
                    }
                    _ => line.to_owned(),
                })
            }),
            chaff("only_good_lines", "A line that cannot be parsed is skipped.", |csv| {
                only_good_lines(reference::load_digits, csv)
            }),
            chaff("the_rest_is_ignored", "Surplus cells are ignored.", |csv| {
                fitted(reference::load_digits, csv, 65)
            }),
            chaff("lines_from_0", "Lines are counted from 0.", |csv| {
                placed(reference::load_digits, csv, |line, column| (line - 1, column))
            }),
            chaff("cells_from_0", "Cells are counted from 0.", |csv| {
                placed(reference::load_digits, csv, |line, column| (line, column - 1))
            }),
            chaff("blank_lines_do_not_count", "A blank line is not counted as a line.", |csv| {
                placed(reference::load_digits, csv, |line, column| (line - blank_above(csv, line), column))
            }),
            chaff("label_first", "The label is the first cell.", |csv| {
                let digits = reference::load_digits(csv)?;
                let label = |i: usize| (16.0 * digits.features[(i, 0)]) as usize % 10;
                Ok(Dataset { labels: (0..digits.labels.len()).map(label).collect(), ..digits })
            }),
            chaff("an_empty_set", "A text without images gives an empty data set.", |csv| {
                match reference::load_digits(csv) {
                    Err(InputError::TooFew { .. }) => Ok(Dataset {
                        features: Matrix::zeros(0, 64),
                        labels: vec![],
                        ..data::digits().clone()
                    }),
                    loaded => loaded,
                }
            }),
            chaff("no_plus", "A number with a plus sign is invalid.", |csv| {
                each_pixel(
                    csv,
                    |cell| if cell.starts_with('+') { format!("plus {cell}") } else { cell.to_owned() },
                )
            }),
            chaff("one_character", "A digit is a single character.", |csv| {
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
            chaff("by_the_largest", "The darkest pixel of all is 1.", |csv| {
                let digits = reference::load_digits(csv)?;
                let most = digits.features.as_slice().iter().fold(1.0 / 16.0, |most: f64, x| most.max(*x));
                let (n, d) = digits.features.shape();
                let features = Matrix::from_fn(n, d, |i, j| digits.features[(i, j)] / most);
                Ok(Dataset { features, ..digits })
            }),
            chaff("comma_at_the_end", "A comma at the end of a line closes the last cell.", |csv| {
                line_by_line(reference::load_digits, csv, |line| {
                    let line = line.trim_end();
                    line.strip_suffix(',').unwrap_or(line).to_owned()
                })
            }),
            chaff("at_most_1797", "The data set has 1,797 images.", |csv| {
                let mut digits = reference::load_digits(csv)?;
                let n = digits.labels.len().min(1797);
                digits.labels.truncate(n);
                let features = Matrix::from_fn(n, 64, |i, j| digits.features[(i, j)]);
                Ok(Dataset { features, ..digits })
            }),
            chaff("comments", "A line that begins with # is a comment.", |csv| {
                line_by_line(reference::load_digits, csv, |line| {
                    if line.trim_start().starts_with('#') { String::new() } else { line.to_owned() }
                })
            }),
            chaff("header", "A first line of names is a header.", |csv| {
                let (first, rest) = csv.split_once('\n').unwrap_or((csv, ""));
                let names = first.split(',').filter(|cell| cell.contains(char::is_alphabetic)).count();
                reference::load_digits(&if names == 65 { format!("\n{rest}") } else { csv.to_owned() })
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
