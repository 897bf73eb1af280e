use kit::pipeline::Scale;
use kit::{Cells, InputError, Table, check};

use crate::reference::m10_pipeline::scaling as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Scales = Result<Vec<Scale>, InputError>;
type FitScaler = fn(&Table) -> Scales;

/// The kata, answered by a specimen.
pub fn fit_scaler(table: &Table) -> Scales {
    answering::<FitScaler>(
        module_path!(),
        reference::fit_scaler,
        &[
            wheat("one_pass", "updates mean and sum of squares with each number (Welford)", |table| {
                each(table, |numbers| {
                    let (mut mean, mut squares) = (0.0, 0.0);
                    for (k, x) in numbers.iter().enumerate() {
                        let before = x - mean;
                        mean += before / (k + 1) as f64;
                        squares += before * (x - mean);
                    }
                    let same = numbers.windows(2).all(|pair| pair[0] == pair[1]);
                    let mean = if same { numbers.first().copied().unwrap_or(0.0) } else { mean };
                    (mean, if same { 1.0 } else { (squares / numbers.len() as f64).sqrt() })
                })
            }),
            wheat(
                "from_the_first_number",
                "measures everything from the first number, so that sums stay small",
                |table| {
                    each(table, |numbers| {
                        let Some(first) = numbers.first() else { return (0.0, 1.0) };
                        let n = numbers.len() as f64;
                        let shift = numbers.iter().map(|x| x - first).sum::<f64>() / n;
                        let variance = numbers
                            .iter()
                            .rev()
                            .map(|x| (x - first - shift) * (x - first - shift))
                            .sum::<f64>()
                            / n;
                        (first + shift, if variance > 0.0 { variance.sqrt() } else { 1.0 })
                    })
                },
            ),
            chaff("divided_by_n_minus_1", "The standard deviation divides by n − 1.", |table| {
                each(table, |numbers| {
                    let (mean, s) = plain(numbers);
                    let n = numbers.len() as f64;
                    (mean, if s == 1.0 || n < 2.0 { s } else { s * (n / (n - 1.0)).sqrt() })
                })
            }),
            chaff("variance", "Standardization divides by the variance.", |table| {
                each(table, |numbers| (plain(numbers).0, plain(numbers).1.powi(2)))
            }),
            chaff("zero_deviation", "The deviation of a constant column is 0.", |table| {
                each(table, |numbers| {
                    let same = numbers.iter().all(|x| *x == numbers[0]);
                    (plain(numbers).0, if same { 0.0 } else { plain(numbers).1 })
                })
            }),
            chaff("small_epsilon", "A small ε is added to the deviation.", |table| {
                each(table, |numbers| {
                    let same = numbers.iter().all(|x| *x == numbers[0]);
                    (plain(numbers).0, if same { 1e-8 } else { plain(numbers).1 + 1e-8 })
                })
            }),
            chaff("small_is_constant", "A column that varies by less than 10⁻⁹ is constant.", |table| {
                each(table, |numbers| {
                    let (mean, deviation) = plain(numbers);
                    (mean, if deviation < 1e-9 { 1.0 } else { deviation })
                })
            }),
            chaff("missing_is_zero", "A missing value counts as 0.", |table| {
                let mut filled = table.clone();
                for column in &mut filled.columns {
                    if let Cells::Numbers(cells) = &mut column.cells {
                        cells.iter_mut().for_each(|cell| *cell = cell.or(Some(0.0)));
                    }
                }
                reference::fit_scaler(&filled)
            }),
            chaff("divided_by_all_rows", "n counts the rows with missing values as well.", |table| {
                let rows = table.rows() as f64;
                let mut scales = reference::fit_scaler(table)?;
                for scale in &mut scales {
                    let known = table.numbers(&scale.column)?.iter().flatten().count() as f64;
                    scale.mean *= known / rows;
                }
                Ok(scales)
            }),
            chaff(
                "squares_minus_square",
                "The variance can be computed as Σx²/n − m² without loss of precision.",
                |table| {
                    each(table, |numbers| {
                        let (mean, s) = plain(numbers);
                        let n = numbers.len() as f64;
                        let variance = numbers.iter().map(|x| x * x).sum::<f64>() / n - mean * mean;
                        (mean, if s == 1.0 { 1.0 } else { variance.max(0.0).sqrt() })
                    })
                },
            ),
            chaff("median", "The center is the median.", |table| {
                each(table, |numbers| {
                    let mut sorted = numbers.to_vec();
                    sorted.sort_by(f64::total_cmp);
                    (sorted.get(sorted.len() / 2).copied().unwrap_or(0.0), plain(numbers).1)
                })
            }),
            chaff("range", "The scale is the range, largest minus smallest (min-max scaling).", |table| {
                each(table, |numbers| {
                    let largest = numbers.iter().copied().fold(f64::MIN, f64::max);
                    let smallest = numbers.iter().copied().fold(f64::MAX, f64::min);
                    (plain(numbers).0, if largest > smallest { largest - smallest } else { 1.0 })
                })
            }),
            chaff("mean_of_the_rounded", "The mean of equal numbers is exactly that number.", |table| {
                each(table, |numbers| {
                    let n = numbers.len().max(1) as f64;
                    let mean = numbers.iter().sum::<f64>() / n;
                    let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
                    (mean, if variance == 0.0 { 1.0 } else { variance.sqrt() })
                })
            }),
            chaff("nan_passed_on", "A NaN gives a NaN scale.", |table| {
                if table.rows() == 0 {
                    return reference::fit_scaler(table);
                }
                Ok(raw(table, plain))
            }),
            chaff("nan_for_missing", "The mean of a column without values is NaN.", |table| {
                each(table, |numbers| if numbers.is_empty() { (f64::NAN, f64::NAN) } else { plain(numbers) })
            }),
            chaff("nothing_from_no_rows", "A table without rows has no scales.", |table| {
                if table.rows() == 0 { Ok(vec![]) } else { reference::fit_scaler(table) }
            }),
            chaff("first_column_only", "Only the first numeric column is scaled.", |table| {
                Ok(reference::fit_scaler(table)?.into_iter().take(1).collect())
            }),
            chaff("as_it_is", "Mean 0 and deviation 1 fit every column.", |table| {
                each(table, |_| (0.0, 1.0))
            }),
            chaff(
                "outliers_left_out",
                "Values more than three deviations away are outliers and left out.",
                |table| {
                    each(table, |numbers| {
                        let (mean, deviation) = plain(numbers);
                        let near: Vec<f64> =
                            numbers.iter().copied().filter(|x| (x - mean).abs() <= 3.0 * deviation).collect();
                        plain(&near)
                    })
                },
            ),
            chaff("least_deviation", "No deviation is below 10⁻³⁰.", |table| {
                each(table, |numbers| {
                    let (mean, deviation) = plain(numbers);
                    (mean, deviation.max(1e-30))
                })
            }),
            chaff("words_need_rows_not", "A table without numeric columns may have no rows.", |table| {
                if table.columns.iter().all(|c| matches!(c.cells, Cells::Words(_))) {
                    return Ok(vec![]);
                }
                reference::fit_scaler(table)
            }),
            wheat(
                "all_pairs",
                "the variance from the differences of all pairs, relative to the largest",
                |table| {
                    let mut scales = Vec::new();
                    for column in &table.columns {
                        if table.rows() == 0 {
                            break;
                        }
                        let Cells::Numbers(cells) = &column.cells else { continue };
                        let numbers: Vec<f64> = cells.iter().filter_map(|cell| *cell).collect();
                        check::finite("table", cells.iter().map(|cell| cell.as_ref().unwrap_or(&1.0)))?;
                        let n = numbers.len() as f64;
                        let width = numbers.iter().fold(0.0_f64, |w, x| w.max((x - numbers[0]).abs()));
                        let mut squares = 0.0;
                        for (i, a) in numbers.iter().enumerate() {
                            for b in &numbers[..i] {
                                squares += if width > 0.0 { ((a - b) / width).powi(2) } else { 0.0 };
                            }
                        }
                        let deviation = if squares > 0.0 { width * squares.sqrt() / n } else { 1.0 };
                        let beyond: f64 = numbers.iter().map(|x| x - numbers[0]).sum();
                        let mean = numbers.first().map_or(0.0, |first| first + beyond / n);
                        scales.push(Scale { column: column.name.clone(), mean, deviation });
                    }
                    if table.rows() == 0 { Err(InputError::TooFew { got: 0, wanted: 1 }) } else { Ok(scales) }
                },
            ),
        ],
    )(table)
}

fn each(table: &Table, of: fn(&[f64]) -> (f64, f64)) -> Scales {
    reference::fit_scaler(table)?;
    Ok(raw(table, of))
}

fn raw(table: &Table, of: fn(&[f64]) -> (f64, f64)) -> Vec<Scale> {
    let scale = |column: &kit::Column| match &column.cells {
        Cells::Numbers(cells) => {
            let (mean, deviation) = of(&cells.iter().flatten().copied().collect::<Vec<_>>());
            Some(Scale { column: column.name.clone(), mean, deviation })
        }
        Cells::Words(_) => None,
    };
    table.columns.iter().filter_map(scale).collect()
}

fn plain(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    if numbers.iter().all(|x| *x == numbers[0]) {
        return (numbers.first().copied().unwrap_or(0.0), 1.0);
    }
    let mean = numbers.iter().sum::<f64>() / n;
    (mean, (numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt())
}
