//! The uniform and the normal distribution: densities, samples, and how much lies near the mean.

use std::f64::consts::PI;

use kit::{Generator, InputError, check};

/// The density of the uniform distribution on an interval.
///
/// ```text
/// f(x) = 1 / (b − a)   for a ≤ x ≤ b,   0 elsewhere
/// ```
///
/// * `x`: where; finite.
/// * `low`, `high`: a and b, finite, a < b, at most 10³⁰⁰ in size. Both ends belong to the interval.
/// * Returns f(x) ≥ 0: a probability per unit of x, which may well be above 1.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::NotFinite`] with `index` 0 and `name` `"x"`, `"low"` or `"high"`, the first that is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"high"` unless low < high.
///
/// ```
/// # use katas::m02_statistics::distributions::uniform_pdf;
/// assert_eq!(uniform_pdf(3.0, 2.0, 4.0), Ok(0.5));
/// assert_eq!(uniform_pdf(5.0, 2.0, 4.0), Ok(0.0));
/// ```
///
/// Source: Wasserman, *All of Statistics*, §2.4.
pub fn uniform_pdf(x: f64, low: f64, high: f64) -> Result<f64, InputError> {
    check::finite_number("x", x)?;
    check::finite_number("low", low)?;
    check::finite_number("high", high)?;
    check::in_range("high", high, low < high, "low < high")?;
    Ok(if (low..=high).contains(&x) { 1.0 / (high - low) } else { 0.0 })
}

/// The density of the normal distribution.
///
/// ```text
/// f(x) = exp(−z²/2) / (σ·√2π),   z = (x − μ) / σ
/// ```
///
/// * `x`: where; finite.
/// * `mean`: μ, finite.
/// * `deviation`: σ > 0, the standard deviation (not the variance), between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns f(x) ≥ 0: a probability per unit of x. So far out that it is below the smallest number, it is 0.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::NotFinite`] with `index` 0 and `name` `"x"`, `"mean"` or `"deviation"`, the first that is NaN or
///   infinite;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ > 0.
///
/// ```
/// # use katas::m02_statistics::distributions::normal_pdf;
/// assert!((normal_pdf(5.0, 5.0, 2.0).unwrap() - 0.199_471_140_200_716_35).abs() < 1e-15);
/// ```
///
/// Source: Wasserman, *All of Statistics*, §2.4.
pub fn normal_pdf(x: f64, mean: f64, deviation: f64) -> Result<f64, InputError> {
    check::finite_number("x", x)?;
    check::finite_number("mean", mean)?;
    check::finite_number("deviation", deviation)?;
    check::positive("deviation", deviation)?;
    let z = (x - mean) / deviation;
    Ok((-z * z / 2.0).exp() / (deviation * (2.0 * PI).sqrt()))
}

/// Draws from the normal distribution.
///
/// * `n`: how many numbers; 0 gives none.
/// * `mean`: μ, finite.
/// * `deviation`: σ ≥ 0, finite; with σ = 0 every number is μ.
/// * `generator`: where the chance comes from. It moves on, so that the next call draws other numbers; from the same
///   state it gives the same numbers again.
/// * Returns n finite numbers, each normal with mean μ and standard deviation σ, none depending on another.
///
/// Any exact method is right: Box and Muller's, Marsaglia's polar one, the inverse of the distribution function.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::NotFinite`] with `index` 0 and `name` `"mean"` or `"deviation"`, the first that is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ ≥ 0.
///
/// ```
/// # use katas::m02_statistics::distributions::sample_normal;
/// let mut generator = kit::Generator::from_seed(7);
/// assert_eq!(sample_normal(2, 1.5, 0.0, &mut generator), Ok(vec![1.5, 1.5]));
/// ```
///
/// Source: Box and Muller, *A Note on the Generation of Random Normal Deviates*, Annals of Mathematical Statistics 29
/// (1958).
pub fn sample_normal(
    n: usize,
    mean: f64,
    deviation: f64,
    generator: &mut Generator,
) -> Result<Vec<f64>, InputError> {
    check::finite_number("mean", mean)?;
    check::finite_number("deviation", deviation)?;
    check::not_negative("deviation", deviation)?;
    let mut pair = || {
        // 1 − u lies in (0, 1]: the logarithm of 0 would be infinite.
        let radius = (-2.0 * (1.0 - generator.uniform()).ln()).sqrt();
        let (sin, cos) = (2.0 * PI * generator.uniform()).sin_cos();
        [cos, sin].map(|z| mean + deviation * radius * z)
    };
    let mut sample: Vec<f64> = (0..n.div_ceil(2)).flat_map(|_| pair()).collect();
    sample.truncate(n);
    Ok(sample)
}

/// The share of a sample that lies within k standard deviations of the mean.
///
/// ```text
/// (how many xᵢ with |xᵢ − μ| ≤ k·σ) / n
/// ```
///
/// For the normal distribution it is near 68, 95 and 99.7 percent for k = 1, 2 and 3; for the uniform it is
/// near k/√3, as long as that is below 1.
///
/// * `x`: n ≥ 1 finite numbers.
/// * `mean`, `deviation`: μ and σ > 0 of the distribution, finite; they are not estimated from x.
/// * `k`: how many deviations, k ≥ 0. A number exactly k·σ away lies within.
/// * Returns a share in \[0, 1\].
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty;
/// * [`InputError::NotFinite`] with the first of `"x"` (and the first bad index), `"mean"`, `"deviation"`, `"k"` (and
///   `index` 0) that holds a NaN or an infinity;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ > 0, then `"k"` unless k ≥ 0.
///
/// ```
/// # use katas::m02_statistics::distributions::coverage_within;
/// assert_eq!(coverage_within(&[-3.0, -1.0, 0.0, 2.0], 0.0, 1.0, 2.0), Ok(0.75));
/// ```
///
/// Source: Freedman, Pisani and Purves, *Statistics*, ch. 5.
pub fn coverage_within(x: &[f64], mean: f64, deviation: f64, k: f64) -> Result<f64, InputError> {
    check::at_least(1, x.len())?;
    check::finite("x", x)?;
    check::finite_number("mean", mean)?;
    check::finite_number("deviation", deviation)?;
    check::finite_number("k", k)?;
    check::positive("deviation", deviation)?;
    check::not_negative("k", k)?;
    let within = x.iter().filter(|&x| (x - mean).abs() <= k * deviation).count();
    Ok(within as f64 / x.len() as f64)
}
