//! Order statistics: the median and the quantiles of a sample.

use kit::{InputError, check};

/// The median of a sample: the middle value of the sorted sample.
///
/// ```text
/// n odd:   the middle value
/// n even:  (a + b) / 2, where a and b are the two middle values
/// ```
///
/// * `x`: n ≥ 1 finite numbers in any order, each of absolute value at most 10³⁰⁰.
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
/// In Python: `numpy.median(x)`.
///
/// Source: Freedman, Pisani and Purves, *Statistics*, ch. 4.
pub fn median(x: &[f64]) -> Result<f64, InputError> {
    quantile(x, 0.5)
}

/// The q-quantile of a sample: the value below which a fraction q of the sample lies, with linear interpolation.
///
/// ```formula
/// s₀ ≤ s₁ ≤ … ≤ sₙ₋₁            the sorted sample
/// h = (n − 1)·q,  i = ⌊h⌋       the fractional index, and the index just below
/// quantile = sᵢ + (h − i)·(sᵢ₊₁ − sᵢ),  or sₙ₋₁ for h = n − 1
/// ```
///
/// * `x`: n ≥ 1 finite numbers in any order, each of absolute value at most 10³⁰⁰.
/// * `q`: a fraction, 0 ≤ q ≤ 1 (percentile/100); 0 gives the minimum, ½ the median, 1 the maximum.
/// * Returns the quantile in the unit of x. Of Hyndman and Fan's nine definitions this is type 7, the default of NumPy
///   and R.
///
/// # Errors
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
/// In Python: `numpy.quantile(x, q)`, where the default `method="linear"` is this one.
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
