//! Location and spread of a sample: mean, variance and standard deviation, in loops.

use kit::{InputError, check};

/// The arithmetic mean of a sample, x̄.
///
/// ```formula
/// x̄ = (x₁ + x₂ + … + xₙ) / n
/// ```
///
/// * `x`: n ≥ 1 finite numbers, each of absolute value at most 10³⁰⁰/n, so that their sum is finite.
/// * Returns x̄ in the unit of x, between the minimum and the maximum up to rounding error.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first index at which x is NaN or infinite.
///
/// ```
/// # use katas::m02_statistics::moments::mean;
/// assert_eq!(mean(&[1.0, 2.0, 6.0]), Ok(3.0));
/// ```
///
/// In Python: `numpy.mean(x)`.
///
/// Source: Wasserman, *All of Statistics*, ch. 3.
pub fn mean(x: &[f64]) -> Result<f64, InputError> {
    todo!()
}

/// The variance of a sample: the mean squared deviation from the mean.
///
/// ```formula
/// s² = ((x₁ − x̄)² + … + (xₙ − x̄)²) / (n − ddof)
/// ```
///
/// * `x`: n > ddof finite numbers, each of absolute value at most 10¹⁵⁰/n, so that no square overflows.
/// * `ddof`: "delta degrees of freedom", NumPy's name: 0 for the population variance; 1 for the sample variance, an
///   unbiased estimate of the variance of the distribution (Bessel's correction).
/// * Returns s² ≥ 0 in the squared unit of x. It must not lose its digits to cancellation if the mean is large: a
///   relative error of about n·ε·|x̄|/s is accepted (ε = 2⁻⁵²), one of n·ε·(x̄/s)² is not. At x̄ = 10⁹ and s = 1 that
///   is the difference between six right digits and none.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` ddof + 1, but at least 1, if x has fewer numbers;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first index at which x is NaN or infinite.
///
/// ```
/// # use katas::m02_statistics::moments::variance;
/// assert_eq!(variance(&[1.0, 2.0, 6.0], 0), Ok(14.0 / 3.0));
/// assert_eq!(variance(&[1.0, 2.0, 6.0], 1), Ok(7.0));
/// ```
///
/// In Python: `numpy.var(x, ddof=ddof)`, where `ddof` is 0 by default; in pandas and `torch.var` the default is 1.
///
/// Source: Chan, Golub and LeVeque, *Algorithms for Computing the Sample Variance*, The American Statistician 37
/// (1983).
pub fn variance(x: &[f64], ddof: usize) -> Result<f64, InputError> {
    todo!()
}

/// The standard deviation of a sample: the square root of its variance, in the unit of the sample.
///
/// ```formula
/// s = √(((x₁ − x̄)² + … + (xₙ − x̄)²) / (n − ddof))
/// ```
///
/// * `x`: n > ddof finite numbers, each of absolute value at most 10¹⁵⁰/n.
/// * `ddof`: "delta degrees of freedom": 0 for a population, 1 for a sample.
/// * Returns s ≥ 0, as accurate as the [`variance`], also if the mean is large.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` ddof + 1, but at least 1, if x has fewer numbers;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first index at which x is NaN or infinite.
///
/// ```
/// # use katas::m02_statistics::moments::standard_deviation;
/// assert_eq!(standard_deviation(&[1.0, 5.0], 0), Ok(2.0));
/// ```
///
/// In Python: `numpy.std(x, ddof=ddof)`, where `ddof` is 0 by default; in pandas and `torch.std` the default is 1.
///
/// Source: Wasserman, *All of Statistics*, ch. 3.
pub fn standard_deviation(x: &[f64], ddof: usize) -> Result<f64, InputError> {
    todo!()
}

/// The state of a streaming (online) computation of mean and variance.
///
/// The default is the state of an empty stream: all three are 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// The number of values so far, n.
    pub count: usize,
    /// Their mean x̄; 0 before the first.
    pub mean: f64,
    /// The sum of squared deviations from that mean, Σ(xᵢ − x̄)²: the variance is this over n − ddof.
    pub squares: f64,
}

/// One update of Welford's online algorithm: mean and variance in one pass, without storing the data.
///
/// * `so_far`: the moments of x₁, …, xₙ.
/// * `x`: the next value xₙ₊₁, finite, of absolute value at most 10¹⁵⁰/(n + 1), as those before it, so that no square
///   overflows.
/// * Returns the moments of x₁, …, xₙ₊₁. At a mean of 10⁹ and a standard deviation of 1 six digits of `squares` are
///   right; with Σx² − n·x̄² none would be (cancellation).
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"x"` and `index` 0 if x is NaN or infinite: one such value would make every
/// later state NaN.
///
/// ```
/// # use katas::m02_statistics::moments::{Moments, welford};
/// let one = welford(Moments::default(), 1.0).unwrap();
/// assert_eq!(welford(one, 5.0), Ok(Moments { count: 2, mean: 3.0, squares: 8.0 }));
/// ```
///
/// In Python: no single call in NumPy; `sklearn.preprocessing.StandardScaler().partial_fit(batch)` updates mean and
/// variance in the same way.
///
/// Source: Welford, *Note on a Method for Calculating Corrected Sums of Squares and Products*, Technometrics 4 (1962).
pub fn welford(so_far: Moments, x: f64) -> Result<Moments, InputError> {
    todo!()
}

/// Merges the moments of two samples into those of the combined sample (parallel variance).
///
/// * `a`, `b`: the moments of two samples; either may be empty ([`Moments::default`]).
/// * Returns the moments of the combined sample, those of the empty one if both are empty. It is as numerically stable
///   as [`welford`], so a large data set can be split over several machines.
///
/// ```
/// # use katas::m02_statistics::moments::{Moments, merge};
/// let (a, b) = (Moments { count: 1, mean: 1.0, squares: 0.0 }, Moments { count: 1, mean: 5.0, squares: 0.0 });
/// assert_eq!(merge(a, b), Moments { count: 2, mean: 3.0, squares: 8.0 });
/// ```
///
/// In Python: no single call in NumPy; `sklearn.preprocessing.StandardScaler().partial_fit(batch)` merges a batch into
/// its state.
///
/// Source: Chan, Golub and LeVeque, *Updating Formulae and a Pairwise Algorithm for Computing Sample Variances* (1979).
pub fn merge(a: Moments, b: Moments) -> Moments {
    todo!()
}
