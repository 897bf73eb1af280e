//! The uniform and the normal distribution: probability densities, random samples, and coverage within kσ of the mean.

use std::f64::consts::PI;

use kit::{Generator, InputError, check};

/// The probability density function (PDF) of the uniform distribution on an interval.
///
/// ```formula
/// f(x) = 1 / (b − a)   for a ≤ x ≤ b,   0 elsewhere
/// ```
///
/// * `x`: the point at which the density is evaluated; finite.
/// * `low`, `high`: a and b, finite, a < b, of absolute value at most 10³⁰⁰. Both endpoints belong to the interval.
/// * Returns f(x) ≥ 0: a probability per unit of x, which can exceed 1.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `index` 0 and `name` `"x"`, `"low"` or `"high"` if that number is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"high"` unless low < high.
///
/// ```
/// # use katas::m02_statistics::distributions::uniform_pdf;
/// assert_eq!(uniform_pdf(3.0, 2.0, 4.0), Ok(0.5));
/// assert_eq!(uniform_pdf(5.0, 2.0, 4.0), Ok(0.0));
/// ```
///
/// In Python: `scipy.stats.uniform.pdf(x, loc=low, scale=high - low)`.
///
/// Source: Wasserman, *All of Statistics*, §2.4.
pub fn uniform_pdf(x: f64, low: f64, high: f64) -> Result<f64, InputError> {
    check::finite_number("x", x)?;
    check::finite_number("low", low)?;
    check::finite_number("high", high)?;
    check::in_range("high", high, low < high, "low < high")?;
    Ok(if (low..=high).contains(&x) { 1.0 / (high - low) } else { 0.0 })
}

/// The probability density function (PDF) of the normal (Gaussian) distribution.
///
/// ```formula
/// f(x) = exp(−z²/2) / (σ·√2π),   z = (x − μ) / σ
/// ```
///
/// * `x`: the point at which the density is evaluated; finite.
/// * `mean`: μ, finite.
/// * `deviation`: σ > 0, the standard deviation (not the variance), between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns f(x) ≥ 0: a probability per unit of x. Far out in the tails, where it underflows, it is 0.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `index` 0 and `name` `"x"`, `"mean"` or `"deviation"` if that number is NaN or
///   infinite;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ > 0.
///
/// ```
/// # use katas::m02_statistics::distributions::normal_pdf;
/// assert!((normal_pdf(5.0, 5.0, 2.0).unwrap() - 0.199_471_140_200_716_35).abs() < 1e-15);
/// ```
///
/// In Python: `scipy.stats.norm.pdf(x, loc=mean, scale=deviation)`.
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

/// Draws a random sample from the normal (Gaussian) distribution.
///
/// * `n`: the sample size; 0 returns an empty vector.
/// * `mean`: μ, finite.
/// * `deviation`: σ ≥ 0, the standard deviation, finite; with σ = 0 every number is μ.
/// * `generator`: the pseudorandom number generator. Its state advances, so that the next call draws other numbers; the
///   same state (seed) gives the same numbers.
/// * Returns n numbers, independent and identically distributed, normal with mean μ and standard deviation σ; all of
///   them are finite where |μ| and σ are at most 10³⁰⁰.
///
/// Any exact method is right: the Box–Muller transform, Marsaglia's polar method, inverse transform sampling.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `index` 0 and `name` `"mean"` or `"deviation"` if that number is NaN or infinite;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ ≥ 0.
///
/// ```
/// # use katas::m02_statistics::distributions::sample_normal;
/// let mut generator = kit::Generator::from_seed(7);
/// assert_eq!(sample_normal(2, 1.5, 0.0, &mut generator), Ok(vec![1.5, 1.5]));
/// ```
///
/// In Python: `numpy.random.default_rng(seed).normal(loc=mean, scale=deviation, size=n)`.
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
        // 1 − u is in (0, 1]: the logarithm of 0 would be infinite.
        let radius = (-2.0 * (1.0 - generator.uniform()).ln()).sqrt();
        let (sin, cos) = (2.0 * PI * generator.uniform()).sin_cos();
        [cos, sin].map(|z| mean + deviation * radius * z)
    };
    let mut sample: Vec<f64> = (0..n.div_ceil(2)).flat_map(|_| pair()).collect();
    sample.truncate(n);
    Ok(sample)
}

/// The coverage of the interval μ ± kσ: the fraction of a sample within k standard deviations of the mean.
///
/// ```formula
/// (number of xᵢ with |xᵢ − μ| ≤ k·σ) / n
/// ```
///
/// For the normal distribution it is near 68, 95 and 99.7 percent for k = 1, 2 and 3 (the 68–95–99.7 rule); for the
/// uniform distribution it is near k/√3, as long as that is below 1.
///
/// * `x`: n ≥ 1 finite numbers.
/// * `mean`, `deviation`: mean μ and standard deviation σ > 0 of the distribution, finite; they are not estimated from
///   x.
/// * `k`: the number of standard deviations, finite, k ≥ 0. A number at a distance of exactly k·σ counts as within.
/// * Returns a fraction in \[0, 1\].
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first index at which x is NaN or infinite, or with `name`
///   `"mean"`, `"deviation"` or `"k"` and `index` 0 if that number is;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ > 0, with `name` `"k"` unless k ≥ 0.
///
/// ```
/// # use katas::m02_statistics::distributions::coverage_within;
/// assert_eq!(coverage_within(&[-3.0, -1.0, 0.0, 2.0], 0.0, 1.0, 2.0), Ok(0.75));
/// ```
///
/// In Python: no single call; `numpy.mean(numpy.abs(x - mean) <= k * deviation)`.
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
