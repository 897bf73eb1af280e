//! What the page of `clean` says, row by row.

use kit::pipeline::Cleaning;
use kit::{Cells, Column, Table};

/// The rows that remain and what is counted, decided row by row.
pub fn by_hand(table: &Table, target: &str, ranges: &[(String, [f64; 2])]) -> (Table, Cleaning) {
    let (mut table, came) = (table.clone(), table.rows());
    let has_class =
        |table: &Table, i: usize| table.column(target).is_some_and(|column| !column.cells.is_gap(i));
    let mut counts =
        Cleaning { came, without_target: 0, out_of_range: 0, too_empty: 0, repeated: 0, kept: 0, gaps: 0 };
    let labeled: Vec<usize> = (0..came).filter(|i| has_class(&table, *i)).collect();
    counts.without_target = came - labeled.len();
    table = table.select(&labeled);
    for column in &mut table.columns {
        if let Cells::Numbers(numbers) = &mut column.cells {
            for cell in numbers {
                let of_column = ranges.iter().filter(|(name, _)| *name == column.name);
                let is_out =
                    cell.is_some_and(|x| of_column.into_iter().any(|(_, r)| !(r[0]..=r[1]).contains(&x)));
                counts.out_of_range += usize::from(is_out);
                *cell = cell.filter(|_| !is_out);
            }
        }
    }
    let features: Vec<&Column> = table.columns.iter().filter(|column| column.name != target).collect();
    let missing = |i: usize| features.iter().filter(|column| column.cells.is_gap(i)).count();
    let same_cell = |cells: &Cells, i: usize, k: usize| match cells {
        Cells::Numbers(numbers) => numbers[i] == numbers[k],
        Cells::Words(words) => words[i] == words[k],
    };
    let mut kept: Vec<usize> = Vec::new();
    for i in 0..table.rows() {
        if 2 * missing(i) > features.len() {
            counts.too_empty += 1;
        } else if kept.iter().any(|k| table.columns.iter().all(|column| same_cell(&column.cells, i, *k))) {
            counts.repeated += 1;
        } else {
            kept.push(i);
        }
    }
    counts.kept = kept.len();
    counts.gaps = kept.iter().map(|i| missing(*i)).sum();
    (table.select(&kept), counts)
}
