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
    let mut lines = records(text)?.into_iter();
    let (line, names) = lines.next().ok_or(InputError::TooFew { got: 0, wanted: 1 })?;
    let lines: Vec<(usize, Vec<String>)> = lines.collect();
    for (j, name) in names.iter().enumerate() {
        if name.is_empty() || names[..j].contains(name) {
            return Err(bad(line, name, name, "a name of its own"));
        }
    }
    if let Some(unknown) = words.iter().find(|word| !names.iter().any(|name| name == *word)) {
        return Err(InputError::NoColumn { got: (*unknown).to_owned(), wanted: "words" });
    }
    let is_numeric = |(j, name): (usize, &String)| {
        let first = lines.iter().filter_map(|(_, cells)| cells.get(j)).find(|cell| !is_missing(cell));
        !words.contains(&name.as_str()) && first.is_some_and(|cell| parsed(cell).is_some())
    };
    let numbers: Vec<bool> = names.iter().enumerate().map(is_numeric).collect();
    for (line, cells) in &lines {
        if cells.len() != names.len() {
            return Err(InputError::RaggedLine { line: *line, got: cells.len(), wanted: names.len() });
        }
        let is_bad = |j: &usize| numbers[*j] && !is_missing(&cells[*j]) && parsed(&cells[*j]).is_none();
        if let Some(j) = (0..names.len()).find(is_bad) {
            return Err(bad(*line, &names[j], &cells[j], "a finite number"));
        }
    }
    let columns = names.into_iter().enumerate().map(|(j, name)| {
        let cells = lines.iter().map(|(_, cells)| &cells[j]);
        let cells = if numbers[j] {
            Cells::Numbers(cells.map(|cell| parsed(cell)).collect())
        } else {
            Cells::Words(cells.map(|cell| (!is_missing(cell)).then(|| cell.clone())).collect())
        };
        Column { name, cells }
    });
    Ok(Table { columns: columns.collect() })
}

/// The rows that are not empty, each with its line number and its cells, unquoted and trimmed.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, InputError> {
    let (mut records, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut began, mut quoted, mut was_quoted) = (1, 1, false, false);
    let mut rest = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = rest.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => (quoted, was_quoted) = (true, true),
            ',' if !quoted => cells.push(trimmed(&mut cell)),
            '\n' if !quoted => {
                end_of_line(&mut records, began, &mut cells, &mut cell, was_quoted);
                (began, was_quoted) = (line, false);
            }
            c => cell.push(c),
        }
    }
    if quoted {
        let names: &[String] = records.first().map_or(&[], |(_, names)| names);
        let column = names.get(cells.len()).map_or("", String::as_str);
        return Err(bad(began, column, &trimmed(&mut cell), "a closing quote"));
    }
    end_of_line(&mut records, began, &mut cells, &mut cell, was_quoted);
    Ok(records)
}

fn end_of_line(
    records: &mut Vec<(usize, Vec<String>)>,
    began: usize,
    cells: &mut Vec<String>,
    cell: &mut String,
    was_quoted: bool,
) {
    // One empty cell is an empty line, unless it is quoted.
    if !cells.is_empty() || !cell.trim().is_empty() || was_quoted {
        cells.push(trimmed(cell));
        records.push((began, std::mem::take(cells)));
    }
    cell.clear();
}

fn trimmed(cell: &mut String) -> String {
    std::mem::take(cell).trim().to_owned()
}

fn is_missing(cell: &str) -> bool {
    cell.is_empty() || cell == "NA"
}

fn parsed(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|x: &f64| x.is_finite())
}

fn bad(line: usize, column: &str, got: &str, wanted: &'static str) -> InputError {
    InputError::BadCell { line, column: column.to_owned(), got: got.to_owned(), wanted }
}
