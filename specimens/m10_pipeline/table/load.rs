use kit::{Cells, InputError, Table};

use super::loader::{Slip, loads};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::table as reference;

mod ways;

use ways::{sliced, words_first};

type Load = fn(&str, &[&str]) -> Result<Table, InputError>;

/// The kata, answered by a specimen.
pub fn load(text: &str, words: &[&str]) -> Result<Table, InputError> {
    answering::<Load>(
        module_path!(),
        reference::load,
        &[
            wheat(
                "lines_joined",
                "joins the lines that a quote holds together, then cuts each into cells",
                |text, words| loads(text, words, Slip::None),
            ),
            wheat(
                "words_first",
                "reads everything as words and turns columns into numbers afterwards",
                words_first,
            ),
            chaff("quotes_ignored", "a comma always ends a cell", |text, words| {
                loads(text, words, Slip::QuotesIgnored)
            }),
            chaff("doubled_quotes_kept", "two quotes are two quotes", |text, words| {
                loads(text, words, Slip::DoubledQuotesKept)
            }),
            chaff("na_is_a_word", "only an empty cell is a gap", |text, words| {
                loads(text, words, Slip::NaIsAWord)
            }),
            chaff("gaps_are_zero", "what was not measured counts as 0", |text, words| {
                loads(text, words, Slip::GapsAreZero)
            }),
            chaff("typos_are_gaps", "what cannot be read is missing", |text, words| {
                loads(text, words, Slip::TyposAreGaps)
            }),
            chaff(
                "typos_make_words",
                "a column with anything but numbers in it holds words",
                |text, words| loads(text, words, Slip::TyposMakeWords),
            ),
            chaff("infinities_are_numbers", "what Rust parses as f64 is a number", |text, words| {
                loads(text, words, Slip::InfinitiesAreNumbers)
            }),
            chaff(
                "short_lines_filled",
                "cells that are missing at the end of a line are gaps",
                |text, words| loads(text, words, Slip::ShortLinesFilled),
            ),
            chaff("rows_counted", "the first row after the header is line 1", |text, words| {
                loads(text, words, Slip::RowsCounted)
            }),
            chaff(
                "lines_of_text_counted",
                "empty lines and lines inside of quotes are not counted",
                |text, words| loads(text, words, Slip::LinesOfTextCounted),
            ),
            chaff("not_trimmed", "a blank belongs to the cell", |text, words| {
                loads(text, words, Slip::NotTrimmed)
            }),
            chaff("words_forgotten", "what looks like a number is one", |text, words| {
                loads(text, words, Slip::WordsForgotten)
            }),
            chaff("mark_kept", "a file begins with its first letter", |text, words| {
                loads(text, words, Slip::MarkKept)
            }),
            chaff("names_unchecked", "whoever writes a header takes care of the names", |text, words| {
                loads(text, words, Slip::NamesUnchecked)
            }),
            chaff("end_closes", "the end of a line closes every quote", |text, words| {
                loads(text, words, Slip::EndCloses)
            }),
            chaff("first_cell_only", "the first row shows what a column holds", |text, words| {
                loads(text, words, Slip::FirstCellOnly)
            }),
            chaff("empty_lines_are_rows", "a line without anything is a row of gaps", |text, words| {
                loads(text, words, Slip::EmptyLinesAreRows)
            }),
            chaff("na_in_any_case", "na and Na are NA", |text, words| {
                let mut table = reference::load(text, words)?;
                for column in &mut table.columns {
                    if let Cells::Words(cells) = &mut column.cells {
                        let is_na = |word: &String| word.eq_ignore_ascii_case("na");
                        cells.iter_mut().for_each(|cell| *cell = cell.take().filter(|word| !is_na(word)));
                    }
                }
                Ok(table)
            }),
            chaff("last_missing_name", "any name that is missing may be reported", |text, words| {
                let backwards: Vec<&str> = words.iter().rev().copied().collect();
                reference::load(text, &backwards)
            }),
            chaff("names_without_case", "names that differ in their case only are equal", |text, words| {
                let table = reference::load(text, words)?;
                let names: Vec<String> = table.columns.iter().map(|it| it.name.to_lowercase()).collect();
                match (1..names.len()).find(|&j| names[..j].contains(&names[j])) {
                    None => Ok(table),
                    Some(j) => {
                        let (column, got) = (table.columns[j].name.clone(), table.columns[j].name.clone());
                        Err(InputError::BadCell { line: 1, column, got, wanted: "a name of its own" })
                    }
                }
            }),
            chaff("words_without_case", "a name means its column in any case", |text, words| {
                match reference::load(text, words) {
                    Err(InputError::NoColumn { .. }) => {
                        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
                        reference::load(text, &lower.iter().map(String::as_str).collect::<Vec<_>>())
                    }
                    answer => answer,
                }
            }),
            chaff("line_ends_made_alike", "\\r\\n is \\n everywhere", |text, words| {
                reference::load(&text.replace("\r\n", "\n"), words)
            }),
            chaff("spaces_only", "a blank is a space", |text, words| {
                // As a tab is no blank here, it might as well be a letter.
                let mut table = reference::load(&text.replace('\t', "\u{1}"), words)?;
                let back = |text: &String| text.replace('\u{1}', "\t");
                for column in &mut table.columns {
                    column.name = back(&column.name);
                    if let Cells::Words(cells) = &mut column.cells {
                        cells.iter_mut().flatten().for_each(|word| *word = back(word));
                    }
                }
                Ok(table)
            }),
            chaff("no_rows", "an empty table is a table", |text, words| {
                Ok(reference::load(text, words)?.select(&[]))
            }),
            chaff("digits_and_point", "a number is digits with a point", |text, words| {
                let plain = |cell: &str| {
                    let x = cell.trim();
                    let odd = x.parse::<f64>().is_ok_and(f64::is_finite)
                        && (x.contains(['e', 'E', '+']) || x.starts_with('.') || x.ends_with('.'));
                    if odd { format!("x{x}") } else { cell.to_owned() }
                };
                let lines =
                    text.split('\n').map(|line| line.split(',').map(plain).collect::<Vec<_>>().join(","));
                reference::load(&lines.collect::<Vec<_>>().join("\n"), words)
            }),
            chaff("ascii_blanks", "a blank is a blank of ASCII", |text, words| {
                let mut table = reference::load(&text.replace('\u{a0}', "\u{1}"), words)?;
                for column in &mut table.columns {
                    column.name = column.name.replace('\u{1}', "\u{a0}");
                    if let Cells::Words(cells) = &mut column.cells {
                        cells.iter_mut().flatten().for_each(|cell| *cell = cell.replace('\u{1}', "\u{a0}"));
                    }
                }
                Ok(table)
            }),
            chaff("nameless_first", "a column without a name is worse than two of one", |text, words| {
                match reference::load(text, words) {
                    Err(InputError::BadCell { line, column, got, wanted: "a name of its own" }) => {
                        let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                        if header.split(',').any(|name| name.trim().is_empty()) {
                            Err(InputError::BadCell {
                                line,
                                column: String::new(),
                                got: String::new(),
                                wanted: "a name of its own",
                            })
                        } else {
                            Err(InputError::BadCell { line, column, got, wanted: "a name of its own" })
                        }
                    }
                    other => other,
                }
            }),
            chaff("header_in_line_1", "the header is line 1", |text, words| {
                match reference::load(text, words) {
                    Err(InputError::BadCell { column, got, wanted: "a name of its own", .. }) => {
                        Err(InputError::BadCell { line: 1, column, got, wanted: "a name of its own" })
                    }
                    other => other,
                }
            }),
            chaff("where_a_row_ends", "a row is counted where it ends", |text, words| {
                let ends = |line: usize| {
                    let mut quotes = 0;
                    for (k, it) in text.split('\n').enumerate().skip(line - 1) {
                        quotes += it.matches('"').count();
                        if quotes % 2 == 0 {
                            return k + 1;
                        }
                    }
                    line
                };
                match reference::load(text, words) {
                    Err(InputError::BadCell { line, column, got, wanted: "a finite number" }) => {
                        Err(InputError::BadCell { line: ends(line), column, got, wanted: "a finite number" })
                    }
                    Err(InputError::RaggedLine { line, got, wanted }) => {
                        Err(InputError::RaggedLine { line: ends(line), got, wanted })
                    }
                    other => other,
                }
            }),
            chaff("names_before_quotes", "the header is looked at before the rest is read", |text, words| {
                match reference::load(text, words) {
                    Err(InputError::BadCell { wanted: "a closing quote", line, column, got }) if line > 1 => {
                        let header = text.lines().next().unwrap_or_default().to_owned() + "\n";
                        reference::load(&header, &[])?;
                        Err(InputError::BadCell { wanted: "a closing quote", line, column, got })
                    }
                    other => other,
                }
            }),
            chaff("usual_gaps", "null, N/A and - are gaps as well", |text, words| {
                let mut table = reference::load(text, words)?;
                for column in &mut table.columns {
                    if let Cells::Words(cells) = &mut column.cells {
                        for cell in cells {
                            if cell
                                .as_deref()
                                .is_some_and(|it| ["null", "N/A", "-", "NULL", "n/a"].contains(&it))
                            {
                                *cell = None;
                            }
                        }
                    }
                }
                Ok(table)
            }),
            wheat("sliced", "cuts the text cell by cell, without a state", sliced),
        ],
    )(text, words)
}
