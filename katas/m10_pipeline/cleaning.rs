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
    todo!()
}
