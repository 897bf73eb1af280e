//! Whether a column can be predicted as classes.

use std::collections::BTreeMap;

use super::columns::Column;
use super::numbers::{Mark, written};
use super::report::{Notes, some, typed};

/// Rejects a target that is a quantity, or whose classes have too few rows; `named` says that its numbers are names.
pub(super) fn check(
    target: &mut Column,
    named: bool,
    test_share: f64,
    notes: &mut Notes,
) -> Result<(), String> {
    if one_spelling(target) {
        notes.note(format!("{}: the same number written in two ways is one class", target.name));
    }
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for class in target.present() {
        *rows.entry(class).or_default() += 1;
    }
    let (name, all) = (&target.name, target.present().count());
    if all == 0 {
        return Err(format!("{name} has no value in any row, so there is nothing to predict"));
    }
    if let (Some(class), 1) = (rows.keys().next(), rows.len()) {
        return Err(format!(
            "{name}: every row is of the class {class:?}, and two classes are needed to predict"
        ));
    }
    if !named && looks_continuous(&rows, all) {
        return Err(format!(
            "{name} has {} different numbers and looks continuous, but the pipeline predicts classes.\n  \
             Put it into ranges first, such as low, middle and high, or name another --target.\n  \
             If the numbers are names of classes: --words {}",
            rows.len(),
            typed(name)
        ));
    }
    // As `split` of milestone 10 counts, with valid shares.
    let tested = |n: usize| ((test_share * n as f64 + 0.5).floor() as usize).min(n - 1);
    if test_share > 0.0 && test_share < 1.0 && rows.values().all(|n| tested(*n) == 0) {
        let most = rows.values().max().copied().unwrap_or_default();
        let enough = (2..=1_000_000).find(|n| tested(*n) > 0).unwrap_or(2);
        return Err(format!(
            "{name}: no class has enough rows to test on: the largest has {most}, and with --test \
             {test_share} it needs {enough}.\n  The classes: {}. Is {name} the column to predict?",
            some(rows.keys().copied())
        ));
    }
    let alone: Vec<&str> = rows.iter().filter(|(_, n)| **n == 1).map(|(class, _)| *class).collect();
    if !alone.is_empty() {
        let (count, shown) = (alone.len(), some(alone));
        notes.warn(format!(
            "{name}: {count} of {} classes have one row only and are not tested ({shown})",
            rows.len()
        ));
    }
    let spelled = |class: &str| class.to_lowercase().split_whitespace().collect::<String>();
    let mut classes: Vec<&str> = rows.keys().copied().collect();
    classes.sort_by_key(|class| spelled(class));
    if let Some(pair) = classes.windows(2).find(|pair| spelled(pair[0]) == spelled(pair[1])) {
        notes.warn(format!(
            "{name}: {} differ in capitals or blanks only, and are different classes",
            some(pair.to_vec())
        ));
    }
    Ok(())
}

/// `1` and `1.0` are one class where all classes are numbers. Whether anything was changed.
fn one_spelling(target: &mut Column) -> bool {
    let spelled = |cell: &str| cell.parse::<f64>().ok().map(|x| (x + 0.0).to_string());
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut differ = false;
    for cell in target.cells.iter().flatten() {
        let Some(number) = spelled(cell) else { return false };
        differ |= *known.entry(number).or_insert(cell) != cell;
    }
    if differ {
        for cell in target.cells.iter_mut().flatten() {
            *cell = spelled(cell).unwrap_or_default();
        }
        target.changed = true;
    }
    differ
}

/// Many different numbers for the number of rows. Fractions are rarely names; whole numbers may be.
fn looks_continuous(rows: &BTreeMap<&str, usize>, all: usize) -> bool {
    let number =
        |class: &&str| [Mark::Point, Mark::Comma].into_iter().find_map(|mark| written(class)?.number(mark));
    let numbers: Option<Vec<f64>> = rows.keys().map(|class| number(class)?.parse().ok()).collect();
    let Some(numbers) = numbers else { return false };
    let different = numbers.len();
    if numbers.iter().all(|x| x.fract() == 0.0) {
        different > 20 && all < 20 * different
    } else {
        different > 10 || (different > 2 && 2 * different > all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::missing::Missing;

    fn checked(cells: &[String], named: bool) -> (Result<(), String>, String) {
        let mut column = Column::of("y".to_owned(), cells.to_vec(), &Missing::default());
        let mut notes = Notes::default();
        (check(&mut column, named, 0.25, &mut notes), notes.to_string())
    }

    #[test]
    fn a_quantity_is_no_class() {
        let prices: Vec<String> = (0..60).map(|i| format!("{:.2}", 1.37 * f64::from(i))).collect();
        let wrong = checked(&prices, false).0.expect_err("continuous");
        assert!(wrong.starts_with("y has 60 different numbers and looks continuous"), "{wrong}");
        let years: Vec<String> = (0..90).map(|i| (1900 + i % 45).to_string()).collect();
        assert!(checked(&years, false).0.is_err_and(|wrong| wrong.contains("45 different numbers")));
        assert!(checked(&years, true).0.is_ok());
        let digits: Vec<String> = (0..60).map(|i| (i % 10).to_string()).collect();
        assert_eq!(checked(&digits, false), (Ok(()), String::new()));
    }

    #[test]
    fn a_class_needs_rows_to_test_on() {
        let wrong = checked(&["cat".to_owned(), "dog".to_owned()], false).0.expect_err("too few");
        assert!(wrong.contains("the largest has 1") && wrong.contains("it needs 2"), "{wrong}");
        let (fine, notes) = checked(&["a", "a", "b"].map(str::to_owned), false);
        assert!(fine.is_ok() && notes.contains("1 of 2 classes have one row only"), "{notes}");
        assert!(checked(&["?".to_owned()], false).0.is_err());
        assert!(
            checked(&["a", "a"].map(str::to_owned), false).0.is_err_and(|wrong| wrong.contains("every row"))
        );
    }

    #[test]
    fn spellings_of_a_class_are_noticed() {
        let (_, notes) = checked(&["1", "1.0", "0", "0.0"].map(str::to_owned), false);
        assert!(notes.contains("written in two ways is one class"), "{notes}");
        let (_, notes) = checked(&["Cat", "cat", "Cat", "cat"].map(str::to_owned), false);
        assert!(notes.contains("\"Cat\", \"cat\" differ in capitals"), "{notes}");
    }
}
