use std::collections::BTreeSet;

use judge::any::select;
use judge::{Answer, Broken, Verdict, any, ensure, equal, example, for_all, rejected};
use katas::m10_pipeline::cleaning::clean;
use kit::pipeline::Cleaning;
use kit::{Cells, Column, Generator, InputError, Table};
use proptest::prelude::*;

use super::super::draw::{alike, messy, ranges_for, row, shape, wide_table};
use super::definition::by_hand;
use judge::any::sizes;

fn mass(low: f64, high: f64) -> Vec<(String, [f64; 2])> {
    vec![("mass".to_owned(), [low, high])]
}

fn rows(table: &Table) -> Vec<String> {
    (0..table.rows()).map(|i| row(table, i)).collect()
}

fn cleaned(table: &Table, ranges: &[(String, [f64; 2])]) -> Result<(Table, Cleaning), Broken> {
    clean(table, "kind", ranges).accepted("clean(table, \"kind\", ranges)")
}

#[test]
fn counts_add_up() {
    for_all("table", messy(0..=8)).holds(|table| {
        let (kept, counts) = cleaned(table, &mass(-4.0, 4.0))?;
        equal("came", counts.came, table.rows(), "Count before the first row is dropped.")?;
        equal("kept", counts.kept, kept.rows(), "Count the rows that are returned.")?;
        let sum = counts.without_target + counts.too_empty + counts.repeated + counts.kept;
        let look = "A row is dropped for the first reason that applies, and counted there only.";
        equal("without_target + too_empty + repeated + kept", sum, counts.came, look)
    });
}

