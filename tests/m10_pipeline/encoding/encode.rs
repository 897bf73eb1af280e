use judge::{Answer, any, close_entries, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::encoding::encode;
use kit::{InputError, Matrix, Table};

use super::tables::{encoded, known_and_new, scale, scales};

#[test]
fn features_and_classes_are_those_of_the_training_rows() {
    for_all("seen, table", known_and_new()).holds(|[seen, table]| {
        let [known, new] = [encoded(seen, seen)?, encoded(table, seen)?];
        let look =
            "What a feature means is learned from the training rows, and the same for every row after.";
        equal("features of new rows", new.features, known.features.clone(), look)?;
        equal("classes of new rows", new.classes, known.classes, look)?;
        let shape = (table.rows(), known.features.len());
        equal(
            "the shape of x",
            new.x.shape(),
            shape,
            "One row a row, one column a feature; there may be no row.",
        )
    });
}

#[test]
fn names_say_what_the_features_are() {
    example(|| {
        let seen = Table::of([
            ("hue", "tan red ? Zinc"),
            ("mass", "1 2 3 4"),
            ("kind", "owl cat owl Dog"),
            ("age", "1 1 1 1"),
        ]);
        let got = encoded(&seen, &seen)?;
        let want = ["hue=Zinc", "hue=red", "hue=tan", "mass", "age"].map(ToOwned::to_owned).to_vec();
        equal(
            "features",
            got.features,
            want,
            "Columns from left to right, words in the order of str (capitals first), no target.",
        )?;
        let want = ["Dog", "cat", "owl"].map(ToOwned::to_owned).to_vec();
        equal("classes", got.classes, want, "In the order of str (capitals first), each once.")?;
        equal("y", got.y, vec![2, 1, 2, 0], "The label is the place of the word among the classes.")
    });
}

#[test]
fn numbers_are_scaled_and_gaps_become_the_mean() {
    for_all("seen, table", known_and_new()).holds(|[seen, table]| {
        let got = encoded(table, seen)?;
        let numbers = [table.numbers("mass").accepted("mass")?, table.numbers("age").accepted("age")?];
        let [age, mass] = scales();
        let want = Matrix::from_fn(table.rows(), 2, |i, j| {
            let scale = [&mass, &age][j];
            numbers[j][i].map_or(0.0, |x| (x - scale.mean) / scale.deviation)
        });
        let first = Matrix::from_fn(table.rows(), 2, |i, j| got.x[(i, j)]);
        let look =
            "(x − m) / s by the scale of this column's name; a gap counts as m, which is 0 after scaling.";
        close_entries("the columns mass and age of x", &first, &want, |_, _| rounding(4, 64.0), look)
    });
}

#[test]
fn words_become_a_single_one_and_gaps_and_strangers_none() {
    for_all("seen, table", known_and_new()).holds(|[seen, table]| {
        let got = encoded(table, seen)?;
        let mut known: Vec<&String> = seen.words("hue").accepted("hue")?.iter().flatten().collect();
        known.sort();
        known.dedup();
        let words = table.words("hue").accepted("hue")?;
        let want = Matrix::from_fn(table.rows(), known.len(), |i, j| {
            f64::from(u8::from(words[i].as_ref() == Some(known[j])))
        });
        let last = Matrix::from_fn(table.rows(), known.len(), |i, j| got.x[(i, 2 + j)]);
        let look = "1 in the column of its own word. A gap, or a word that training never showed, has no \
            column: zeros.";
        close_entries(&format!("the columns {:?} of x", &got.features[2..]), &last, &want, |_, _| 0.0, look)?;
        let strangers = words.iter().flatten().filter(|word| !known.contains(word)).count();
        equal(
            "unseen",
            got.unseen,
            strangers,
            "Count every word that the training rows never showed; a gap is no word.",
        )
    });
}

#[test]
fn every_row_is_encoded_by_itself() {
    for_all("seen, table", known_and_new()).cases(128).holds(|[seen, table]| {
        let together = encoded(table, seen)?;
        for i in 0..table.rows() {
            let alone = encoded(&table.select(&[i]), seen)?;
            let row = Matrix::from_fn(1, together.x.cols(), |_, j| together.x[(i, j)]);
            let look = format!(
                "Row {i} encoded alone came out otherwise than among the others: what did they tell it?"
            );
            close_entries(&format!("x of row {i} alone"), &alone.x, &row, |_, _| rounding(4, 64.0), &look)?;
            equal(&format!("y of row {i} alone"), &alone.y[..], &together.y[i..=i], &look)?;
        }
        Ok(())
    });
}

#[test]
fn a_class_that_training_never_showed_is_rejected() {
    example(|| {
        let seen = Table::of([("mass", "1 2"), ("kind", "cat dog")]);
        for (kinds, line, got) in [("dog owl cat", 2, "owl"), ("dog cat ?", 3, ""), ("? ant", 1, "")] {
            let mut table = Table::of([("mass", "1 2 3"), ("kind", kinds)]);
            table = table.select(&(0..kinds.split(' ').count()).collect::<Vec<_>>());
            let wanted = "a class of the training rows";
            let want = InputError::BadCell { line, column: "kind".to_owned(), got: got.to_owned(), wanted };
            let look = "Nobody can have learned this class. Rows count from 1 here, as lines do.";
            rejected(
                &format!("encode({table:?}, {seen:?}, …)"),
                encode(&table, &seen, "kind", &scales()),
                want,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_column_that_is_missing_is_rejected() {
    example(|| {
        let full = Table::of([("mass", "1 2"), ("hue", "red tan"), ("kind", "cat dog")]);
        let no_hue = Table::of([("mass", "1 2"), ("kind", "cat dog")]);
        let number_hue = Table::of([("mass", "1 2"), ("hue", "1 2"), ("kind", "cat dog")]);
        let no_kind = Table::of([("mass", "1 2")]);
        let no = |got: &str, wanted| InputError::NoColumn { got: got.to_owned(), wanted };
        for (what, table, seen, scales, want) in [
            ("no hue in training", &full, &no_hue, &scales()[..], no("hue", "words")),
            ("a hue of numbers in training", &full, &number_hue, &scales()[..], no("hue", "words")),
            ("no scale for mass", &full, &full, &scales()[..1], no("mass", "a scale")),
            ("no target in training", &full, &no_kind, &scales()[..], no("kind", "words")),
            ("no target in the rows", &no_kind, &full, &scales()[..], no("kind", "words")),
        ] {
            let look =
                "Look for each column of the table among the training rows' columns, or among the scales.";
            rejected(&format!("encode(…) with {what}"), encode(table, seen, "kind", scales), want, look)?;
        }
        let got = encode(&no_hue, &full, "kind", &scales()).accepted("encode(rows without hue, …)")?;
        equal(
            "features",
            got.features,
            vec!["mass".to_owned()],
            "A column that only training has makes no feature.",
        )
    });
}

#[test]
fn a_deviation_is_divided_by() {
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
                "Subtract the mean, then divide by the deviation. A number that is far off stays far off.",
            )
        },
    );
}

#[test]
fn features_stand_in_the_order_of_the_rows_that_are_encoded() {
    for_all("seen, table", known_and_new()).cases(64).holds(|[seen, table]| {
        let mut turned = seen.clone();
        turned.columns.reverse();
        let (got, want) = (encoded(table, &turned)?, encoded(table, seen)?);
        let look = "The columns of the table from left to right. In which order training has them does not \
            matter: go by names.";
        equal("features, the columns of training turned round", got.features, want.features, look)?;
        close_entries(
            "x, the columns of training turned round",
            &got.x,
            &want.x,
            |_, _| rounding(4, 64.0),
            look,
        )
    });
}

#[test]
fn a_gap_among_the_classes_of_training_is_no_class() {
    example(|| {
        let seen = Table::of([("mass", "1 2 3"), ("kind", "dog ? cat")]);
        let table = Table::of([("mass", "1 2"), ("kind", "cat dog")]);
        let got = encoded(&table, &seen)?;
        let look = "The classes are the words of the training rows. A gap is no word.";
        equal("classes of [dog, ?, cat]", got.classes, vec!["cat".to_owned(), "dog".to_owned()], look)?;
        equal("y of [cat, dog]", got.y, vec![0, 1], look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let no = |got: &str, wanted| InputError::NoColumn { got: got.to_owned(), wanted };
        let seen = Table::of([("mass", "1 2"), ("age", "1 2"), ("kind", "cat dog")]);
        let table = Table::of([("hue", "red tan"), ("mass", "1 2"), ("kind", "owl dog")]);
        let look = "The target, then the columns from left to right, then the classes of the rows.";
        rejected(
            "encode(a hue and a mass that nobody knows, an owl)",
            encode(&table, &seen, "kind", &[]),
            no("hue", "words"),
            look,
        )?;
        let table = Table::of([("mass", "1 2"), ("hue", "red tan"), ("kind", "owl dog")]);
        rejected(
            "encode(a mass and a hue that nobody knows, an owl)",
            encode(&table, &seen, "kind", &[]),
            no("mass", "a scale"),
            look,
        )?;
        rejected(
            "encode(…, \"species\", …)",
            encode(&table, &seen, "species", &[]),
            no("species", "words"),
            look,
        )
    });
}
