//! From the bytes of a file as people have them to a table that `load` of milestone 10 reads.
//!
//! Encoding, separator, missing values and numbers are normalized before the learner's code sees the file. Whatever was
//! changed is noted, one line each; a file that needs nothing is passed on to the letter.

mod codes;
mod columns;
mod decode;
mod leak;
mod missing;
mod numbers;
mod report;
mod rows;
mod separator;
mod target;
mod wide;
mod write;

use std::borrow::Cow;

use columns::{Column, Holds};
use kit::pipeline::Recipe;
use missing::Missing;
use numbers::Mark;
pub(crate) use report::Notes;
use report::up_to;
use rows::Rows;
use separator::Separated;
pub(crate) use separator::parse as separator;

/// What the command line says about the form of a file.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Form {
    pub separator: Option<u8>,
    pub encoding: Option<String>,
    /// Further spellings of a missing value.
    pub missing: Vec<String>,
    /// Usual spellings of a missing value that are values here.
    pub values: Vec<String>,
}

/// A table ready for the pipeline.
pub(crate) struct Taken {
    /// Comma-separated values.
    pub text: String,
    /// Whether the text differs from the file.
    pub normalized: bool,
    pub notes: Notes,
}

/// Takes a file in; the recipe gets the columns that hold words although cells look like numbers, and those that are
/// left out. An error says what is wrong with the file.
pub(crate) fn take(bytes: Vec<u8>, form: &Form, recipe: &mut Recipe) -> Result<Taken, String> {
    let mut notes = Notes::default();
    let text = decode::decode(bytes, form.encoding.as_deref(), &mut notes)?;
    let text = with_line_ends(text, &mut notes);
    let separated = separator::separate(&text, form.separator, &recipe.target, &mut notes);
    let as_text = !notes.is_empty();
    let rows = rows::parse(&separated, &mut notes)?;
    is_there(&rows, recipe)?;
    let reshaped = rows.changed;
    let missing = Missing { added: &form.missing, kept: &form.values };
    let columns = columns(rows, &separated, &missing, recipe, &mut notes)?;
    let normalized = as_text || reshaped || columns.iter().any(|column| column.changed);
    let text = if normalized { write::write(&columns)? } else { text };
    Ok(Taken { text, normalized, notes })
}

/// Macs of old end lines with CR alone.
fn with_line_ends(text: String, notes: &mut Notes) -> String {
    if text.contains('\n') || !text.contains('\r') {
        return text;
    }
    notes.note("line ends are CR alone: replaced".to_owned());
    text.replace('\r', "\n")
}

/// Every column that is asked for is there.
fn is_there(rows: &Rows, recipe: &Recipe) -> Result<(), String> {
    let ranges = recipe.ranges.iter().map(|(name, _)| ("--range", name));
    let asked = [("--target", &recipe.target)].into_iter();
    let asked = asked.chain(recipe.ignored.iter().map(|name| ("--ignore", name)));
    let asked = asked.chain(recipe.words.iter().map(|name| ("--words", name))).chain(ranges);
    for (option, name) in asked {
        if !rows.names.contains(name) {
            let near = rows.names.iter().find(|known| known.eq_ignore_ascii_case(name));
            let near = near.map(|near| format!(" Did you mean {near:?}?")).unwrap_or_default();
            let names = rows.names.join(", ");
            return Err(format!("{option}: there is no column {name:?}.{near}\n  The columns: {names}"));
        }
    }
    if recipe.ignored.contains(&recipe.target) {
        return Err(format!("{:?} is both --target and --ignore", recipe.target));
    }
    Ok(())
}

fn columns(
    rows: Rows,
    separated: &Separated<'_>,
    missing: &Missing<'_>,
    recipe: &mut Recipe,
    notes: &mut Notes,
) -> Result<Vec<Column>, String> {
    let mut cells: Vec<Vec<String>> = vec![Vec::with_capacity(rows.cells.len()); rows.names.len()];
    for row in rows.cells {
        row.into_iter().zip(&mut cells).for_each(|(cell, column)| column.push(cell));
    }
    note_missing(&rows.names, &cells, missing, recipe, notes);
    let named = rows.names.into_iter().zip(cells);
    let mut columns: Vec<Column> = named.map(|(name, cells)| Column::of(name, cells, missing)).collect();
    let proves = |mark| columns.iter().any(|column| column.name != recipe.target && column.proves(mark));
    let table = [proves(Mark::Point), proves(Mark::Comma)];
    let words = recipe.words.clone();
    for column in columns.iter_mut().filter(|column| column.name != recipe.target) {
        let is_ignored = recipe.ignored.contains(&column.name);
        // What is left out need not be warned of.
        let (mut unread, heard) = (Notes::default(), &mut *notes);
        let notes = if is_ignored { &mut unread } else { heard };
        if !words.contains(&column.name) {
            column.find_numbers(marks(column, table, separated.separator), notes);
        }
        // `load` goes by the first cell: these are words, whatever that one looks like.
        let is_number = |cell: &str| cell.parse().is_ok_and(f64::is_finite);
        let looks = column.holds == Holds::Words && column.present().any(is_number);
        if looks && !words.contains(&column.name) {
            recipe.words.push(column.name.clone());
        }
    }
    let is_target = |column: &&mut Column| column.name == recipe.target;
    if let Some(target) = columns.iter_mut().find(is_target) {
        target::check(target, words.contains(&target.name), recipe.test_share, notes)?;
    }
    let is_feature =
        |column: &&Column| column.name != recipe.target && !recipe.ignored.contains(&column.name);
    let features: Vec<&Column> = columns.iter().filter(is_feature).collect();
    if features.is_empty() {
        return Err("no column is left to predict from".to_owned());
    }
    let left_out = wide::left_out(&features, notes);
    if let Some(target) = columns.iter().find(|column| column.name == recipe.target) {
        leak::warn(&features, target, notes);
    }
    recipe.ignored.extend(left_out);
    Ok(columns)
}

