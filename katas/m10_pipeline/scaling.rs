//! Numbers on very different scales are brought to one.

use kit::pipeline::Scale;
use kit::{Cells, InputError, Table, check};

/// How each column of numbers is brought to mean 0 and standard deviation 1.
///
/// ```text
/// m = Σ xᵢ / n        s = √(Σ (xᵢ − m)² / n)        over the n cells that are not gaps
/// ```
///
/// Where all of these cells hold the same number, nothing is to be divided by: s is 1 then, and exactly 1. Where there is
/// no such cell, m is 0 and s is 1.
///
/// * `table`: the training rows, at least one; numbers up to 10¹⁰⁰ in size. Nothing else may be looked at: the test
///   stands for rows that do not exist yet.
/// * Returns one scale for each column of numbers, in the order of the columns. Words are passed over.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no row;
/// * [`InputError::NotFinite`] with `name` `"table"` and the `index` of the row, counted from 0, for the first NaN or
///   infinity of the first column that has one.
///
/// ```
/// # use katas::m10_pipeline::scaling::fit_scaler;
/// # use kit::Table;
/// let scales = fit_scaler(&Table::of([("sex", "m f m"), ("mass", "1 ? 3"), ("year", "7 7 7")]))?;
/// assert_eq!((scales[0].column.as_str(), scales[0].mean, scales[0].deviation), ("mass", 2.0, 1.0));
/// assert_eq!((scales[1].mean, scales[1].deviation), (7.0, 1.0));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.4.1 (standardizing) and
/// §7.10.2 (what happens to those who look at the test before).
pub fn fit_scaler(table: &Table) -> Result<Vec<Scale>, InputError> {
    todo!()
}
