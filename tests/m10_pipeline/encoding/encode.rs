use std::collections::BTreeSet;

use judge::any::select;
use judge::{Answer, any, close_entries, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::encoding::encode;
use kit::{Cells, Column, InputError, Matrix, Table};
use proptest::prelude::*;

use super::super::draw::{shape, wide_table};
use super::tables::{encoded, known_and_new, scale, scales, words_of_any_number};
use judge::any::sizes;

#[test]
fn features_and_classes_come_from_the_training_set() {
    for_all("training, table", known_and_new()).holds(|[training, table]| {
        let [known, new] = [encoded(training, training)?, encoded(table, training)?];
        let look = "The features are learned from the training rows, and are the same for all other rows.";
        equal("features of new rows", new.features, known.features.clone(), look)?;
        equal("classes of new rows", new.classes, known.classes, look)?;
        let shape = (table.rows(), known.features.len());
        let look = "One row per row, one column per feature; there may be no row.";
        equal("the shape of x", new.x.shape(), shape, look)
    });
}

#[test]
fn names_features_by_column_and_word() {
    example(|| {
        let training = Table::of([
            ("hue", "tan red ? Zinc"),
            ("mass", "1 2 3 4"),
            ("kind", "owl cat owl Dog"),
            ("age", "1 1 1 1"),
        ]);
        let got = encoded(&training, &training)?;
        let want = ["hue=Zinc", "hue=red", "hue=tan", "mass", "age"].map(ToOwned::to_owned).to_vec();
        equal(
            "features",
            got.features,
            want,
            "Columns from left to right, categories in the order of str (capitals first), no target.",
        )?;
        let want = ["Dog", "cat", "owl"].map(ToOwned::to_owned).to_vec();
        equal("classes", got.classes, want, "In the order of str (capitals first), each once.")?;
        equal("y", got.y, vec![2, 1, 2, 0], "The label is the index of the word among the classes.")
    });
}

#[test]
fn standardizes_numbers_and_imputes_the_mean() {
    for_all("training, table", known_and_new()).holds(|[training, table]| {
        let got = encoded(table, training)?;
        let numbers = [table.numbers("mass").accepted("mass")?, table.numbers("age").accepted("age")?];
        let [age, mass] = scales();
        let want = Matrix::from_fn(table.rows(), 2, |i, j| {
            let scale = [&mass, &age][j];
            numbers[j][i].map_or(0.0, |x| (x - scale.mean) / scale.deviation)
        });
        let first = Matrix::from_fn(table.rows(), 2, |i, j| got.x[(i, j)]);
        let look =
            "(x − m) / s by the scale of this column; a missing value is imputed with m, 0 after scaling.";
        close_entries("the columns mass and age of x", &first, &want, |_, _| rounding(4, 64.0), look)
    });
}

#[test]
fn one_hot_encodes_words() {
    for_all("training, table", known_and_new()).holds(|[training, table]| {
        let got = encoded(table, training)?;
        let mut known: Vec<&String> = training.words("hue").accepted("hue")?.iter().flatten().collect();
        known.sort();
        known.dedup();
        let words = table.words("hue").accepted("hue")?;
        let want = Matrix::from_fn(table.rows(), known.len(), |i, j| {
            f64::from(u8::from(words[i].as_ref() == Some(known[j])))
        });
        let last = Matrix::from_fn(table.rows(), known.len(), |i, j| got.x[(i, 2 + j)]);
        let look = "1 in the column of its own word. A missing value, or a word that the training rows do \
            not contain, gives zeros.";
        close_entries(&format!("the columns {:?} of x", &got.features[2..]), &last, &want, |_, _| 0.0, look)?;
        let unknown = words.iter().flatten().filter(|word| !known.contains(word)).count();
        equal(
            "unseen",
            got.unseen,
            unknown,
            "Count every word that the training rows do not contain; a missing value is no word.",
        )
    });
}

#[test]
fn encodes_rows_independently() {
    for_all("training, table", known_and_new()).cases(128).holds(|[training, table]| {
        let together = encoded(table, training)?;
        for i in 0..table.rows() {
            let alone = encoded(&table.select(&[i]), training)?;
            let row = Matrix::from_fn(1, together.x.cols(), |_, j| together.x[(i, j)]);
            let look = format!(
                "Row {i} encoded alone differs from row {i} among others: rows must be encoded independently."
            );
            close_entries(&format!("x of row {i} alone"), &alone.x, &row, |_, _| rounding(4, 64.0), &look)?;
            equal(&format!("y of row {i} alone"), &alone.y[..], &together.y[i..=i], &look)?;
        }
        Ok(())
    });
}

#[test]
fn encodes_any_number_of_columns_words_and_classes() {
    for_all("training, table", words_of_any_number()).cases(64).holds(|[training, table]| {
        let got = encode(table, training, "kind", &[]).accepted("encode(table, training, \"kind\", [])")?;
        let known = |name: &str| -> Result<Vec<String>, judge::Broken> {
            let words = training.words(name).accepted("words")?;
            Ok(words.iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect())
        };
        let (mut features, mut rows, mut unseen) = (Vec::new(), vec![Vec::new(); table.rows()], 0);
        for column in table.columns.iter().filter(|column| column.name != "kind") {
            let (known, words) = (known(&column.name)?, table.words(&column.name).accepted("words")?);
            features.extend(known.iter().map(|word| format!("{}={word}", column.name)));
            unseen += words.iter().flatten().filter(|word| !known.contains(word)).count();
            for (row, word) in rows.iter_mut().zip(words) {
                row.extend(known.iter().map(|it| f64::from(u8::from(word.as_ref() == Some(it)))));
            }
        }
        let look = "Every column, word, class and row has its place, however many. Words are equal only if \
            all their characters are: \"Red\" and \" red\" are other words than \"red\".";
        equal("features", &got.features, &features, look)?;
        equal(
            "unseen",
            got.unseen,
            unseen,
            "Each word that the training rows do not contain, each time it comes.",
        )?;
        let want = Matrix::from_fn(table.rows(), features.len(), |i, j| rows[i][j]);
        close_entries("x", &got.x, &want, |_, _| 0.0, look)?;
        let classes = known("kind")?;
        let label = |word: &Option<String>| classes.iter().position(|class| Some(class) == word.as_ref());
        let y: Option<Vec<usize>> = table.words("kind").accepted("kind")?.iter().map(label).collect();
        equal("y", Some(got.y), y, look)?;
        equal("classes", got.classes, classes, look)
    });
}

#[test]
fn keeps_the_column_order_of_the_table() {
    for_all("training, table", known_and_new()).cases(64).holds(|[training, table]| {
        let mut reversed = training.clone();
        reversed.columns.reverse();
        let (got, want) = (encoded(table, &reversed)?, encoded(table, training)?);
        let look = "The columns of the table from left to right. The order of the training columns does not \
            matter: look them up by name.";
        equal("features, the columns of the training rows reversed", got.features, want.features, look)?;
        close_entries(
            "x, the columns of the training rows reversed",
            &got.x,
            &want.x,
            |_, _| rounding(4, 64.0),
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::encoding::encode;
        use kit::{Matrix, Table, pipeline::Scale};
        let train = Table::of([("mass", "1 3"), ("sex", "m f"), ("kind", "b a")]);
        let test = Table::of([("mass", "5 ?"), ("sex", "f x"), ("kind", "a a")]);
        let scales = [Scale { column: "mass".to_owned(), mean: 2.0, deviation: 1.0 }];
        let encoded = encode(&test, &train, "kind", &scales)?;
        assert_eq!(encoded.features, ["mass", "sex=f", "sex=m"]);
        assert_eq!(encoded.x, Matrix::from_rows([[3.0, 1.0, 0.0], [0.0, 0.0, 0.0]]));
        assert_eq!(
            (encoded.classes, encoded.y, encoded.unseen),
            (vec!["a".into(), "b".into()], vec![0, 0], 1)
        );
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_missing_columns_and_scales() {
        example(|| {
            let full = Table::of([("mass", "1 2"), ("hue", "red tan"), ("kind", "cat dog")]);
            let no_hue = Table::of([("mass", "1 2"), ("kind", "cat dog")]);
            let number_hue = Table::of([("mass", "1 2"), ("hue", "1 2"), ("kind", "cat dog")]);
            let no_kind = Table::of([("mass", "1 2")]);
            let no = |got: &str, wanted| InputError::NoColumn { got: got.to_owned(), wanted };
            for (what, table, training, scales, want) in [
                ("no hue in training", &full, &no_hue, &scales()[..], no("hue", "words")),
                ("a hue of numbers in training", &full, &number_hue, &scales()[..], no("hue", "words")),
                ("no scale for mass", &full, &full, &scales()[..1], no("mass", "a scale")),
                ("no target in training", &full, &no_kind, &scales()[..], no("kind", "words")),
                ("no target in the rows", &no_kind, &full, &scales()[..], no("kind", "words")),
            ] {
                let look =
                    "Look up each column of the table among the training rows' columns, or among the scales.";
                rejected(
                    &format!("encode(…) with {what}"),
                    encode(table, training, "kind", scales),
                    want,
                    look,
                )?;
            }
            let got = encode(&no_hue, &full, "kind", &scales()).accepted("encode(rows without hue, …)")?;
            equal(
                "features",
                got.features,
                vec!["mass".to_owned()],
                "A column that only the training rows have makes no feature.",
            )
        });
    }

    #[test]
    fn reports_an_unknown_class_or_scale_wherever_it_is() {
        let inputs = (sizes([1..=4, 1..=4], [301, 41]), any::seed(), proptest::bool::ANY);
        for_all("rows, columns, i, missing", inputs).cases(48).holds(|&([n, cols], i, missing)| {
            let (row, column) = (i as usize % n, (i >> 32) as usize % cols);
            let numbers =
                |j: usize| Column { name: format!("x{j}"), cells: Cells::Numbers(vec![Some(1.0); n]) };
            let mut columns: Vec<Column> = (0..cols).map(numbers).collect();
            let mut kinds = vec![Some("cat".to_owned()); n];
            columns.push(Column { name: "kind".to_owned(), cells: Cells::Words(kinds.clone()) });
            let training = Table { columns };
            let all: Vec<_> = (0..cols).rev().map(|j| scale(&format!("x{j}"), 0.0, 1.0)).collect();
            kinds[row] = (!missing).then(|| "owl".to_owned());
            let mut table = training.clone();
            table.columns[cols].cells = Cells::Words(kinds);
            let got = if missing { String::new() } else { "owl".to_owned() };
            let wanted = "a class of the training rows";
            let want = InputError::BadCell { line: row + 1, column: "kind".to_owned(), got, wanted };
            let look = "This class cannot have been learned. Rows count from 1 here, as lines do.";
            let got = encode(&table, &training, "kind", &all);
            rejected(&format!("encode of row {}", row + 1), got, want, look)?;
            let without: Vec<_> =
                all.into_iter().filter(|scale| scale.column != format!("x{column}")).collect();
            let want = InputError::NoColumn { got: format!("x{column}"), wanted: "a scale" };
            let look = "Every numeric column needs its scale.";
            rejected(
                &format!("encode without a scale of x{column}"),
                encode(&training, &training, "kind", &without),
                want,
                look,
            )
        });
    }

    #[test]
    fn divides_by_the_deviation() {
        for_all("x, m, s, k", (any::eighth(), any::eighth(), 1..5_i32, 0..40_i32)).cases(64).holds(
            |(x, mean, s, k)| {
                let (x, deviation) = (x * 2.0_f64.powi(*k), f64::from(*s) / 4.0);
                let table = Table::of([("mass", x.to_string().as_str()), ("kind", "cat")]);
                let got =
                    encode(&table, &table, "kind", &[scale("mass", *mean, deviation)]).accepted("encode")?;
                let want = Matrix::from_rows([[(x - mean) / deviation]]);
                close_entries(
                    "x",
                    &got.x,
                    &want,
                    // x/s − m/s would be right as well.
                    |_, _| rounding(4, (x.abs() + mean.abs()) / deviation),
                    "Subtract the mean, then divide by the deviation. Do not clip outliers.",
                )
            },
        );
    }

    #[test]
    fn missing_target_is_no_class() {
        example(|| {
            let training = Table::of([("mass", "1 2 3"), ("kind", "dog ? cat")]);
            let table = Table::of([("mass", "1 2"), ("kind", "cat dog")]);
            let got = encoded(&table, &training)?;
            let look = "The classes are the words of the training rows. A missing value is no word.";
            equal("classes of [dog, ?, cat]", got.classes, vec!["cat".to_owned(), "dog".to_owned()], look)?;
            equal("y of [cat, dog]", got.y, vec![0, 1], look)
        });
    }

    #[test]
    fn takes_any_column_of_words_as_target() {
        example(|| {
            let table = Table::of([("hue", "red tan"), ("kind", "owl cat")]);
            for (target, want) in [("kind", ["hue=red", "hue=tan"]), ("hue", ["kind=cat", "kind=owl"])] {
                let got = encode(&table, &table, target, &[]).accepted("encode")?;
                let want = want.map(ToOwned::to_owned).to_vec();
                equal(&format!("the features with {target:?} as target"), got.features, want, "All others.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn handles_large_tables_and_all_magnitudes() {
        let tables = wide_table(shape());
        let target = select(vec!["kind", "class", "hue"]).prop_map(ToOwned::to_owned);
        let powers = prop_oneof![3 => Just(0), 2 => -300..=300_i32, 1 => -420..=-400_i32, 1 => 400..=420_i32];
        for_all("table, target, k", (tables, target, powers)).cases(48).holds(|(table, target, k)| {
            let unit = 2.0_f64.powi(*k);
            let mut table = table.clone();
            for column in &mut table.columns {
                match &mut column.cells {
                    Cells::Numbers(numbers) => {
                        numbers.iter_mut().for_each(|cell| *cell = cell.map(|x| x * unit));
                    }
                    Cells::Words(words) => {
                        words.iter_mut().for_each(|word| *word = word.take().or(Some("red".to_owned())));
                        // The column of classes has one of several names.
                        if column.name == "kind" && target == "class" {
                            column.name = "class".to_owned();
                        }
                    }
                }
            }
            let numeric = |column: &&Column| matches!(column.cells, Cells::Numbers(_));
            let scales: Vec<_> = (table.columns.iter().filter(numeric).enumerate())
                .map(|(j, column)| scale(&column.name, unit * j as f64 / 7.0, unit * (j as f64 + 1.0) / 3.0))
                .collect();
            let got =
                encode(&table, &table, target, &scales).accepted("encode(table, table, target, scales)")?;
            let mut want: Vec<Vec<f64>> = vec![Vec::new(); table.rows()];
            let mut used = scales.iter();
            for column in table.columns.iter().filter(|column| column.name != *target) {
                match &column.cells {
                    Cells::Numbers(numbers) => {
                        let scale = used.next();
                        let scaled = |x: &f64| scale.map_or(0.0, |scale| (x - scale.mean) / scale.deviation);
                        for (row, x) in want.iter_mut().zip(numbers) {
                            row.push(x.as_ref().map_or(0.0, scaled));
                        }
                    }
                    Cells::Words(words) => {
                        let known: BTreeSet<&String> = words.iter().flatten().collect();
                        for (row, word) in want.iter_mut().zip(words) {
                            row.extend(
                                known.iter().map(|it| f64::from(u8::from(word.as_ref() == Some(*it)))),
                            );
                        }
                    }
                }
            }
            let features = want.first().map_or(0, Vec::len);
            let look = "One per numeric column and category.";
            equal("the number of features", got.features.len(), features, look)?;
            equal("the shape of x", got.x.shape(), (table.rows(), features), "One row per row.")?;
            let want = Matrix::from_fn(table.rows(), features, |i, j| want[i][j]);
            // The mean of a scale is at most half its deviation: x and m are not much larger than their difference, or both small.
            let look = "Every row and column counts, whatever the magnitude of its numbers.";
            close_entries("x", &got.x, &want, |i, j| rounding(4, want[(i, j)].abs() + 1.0), look)
        });
    }
}
