//! A loader that can go wrong in many ways.

use kit::{Cells, Column, InputError, Table};

/// What it does otherwise than it should.
#[derive(Clone, Copy, PartialEq)]
pub enum Slip {
    None,
    QuotesIgnored,
    DoubledQuotesKept,
    NaIsAWord,
    GapsAreZero,
    TyposAreGaps,
    TyposMakeWords,
    InfinitiesAreNumbers,
    ShortLinesFilled,
    RowsCounted,
    LinesOfTextCounted,
    NotTrimmed,
    WordsForgotten,
    MarkKept,
    NamesUnchecked,
    EndCloses,
    FirstCellOnly,
    EmptyLinesAreRows,
}

/// Joins the lines that a quote holds together, then cuts each into cells.
pub fn loads(text: &str, words: &[&str], slip: Slip) -> Result<Table, InputError> {
    let text = if slip == Slip::MarkKept { text } else { text.strip_prefix('\u{feff}').unwrap_or(text) };
    let mut records: Vec<(usize, Vec<String>)> = Vec::new();
    let (mut open, mut began) = (String::new(), 1);
    let last = text.split('\n').count();
    for (k, physical) in text.split('\n').enumerate() {
        if open.is_empty() {
            began = k + 1;
        }
        open += physical;
        if slip != Slip::QuotesIgnored && open.matches('"').count() % 2 == 1 && slip != Slip::EndCloses {
            if k + 1 == last {
                let before = cut(&open, slip);
                let names = records.first().map_or(&[][..], |(_, names)| names);
                let column = names.get(before.len() - 1).cloned().unwrap_or_default();
                let got = before.last().cloned().unwrap_or_default();
                return Err(InputError::BadCell { line: began, column, got, wanted: "a closing quote" });
            }
            open.push('\n');
            continue;
        }
        let line = open.strip_suffix('\r').unwrap_or(&open).to_owned();
        open.clear();
        if !line.trim().is_empty() || (slip == Slip::EmptyLinesAreRows && k + 1 < last && !records.is_empty())
        {
            let number = if slip == Slip::RowsCounted { records.len() } else { began };
            let number = if slip == Slip::LinesOfTextCounted { records.len() + 1 } else { number };
            records.push((number, cut(&line, slip)));
        }
    }
    build(records, words, slip)
}

fn cut(line: &str, slip: Slip) -> Vec<String> {
    let trimmed =
        |cell: &str| if slip == Slip::NotTrimmed { cell.to_owned() } else { cell.trim().to_owned() };
    if slip == Slip::QuotesIgnored {
        return line.split(',').map(trimmed).collect();
    }
    let (mut cells, mut rest) = (Vec::new(), line);
    loop {
        let Some(inside) = rest.trim_start().strip_prefix('"') else {
            let (cell, more) = rest.split_once(',').map_or((rest, None), |(cell, more)| (cell, Some(more)));
            cells.push(trimmed(cell));
            let Some(more) = more else { return cells };
            rest = more;
            continue;
        };
        let (mut cell, mut after) = (String::new(), inside);
        while let Some((part, more)) = after.split_once('"') {
            cell += part;
            after = more;
            let Some(more) = after.strip_prefix('"') else { break };
            cell += if slip == Slip::DoubledQuotesKept { "\"\"" } else { "\"" };
            after = more;
        }
        if inside.matches('"').count() % 2 == 0
            && !after.contains('"')
            && !inside.contains("\",")
            && !inside.ends_with('"')
        {
            cell += after;
            after = "";
        }
        cells.push(trimmed(&cell));
        let Some((_, more)) = after.split_once(',') else { return cells };
        rest = more;
    }
}

fn build(records: Vec<(usize, Vec<String>)>, words: &[&str], slip: Slip) -> Result<Table, InputError> {
    let gap = |cell: &str| cell.is_empty() || (cell == "NA" && slip != Slip::NaIsAWord);
    let number = |cell: &str| {
        let x: Option<f64> = cell.parse().ok();
        x.filter(|x| x.is_finite() || slip == Slip::InfinitiesAreNumbers)
    };
    let mut records = records.into_iter();
    let (line, names) = records.next().ok_or(InputError::TooFew { got: 0, wanted: 1 })?;
    let mut rows: Vec<(usize, Vec<String>)> = records.collect();
    for (j, name) in names.iter().enumerate() {
        if (name.is_empty() || names[..j].contains(name)) && slip != Slip::NamesUnchecked {
            let (column, got) = (name.clone(), name.clone());
            return Err(InputError::BadCell { line, column, got, wanted: "a name of its own" });
        }
    }
    if let Some(unknown) = words.iter().find(|word| names.iter().all(|name| name != *word)) {
        return Err(InputError::NoColumn { got: (*unknown).to_owned(), wanted: "words" });
    }
    if slip == Slip::ShortLinesFilled || slip == Slip::EmptyLinesAreRows {
        rows.iter_mut().for_each(|(_, cells)| cells.resize(names.len(), String::new()));
    }
    let holds_numbers: Vec<bool> = (0..names.len())
        .map(|j| {
            let mut cells = rows.iter().filter_map(|(_, cells)| cells.get(j)).filter(|cell| !gap(cell));
            let listed = words.contains(&names[j].as_str()) && slip != Slip::WordsForgotten;
            let decided = match slip {
                Slip::TyposMakeWords => {
                    cells.clone().next().is_some() && cells.all(|cell| number(cell).is_some())
                }
                Slip::FirstCellOnly => rows
                    .first()
                    .and_then(|(_, cells)| cells.get(j))
                    .is_some_and(|cell| number(cell).is_some()),
                _ => cells.next().is_some_and(|cell| number(cell).is_some()),
            };
            decided && !listed
        })
        .collect();
    for (line, cells) in &rows {
        if cells.len() != names.len() {
            return Err(InputError::RaggedLine { line: *line, got: cells.len(), wanted: names.len() });
        }
        for (j, cell) in cells.iter().enumerate() {
            if holds_numbers[j] && !gap(cell) && number(cell).is_none() && slip != Slip::TyposAreGaps {
                let (line, column, got) = (*line, names[j].clone(), cell.clone());
                return Err(InputError::BadCell { line, column, got, wanted: "a finite number" });
            }
        }
    }
    let zero = (slip == Slip::GapsAreZero).then_some(0.0);
    let column = |(j, name): (usize, &String)| {
        let cells = rows.iter().map(|(_, cells)| &cells[j]);
        let cells = if holds_numbers[j] {
            Cells::Numbers(cells.map(|cell| if gap(cell) { zero } else { number(cell) }).collect())
        } else {
            Cells::Words(cells.map(|cell| (!gap(cell)).then(|| cell.clone())).collect())
        };
        Column { name: name.clone(), cells }
    };
    Ok(Table { columns: names.iter().enumerate().map(column).collect() })
}
