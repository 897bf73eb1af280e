//! From the text of a table to its header and rows, each as long as the header.

use std::borrow::Cow;

use csv::{ReaderBuilder, Trim};

use super::report::{Notes, short};
use super::separator::Separated;

/// A table as text: every cell without blanks around it.
pub(super) struct Rows {
    pub names: Vec<String>,
    pub cells: Vec<Vec<String>>,
    /// Whether a column or its name is not as in the file.
    pub changed: bool,
}

/// Parses the text.
pub(super) fn parse(table: &Separated<'_>, notes: &mut Notes) -> Result<Rows, String> {
    let line = |line: u64| line + table.skipped as u64;
    let text = without_blanks_before_quotes(table.text, table.separator)
        .map_err(|begins| format!("line {}: a quoted cell has no closing quote", line(begins)))?;
    let mut reader = ReaderBuilder::new();
    reader.delimiter(table.separator).has_headers(false).flexible(true).trim(Trim::All);
    let (mut names, mut cells, mut lines) = (None, Vec::new(), Vec::new());
    for record in reader.from_reader(text.as_bytes()).into_records() {
        let record = record.map_err(|error| error.to_string())?;
        if record.len() == 1 && record[0].is_empty() {
            continue;
        }
        let row: Vec<String> = record.iter().map(ToOwned::to_owned).collect();
        if names.is_none() {
            names = Some(row);
        } else {
            lines.push(record.position().map_or(0, |position| line(position.line())));
            cells.push(row);
        }
    }
    let names = names.ok_or("the file is empty: there is no line with the names of the columns")?;
    let mut rows = Rows { names, cells, changed: false };
    rows.name_the_index();
    rows.drop_trailing_separators(notes);
    let wanted = rows.names.len();
    if let Some((cells, line)) = rows.cells.iter().zip(&lines).find(|(cells, _)| cells.len() != wanted) {
        let got = cells.len();
        return Err(format!("line {line} has {got} cells, but the header names {wanted} columns"));
    }
    rows.drop_the_index(notes);
    rows.name_the_nameless(notes);
    Ok(rows)
}

impl Rows {
    /// R writes the names of rows without a name above them: each row has one cell more than the header.
    fn name_the_index(&mut self) {
        let one_more = |row: &Vec<String>| {
            row.len() == self.names.len() + 1 && row.last().is_some_and(|last| !last.is_empty())
        };
        if !self.cells.is_empty() && self.cells.iter().all(one_more) {
            self.names.insert(0, String::new());
        }
    }

    /// A separator at the end of lines makes cells that are always empty, with or without one in the header.
    fn drop_trailing_separators(&mut self, notes: &mut Notes) {
        let named = self.names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let empty_behind = self.cells.iter().all(|row| row.iter().skip(named).all(String::is_empty));
        let longer = |row: &Vec<String>| row.len() > named;
        if named == 0 || !empty_behind || !(longer(&self.names) || self.cells.iter().any(longer)) {
            return;
        }
        self.names.truncate(named);
        self.cells.iter_mut().for_each(|row| row.truncate(named));
        self.changed = true;
        notes.note("separators at the ends of lines are left out".to_owned());
    }

    /// A column without a name that numbers the rows, or names each otherwise, holds nothing to learn from.
    fn drop_the_index(&mut self, notes: &mut Notes) {
        let nameless = |name: &str| name.is_empty() || name.starts_with("Unnamed:");
        while let Some(j) = (0..self.names.len()).find(|&j| nameless(&self.names[j]) && self.is_index(j)) {
            self.names.remove(j);
            self.cells.iter_mut().for_each(|row| drop(row.remove(j)));
            self.changed = true;
            notes.note(format!("column {} has no name and numbers the rows: it is left out", j + 1));
        }
    }

    fn is_index(&self, j: usize) -> bool {
        let mut cells: Vec<&str> = self.cells.iter().map(|row| row[j].as_str()).collect();
        let counts = |from: usize| cells.iter().enumerate().all(|(i, cell)| cell.parse() == Ok(i + from));
        if counts(0) || counts(1) {
            return true;
        }
        cells.sort_unstable();
        cells.dedup();
        // Names of rows, as R writes them, or the numbers of rows that were chosen from a larger table.
        j == 0 && cells.len() == self.cells.len() && cells.iter().all(|cell| !cell.is_empty())
    }

