//! Other ways to compute it, right and wrong, for the specimens of `load`.

use kit::{Cells, Column, InputError, Table, check};

use crate::reference::m10_pipeline::table as reference;

pub(super) fn sliced(text: &str, words: &[&str]) -> Result<Table, InputError> {
    let bad = |line, column: &str, got: &str, wanted| {
        Err(InputError::BadCell { line, column: column.to_owned(), got: got.to_owned(), wanted })
    };
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut line, mut rows) = (1, Vec::<(usize, Vec<String>)>::new());
    while !rest.is_empty() {
        let (began, mut cells, mut is_row) = (line, Vec::new(), false);
        loop {
            let (mut said, quoted) = (String::new(), rest.starts_with('"'));
            if let Some(mut inside) = rest.strip_prefix('"') {
                is_row = true;
                rest = "\"";
                while let Some((part, behind)) = inside.split_once('"') {
                    (said, rest) = (said + part, behind);
                    let Some(more) = behind.strip_prefix('"') else { break };
                    (said, inside, rest) = (said + "\"", more, "\"");
                }
                if rest.starts_with('"') {
                    let names: &[String] = rows.first().map_or(&[], |(_, names)| names);
                    let column = names.get(cells.len()).map_or("", |name| name);
                    return bad(began, column, (said + inside).trim(), "a closing quote");
                }
                line += said.matches('\n').count();
            }
            let (open, behind) = rest.split_at(rest.find([',', '\n']).unwrap_or(rest.len()));
            cells.push(if quoted { said.trim() } else { open.trim() }.to_owned());
            rest = behind;
            match rest.strip_prefix(',') {
                Some(more) => rest = more,
                None => break,
            }
        }
        rest = rest.strip_prefix('\n').unwrap_or_default();
        line += 1;
        if is_row || cells.len() > 1 || !cells[0].is_empty() {
            rows.push((began, cells));
        }
    }
    check::at_least(1, rows.len())?;
    let (line, names) = rows.remove(0);
    let mut known = std::collections::HashSet::from([""]);
    if let Some(name) = names.iter().find(|name| !known.insert(name)) {
        return bad(line, name, name, "a name of its own");
    }
    for word in words {
        if !known.contains(word) || word.is_empty() {
            return Err(InputError::NoColumn { got: (*word).to_owned(), wanted: "words" });
        }
    }
    let finite = |cell: &str| cell.parse::<f64>().ok().filter(|x| x.abs() < f64::INFINITY);
    let is_gap = |cell: &str| matches!(cell, "" | "NA");
    let mut columns: Vec<Column> = Vec::new();
    for (j, name) in names.iter().enumerate() {
        let first = rows.iter().filter_map(|row| row.1.get(j)).find(|cell| !is_gap(cell));
        let is_numbers = first.is_some_and(|cell| finite(cell).is_some()) && !words.contains(&name.as_str());
        let cells = if is_numbers { Cells::Numbers(vec![]) } else { Cells::Words(vec![]) };
        columns.push(Column { name: name.clone(), cells });
    }
    for (line, row) in rows {
        if row.len() != columns.len() {
            return Err(InputError::RaggedLine { line, got: row.len(), wanted: columns.len() });
        }
        for (column, cell) in columns.iter_mut().zip(row) {
            match &mut column.cells {
                Cells::Words(words) => words.push(if is_gap(&cell) { None } else { Some(cell) }),
                Cells::Numbers(numbers) if is_gap(&cell) => numbers.push(None),
                Cells::Numbers(numbers) => match finite(&cell) {
                    None => return bad(line, &column.name, &cell, "a finite number"),
                    number => numbers.push(number),
                },
            }
        }
    }
    Ok(Table { columns })
}

pub(super) fn words_first(text: &str, words: &[&str]) -> Result<Table, InputError> {
    let as_read = reference::load(text, words)?;
    let names: Vec<&str> = as_read.columns.iter().map(|column| column.name.as_str()).collect();
    let mut table = reference::load(text, &names)?;
    for column in table.columns.iter_mut().filter(|column| !words.contains(&column.name.as_str())) {
        let Cells::Words(cells) = &column.cells else { continue };
        let numbers: Vec<Option<f64>> =
            cells.iter().map(|cell| cell.as_ref().and_then(|cell| cell.parse().ok())).collect();
        let whole =
            cells.iter().zip(&numbers).all(|(cell, x)| cell.is_none() || x.is_some_and(f64::is_finite));
        if whole && cells.iter().any(Option::is_some) {
            column.cells = Cells::Numbers(numbers);
        }
    }
    Ok(table)
}
