//! Feature scaling: numeric features on very different scales are standardized.

use kit::pipeline::Scale;
use kit::{Cells, InputError, Table, check};

/// Standardization: the mean and the standard deviation of each numeric column, which bring it to mean 0 and
/// standard deviation 1.
///
/// ```formula
/// m = Σ xᵢ / n        s = √(Σ (xᵢ − m)² / n)        over the n cells that are not missing
/// ```
///
/// Where all of these cells hold the same number, s would be 0: then s is 1, exactly. Where there is no such cell,
/// m is 0 and s is 1.
///
/// * `table`: the training rows, at least one; numbers up to 10¹⁰⁰ in size. The test set must not be used: it
///   stands for rows that do not exist yet.
/// * Returns one scale for each numeric column, in the order of the columns. Categorical columns are skipped.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no row;
/// * [`InputError::NotFinite`] with `name` `"table"` and the `index` of the row, counted from 0, of a NaN
///   or an infinity.
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
/// In Python: `sklearn.preprocessing.StandardScaler().fit(X)` (attributes `mean_` and `scale_`; `scale_` is 1 for a
/// constant column, too).
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.4.1 (standardizing) and
/// §7.10.2 (the wrong and the right way to do cross-validation).
pub fn fit_scaler(table: &Table) -> Result<Vec<Scale>, InputError> {
    check::at_least(1, table.rows())?;
    let mut scales = Vec::new();
    for column in &table.columns {
        let Cells::Numbers(cells) = &column.cells else { continue };
        // A missing value cannot be infinite, but it has an index.
        check::finite("table", cells.iter().map(|cell| cell.as_ref().unwrap_or(&0.0)))?;
        let numbers: Vec<f64> = cells.iter().flatten().copied().collect();
        let n = numbers.len() as f64;
        // Compare the numbers themselves: the computed mean of 0.1, 0.1 and 0.1 is 0.10000000000000002.
        let constant = numbers.iter().all(|x| *x == numbers[0]);
        let mean = match numbers.first() {
            None => 0.0,
            Some(first) if constant => *first,
            Some(_) => numbers.iter().sum::<f64>() / n,
        };
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        // If the squared deviations underflow, the column counts as constant.
        let deviation = if constant || variance == 0.0 { 1.0 } else { variance.sqrt() };
        scales.push(Scale { column: column.name.clone(), mean, deviation });
    }
    Ok(scales)
}
