//! Normal and uniform side by side: equal mean, equal deviation, and yet two shapes.

use std::f64::consts::PI;

use kit::figure::Layer;
use kit::{Explanation, Figure, InputError, Step, check};

/// Explains in what a normal and a uniform distribution of the same mean and deviation differ, with a sample of each.
///
/// The steps, in this order; μ, σ and the largest distances d are written with four decimals, counts and n as whole
/// numbers:
///
/// ```text
/// name                  formula             numbers put in       result
/// low                   μ − √3·σ            0.0000 − √3·1.0000   where the uniform distribution begins
/// high                  μ + √3·σ            0.0000 + √3·1.0000   where it ends
/// uniform height        1 / (2·√3·σ)        1 / (2·√3·1.0000)    its density
/// normal height         1 / (√2π·σ)         1 / (√2π·1.0000)     the normal density at μ
/// normal 1σ seen        inside / n          7 / 10               share of the normal sample with |x − μ| ≤ σ
/// normal 1σ expected    2·Φ(1) − 1          2·0.841345 − 1       share of the normal distribution
/// uniform 1σ seen       inside / n          6 / 10               share of the uniform sample with |x − μ| ≤ σ
/// uniform 1σ expected   min(1, 1/√3)        min(1, 0.577350)     share of the uniform distribution
/// …                     the four for 2σ and for 3σ, with Φ(2) = 0.977250, Φ(3) = 0.998650, 1.154701, 1.732051
/// normal reach          max |x − μ| / σ     2.2500 / 1.0000      how many deviations the furthest sample lies off
/// uniform reach         max |x − μ| / σ     1.6250 / 1.0000      never above √3
/// ```
///
/// * `mean`, `deviation`: μ and σ > 0 of both, finite.
/// * `normal`, `uniform`: a sample of each, at least one number, all finite.
/// * Returns the explanation; its title is `Normal and uniform, both with mean 0.0000 and deviation 1.0000`.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::TooFew`] with `wanted` 1 if a sample is empty;
/// * [`InputError::NotFinite`] with the first of `"mean"`, `"deviation"` (`index` 0), `"normal"`, `"uniform"` (first
///   bad index) that holds a NaN or an infinity;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ > 0.
///
/// ```
/// # use katas::m02_statistics::comparison::compare_normal_and_uniform;
/// let told = compare_normal_and_uniform(0.0, 2.0, &[-1.0, 3.0], &[2.0, -3.0]).unwrap();
/// assert_eq!(told.result("normal 1σ seen"), Some(&[0.5][..]));
/// assert_eq!(told.result("uniform reach"), Some(&[1.5][..]));
/// ```
///
/// Source: Freedman, Pisani and Purves, *Statistics*, ch. 5.
pub fn compare_normal_and_uniform(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
) -> Result<Explanation, InputError> {
    todo!()
}

/// The picture of both samples with their densities.
///
/// * Arguments and errors are those of [`compare_normal_and_uniform`].
/// * Returns the figure `Normal and uniform: equal mean, equal deviation`, with axes `x` and `density` and four layers,
///   from back to front:
///   1. bars `uniform sample`, 2. bars `normal sample`: 32 bins of width σ/4 from μ − 4σ to μ + 4σ, each \[left,
///      right, density\], closed on the left. Samples outside are not drawn, but count in n:
///      density = count / (n·σ/4);
///   3. line `uniform density` through its six corners: (μ − 4σ, 0), up and down at μ ∓ √3·σ, (μ + 4σ, 0);
///   4. line `normal density` through 65 points, σ/8 apart, from μ − 4σ to μ + 4σ.
///
/// ```
/// # use katas::m02_statistics::comparison::comparison_figure;
/// let figure = comparison_figure(0.0, 1.0, &[0.5, -0.5], &[0.5, 1.5]).unwrap();
/// assert_eq!(figure.layers.len(), 4);
/// ```
///
/// Source: Wasserman, *All of Statistics*, ch. 20.
pub fn comparison_figure(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
) -> Result<Figure, InputError> {
    todo!()
}
