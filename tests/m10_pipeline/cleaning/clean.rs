use std::collections::BTreeSet;

use judge::any::select;
use judge::{Answer, Broken, Verdict, any, ensure, equal, example, for_all, rejected};
use katas::m10_pipeline::cleaning::clean;
use kit::pipeline::Cleaning;
use kit::{Cells, Column, Generator, InputError, Table};

use super::super::draw::{alike, columns, messy, row, wide_table};

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
    fn rejects_unknown_columns() {
        example(|| {
            let table = Table::of([("mass", "1 2"), ("hue", "red tan"), ("kind", "cat dog")]);
            let no = |got: &str, wanted| InputError::NoColumn { got: got.to_owned(), wanted };
            let look = "The target is categorical, a range belongs to a numeric column. Report the name.";
            for target in ["species", "mass"] {
                rejected(
                    &format!("clean(table, {target:?}, [])"),
                    clean(&table, target, &[]),
                    no(target, "words"),
                    look,
                )?;
            }
            for column in ["weight", "hue"] {
                let got = clean(&table, "kind", &[(column.to_owned(), [0.0, 1.0])]);
                rejected(
                    &format!("clean(table, \"kind\", [{column:?}: 0 to 1])"),
                    got,
                    no(column, "numbers"),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_ranges() {
        for_all("low", any::nonzero()).cases(32).holds(|low| {
            let table = Table::of([("mass", "1 2"), ("kind", "cat dog")]);
            for [low, high] in [[*low, low - 0.125], [*low, f64::NAN], [f64::NAN, *low]] {
                let want = InputError::OutOfRange { name: "low", got: low, wanted: "at most high" };
                let look = "No number is in such a range. NaN is neither below nor above: does your \
                    comparison reject it?";
                let got = clean(&table, "kind", &mass(low, high));
                rejected(&format!("clean(table, \"kind\", [\"mass\": {low} to {high}])"), got, want, look)?;
            }
            Ok(())
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

    /// The rows that remain, decided one by one.
    fn remaining(table: &Table, range: &[f64; 2]) -> Table {
        let mut table = table.clone();
        for column in &mut table.columns {
            if let Cells::Numbers(numbers) = &mut column.cells {
                let inside = |x: &f64| (range[0]..=range[1]).contains(x);
                numbers.iter_mut().for_each(|cell| *cell = cell.filter(inside));
            }
        }
        let features: Vec<&Column> = table.columns.iter().filter(|column| column.name != "kind").collect();
        let mut kept: Vec<usize> = Vec::new();
        for i in 0..table.rows() {
            let missing = features.iter().filter(|column| column.cells.is_gap(i)).count();
            let has_class = table.column("kind").is_some_and(|column| !column.cells.is_gap(i));
            let same = |k: &usize| table.columns.iter().all(|column| same_cell(&column.cells, i, *k));
            if has_class && 2 * missing <= features.len() && !kept.iter().any(same) {
                kept.push(i);
            }
        }
        table.select(&kept)
    }

    fn same_cell(cells: &Cells, i: usize, k: usize) -> bool {
        match cells {
            Cells::Numbers(numbers) => numbers[i] == numbers[k],
            Cells::Words(words) => words[i] == words[k],
        }
    }

    #[test]
    fn handles_large_tables_and_all_magnitudes() {
        let ranges = select(vec![
            [f64::NEG_INFINITY, f64::INFINITY],
            [f64::NEG_INFINITY, 6e6],
            [-3e6, 4e6],
            [-1e-10, 1e10],
            [1e-7, 1e-4],
        ]);
        for_all("table, range", (wide_table(columns(), any::size(0..=6, 65)), ranges)).cases(96).holds(
            |(table, range)| {
                let numeric = |column: &Column| matches!(column.cells, Cells::Numbers(_));
                let names = table.columns.iter().filter(|column| numeric(column)).map(|column| &column.name);
                let ranges: Vec<(String, [f64; 2])> = names.map(|name| (name.clone(), *range)).collect();
                let (kept, counts) = cleaned(table, &ranges)?;
                let want = remaining(table, range);
                let look = "Every row and column counts, and numbers are compared as they are.";
                equal("kept", counts.kept, want.rows(), look)?;
                equal("the table", kept, want, look)
            },
        );
    }
}
