//! Parsing CSV: from the text of a file to a table.

use kit::{Cells, Column, InputError, Table};

/// CSV parser: reads comma-separated values whose first line is the header, and infers the type of each column.
///
/// * Cells are separated by commas, lines by `\n` or `\r\n`; the last line may end without. A byte order mark at
///   the start and lines of nothing but whitespace are skipped.
/// * A cell that begins with `"` runs to the next single `"`: commas and line breaks in between belong to it, and
///   `""` stands for one quote. What comes between its end and the next comma, and quotes elsewhere, are left open.
/// * Whitespace around a cell is dropped, of a quoted one also that just inside of its quotes; whitespace is what
///   `str::trim` drops, a tab among it. Then `NA`, in capitals, and an empty cell are **missing values**.
/// * A column is **numeric** if its first cell that is not missing is a finite number as Rust parses it, and
///   `words` does not name it; else it is **categorical** and holds words. A column of missing values holds words.
///
/// * `text`: the whole file. `words`: names of columns that are categorical whatever they look like, such as
///   numbered classes.
/// * Returns the table, columns and rows in the order of the file; there may be no rows.
///
/// # Errors
///
/// * [`InputError::BadCell`] with `wanted` `"a closing quote"` if the text ends inside a quoted cell: `line` is
///   where its row begins, `got` the text read of the cell, trimmed, `column` its name, empty in the header;
/// * [`InputError::TooFew`] with `got` 0 and `wanted` 1 if there is no header;
/// * [`InputError::BadCell`] with `wanted` `"a name of its own"` for a column without a name, or with the name of
///   an earlier one, letter by letter: `column` and `got` are the name;
/// * [`InputError::NoColumn`] with `wanted` `"words"` for one of `words` that is not the name of a column;
/// * [`InputError::RaggedLine`] for a line that does not have one cell per column;
/// * [`InputError::BadCell`] with `wanted` `"a finite number"` for a cell of a numeric column that is neither a
///   finite number nor missing.
///
/// Lines are those of the file, counted from 1. A cell that spans several lines counts where its row begins.
///
/// ```
/// # use katas::m10_pipeline::table::load;
/// let table = load("sex,mass,year\nmale,1.5,2007\n\"female\",NA,2008\n", &["year"])?;
/// assert_eq!(table.numbers("mass")?, [Some(1.5), None]);
/// assert_eq!(table.words("year")?[0], Some("2007".to_owned()));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `pandas.read_csv(io.StringIO(text), na_values=["", "NA"], keep_default_na=False, dtype={name: str for
/// name in words}, skipinitialspace=True)` (pandas turns a column with one bad number into text, silently).
///
/// Source: Shafranovich, *Common Format and MIME Type for Comma-Separated Values (CSV) Files*, RFC 4180, §2.
pub fn load(text: &str, words: &[&str]) -> Result<Table, InputError> {
    todo!()
}
