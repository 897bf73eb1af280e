//! Other ways to compute it, right and wrong, for the specimens of `encode`.

use std::collections::BTreeMap;

use kit::pipeline::{Encoded, Scale};
use kit::{Cells, InputError, Matrix, Table};

use super::Answer;
use crate::reference::m10_pipeline::encoding as reference;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Slip {
    None,
    OwnWords,
    AllWords,
    Numbered,
    OneLeftOut,
    OrderOfAppearance,
    StrangerAsFirst,
    GapIsZero,
    NotScaled,
    Multiplied,
    ScalesInOrder,
    SortedWithoutCase,
}

pub(super) fn mapped(table: &Table, seen: &Table, target: &str, scales: &[Scale], slip: Slip) -> Answer {
    let right = reference::encode(table, seen, target, scales)?;
    let (mut features, mut columns): (Vec<String>, Vec<Vec<f64>>) = (vec![], vec![]);
    let mut numbers = 0;
    for column in table.columns.iter().filter(|column| column.name != target) {
        match &column.cells {
            Cells::Numbers(cells) => {
                let own = scales.iter().find(|scale| scale.column == column.name);
                let scale = if slip == Slip::ScalesInOrder { scales.get(numbers) } else { own };
                let (m, s) = scale.map_or((0.0, 1.0), |scale| (scale.mean, scale.deviation));
                numbers += 1;
                let scaled = |x: f64| match slip {
                    Slip::NotScaled => x,
                    Slip::Multiplied => (x - m) * s,
                    _ => (x - m) / s,
                };
                let gap = if slip == Slip::GapIsZero { scaled(0.0) } else { 0.0 };
                features.push(column.name.clone());
                columns.push(cells.iter().map(|cell| cell.map_or(gap, scaled)).collect());
            }
            Cells::Words(cells) => {
                let learned = seen.words(&column.name)?;
                let mut known: Vec<&String> = match slip {
                    Slip::OwnWords => cells.iter().flatten().collect(),
                    Slip::AllWords => learned.iter().chain(cells).flatten().collect(),
                    _ => learned.iter().flatten().collect(),
                };
                if slip == Slip::OrderOfAppearance {
                    let all = known.clone();
                    known = vec![];
                    all.into_iter().for_each(|word| {
                        if !known.contains(&word) {
                            known.push(word)
                        }
                    });
                } else {
                    known.sort();
                    known.dedup();
                }
                if slip == Slip::SortedWithoutCase {
                    known.sort_by_key(|word| word.to_lowercase());
                }
                if slip == Slip::OneLeftOut {
                    known.pop();
                }
                let place: BTreeMap<&String, usize> =
                    known.iter().enumerate().map(|(j, word)| (*word, j)).collect();
                if slip == Slip::Numbered {
                    features.push(column.name.clone());
                    columns.push(
                        cells
                            .iter()
                            .map(|cell| cell.as_ref().and_then(|it| place.get(it)).map_or(0.0, |j| *j as f64))
                            .collect(),
                    );
                    continue;
                }
                let mut hot = vec![vec![0.0; cells.len()]; known.len()];
                for (i, word) in cells.iter().enumerate() {
                    let Some(word) = word else { continue };
                    let stranger = (slip == Slip::StrangerAsFirst && !known.is_empty()).then_some(&0);
                    if let Some(j) = place.get(word).or(stranger) {
                        hot[*j][i] = 1.0;
                    }
                }
                columns.extend(hot);
                features.extend(known.iter().map(|word| format!("{}={word}", column.name)));
            }
        }
    }
    let x = Matrix::from_fn(table.rows(), columns.len(), |i, j| columns[j][i]);
    Ok(Encoded { x, features, ..right })
}

pub(super) fn cell_by_cell(table: &Table, seen: &Table, target: &str, scales: &[Scale]) -> Answer {
    let no = |got: &str, wanted| InputError::NoColumn { got: got.to_owned(), wanted };
    let words = |table: &Table, name: &str| {
        let column = table.columns.iter().find(|column| column.name == name);
        match column.map(|column| &column.cells) {
            Some(Cells::Words(words)) => Ok(words.clone()),
            _ => Err(no(name, "words")),
        }
    };
    let known = |words: Vec<Option<String>>| {
        let mut known: Vec<String> = words.into_iter().flatten().collect();
        known.sort_unstable();
        known.dedup();
        known
    };
    let (labels, classes) = (words(table, target)?, known(words(seen, target)?));
    let mut parts = Vec::new();
    let mut features = Vec::new();
    for column in &table.columns {
        if column.name == target {
            continue;
        }
        if let Cells::Words(_) = column.cells {
            let known = known(words(seen, &column.name)?);
            features.extend(known.iter().map(|word| [&column.name, "=", word].concat()));
            parts.push((&column.cells, known, [0.0, 1.0]));
        } else {
            let scale = scales.iter().find(|scale| scale.column == column.name);
            let scale = scale.ok_or_else(|| no(&column.name, "a scale"))?;
            features.push(column.name.clone());
            parts.push((&column.cells, vec![], [scale.mean / scale.deviation, scale.deviation]));
        }
    }
    let (mut x, mut y, mut unseen) = (Vec::new(), Vec::new(), 0);
    for (i, label) in labels.iter().enumerate() {
        let got = label.clone().unwrap_or_default();
        let place = label.as_ref().and_then(|label| classes.binary_search(label).ok());
        y.push(place.ok_or(InputError::BadCell {
            line: i + 1,
            column: target.to_owned(),
            got,
            wanted: "a class of the training rows",
        })?);
        for (cells, known, [shift, s]) in &parts {
            match cells {
                Cells::Numbers(numbers) => x.push(numbers[i].map_or(0.0, |x| x / s - shift)),
                Cells::Words(words) => {
                    let start = x.len();
                    x.resize(start + known.len(), 0.0);
                    match words[i].as_ref().map(|word| known.binary_search(word)) {
                        Some(Ok(place)) => x[start + place] = 1.0,
                        Some(Err(_)) => unseen += 1,
                        None => {}
                    }
                }
            }
        }
    }
    Ok(Encoded { x: Matrix::new(y.len(), features.len(), x)?, y, features, classes, unseen })
}
