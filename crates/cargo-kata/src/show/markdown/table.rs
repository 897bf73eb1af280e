//! Tables, their columns as wide as the widest cell.

use crate::show::{Style, columns};

/// The lines of a table; the first row is the head.
pub(super) fn table(rows: &[Vec<String>], style: Style, indent: &str) -> Vec<String> {
    let wide = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
    let widths: Vec<usize> = (0..wide).map(|column| width(column).unwrap_or(0)).collect();
    let line = |(number, row): (usize, &Vec<String>)| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| {
            let blanks = " ".repeat(width - columns(cell));
            if number == 0 { format!("{}{blanks}", style.strong(cell)) } else { format!("{cell}{blanks}") }
        });
        format!("{indent}  {}", padded.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    };
    rows.iter().enumerate().map(line).collect()
}
