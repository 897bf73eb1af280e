use std::collections::BTreeMap;

use kit::pipeline::{Encoded, Scale};
use kit::{Cells, InputError, Matrix, Table};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::encoding as reference;

type Answer = Result<Encoded, InputError>;
type Encode = fn(&Table, &Table, &str, &[Scale]) -> Answer;

/// The kata, answered by a specimen.
pub fn encode(table: &Table, seen: &Table, target: &str, scales: &[Scale]) -> Answer {
    answering::<Encode>(
        module_path!(),
        reference::encode,
        &[
            wheat("row_by_row", "encodes each row alone and stacks them", |table, seen, target, scales| {
                let mut all = reference::encode(&table.select(&[]), seen, target, scales)?;
                reference::encode(table, seen, target, scales)?;
                let mut entries: Vec<f64> = vec![];
                for i in 0..table.rows() {
                    let one = reference::encode(&table.select(&[i]), seen, target, scales)?;
                    entries.extend(one.x.as_slice());
                    all.y.extend(one.y);
                    all.unseen += one.unseen;
                }
                all.x = Matrix::new(table.rows(), all.features.len(), entries)?;
                Ok(all)
            }),
            wheat(
                "counted_in_maps",
                "a map from each word to its feature, filled with zeros before",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::None),
            ),
            chaff(
                "words_of_the_rows",
                "the words are those of the rows that are encoded",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::OwnWords),
            ),
            chaff("words_of_all", "the words are those of all rows", |table, seen, target, scales| {
                mapped(table, seen, target, scales, Slip::AllWords)
            }),
            chaff("numbered", "words can be numbered", |table, seen, target, scales| {
                mapped(table, seen, target, scales, Slip::Numbered)
            }),
            chaff("one_left_out", "the last word follows from the others", |table, seen, target, scales| {
                mapped(table, seen, target, scales, Slip::OneLeftOut)
            }),
            chaff(
                "in_order_of_appearance",
                "the first word that comes is the first feature",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::OrderOfAppearance),
            ),
            chaff(
                "stranger_as_first",
                "a word that is not known counts as the first one",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::StrangerAsFirst),
            ),
            chaff(
                "gap_before_scaling",
                "a gap counts as 0, and is scaled like any number",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::GapIsZero),
            ),
            chaff("not_scaled", "numbers are numbers already", |table, seen, target, scales| {
                mapped(table, seen, target, scales, Slip::NotScaled)
            }),
            chaff("multiplied", "scaling multiplies by the deviation", |table, seen, target, scales| {
                mapped(table, seen, target, scales, Slip::Multiplied)
            }),
            chaff(
                "scales_in_order",
                "the first scale belongs to the first column of numbers",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::ScalesInOrder),
            ),
            chaff("gaps_are_unseen", "a gap is a word that was never seen", |table, seen, target, scales| {
                let mut encoded = reference::encode(table, seen, target, scales)?;
                for column in table.columns.iter().filter(|column| matches!(column.cells, Cells::Words(_))) {
                    encoded.unseen += (0..table.rows()).filter(|&i| column.cells.is_gap(i)).count();
                }
                Ok(encoded)
            }),
            chaff(
                "strangers_not_counted",
                "what is not known cannot be counted",
                |table, seen, target, scales| {
                    Ok(Encoded { unseen: 0, ..reference::encode(table, seen, target, scales)? })
                },
            ),
            chaff(
                "classes_of_the_rows",
                "the classes are those of the rows that are encoded",
                |table, seen, target, scales| {
                    let encoded = reference::encode(table, seen, target, scales)?;
                    let own = reference::encode(table, table, target, scales)?;
                    Ok(Encoded { y: own.y, classes: own.classes, ..encoded })
                },
            ),
            chaff(
                "stranger_class_as_first",
                "a class that is not known counts as the first one",
                |table, seen, target, scales| match reference::encode(table, seen, target, scales) {
                    Err(InputError::BadCell { .. }) => {
                        let mut known = table.clone();
                        let first = seen.words(target)?.iter().flatten().min().cloned();
                        let classes = seen.words(target)?.to_vec();
                        for column in known.columns.iter_mut().filter(|column| column.name == target) {
                            if let Cells::Words(words) = &mut column.cells {
                                words
                                    .iter_mut()
                                    .filter(|word| !classes.contains(word) || word.is_none())
                                    .for_each(|word| *word = first.clone());
                            }
                        }
                        reference::encode(&known, seen, target, scales)
                    }
                    answer => answer,
                },
            ),
            chaff("rows_from_zero", "rows are counted from 0", |table, seen, target, scales| {
                reference::encode(table, seen, target, scales).map_err(|error| match error {
                    InputError::BadCell { line, column, got, wanted } => {
                        InputError::BadCell { line: line - 1, column, got, wanted }
                    }
                    error => error,
                })
            }),
            chaff(
                "scale_missing_is_one",
                "a column without a scale is left as it is",
                |table, seen, target, scales| {
                    let mut all = scales.to_vec();
                    for column in &table.columns {
                        all.push(Scale { column: column.name.clone(), mean: 0.0, deviation: 1.0 });
                    }
                    reference::encode(table, seen, target, &all)
                },
            ),
            chaff(
                "sorted_without_case",
                "alphabetical order knows no capitals",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::SortedWithoutCase),
            ),
            chaff(
                "classes_without_case",
                "classes stand as in a dictionary",
                |table, seen, target, scales| {
                    let encoded = reference::encode(table, seen, target, scales)?;
                    let mut classes = encoded.classes.clone();
                    classes.sort_by_key(|class| class.to_lowercase());
                    let place = |label: &usize| classes.iter().position(|it| *it == encoded.classes[*label]);
                    Ok(Encoded { y: encoded.y.iter().filter_map(place).collect(), classes, ..encoded })
                },
            ),
            chaff("clamped", "no number is a hundred deviations off", |table, seen, target, scales| {
                let encoded = reference::encode(table, seen, target, scales)?;
                let (n, d) = encoded.x.shape();
                Ok(Encoded {
                    x: Matrix::from_fn(n, d, |i, j| encoded.x[(i, j)].clamp(-100.0, 100.0)),
                    ..encoded
                })
            }),
            chaff("nothing", "zeros are safe", |table, seen, target, scales| {
                let encoded = reference::encode(table, seen, target, scales)?;
                let (n, d) = encoded.x.shape();
                Ok(Encoded { x: Matrix::zeros(n, d), ..encoded })
            }),
            chaff(
                "in_the_order_of_training",
                "features stand in the order of the training columns",
                |table, seen, target, scales| {
                    reference::encode(table, seen, target, scales)?;
                    let mut columns: Vec<kit::Column> = Vec::new();
                    for c in &seen.columns {
                        if let Some(own) = table.columns.iter().find(|it| it.name == c.name) {
                            columns.push(own.clone());
                        }
                    }
                    reference::encode(&Table { columns }, seen, target, scales)
                },
            ),
            chaff(
                "classes_first",
                "the classes are looked at before the columns",
                |table, seen, target, scales| {
                    let kinds = |t: &Table| -> Result<Table, InputError> {
                        t.words(target)?;
                        Ok(Table {
                            columns: t.columns.iter().filter(|c| c.name == target).cloned().collect(),
                        })
                    };
                    let known = kinds(seen)?;
                    reference::encode(&kinds(table)?, &known, target, &[])?;
                    reference::encode(table, seen, target, scales)
                },
            ),
            chaff("gap_is_a_class", "a gap is a class without a name", |table, seen, target, scales| {
                let mut e = reference::encode(table, seen, target, scales)?;
                if seen.words(target)?.iter().any(Option::is_none) {
                    e.classes.insert(0, String::new());
                    e.y.iter_mut().for_each(|y| *y += 1);
                }
                Ok(e)
            }),
            wheat("cell_by_cell", "one long list of cells, filled row after row; x/s − m/s", cell_by_cell),
        ],
    )(table, seen, target, scales)
}

#[derive(Clone, Copy, PartialEq)]
enum Slip {
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

fn mapped(table: &Table, seen: &Table, target: &str, scales: &[Scale], slip: Slip) -> Answer {
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
                let learnt = seen.words(&column.name)?;
                let mut known: Vec<&String> = match slip {
                    Slip::OwnWords => cells.iter().flatten().collect(),
                    Slip::AllWords => learnt.iter().chain(cells).flatten().collect(),
                    _ => learnt.iter().flatten().collect(),
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

fn cell_by_cell(table: &Table, seen: &Table, target: &str, scales: &[Scale]) -> Answer {
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
