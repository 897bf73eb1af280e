//! Data cleaning: rows and cells that cannot be used are dropped, and every decision is counted.

use std::collections::BTreeSet;

use kit::pipeline::Cleaning;
use kit::{Cells, InputError, Table, check};

/// Data cleaning: drops rows and cells that nothing can be learned from, and counts what was done.
///
/// In this order:
///
/// 1. rows whose target is missing are dropped;
/// 2. a number outside of its column's valid range becomes a missing value; the ends of the range are inside;
/// 3. rows are dropped in which more than half of the features are missing, those of step 2 among them; the
///    features are all columns but the target;
/// 4. of duplicate rows, equal in every cell including the target, the first is kept; two missing values are equal.
///
/// The remaining missing values stay missing: imputation is learned from data, and nothing may be learned before
/// the split.
///
/// * `target`: the name of the categorical column that holds the classes.
/// * `ranges`: for some numeric columns the smallest and the largest valid number; they may be infinite. Of several
///   for one column, all hold.
/// * Returns the remaining rows, in their order, and how many rows and cells each decision changed.
///
/// # Errors
///
/// * [`InputError::NoColumn`] with `wanted` `"words"` if the target is not there, or not a column of words;
/// * [`InputError::NoColumn`] with `wanted` `"numbers"` for a range whose column is not numeric;
/// * [`InputError::OutOfRange`] with `name` `"low"` and `wanted` `"at most high"` for a range that is upside down
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
/// In Python: `df.dropna(subset=[target])`, `df[c].where(df[c].between(low, high))`, `df.dropna(thresh=…)`,
/// `df.drop_duplicates()` (pandas).
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
    let labeled: Vec<usize> = (0..table.rows()).filter(|&i| classes[i].is_some()).collect();
    let mut cleaning = Cleaning { came: table.rows(), ..Cleaning::default() };
    cleaning.without_target = cleaning.came - labeled.len();

    let mut valid = table.select(&labeled);
    for column in &mut valid.columns {
        let Cells::Numbers(cells) = &mut column.cells else { continue };
        let limits: Vec<[f64; 2]> =
            ranges.iter().filter(|(name, _)| *name == column.name).map(|(_, limits)| *limits).collect();
        let is_valid = |x: &f64| limits.iter().all(|[low, high]| low <= x && x <= high);
        for cell in cells.iter_mut().filter(|cell| cell.is_some_and(|x| !is_valid(&x))) {
            *cell = None;
            cleaning.out_of_range += 1;
        }
    }

    let features = || valid.columns.iter().filter(|column| column.name != target);
    let missing = |i: usize| features().filter(|column| column.cells.is_gap(i)).count();
    let (mut seen, mut kept) = (BTreeSet::new(), Vec::new());
    for i in 0..valid.rows() {
        if 2 * missing(i) > features().count() {
            cleaning.too_empty += 1;
        } else if !seen.insert(contents(&valid, i)) {
            cleaning.repeated += 1;
        } else {
            cleaning.gaps += missing(i);
            kept.push(i);
        }
    }
    cleaning.kept = kept.len();
    Ok((valid.select(&kept), cleaning))
}

/// The contents of a row as a key of a set: 0 and −0 are the same number.
fn contents(table: &Table, i: usize) -> Vec<Option<String>> {
    let cell = |cells: &Cells| match cells {
        Cells::Numbers(numbers) => numbers[i].map(|x| format!("{:?}", x + 0.0)),
        Cells::Words(words) => words[i].clone(),
    };
    table.columns.iter().map(|column| cell(&column.cells)).collect()
}
