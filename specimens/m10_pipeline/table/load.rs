use kit::{Cells, InputError, Table};

use super::loader::{Slip, loads};
use crate::reference::m10_pipeline::table as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
                "reads everything as words and converts columns to numbers afterwards",
                words_first,
            ),
            chaff("quotes_ignored", "A comma always ends a cell, even inside quotes.", |text, words| {
                loads(text, words, Slip::QuotesIgnored)
            }),
            chaff("doubled_quotes_kept", "A doubled quote stands for two quotes.", |text, words| {
                loads(text, words, Slip::DoubledQuotesKept)
            }),
            chaff("na_is_a_word", "Only an empty cell is a missing value, `NA` is a word.", |text, words| {
                loads(text, words, Slip::NaIsAWord)
            }),
            chaff("missing_is_zero", "A missing value counts as 0.", |text, words| {
                loads(text, words, Slip::GapsAreZero)
            }),
            chaff(
                "bad_numbers_are_missing",
                "A cell that is not a number in a numeric column is missing.",
                |text, words| loads(text, words, Slip::TyposAreGaps),
            ),
            chaff(
                "bad_numbers_make_words",
                "A column with any cell that is not a number is categorical.",
                |text, words| loads(text, words, Slip::TyposMakeWords),
            ),
            chaff("infinities_are_numbers", "Infinities and NaN are numbers.", |text, words| {
                loads(text, words, Slip::InfinitiesAreNumbers)
            }),
            chaff(
                "short_lines_filled",
                "Cells missing at the end of a short line are missing values.",
                |text, words| loads(text, words, Slip::ShortLinesFilled),
            ),
            chaff("rows_counted", "The first row after the header is line 1.", |text, words| {
                loads(text, words, Slip::RowsCounted)
            }),
            chaff(
                "lines_of_text_counted",
                "Empty lines and line breaks inside quotes do not count as lines.",
                |text, words| loads(text, words, Slip::LinesOfTextCounted),
            ),
            chaff("not_trimmed", "Whitespace around a cell belongs to it.", |text, words| {
                loads(text, words, Slip::NotTrimmed)
            }),
            chaff(
                "words_forgotten",
                "A column that looks numeric is numeric, even if `words` names it.",
                |text, words| loads(text, words, Slip::WordsForgotten),
            ),
            chaff("mark_kept", "A file has no byte order mark.", |text, words| {
                loads(text, words, Slip::MarkKept)
            }),
            chaff("names_unchecked", "Column names need no check.", |text, words| {
                loads(text, words, Slip::NamesUnchecked)
            }),
            chaff("end_closes", "The end of a line closes every quote.", |text, words| {
                loads(text, words, Slip::EndCloses)
            }),
            chaff(
                "first_cell_only",
                "The type of a column follows from its first cell, even if that is missing.",
                |text, words| loads(text, words, Slip::FirstCellOnly),
            ),
            chaff("empty_lines_are_rows", "An empty line is a row of missing values.", |text, words| {
                loads(text, words, Slip::EmptyLinesAreRows)
            }),
            chaff("na_in_any_case", "`na` and `Na` are missing values.", |text, words| {
                let mut table = reference::load(text, words)?;
                for column in &mut table.columns {
                    if let Cells::Words(cells) = &mut column.cells {
                        let is_na = |word: &String| word.eq_ignore_ascii_case("na");
                        cells.iter_mut().for_each(|cell| *cell = cell.take().filter(|word| !is_na(word)));
                    }
                }
                Ok(table)
            }),
            chaff("names_without_case", "Names that differ only in case are equal.", |text, words| {
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
            chaff("words_without_case", "`words` matches names regardless of case.", |text, words| {
                match reference::load(text, words) {
                    Err(InputError::NoColumn { .. }) => {
                        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
                        reference::load(text, &lower.iter().map(String::as_str).collect::<Vec<_>>())
                    }
                    answer => answer,
                }
            }),
            chaff("line_ends_made_alike", "\\r\\n is \\n everywhere, even inside quotes.", |text, words| {
                reference::load(&text.replace("\r\n", "\n"), words)
            }),
            chaff("spaces_only", "Only spaces are whitespace.", |text, words| {
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
            chaff("no_rows", "A file without a header is an empty table.", |text, words| {
                Ok(reference::load(text, words)?.select(&[]))
            }),
            chaff("digits_and_point", "A number has only digits and a point, no exponent.", |text, words| {
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
            chaff("ascii_blanks", "Only ASCII whitespace is trimmed.", |text, words| {
                let mut table = reference::load(&text.replace('\u{a0}', "\u{1}"), words)?;
                for column in &mut table.columns {
                    column.name = column.name.replace('\u{1}', "\u{a0}");
                    if let Cells::Words(cells) = &mut column.cells {
                        cells.iter_mut().flatten().for_each(|cell| *cell = cell.replace('\u{1}', "\u{a0}"));
                    }
                }
                Ok(table)
            }),
            chaff(
                "header_in_line_1",
                "The header is always in line 1.",
                |text, words| match reference::load(text, words) {
                    Err(InputError::BadCell { column, got, wanted: "a name of its own", .. }) => {
                        Err(InputError::BadCell { line: 1, column, got, wanted: "a name of its own" })
                    }
                    other => other,
                },
            ),
            chaff("where_a_row_ends", "A row's line number is the line where it ends.", |text, words| {
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
            chaff("usual_missing_values", "null, N/A and - are missing values as well.", |text, words| {
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
            wheat("sliced", "cuts the text cell by cell, without a state machine", sliced),
            chaff("quoted_is_a_word", "What stands in quotes is a word.", |text, words| {
                let mut table = reference::load(text, words)?;
                let first = text.lines().nth(1).unwrap_or_default().trim_start();
                if let Some(column) = table.columns.first_mut()
                    && first.starts_with('"')
                    && let Cells::Numbers(numbers) = &column.cells
                {
                    column.cells = Cells::Words(numbers.iter().map(|x| x.map(|x| x.to_string())).collect());
                }
                Ok(table)
            }),
            chaff("marked_name", "A byte order mark ends before the first quote.", |text, words| {
                // The quotes of a first name behind the mark belong to it.
                let mut table = reference::load(text, words)?;
                if text.starts_with("\u{feff}\"")
                    && let Some(column) = table.columns.first_mut()
                {
                    column.name = format!("\"{}\"", column.name);
                }
                Ok(table)
            }),
            chaff("trimmed_words", "The names in `words` are trimmed.", |text, words| {
                let words: Vec<&str> = words.iter().map(|word| word.trim()).collect();
                reference::load(text, &words)
            }),
        ],
    )(text, words)
}
