//! What cannot be learned from is dropped, and every decision counted.

use std::collections::BTreeSet;

use kit::pipeline::Cleaning;
use kit::{Cells, InputError, Table, check};

/// Drops rows and cells that nothing can be learned from, and counts what was done.
///
/// In this order:
///
/// 1. rows whose target is a gap are dropped;
/// 2. a number outside of its column's range becomes a gap; the ends of the range are inside;
/// 3. rows are dropped in which more than half of the features are gaps, those of step 2 among them; the features are
///    all columns but the target;
/// 4. of rows that say the same in every cell, the target included, the first is kept; two gaps say the same.
///
/// The gaps that are left stay gaps: what to put there has to be learned, and that is not allowed before the split.
///
/// * `target`: the name of the column of words that holds the classes.
/// * `ranges`: for some columns of numbers the smallest and the largest number that can be true; they may be infinite.
///   Of several for one column, all hold.
/// * Returns the rows left, in their order, and what was done to how many.
///
/// # Errors
///
/// * [`InputError::NoColumn`] with `wanted` `"words"` if the target is not there, or not a column of words;
/// * [`InputError::NoColumn`] with `wanted` `"numbers"` for the first range whose column is not one of numbers;
/// * [`InputError::OutOfRange`] with `name` `"low"` and `wanted` `"at most high"` for the first range that is upside down
///   or has a NaN.
///
/// ```
/// # use katas::m10_pipeline::cleaning::clean;
/// # use kit::Table;
/// let table = Table::of([("mass", "1 1 -7 2"), ("sex", "m m f f"), ("kind", "a a b ?")]);
/// let (kept, cleaning) = clean(&table, "kind", &[("mass".to_owned(), [0.0, 10.0])])?;
/// assert_eq!(kept, Table::of([("mass", "1 ?"), ("sex", "m f"), ("kind", "a b")]));
/// assert_eq!((cleaning.without_target, cleaning.out_of_range, cleaning.repeated), (1, 1, 1));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 2nd ed., chapter 2.
pub fn clean(
    table: &Table,
    target: &str,
    ranges: &[(String, [f64; 2])],
) -> Result<(Table, Cleaning), InputError> {
    let classes = table.words(target)?;
    for (column, _) in ranges {
        table.numbers(column)?;
    }
    for &(_, [low, high]) in ranges {
        check::in_range("low", low, low <= high, "at most high")?;
    }
    let known: Vec<usize> = (0..table.rows()).filter(|&i| classes[i].is_some()).collect();
    let mut cleaning = Cleaning { came: table.rows(), ..Cleaning::default() };
    cleaning.without_target = cleaning.came - known.len();

    let mut believed = table.select(&known);
    for column in &mut believed.columns {
        let Cells::Numbers(cells) = &mut column.cells else { continue };
        let limits: Vec<[f64; 2]> =
            ranges.iter().filter(|(name, _)| *name == column.name).map(|(_, limits)| *limits).collect();
        let is_true = |x: &f64| limits.iter().all(|[low, high]| low <= x && x <= high);
        for cell in cells.iter_mut().filter(|cell| cell.is_some_and(|x| !is_true(&x))) {
            *cell = None;
            cleaning.out_of_range += 1;
        }
    }

    let features = || believed.columns.iter().filter(|column| column.name != target);
    let gaps = |i: usize| features().filter(|column| column.cells.is_gap(i)).count();
    let (mut seen, mut kept) = (BTreeSet::new(), Vec::new());
    for i in 0..believed.rows() {
        if 2 * gaps(i) > features().count() {
            cleaning.too_empty += 1;
        } else if !seen.insert(contents(&believed, i)) {
            cleaning.repeated += 1;
        } else {
            cleaning.gaps += gaps(i);
            kept.push(i);
        }
    }
    cleaning.kept = kept.len();
    Ok((believed.select(&kept), cleaning))
}

/// What a row says, in a form that can be looked up: 0 and −0 are the same number.
fn contents(table: &Table, i: usize) -> Vec<Option<String>> {
    let cell = |cells: &Cells| match cells {
        Cells::Numbers(numbers) => numbers[i].map(|x| format!("{:?}", x + 0.0)),
        Cells::Words(words) => words[i].clone(),
    };
    table.columns.iter().map(|column| cell(&column.cells)).collect()
}