/// Which mark before the decimals is tried first where both would do: `5,847`, `5.847`.
fn marks(column: &Column, [point, comma]: [bool; 2], separator: u8) -> [Mark; 2] {
    let has = |mark: char| column.present().any(|cell| cell.contains(mark));
    // Semicolons separate the cells where the comma is taken.
    let is_comma = if has('.') { comma && !point } else { !point && (comma || separator == b';') };
    if is_comma { [Mark::Comma, Mark::Point] } else { [Mark::Point, Mark::Comma] }
}

fn note_missing(
    names: &[String],
    cells: &[Vec<String>],
    missing: &Missing<'_>,
    recipe: &Recipe,
    notes: &mut Notes,
) {
    let is_odd = |cell: &&str| missing.has(cell) && !missing.is_understood(cell);
    let odd = |cells: &Vec<String>| cells.iter().filter(|cell| is_odd(&cell.as_str())).count();
    let columns: Vec<&str> =
        names.iter().zip(cells).filter(|(_, cells)| odd(cells) > 0).map(|(name, _)| name.as_str()).collect();
    if columns.is_empty() {
        return;
    }
    let all: usize = cells.iter().map(odd).sum();
    let spelled = up_to(9, cells.iter().flatten().map(String::as_str).filter(is_odd));
    notes.note(format!("missing values: {all} cells say {spelled} ({})", listed(&columns)));
    let target = names.iter().zip(cells).find(|(name, _)| **name == recipe.target);
    if let Some((name, cells)) = target.filter(|(_, cells)| odd(cells) > 0) {
        let spelled = cells.iter().map(String::as_str).find(is_odd).unwrap_or_default();
        notes.warn(format!(
            "{name}: {} rows are dropped because {spelled:?} is read as a missing value. If it is a class: \
             --value {spelled:?}",
            odd(cells)
        ));
    }
}

fn listed<'a>(names: &[&'a str]) -> Cow<'a, str> {
    match names {
        [one] => Cow::Borrowed(one),
        _ if names.len() > 6 => Cow::Owned(format!("{}, … {} columns", names[..5].join(", "), names.len())),
        _ => Cow::Owned(names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(target: &str) -> Recipe {
        let none = Vec::new;
        Recipe {
            target: target.to_owned(),
            ignored: none(),
            words: none(),
            ranges: vec![],
            test_share: 0.25,
            seed: 1,
            learning_rate: 0.5,
            steps: 10,
        }
    }

    fn taken(text: &str) -> Taken {
        let taken = take(text.as_bytes().to_vec(), &Form::default(), &mut recipe("kind"));
        taken.expect("a table")
    }

    #[test]
    fn a_file_that_needs_nothing_is_passed_on_to_the_letter() {
        let text = "mass, kind\r\n+1,a\n2.50,a\nNA,\"a\"\n,b\n3,b\n";
        let table = taken(text);
        assert!(!table.normalized && table.text == text && table.notes.to_string().is_empty());
    }

    #[test]
    fn what_is_ambiguous_follows_the_rest_of_the_table() {
        let german = taken("mass;price;kind\n0,5;1.234;a\n1,5;2.345;a\n2,5;99;b\n3,5;1;b\n");
        assert_eq!(german.text, "mass,price,kind\n0.5,1234,a\n1.5,2345,a\n2.5,99,b\n3.5,1,b\n");
        let semicolons = taken("mass;kind\n5,847;a\n4,255;a\n1,000;b\n2,000;b\n");
        assert!(semicolons.text.contains("5.847"), "{}", semicolons.text);
        let english = taken("mass,kind\n\"5,847\",a\n\"4,255\",a\n\"1,000\",b\n2,b\n");
        assert!(english.text.contains("5847"), "{}", english.text);
        let dots = taken("mass;kind\n5.847;a\n4.255;a\n1.000;b\n2.000;b\n");
        assert!(dots.text.contains("5.847"), "{}", dots.text);
    }

    #[test]
    fn a_column_that_is_not_there_is_named_with_those_that_are() {
        let wrong = take(b"Mass,Kind\n1,a\n".to_vec(), &Form::default(), &mut recipe("kind"));
        let wrong = wrong.err().unwrap_or_default();
        assert!(wrong.contains("Did you mean \"Kind\"?\n  The columns: Mass, Kind"), "{wrong}");
    }
}
