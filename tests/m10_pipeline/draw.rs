//! Tables to draw: few rows, short words, eighths, and missing values.

use judge::any;
use judge::any::select;
use judge::any::vec;
use kit::{Cells, Column, Generator, Table};
use proptest::prelude::*;

use judge::any::sizes;

/// A number, or a missing value.
pub fn number() -> impl Strategy<Value = Option<f64>> + Send + Sync + Clone {
    prop_oneof![3 => any::eighth().prop_map(Some), 1 => Just(None)]
}

/// One of these words, or a missing value.
pub fn word(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> + Send + Sync + Clone {
    prop_oneof![3 => select(words.to_vec()).prop_map(|word| Some(word.to_owned())), 1 => Just(None)]
}

/// Two numeric columns, one categorical, and a target without missing values.
pub fn table(rows: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Table> + Send + Sync + Clone {
    let target = select(vec!["cat", "dog", "owl"]).prop_map(|word| Some(word.to_owned()));
    vec((number(), number(), word(&["red", "blue", "tan"]), target), rows).prop_map(|rows| of_rows(&rows))
}

/// The same, with missing targets as well.
pub fn messy(rows: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Table> + Send + Sync + Clone {
    vec((number(), number(), word(&["red", "blue"]), word(&["cat", "dog"])), rows)
        .prop_map(|rows| of_rows(&rows))
}

/// Rows that are nearly equal: missing or 0, missing or the word NA, words that differ in case.
pub fn alike(rows: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Table> + Send + Sync + Clone {
    let number = || select(vec![None, Some(0.0), Some(-0.0), Some(1.0)]);
    vec((number(), number(), word(&["NA", "red", "Red"]), word(&["cat", "Cat"])), rows)
        .prop_map(|rows| of_rows(&rows))
}

type Row = (Option<f64>, Option<f64>, Option<String>, Option<String>);

fn of_rows(rows: &[Row]) -> Table {
    let column = |name: &str, cells: Cells| Column { name: name.to_owned(), cells };
    Table {
        columns: vec![
            column("mass", Cells::Numbers(rows.iter().map(|row| row.0).collect())),
            column("age", Cells::Numbers(rows.iter().map(|row| row.1).collect())),
            column("hue", Cells::Words(rows.iter().map(|row| row.2.clone()).collect())),
            column("kind", Cells::Words(rows.iter().map(|row| row.3.clone()).collect())),
        ],
    }
}

/// Row i as text, missing values as `?`.
pub fn row(table: &Table, i: usize) -> String {
    let cell = |column: &Column| match &column.cells {
        Cells::Numbers(numbers) => numbers[i].map_or("?".to_owned(), |x| (x + 0.0).to_string()),
        Cells::Words(words) => words[i].clone().unwrap_or("?".to_owned()),
    };
    table.columns.iter().map(cell).collect::<Vec<_>>().join(" ")
}

/// The table with its rows in reverse order.
pub fn reversed(table: &Table) -> Table {
    table.select(&(0..table.rows()).rev().collect::<Vec<_>>())
}

/// A number of numeric columns and of rows, one of which may be large.
pub fn shape() -> impl Strategy<Value = [usize; 2]> + Send + Sync + Clone {
    sizes([1..=4, 1..=6], [301, 301])
}

/// Ranges for the numeric columns of a table, some of them for the same column, in any order.
pub fn ranges_for(table: &Table, seed: u64) -> Vec<(String, [f64; 2])> {
    let mut generator = Generator::from_seed(seed);
    let of_all: [[f64; 2]; 7] = [
        [f64::NEG_INFINITY, f64::INFINITY],
        [f64::NEG_INFINITY, 6.0],
        [-3.0, f64::INFINITY],
        [-3e6, 4e6],
        [-1e-10, 1e10],
        [-5.0, 5.0],
        [0.0, 2.0],
    ];
    let mut ranges = Vec::new();
    for column in &table.columns {
        if matches!(column.cells, Cells::Numbers(_)) {
            for _ in 0..generator.below(5) {
                ranges.push((column.name.clone(), of_all[generator.below(7)]));
            }
        }
    }
    generator.shuffle(&mut ranges);
    ranges
}

/// Tables of many sizes: numeric columns with entries of every magnitude, a column `hue` of words and one `kind` of
/// classes before the last numeric one. Some cells are missing, and some rows repeat the row before, exactly or nearly.
pub fn wide_table(
    shape: impl Strategy<Value = [usize; 2]> + Send + Sync + Clone + 'static,
) -> impl Strategy<Value = Table> + Send + Sync + Clone {
    shape.prop_flat_map(|[m, n]| {
        let words = |words: &'static [&'static str]| vec(word(words), n);
        let others = (vec(0..8_u8, m * n), vec(0..6_u8, n), words(&["red", "tan"]), words(&["cat", "dog"]));
        (any::entries(m * n), others).prop_map(move |(numbers, (missing, copied, mut hues, mut kinds))| {
            let cell = |i: usize, j: usize| (missing[i * m + j] > 0).then_some(numbers[i * m + j]);
            let mut cells: Vec<Vec<Option<f64>>> =
                (0..n).map(|i| (0..m).map(|j| cell(i, j)).collect()).collect();
            for i in 1..n {
                if copied[i] < 2 {
                    cells[i] = cells[i - 1].clone();
                    hues[i] = hues[i - 1].clone();
                    kinds[i] = kinds[i - 1].clone();
                }
                if copied[i] == 1 {
                    // Another row, though f32 does not distinguish it.
                    cells[i][m - 1] = cells[i][m - 1].map(|x| x * (1.0 + 1e-9));
                }
            }
            let mut columns: Vec<Column> = (0..m)
                .map(|j| Column {
                    name: format!("x{j}"),
                    cells: Cells::Numbers(cells.iter().map(|row| row[j]).collect()),
                })
                .collect();
            let last = columns.pop();
            let of_words = |name: &str, words| Column { name: name.to_owned(), cells: Cells::Words(words) };
            columns.push(of_words("hue", hues));
            columns.push(of_words("kind", kinds));
            columns.extend(last);
            Table { columns }
        })
    })
}