    /// Each column has a name of its own.
    fn name_the_nameless(&mut self, notes: &mut Notes) {
        for j in 0..self.names.len() {
            let earlier = &self.names[..j];
            let name = &self.names[j];
            if !name.is_empty() && !earlier.contains(name) {
                continue;
            }
            let base = if name.is_empty() { "column".to_owned() } else { name.clone() };
            let taken = |new: &String| self.names.contains(new);
            let first = if name.is_empty() { j + 1 } else { 2 };
            let new = (first..).map(|k| format!("{base}_{k}")).find(|new| !taken(new)).unwrap_or(base);
            let why = if name.is_empty() {
                "no name".to_owned()
            } else {
                format!("the name {} again", short(name))
            };
            notes.note(format!("column {} has {why}: it is called {new}", j + 1));
            self.names[j] = new;
            self.changed = true;
        }
    }
}

/// RFC 4180 wants a quote right behind the separator; people put blanks between. An error is the line, counted from 1,
/// on which a quoted cell begins that does not end.
fn without_blanks_before_quotes(text: &str, separator: u8) -> Result<Cow<'_, str>, u64> {
    let bytes = text.as_bytes();
    let mut kept: Option<Vec<u8>> = None;
    let (mut i, mut line) = (0, 1);
    while i < bytes.len() {
        // At the beginning of a cell.
        let blanks = bytes[i..].iter().take_while(|&&b| b == b' ' && b != separator).count();
        if bytes.get(i + blanks) == Some(&b'"') {
            if blanks > 0 && kept.is_none() {
                kept = Some(bytes[..i].to_vec());
            }
            let begins = line;
            let start = i + blanks;
            i = start + 1;
            loop {
                match bytes.get(i) {
                    None => return Err(begins),
                    Some(b'"') if bytes.get(i + 1) == Some(&b'"') => i += 1,
                    Some(b'"') => break,
                    Some(b'\n') => line += 1,
                    Some(_) => {}
                }
                i += 1;
            }
            kept.iter_mut().for_each(|kept| kept.extend(&bytes[start..i]));
        }
        // To the end of the cell, and over what ends it.
        let start = i;
        while i < bytes.len() && bytes[i] != separator && bytes[i] != b'\n' {
            i += 1;
        }
        line += u64::from(bytes.get(i) == Some(&b'\n'));
        i = (i + 1).min(bytes.len());
        kept.iter_mut().for_each(|kept| kept.extend(&bytes[start..i]));
    }
    // Only blanks were taken out: what is left is UTF-8 still.
    Ok(kept.map_or(Cow::Borrowed(text), |kept| Cow::Owned(String::from_utf8_lossy(&kept).into_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Rows, String> {
        let table = Separated { text, separator: b',', skipped: 0 };
        parse(&table, &mut Notes::default())
    }

    #[test]
    fn columns_without_a_name_are_left_out_or_named() {
        for text in [
            "a,b\nx,1\ny,2\n",
            ",a,b\n0,x,1\n1,y,2\n",
            "Unnamed: 0,a,b\n5,x,1\n9,y,2\n",
            "a,b\nr1,x,1\nr2,y,2\n",
        ] {
            let rows = parsed(text).expect("a table");
            assert_eq!(
                (rows.names, rows.cells[1].clone()),
                (vec!["a".into(), "b".into()], vec!["y".into(), "2".into()]),
                "{text:?}"
            );
        }
        let rows = parsed("a,,a\n1,x,3\n2,x,3\n").expect("a table");
        assert_eq!(rows.names, ["a", "column_2", "a_2"]);
    }

    #[test]
    fn separators_at_the_end_of_lines_are_no_cells() {
        for text in ["a,b,\nx,1,\ny,2,\n", "a,b\nx,1,\ny,2,,\n", "a,b,,\nx,1\ny,2\n"] {
            let rows = parsed(text).expect("a table");
            assert!(rows.changed && rows.names == ["a", "b"] && rows.cells[1] == ["y", "2"], "{text:?}");
        }
    }

    #[test]
    fn a_line_that_does_not_fit_is_named() {
        assert_eq!(
            parsed("a,b\n\n1,2\n3\n").err(),
            Some("line 4 has 1 cells, but the header names 2 columns".into())
        );
        assert_eq!(
            parsed("a,b\n1,\"2\n3,4\n").err(),
            Some("line 2: a quoted cell has no closing quote".into())
        );
        assert!(parsed(" \n").is_err());
    }

    #[test]
    fn a_quote_may_stand_behind_blanks() {
        let rows = parsed("a, b\n1, \"x, \"\"y\"\"\"\n2,3\" long\n").expect("a table");
        assert_eq!(rows.cells, [["1", "x, \"y\""], ["2", "3\" long"]]);
    }
}
