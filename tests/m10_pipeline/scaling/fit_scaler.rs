use judge::any::vec;
use judge::{Answer, Broken, Verdict, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::scaling::fit_scaler;
use kit::pipeline::Scale;
use kit::{Cells, Column, InputError, Table};
use proptest::prelude::*;

use super::super::draw::{number, reversed, shape, table, wide_table};
use judge::any::sizes;

fn scales(table: &Table) -> Result<Vec<Scale>, Broken> {
    fit_scaler(table).accepted("fit_scaler(table)")
}

fn of_numbers(cells: Vec<Option<f64>>) -> Table {
    Table { columns: vec![Column { name: "mass".to_owned(), cells: Cells::Numbers(cells) }] }
}

/// The one scale of a table of one column.
fn the_scale(cells: &[Option<f64>]) -> Result<Scale, Broken> {
    let scales = scales(&of_numbers(cells.to_vec()))?;
    equal("number of scales for one column of numbers", scales.len(), 1, "One scale per numeric column.")?;
    Ok(scales[0].clone())
}

fn largest(cells: &[Option<f64>]) -> f64 {
    cells.iter().flatten().fold(1.0, |size, x| size.max(x.abs()))
}

#[test]
fn has_one_scale_per_numeric_column() {
    for_all("table", table(1..=5)).cases(64).holds(|table| {
        let names: Vec<String> = scales(table)?.into_iter().map(|scale| scale.column).collect();
        equal(
            "columns of fit_scaler(table)",
            names,
            vec!["mass".to_owned(), "age".to_owned()],
            "Categorical columns have no scale.",
        )
    });
}

#[test]
fn standardized_mean_is_zero() {
    for_all("mass", vec(number(), 1..=8)).holds(|cells| {
        let scale = the_scale(cells)?;
        let n = cells.iter().flatten().count();
        let sum: f64 = cells.iter().flatten().map(|x| x - scale.mean).sum();
        let look = "The mean is over the cells that are not missing: how many are these? Missing is not 0.";
        close("Σ (x − m)", sum, 0.0, rounding(4 * n * n + 4, largest(cells)), look)
    });
}

#[test]
fn standardized_variance_is_one() {
    for_all("mass", vec(number(), 1..=8)).holds(|cells| {
        let scale = the_scale(cells)?;
        let numbers: Vec<f64> = cells.iter().flatten().copied().collect();
        // Constant columns belong to another law.
        if numbers.iter().all(|x| *x == numbers[0]) {
            return Ok(());
        }
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / n;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        // Eighths: the variance is at least 1/64/n, and the sums of a two-pass or one-pass formula round with x² ≤ 64.
        let tolerance = rounding(16 * numbers.len() + 16, 64.0);
        close(
            "s²",
            scale.deviation * scale.deviation,
            variance,
            tolerance,
            "Divide by n, not by n − 1; then the root.",
        )
    });
}

#[test]
fn a_shift_moves_only_the_mean() {
    for_all("mass, c", (vec(number(), 2..=6), any::eighth())).cases(128).holds(|(cells, c)| {
        if cells.iter().all(Option::is_none) {
            return Ok(());
        }
        let moved: Vec<Option<f64>> = cells.iter().map(|cell| cell.map(|x| x + c)).collect();
        let (before, after) = (the_scale(cells)?, the_scale(&moved)?);
        let look = "With c added to every number, the mean rises by c and the deviation stays.";
        close("m after the shift", after.mean, before.mean + c, rounding(40, 16.0), look)?;
        // The root of a variance of at least 1/64/n turns an error e into e / 2s.
        close("s after the shift", after.deviation, before.deviation, rounding(600, 256.0), look)
    });
}

/// With every number multiplied by 2ᵏ, mean and deviation are multiplied by 2ᵏ.
fn is_equivariant(cells: &[Option<f64>], k: i32) -> Verdict {
    let unit = 2.0_f64.powi(k);
    let numbers: Vec<f64> = cells.iter().flatten().copied().collect();
    // Constant columns belong to another law.
    if numbers.iter().all(|x| *x == numbers[0]) {
        return Ok(());
    }
    let (before, after) =
        (the_scale(cells)?, the_scale(&cells.iter().map(|cell| cell.map(|x| x * unit)).collect::<Vec<_>>())?);
    let look = "Every number was multiplied by 2ᵏ. Is anything compared with a fixed number, such as 10⁻⁹? \
        Masses in kilograms are a thousand times as small as in grams, and vary all the same.";
    close("m in units of 2ᵏ", after.mean / unit, before.mean, rounding(40, 16.0), look)?;
    close("s in units of 2ᵏ", after.deviation / unit, before.deviation, rounding(600, 256.0), look)
}

#[test]
fn is_equivariant_under_scaling() {
    for_all("mass, k", (vec(number(), 2..=6), -10..=10_i32))
        .cases(64)
        .holds(|(cells, k)| is_equivariant(cells, *k));
}

/// Every column has mean and deviation of its definition, in the order of the columns.
fn scales_are_right(table: &Table) -> Verdict {
    let got = scales(table)?;
    let mut got = got.iter();
    for column in &table.columns {
        let Cells::Numbers(cells) = &column.cells else { continue };
        let Some(scale) = got.next() else {
            return Err(Broken::answer("too few scales", "one per numeric column", "Every column counts."));
        };
        equal("the column of a scale", &scale.column, &column.name, "In the order of the columns.")?;
        let numbers: Vec<f64> = cells.iter().flatten().copied().collect();
        if numbers.iter().all(|x| *x == numbers[0]) {
            equal("s of equal numbers", scale.deviation, 1.0, "The column is constant.")?;
            let (m, n) = (numbers.first().copied().unwrap_or(0.0), numbers.len());
            close("m of equal numbers", scale.mean, m, rounding(2 * n + 8, m), "Their mean is that number.")?;
            continue;
        }
        let (n, size) = (numbers.len(), numbers.iter().fold(0.0_f64, |size, x| size.max(x.abs())));
        let mean = numbers.iter().sum::<f64>() / n as f64;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n as f64;
        let look = "Every cell that is not missing counts, whatever its magnitude.";
        close(&format!("m of {}", column.name), scale.mean, mean, rounding(2 * n + 8, size), look)?;
        // A mean that is off by nε·size changes s by at most as much.
        let tolerance = rounding(4 * n + 16, size);
        close(&format!("s of {}", column.name), scale.deviation, variance.sqrt(), tolerance, look)?;
    }
    equal("further scales", got.count(), 0, "One scale per numeric column.")
}

#[test]
fn is_right_for_any_number_of_rows_and_columns() {
    for_all("table", wide_table(shape())).cases(48).holds(|given| {
        scales_are_right(given)?;
        Ok(())
    });
}

#[test]
fn keeps_outliers() {
    let far = any::select(vec![1000.0, -64.0, 1e6, -999.0, -1.0, 9999.0]);
    let inputs = (prop_oneof![3 => 11..=24_i32, 1 => Just(150)], far);
    for_all("n, far", inputs).cases(32).holds(|(n, far)| {
        let numbers: Vec<f64> = (0..*n).map(|i| f64::from(i % 3)).chain([*far]).collect();
        let scale = the_scale(&numbers.iter().copied().map(Some).collect::<Vec<_>>())?;
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / n;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        let look = "Do not drop outliers: that would be a decision of cleaning. −999 is a number here.";
        close("m", scale.mean, mean, rounding(256, far.abs().max(2.0)), look)?;
        let tolerance = rounding(1024, (far * far).max(4.0));
        close("s²", scale.deviation * scale.deviation, variance, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::scaling::fit_scaler;
        use kit::Table;
        let scales = fit_scaler(&Table::of([("sex", "m f m"), ("mass", "1 ? 3"), ("year", "7 7 7")]))?;
        assert_eq!((scales[0].column.as_str(), scales[0].mean, scales[0].deviation), ("mass", 2.0, 1.0));
        assert_eq!((scales[1].mean, scales[1].deviation), (7.0, 1.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_the_names_of_columns() {
        example(|| {
            let names = ["Mass", " mass", "mass ", "größe", "", "a\nb"];
            let column =
                |name: &str| Column { name: name.to_owned(), cells: Cells::Numbers(vec![Some(1.0), None]) };
            let got = scales(&Table { columns: names.map(column).to_vec() })?;
            let got: Vec<&str> = got.iter().map(|scale| scale.column.as_str()).collect();
            equal("the columns of the scales", got, names.to_vec(), "Names as they are in the table.")
        });
    }

    #[test]
    fn empty_columns_have_mean_0_and_deviation_1() {
        example(|| {
            let scale = the_scale(&[None, None])?;
            let look = "A column of missing values: m = 0 and s = 1, and not NaN.";
            equal("m and s of missing values", (scale.mean, scale.deviation), (0.0, 1.0), look)
        });
    }

    #[test]
    fn constant_columns_have_deviation_1() {
        for_all("x, n", (prop_oneof![any::eighth(), Just(0.1), Just(1e-9), Just(3e99)], 1..9_usize))
            .cases(64)
            .holds(|(x, n)| {
                let scale = the_scale(&vec![Some(*x); *n])?;
                let look = "0.1 + 0.1 + 0.1 is 0.30000000000000004. Compare the numbers themselves.";
                equal("s", scale.deviation, 1.0, look)?;
                close("m", scale.mean, *x, rounding(2 * n, *x), look)
            });
    }

    #[test]
    fn is_equivariant_under_extreme_scaling() {
        for_all("mass, k", (vec(number(), 2..=6), prop_oneof![-60..=60_i32, -300..=300_i32]))
            .cases(128)
            .holds(|(cells, k)| is_equivariant(cells, *k));
    }

    #[test]
    fn is_precise_far_from_zero() {
        for_all("mass, far", (vec(any::eighth(), 2..=5), prop_oneof![Just(1e6), Just(-4e9)]))
            .cases(64)
            .holds(|(numbers, far)| {
                let [near_by, far_off] =
                    [0.0, *far].map(|by| numbers.iter().map(|x| Some(x + by)).collect::<Vec<_>>());
                let (want, got) = (the_scale(&near_by)?, the_scale(&far_off)?);
                // The mean rounds with ε·far, and a shift δ of it adds δ² to the variance.
                let off = rounding(8, *far);
                let look =
                    "Σx²/n − m² loses all digits to cancellation here. Subtract the mean first, then square.";
                close("s", got.deviation, want.deviation, 16.0 * off + rounding(64, 16.0), look)
            });
    }

    #[test]
    fn is_permutation_invariant() {
        for_all("table", table(1..=6)).cases(64).holds(|table| {
            for (one, other) in scales(table)?.iter().zip(&scales(&reversed(table))?) {
                let look = "Another order of the rows changes only the rounding.";
                close("m, rows reversed", other.mean, one.mean, rounding(40, 8.0), look)?;
                close("s, rows reversed", other.deviation, one.deviation, rounding(600, 64.0), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, row", (any::not_finite(), 0..3_usize)).cases(32).holds(|(bad, row)| {
            let mut cells = vec![Some(1.0), None, Some(2.0)];
            cells[*row] = Some(*bad);
            let want = InputError::NotFinite { name: "table", index: *row };
            let look = "One NaN makes the mean NaN, and with it the whole column. Count rows from 0, missing \
                    values included.";
            rejected(&format!("fit_scaler(mass: {cells:?})"), fit_scaler(&of_numbers(cells)), want, look)
        });
    }

    #[test]
    fn rejects_empty_tables() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "fit_scaler(no rows)",
                fit_scaler(&of_numbers(vec![])),
                want,
                "There is no row to learn from.",
            )?;
            let none = Table::of([("hue", "red tan")]).select(&[]);
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "fit_scaler(a categorical column without rows)",
                fit_scaler(&none),
                want,
                "At least one row is needed.",
            )?;
            let words = fit_scaler(&Table::of([("hue", "red tan")])).accepted("fit_scaler(words alone)")?;
            ensure(words.is_empty(), || {
                Broken::answer(format!("{words:?}"), "[]", "Categorical columns have no scale.")
            })
        });
    }

    #[test]
    fn handles_numbers_of_all_magnitudes() {
        // Numbers of up to 10⁷ times a unit: none exceeds 10¹⁰⁰, the largest that the page allows.
        let units = prop_oneof![3 => any::magnitude(-92, 92), 1 => any::magnitude(-130, -110)];
        for_all("table, unit", (wide_table(shape()), units)).cases(48).holds(|(table, unit)| {
            let mut table = table.clone();
            for column in &mut table.columns {
                if let Cells::Numbers(numbers) = &mut column.cells {
                    numbers.iter_mut().for_each(|cell| *cell = cell.map(|x| x * unit));
                }
            }
            scales_are_right(&table)
        });
    }

    #[test]
    fn rejects_nan_and_infinity_wherever_they_are() {
        let inputs = (sizes([1..=3, 1..=4], [41, 301]), any::seed(), any::not_finite());
        for_all("columns, rows, i, bad", inputs).cases(64).holds(|&([cols, rows], i, bad)| {
            let (column, row) = (i as usize % cols, (i >> 32) as usize % rows);
            let cells = |j: usize| {
                let mut cells: Vec<Option<f64>> = (0..rows).map(|i| (i % 3 > 0).then_some(1.0)).collect();
                if j == column {
                    cells[row] = Some(bad);
                }
                Column { name: format!("x{j}"), cells: Cells::Numbers(cells) }
            };
            let table = Table { columns: (0..cols).map(cells).collect() };
            let want = InputError::NotFinite { name: "table", index: row };
            let look = "Every column is checked. Count rows from 0, missing values included.";
            let call = format!("fit_scaler({rows}×{cols}, {bad} in row {row} of column {column})");
            rejected(&call, fit_scaler(&table), want, look)
        });
    }
}
