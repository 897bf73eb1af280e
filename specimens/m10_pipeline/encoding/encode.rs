use kit::pipeline::{Encoded, Scale};
use kit::{Cells, InputError, Matrix, Table};

use crate::reference::m10_pipeline::encoding as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{Slip, cell_by_cell, mapped};

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
                "a map from each word to its feature, starting from zeros",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::None),
            ),
            chaff(
                "words_of_the_rows",
                "The categories are those of the rows to be encoded.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::OwnWords),
            ),
            chaff(
                "words_of_all",
                "The categories are those of training and test rows together.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::AllWords),
            ),
            chaff(
                "numbered",
                "A categorical feature is numbered (ordinal encoding).",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::Numbered),
            ),
            chaff(
                "one_left_out",
                "The last category is dropped (dummy encoding).",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::OneLeftOut),
            ),
            chaff(
                "in_order_of_appearance",
                "Categories are in the order in which they appear.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::OrderOfAppearance),
            ),
            chaff(
                "unknown_as_first",
                "An unknown category counts as the first one.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::StrangerAsFirst),
            ),
            chaff(
                "imputed_before_scaling",
                "A missing value is 0 before scaling, not after.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::GapIsZero),
            ),
            chaff("not_scaled", "Numeric features need no scaling.", |table, seen, target, scales| {
                mapped(table, seen, target, scales, Slip::NotScaled)
            }),
            chaff(
                "multiplied",
                "Standardization multiplies by the deviation.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::Multiplied),
            ),
            chaff(
                "scales_in_order",
                "The scales are in the order of the numeric columns.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::ScalesInOrder),
            ),
            chaff(
                "missing_is_unseen",
                "A missing value counts as an unknown category.",
                |table, seen, target, scales| {
                    let mut encoded = reference::encode(table, seen, target, scales)?;
                    for column in
                        table.columns.iter().filter(|column| matches!(column.cells, Cells::Words(_)))
                    {
                        encoded.unseen += (0..table.rows()).filter(|&i| column.cells.is_gap(i)).count();
                    }
                    Ok(encoded)
                },
            ),
            chaff(
                "unknown_not_counted",
                "Unknown categories need not be counted.",
                |table, seen, target, scales| {
                    Ok(Encoded { unseen: 0, ..reference::encode(table, seen, target, scales)? })
                },
            ),
            chaff(
                "classes_of_the_rows",
                "The classes are those of the rows to be encoded.",
                |table, seen, target, scales| {
                    let encoded = reference::encode(table, seen, target, scales)?;
                    let own = reference::encode(table, table, target, scales)?;
                    Ok(Encoded { y: own.y, classes: own.classes, ..encoded })
                },
            ),
            chaff(
                "unknown_class_as_first",
                "An unknown class counts as the first one.",
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
            chaff("rows_from_zero", "Rows in an error are counted from 0.", |table, seen, target, scales| {
                reference::encode(table, seen, target, scales).map_err(|error| match error {
                    InputError::BadCell { line, column, got, wanted } => {
                        InputError::BadCell { line: line - 1, column, got, wanted }
                    }
                    error => error,
                })
            }),
            chaff(
                "scale_missing_is_one",
                "A column without a scale is left unscaled.",
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
                "Categories are sorted without regard to case.",
                |table, seen, target, scales| mapped(table, seen, target, scales, Slip::SortedWithoutCase),
            ),
            chaff(
                "classes_without_case",
                "Classes are sorted without regard to case.",
                |table, seen, target, scales| {
                    let encoded = reference::encode(table, seen, target, scales)?;
                    let mut classes = encoded.classes.clone();
                    classes.sort_by_key(|class| class.to_lowercase());
                    let place = |label: &usize| classes.iter().position(|it| *it == encoded.classes[*label]);
                    Ok(Encoded { y: encoded.y.iter().filter_map(place).collect(), classes, ..encoded })
                },
            ),
            chaff("clamped", "Standardized numbers are clipped to ±100.", |table, seen, target, scales| {
                let encoded = reference::encode(table, seen, target, scales)?;
                let (n, d) = encoded.x.shape();
                Ok(Encoded {
                    x: Matrix::from_fn(n, d, |i, j| encoded.x[(i, j)].clamp(-100.0, 100.0)),
                    ..encoded
                })
            }),
            chaff("nothing", "A matrix of zeros is a valid encoding.", |table, seen, target, scales| {
                let encoded = reference::encode(table, seen, target, scales)?;
                let (n, d) = encoded.x.shape();
                Ok(Encoded { x: Matrix::zeros(n, d), ..encoded })
            }),
            chaff(
                "in_the_order_of_training",
                "Features are in the order of the training columns.",
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
                "missing_is_a_class",
                "A missing target is a class with an empty name.",
                |table, seen, target, scales| {
                    let mut e = reference::encode(table, seen, target, scales)?;
                    if seen.words(target)?.iter().any(Option::is_none) {
                        e.classes.insert(0, String::new());
                        e.y.iter_mut().for_each(|y| *y += 1);
                    }
                    Ok(e)
                },
            ),
            wheat("cell_by_cell", "one long list of cells, filled row after row; x/s − m/s", cell_by_cell),
            chaff(
                "first_letters",
                "The first twenty letters identify a category.",
                |table, seen, target, scales| {
                    let short = |of: &Table| {
                        with_words(of, target, |words| {
                            let letters = |word: &String| word.chars().take(20).collect();
                            words.iter().map(|word| word.as_ref().map(letters)).collect()
                        })
                    };
                    reference::encode(&short(table), &short(seen), target, scales)
                },
            ),
            chaff(
                "forty_training_rows",
                "The first forty training rows show all categories.",
                |table, seen, target, scales| {
                    let few = with_words(seen, target, |words| words.iter().take(40).cloned().collect());
                    reference::encode(table, &few, target, scales)
                },
            ),
            chaff(
                "words_without_case",
                "A word is known whether it is written with capitals or not.",
                |table, seen, target, scales| {
                    matched(table, seen, target, scales, |known, word| known.eq_ignore_ascii_case(word))
                },
            ),
            chaff(
                "blanks_trimmed",
                "Blanks around a word do not belong to it.",
                |table, seen, target, scales| {
                    matched(table, seen, target, scales, |known, word| known.trim() == word.trim())
                },
            ),
            chaff(
                "sixteen_categories",
                "No feature has more than sixteen categories.",
                |table, seen, target, scales| {
                    let few = with_words(seen, target, |words| {
                        let mut known: Vec<_> = words.iter().flatten().collect();
                        known.sort();
                        known.dedup();
                        let few = |word: &&String| known.binary_search(word).is_ok_and(|k| k < 16);
                        words.iter().map(|word| word.as_ref().filter(few).cloned()).collect()
                    });
                    reference::encode(table, &few, target, scales)
                },
            ),
        ],
    )(table, seen, target, scales)
}

/// Words of the rows that match a known one are read as the first such.
fn matched(
    table: &Table,
    seen: &Table,
    target: &str,
    scales: &[Scale],
    is_known: fn(&str, &str) -> bool,
) -> Answer {
    let mut table = table.clone();
    for column in table.columns.iter_mut().filter(|column| column.name != target) {
        if let Cells::Words(words) = &mut column.cells {
            let mut known: Vec<_> = seen.words(&column.name)?.iter().flatten().collect();
            known.sort();
            for word in words.iter_mut().flatten() {
                if let Some(same) = known.iter().find(|known| is_known(known, word)) {
                    word.clone_from(same);
                }
            }
        }
    }
    reference::encode(&table, seen, target, scales)
}

/// The table with other words in each categorical feature.
fn with_words(
    table: &Table,
    target: &str,
    change: impl Fn(&[Option<String>]) -> Vec<Option<String>>,
) -> Table {
    let mut table = table.clone();
    for column in table.columns.iter_mut().filter(|column| column.name != target) {
        if let Cells::Words(words) = &mut column.cells {
            *words = change(words);
        }
    }
    table
}
