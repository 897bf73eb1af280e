//! From the text of a file to a table.

use kit::{Cells, Column, InputError, Table};

/// Reads a text of comma-separated values whose first line names the columns.
///
/// * Cells are parted by commas, lines by `\n` or `\r\n`; the last line may end without. A byte order mark in front and
///   lines of nothing but blanks are skipped.
/// * A cell that begins with `"` runs to the next single `"`: commas and line ends between belong to it as they stand, and
///   `""` stands for one quote. What comes between its end and the next comma, and quotes elsewhere, are left open.
/// * Blanks around a cell are dropped, of a quoted one those just inside of its quotes, too; blanks are what `str::trim`
///   drops, a tab among them. Then `NA`, in capitals, and a cell without anything are **gaps**.
/// * A column holds **numbers** if its first cell that is not a gap is a finite number as Rust parses it, and `words`
///   does not name it; else it holds words. A column of gaps holds words.
///
/// * `text`: the whole file. `words`: names of columns that hold words whatever they look like, such as numbered classes.
/// * Returns the table, columns and rows in the order of the file; there may be no rows.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::BadCell`] with `wanted` `"a closing quote"` where the text ends inside a quoted cell: `line` is where
///   its line begins, `got` what was read of the cell, without blanks around it, `column` its name, nothing in the header;
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if there is no header;
/// * [`InputError::BadCell`] with `wanted` `"a name of its own"` for the first column without a name, or with the name of
///   an earlier one, letter by letter: `column` and `got` are the name;
/// * [`InputError::NoColumn`] with `wanted` `"words"` for the first of `words` that names no column;
/// * in the first line that has one of these faults: [`InputError::RaggedLine`] if it has not one cell a column; else
///   [`InputError::BadCell`] with `wanted` `"a finite number"` for the first cell in a column of numbers that is neither
///   a finite number nor a gap.
///
/// Lines are those of the file, counted from 1. A cell that spreads over several counts where its row begins.
///
/// ```
/// # use katas::m10_pipeline::table::load;
/// # use kit::Table;
/// let table = load("sex,mass,year\nmale,1.5,2007\n\"female\",NA,2008\n", &["year"])?;
/// assert_eq!(table.numbers("mass")?, [Some(1.5), None]);
/// assert_eq!(table.words("year")?[0], Some("2007".to_owned()));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Shafranovich, *Common Format and MIME Type for Comma-Separated Values (CSV) Files*, RFC 4180, §2.
pub fn load(text: &str, words: &[&str]) -> Result<Table, InputError> {
    todo!()
}