#[test]
fn counts_each_decision() {
    example(|| {
        // With three features: a row without a class, a mass out of range, a row with two missing, one duplicate after cleaning.
        let table = Table::of([
            ("mass", "1 99 ? 2 ? -3 ?"),
            ("age", "1 2 ? 2 2 4 9"),
            ("hue", "red red tan ? red ? red"),
            ("kind", "? cat cat dog cat dog ?"),
        ]);
        let (kept, counts) = cleaned(&table, &mass(0.0, 10.0))?;
        let want = Table::of([("mass", "? 2"), ("age", "2 2"), ("hue", "red ?"), ("kind", "cat dog")]);
        let look = "First rows without a class, then numbers out of range, then rows with most features \
            missing, then duplicates.";
        equal("the rows kept", rows(&kept), rows(&want), look)?;
        let want = Cleaning {
            came: 7,
            without_target: 2,
            out_of_range: 2,
            too_empty: 2,
            repeated: 1,
            kept: 2,
            gaps: 2,
        };
        equal("what was counted", counts, want, look)
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("table, seed", (messy(0..=8), any::seed())).holds(|(table, seed)| {
        let mut order: Vec<usize> = (0..table.rows()).collect();
        Generator::from_seed(*seed).shuffle(&mut order);
        let (kept, counts) = cleaned(table, &mass(-4.0, 4.0))?;
        let (others, other_counts) = cleaned(&table.select(&order), &mass(-4.0, 4.0))?;
        let sorted = |table: &Table| rows(table).into_iter().collect::<BTreeSet<_>>();
        let look =
            format!("With the rows in the order {order:?} another set of rows, or another count, comes out.");
        equal("the rows kept, shuffled before", sorted(&others), sorted(&kept), &look)?;
        equal("what was counted, shuffled before", other_counts, counts, &look)
    });
}

#[test]
fn is_idempotent() {
    for_all("table", messy(0..=8)).holds(|table| {
        let (once, _) = cleaned(table, &mass(-4.0, 4.0))?;
        let (twice, counts) = cleaned(&once, &mass(-4.0, 4.0))?;
        let look = "A second cleaning changes nothing: rows and cells stay, in their order.";
        equal("clean(clean(table))", twice, once.clone(), look)?;
        equal("kept of them", counts.kept, once.rows(), look)
    });
}

/// The rows kept are the complete enough ones with a class, the first of each kind, in order.
fn keeps_the_first_of_equal_rows(table: &Table, ranges: &[(String, [f64; 2])]) -> Verdict {
    let (kept, _) = cleaned(table, ranges)?;
    let mut want: Vec<String> = Vec::new();
    for i in 0..table.rows() {
        let missing = table.columns[..3].iter().filter(|column| column.cells.is_gap(i)).count();
        let contents = row(table, i);
        if !table.columns[3].cells.is_gap(i) && missing <= 1 && !want.contains(&contents) {
            want.push(contents);
        }
    }
    let look = "Rows stay in their order. A missing value equals a missing value, and nothing else: neither \
        0 nor the word NA. 0 equals −0, Red does not equal red; rows of different classes are different.";
    equal("the rows kept", rows(&kept), want, look)
}

#[test]
fn keeps_the_first_of_duplicates() {
    for_all("table", messy(0..=8)).holds(|table| keeps_the_first_of_equal_rows(table, &[]));
}

/// Tables of any size, with numbers of any magnitude; some of the time all are small, or minute.
fn scaled() -> impl Strategy<Value = Table> + Send + Sync + Clone {
    let all = prop_oneof![any::magnitude(-140, 140), any::magnitude(-30, -20), any::magnitude(-130, -120)];
    (wide_table(shape()), prop_oneof![2 => Just(1.0), 3 => all]).prop_map(|(mut table, unit)| {
        for column in &mut table.columns {
            if let Cells::Numbers(numbers) = &mut column.cells {
                numbers.iter_mut().flatten().for_each(|x| *x *= unit);
            }
        }
        table
    })
}

#[test]
fn is_right_for_tables_of_any_size_and_any_number_of_ranges() {
    for_all("table, seed of the ranges", (scaled(), any::seed())).cases(64).holds(|(table, seed)| {
        let ranges = ranges_for(table, *seed);
        // The same table without ranges, and with another target, too.
        for (target, ranges) in [("kind", &ranges[..]), ("kind", &[]), ("hue", &ranges[..])] {
            let (kept, counts) = clean(table, target, ranges).accepted("clean(table, target, ranges)")?;
            let (want, counted) = by_hand(table, target, ranges);
            let look = format!(
                "In this order: class {target}, ranges {ranges:?}, half of the features, duplicates. A \
                number out of several ranges counts once, and a row is dropped for the first reason."
            );
            equal("what was counted", counts, counted, &look)?;
            equal("the table", kept, want, &look)?;
        }
        Ok(())
    });
}

#[test]
fn equal_rows_that_are_too_empty_are_too_empty() {
    for_all("times, age", (1..=4_usize, any::eighth())).cases(24).holds(|&(times, age)| {
        let column = |name: &str, cells| Column { name: name.to_owned(), cells };
        let table = Table {
            columns: vec![
                column("mass", Cells::Numbers(vec![None; times])),
                column("age", Cells::Numbers(vec![Some(age); times])),
                column("hue", Cells::Words(vec![None; times])),
                column("kind", Cells::Words(vec![Some("cat".to_owned()); times])),
            ],
        };
        let (_, counts) = cleaned(&table, &[])?;
        let look = "Rows with most features missing are dropped before duplicates are looked for.";
        equal("(too_empty, repeated)", (counts.too_empty, counts.repeated), (times, 0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::cleaning::clean;
        use kit::Table;
        let table = Table::of([("mass", "1 1 -7 2"), ("sex", "m m f f"), ("kind", "a a b ?")]);
        let (kept, cleaning) = clean(&table, "kind", &[("mass".to_owned(), [0.0, 10.0])])?;
        assert_eq!(kept, Table::of([("mass", "1 ?"), ("sex", "m f"), ("kind", "a b")]));
        assert_eq!((cleaning.without_target, cleaning.out_of_range, cleaning.repeated), (1, 1, 1));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn compares_rows_exactly() {
        for_all("table", alike(0..=6)).holds(|table| keeps_the_first_of_equal_rows(table, &[]));
    }

    #[test]
    fn keeps_rows_with_half_of_the_features() {
        example(|| {
            let table = Table::of([("mass", "1 ? ?"), ("age", "1 2 ?"), ("kind", "cat dog owl")]);
            let (kept, _) = cleaned(&table, &[])?;
            let look =
                "Of two features one missing is half, and not more than half. The target is no feature.";
            equal("the rows kept", rows(&kept), vec!["1 1 cat".to_owned(), "? 2 dog".to_owned()], look)?;
            let alone = Table::of([("kind", "cat dog cat")]);
            let (kept, counts) = cleaned(&alone, &[])?;
            equal(
                "the rows kept of a target alone",
                kept.rows(),
                2,
                "0 of 0 features are missing: not more than half.",
            )?;
            equal("repeated", counts.repeated, 1, "The second cat equals the first.")
        });
    }

    #[test]
    fn ends_of_a_range_are_valid() {
        for_all("low, width", (any::eighth(), 0..4_i32)).cases(64).holds(|(low, width)| {
            let high = low + f64::from(*width);
            let mass = |cells: &str| Table::of([("mass", cells), ("age", "1 2 3 4"), ("kind", "a a a a")]);
            let table = mass(&format!("{low} {high} {} {}", low - 0.125, high + 0.125));
            let (kept, counts) = cleaned(&table, &[("mass".to_owned(), [*low, high])])?;
            let want = vec![Some(*low), Some(high), None, None];
            let look = "low ≤ x ≤ high is valid; everything else becomes a missing value, and the row stays.";
            equal("mass afterwards", kept.numbers("mass").accepted("numbers")?.to_vec(), want, look)?;
            equal("out of range", counts.out_of_range, 2, look)?;
            equal("gaps", counts.gaps, 2, "A number that became missing is one of the missing values left.")
        });
    }

    #[test]
    fn accepts_several_and_open_ranges() {
        example(|| {
            let table = Table::of([("mass", "1 5 9"), ("age", "1 2 3"), ("kind", "a a a")]);
            let range = |low, high| ("mass".to_owned(), [low, high]);
            let (kept, _) = cleaned(&table, &[range(f64::NEG_INFINITY, 6.0), range(3.0, f64::INFINITY)])?;
            let want = vec![None, Some(5.0), None];
            let look = "A range may be open at one end, and a column may have several ranges.";
            equal("mass afterwards", kept.numbers("mass").accepted("numbers")?.to_vec(), want, look)
        });
    }

    #[test]
    fn zero_equals_minus_zero() {
        example(|| {
            let table = Table::of([("mass", "0 -0"), ("kind", "cat cat")]);
            let (kept, _) = cleaned(&table, &[])?;
            ensure(kept.rows() == 1, || {
                Broken::answer(format!("{} rows", kept.rows()), "1 row", "0 and −0 are the same number.")
            })
        });
    }

    #[test]
    fn counts_out_of_range_values_in_labeled_rows() {
        example(|| {
            let table = Table::of([("mass", "99 99 1"), ("age", "1 2 3"), ("kind", "? cat dog")]);
            let (_, counts) = cleaned(&table, &mass(0.0, 10.0))?;
            let look = "The row without a class is dropped before the ranges are applied.";
            equal("out of range, one of two in a row without a class", counts.out_of_range, 1, look)
        });
    }

    #[test]
    fn rows_are_compared_cell_by_cell() {
        let words = vec!["", "a", "b", "?", "NA", "a b", "A"];
        let separators = vec![",", ", ", ";", "\t", " ", "|", "\n", "\"", "\u{1f}", "\0", ""];
        let inputs = ([select(words.clone()), select(words)], select(separators));
        for_all(
            "u, v, separator",
            (inputs.0.prop_map(|it| it.map(str::to_owned)), inputs.1.prop_map(str::to_owned)),
        )
        .holds(|([u, v], separator)| {
            let words = |name: &str, cells: [Option<String>; 3]| Column {
                name: name.to_owned(),
                cells: Cells::Words(cells.into()),
            };
            let (left, right) = (format!("{u}{separator}{v}"), format!("{v}{separator}{u}"));
            // (u-v, u), (u, v-u) and (missing, u): three rows unless two of them are equal, cell by cell.
            let table = Table {
                columns: vec![
                    words("hue", [Some(left), Some(u.clone()), None]),
                    words("tone", [Some(u.clone()), Some(right), Some(u.clone())]),
                    words("kind", [Some("cat".to_owned()), Some("cat".to_owned()), Some("cat".to_owned())]),
                ],
            };
            let word = |j: usize, i: usize| match &table.columns[j].cells {
                Cells::Words(words) => words[i].clone(),
                Cells::Numbers(_) => None,
            };
            let cells = |i: usize| [0, 1].map(|j| word(j, i));
            let distinct: BTreeSet<_> = (0..3).map(cells).collect();
            let (kept, _) = cleaned(&table, &[])?;
            let look = "Compare cell by cell: joined by a separator two different rows may read alike, and a \
                    missing value is neither \"\" nor \"?\".";
            equal("the number of rows kept", kept.rows(), distinct.len(), look)
        });
    }

    #[test]
    fn numbers_that_differ_at_all_are_different() {
        for_all("x", prop_oneof![any::magnitude(-300, 300), any::eighth(), any::fine()]).holds(|x| {
            let next = if *x == 0.0 { f64::from_bits(1) } else { f64::from_bits(x.to_bits() + 1) };
            let numbers = vec![Some(*x), Some(next), None, Some(0.0), Some(1.0 + f64::EPSILON), Some(1.0)];
            let distinct: BTreeSet<_> = numbers.iter().map(|x| x.map(|x| (x + 0.0).to_bits())).collect();
            let kinds = Cells::Words(vec![Some("cat".to_owned()); 6]);
            let column = |name: &str, cells| Column { name: name.to_owned(), cells };
            let table = Table {
                columns: vec![
                    column("mass", Cells::Numbers(numbers)),
                    column("hue", kinds.clone()),
                    column("kind", kinds),
                ],
            };
            let (kept, _) = cleaned(&table, &[])?;
            let look = "Compare numbers as they are: neither rounded nor as text of a few digits.";
            equal("the number of rows kept", kept.rows(), distinct.len(), look)
        });
    }

    #[test]
    fn rejects_a_bad_range_or_target_wherever_it_is() {
        let inputs =
            (wide_table(shape()), any::seed(), sizes([0..=3], [41]), any::magnitude(-100, 100), 0..4_usize);
        for_all("table, i, others, low, how", inputs).cases(64).holds(|(table, i, [others], low, how)| {
            let mut ranges = vec![("x0".to_owned(), [-1.0, 1.0]); *others];
            let (name, range, want) = match how {
                0 => (
                    "weight",
                    [0.0, 1.0],
                    InputError::NoColumn { got: "weight".to_owned(), wanted: "numbers" },
                ),
                1 => ("hue", [0.0, 1.0], InputError::NoColumn { got: "hue".to_owned(), wanted: "numbers" }),
                2 => (
                    "x0",
                    [*low, low - low.abs()],
                    InputError::OutOfRange { name: "low", got: *low, wanted: "at most high" },
                ),
                _ => (
                    "x0",
                    [*low, f64::NAN],
                    InputError::OutOfRange { name: "low", got: *low, wanted: "at most high" },
                ),
            };
            ranges.insert(*i as usize % (others + 1), (name.to_owned(), range));
            let call =
                format!("clean(table, \"kind\", {} ranges, one of them {name:?}: {range:?})", ranges.len());
            rejected(
                &call,
                clean(table, "kind", &ranges),
                want,
                "Check every range, wherever it is in the list.",
            )?;
            let other = format!("kind{}", "d".repeat(*others));
            let target = if *how % 2 == 0 { "x0" } else { other.as_str() };
            if target == "kind" {
                return Ok(());
            }
            let want = InputError::NoColumn { got: target.to_owned(), wanted: "words" };
            let call = format!("clean(table, {target:?}, [])");
            rejected(&call, clean(table, target, &[]), want, "The target is a column of words of the table.")
        });
    }
}
