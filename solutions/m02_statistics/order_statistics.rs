//! What the order of a sample tells: its middle and its quantiles.

use kit::{InputError, check};

/// The median of a sample: the number in the middle once they are in order.
///
/// ```text
/// n odd:   the one in the middle
/// n even:  (a + b) / 2, where a and b are the two in the middle
/// ```
///
/// * `x`: n ≥ 1 finite numbers in any order, each at most 10³⁰⁰ in size; they are not moved.
/// * Returns the median in the unit of x.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first index at which x is NaN or infinite.
///
/// ```
/// # use katas::m02_statistics::order_statistics::median;
/// assert_eq!(median(&[5.0, 1.0, 2.0]), Ok(2.0));
/// assert_eq!(median(&[5.0, 1.0, 2.0, 3.0]), Ok(2.5));
/// ```
///
/// Source: Freedman, Pisani and Purves, *Statistics*, ch. 4.
pub fn median(x: &[f64]) -> Result<f64, InputError> {
    quantile(x, 0.5)
}

/// The q-quantile of a sample: the number below which a share q of it lies, on straight lines between the samples.
///
/// ```text
/// s₀ ≤ s₁ ≤ … ≤ sₙ₋₁            the sample in order
/// h = (n − 1)·q,  i = ⌊h⌋       the height in it, and the place just below
/// quantile = sᵢ + (h − i)·(sᵢ₊₁ − sᵢ),  or sₙ₋₁ for h = n − 1
/// ```
///
/// * `x`: n ≥ 1 finite numbers in any order, each at most 10³⁰⁰ in size; they are not moved.
/// * `q`: a share, 0 ≤ q ≤ 1; 0 gives the smallest, ½ the median, 1 the largest.
/// * Returns the quantile in the unit of x. Of the nine definitions in use this is number 7, the default of NumPy and R.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first index at which x is NaN or infinite, or with `name`
///   `"q"` and `index` 0;
/// * [`InputError::OutOfRange`] with `name` `"q"` unless 0 ≤ q ≤ 1.
///
/// ```
/// # use katas::m02_statistics::order_statistics::quantile;
/// assert_eq!(quantile(&[8.0, 0.0, 4.0], 0.25), Ok(2.0));
/// ```
///
/// Source: Hyndman and Fan, *Sample Quantiles in Statistical Packages*, The American Statistician 50 (1996).
pub fn quantile(x: &[f64], q: f64) -> Result<f64, InputError> {
    check::at_least(1, x.len())?;
    check::finite("x", x)?;
    check::finite_number("q", q)?;
    check::in_range("q", q, (0.0..=1.0).contains(&q), "0 ≤ q ≤ 1")?;
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let height = (x.len() - 1) as f64 * q;
    let i = height.floor() as usize;
    let above = sorted.get(i + 1).unwrap_or(&sorted[i]);
    Ok(sorted[i] + (height - height.floor()) * (above - sorted[i]))
}
