//! A normal and a uniform distribution with equal mean and equal standard deviation, compared.

use std::f64::consts::PI;

use kit::figure::Layer;
use kit::{Explanation, Figure, InputError, Step, check};

/// Compares a normal and a uniform distribution of the same mean and standard deviation, with a sample of each, step by
/// step.
///
/// The steps, in this order; μ, σ and the largest absolute deviations are written with four decimals, counts and n as
/// whole numbers:
///
/// ```text
/// name                  formula             numbers put in       result
/// low                   μ − √3·σ            0.0000 − √3·1.0000   where the uniform distribution begins
/// high                  μ + √3·σ            0.0000 + √3·1.0000   where it ends
/// uniform height        1 / (2·√3·σ)        1 / (2·√3·1.0000)    its density
/// normal height         1 / (√2π·σ)         1 / (√2π·1.0000)     the normal density at μ
/// normal 1σ observed    inside / n          7 / 10               coverage of μ ± σ in the normal sample
/// normal 1σ expected    2·Φ(1) − 1          2·0.841345 − 1       its probability for the normal distribution
/// uniform 1σ observed   inside / n          6 / 10               coverage of μ ± σ in the uniform sample
/// uniform 1σ expected   min(1, 1/√3)        min(1, 0.577350)     its probability for the uniform distribution
/// …                     the four for 2σ and for 3σ, with Φ(2) = 0.977250, Φ(3) = 0.998650, 1.154701, 1.732051
/// normal largest |z|    max |x − μ| / σ     2.2500 / 1.0000      the largest deviation in standard deviations
/// uniform largest |z|   max |x − μ| / σ     1.6250 / 1.0000      never above √3
/// ```
///
/// * `mean`, `deviation`: mean μ and standard deviation σ > 0 of both distributions, finite.
/// * `normal`, `uniform`: a sample of each, not empty, all numbers finite.
/// * Returns the explanation; its title is `Normal and uniform, both with mean 0.0000 and standard deviation 1.0000`.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if a sample is empty;
/// * [`InputError::NotFinite`] with `name` `"mean"` or `"deviation"` and `index` 0, or with `name` `"normal"` or
///   `"uniform"` and the first index in that sample, for a NaN or an infinity;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` unless σ > 0.
///
/// ```
/// # use katas::m02_statistics::comparison::compare_normal_and_uniform;
/// let comparison = compare_normal_and_uniform(0.0, 2.0, &[-1.0, 3.0], &[2.0, -3.0]).unwrap();
/// assert_eq!(comparison.result("normal 1σ observed"), Some(&[0.5][..]));
/// assert_eq!(comparison.result("uniform largest |z|"), Some(&[1.5][..]));
/// ```
///
/// In Python: no single call; `scipy.stats.norm.cdf(k) - scipy.stats.norm.cdf(-k)` gives the expected coverage.
///
/// Source: Freedman, Pisani and Purves, *Statistics*, ch. 5.
pub fn compare_normal_and_uniform(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
) -> Result<Explanation, InputError> {
    check_both(mean, deviation, normal, uniform)?;
    let half = 3.0_f64.sqrt() * deviation;
    let mut steps = vec![
        step("low", "μ − √3·σ", format!("{mean:.4} − √3·{deviation:.4}"), mean - half),
        step("high", "μ + √3·σ", format!("{mean:.4} + √3·{deviation:.4}"), mean + half),
        step("uniform height", "1 / (2·√3·σ)", format!("1 / (2·√3·{deviation:.4})"), 1.0 / (2.0 * half)),
        step("normal height", "1 / (√2π·σ)", format!("1 / (√2π·{deviation:.4})"), normal_height(deviation)),
    ];
    for (k, phi) in [(1.0, 0.841_345), (2.0, 0.977_250), (3.0, 0.998_650)] {
        let root = k / 3.0_f64.sqrt();
        let observed = |kind: &str, sample: &[f64]| {
            let inside = sample.iter().filter(|&x| (x - mean).abs() <= k * deviation).count();
            let (numbers, n) = (format!("{inside} / {}", sample.len()), sample.len() as f64);
            step(&format!("{kind} {k}σ observed"), "inside / n", numbers, inside as f64 / n)
        };
        let expected = |kind: &str, formula: String, numbers: String, result: f64| {
            step(&format!("{kind} {k}σ expected"), &formula, numbers, result)
        };
        steps.extend([
            observed("normal", normal),
            expected("normal", format!("2·Φ({k}) − 1"), format!("2·{phi:.6} − 1"), 2.0 * phi - 1.0),
            observed("uniform", uniform),
            expected("uniform", format!("min(1, {k}/√3)"), format!("min(1, {root:.6})"), root.min(1.0)),
        ]);
    }
    for (kind, sample) in [("normal", normal), ("uniform", uniform)] {
        let largest = sample.iter().fold(0.0_f64, |largest, x| largest.max((x - mean).abs()));
        let numbers = format!("{largest:.4} / {deviation:.4}");
        steps.push(step(&format!("{kind} largest |z|"), "max |x − μ| / σ", numbers, largest / deviation));
    }
    let title = format!("Normal and uniform, both with mean {mean:.4} and standard deviation {deviation:.4}");
    Ok(Explanation { title, steps })
}

/// A figure of both samples as histograms, with the densities of their distributions.
///
/// * Arguments and errors are those of [`compare_normal_and_uniform`].
/// * Returns the figure `Normal and uniform: equal mean, equal standard deviation`, with axes `x` and `density` and
///   four layers, from back to front:
///   1. bars `uniform sample`, 2. bars `normal sample`: 32 bins of width σ/4 from μ − 4σ to μ + 4σ, each \[left,
///      right, density\], which contain their left edge. Samples outside are not drawn, but count in n:
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
/// In Python: `matplotlib.pyplot.hist(x, bins=edges, density=True)` for the bars and `matplotlib.pyplot.plot` for the
/// densities.
///
/// Source: Wasserman, *All of Statistics*, ch. 20.
pub fn comparison_figure(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
) -> Result<Figure, InputError> {
    check_both(mean, deviation, normal, uniform)?;
    let at = |eighths: i32| mean + deviation * f64::from(eighths) / 8.0;
    let bars = |sample: &[f64]| {
        let bin = |i: i32| {
            let (left, right) = (at(2 * i), at(2 * i + 2));
            let count = sample.iter().filter(|&&x| left <= x && x < right).count();
            [left, right, count as f64 / (sample.len() as f64 * deviation / 4.0)]
        };
        (-16..16).map(bin).collect()
    };
    let half = 3.0_f64.sqrt() * deviation;
    let (low, high, height) = (mean - half, mean + half, 1.0 / (2.0 * half));
    let box_ = [[at(-32), 0.0], [low, 0.0], [low, height], [high, height], [high, 0.0], [at(32), 0.0]];
    let bell = |i: i32| [at(i), normal_height(deviation) * (-f64::from(i * i) / 128.0).exp()];
    Ok(Figure::new("Normal and uniform: equal mean, equal standard deviation", "x", "density")
        .with(Layer::Bars { label: "uniform sample".to_owned(), bars: bars(uniform) })
        .with(Layer::Bars { label: "normal sample".to_owned(), bars: bars(normal) })
        .with(Layer::Line { label: "uniform density".to_owned(), through: box_.to_vec() })
        .with(Layer::Line { label: "normal density".to_owned(), through: (-32..=32).map(bell).collect() }))
}

fn step(name: &str, formula: &str, numbers: String, result: f64) -> Step {
    Step { name: name.to_owned(), formula: formula.to_owned(), numbers, result: vec![result] }
}

fn normal_height(deviation: f64) -> f64 {
    1.0 / ((2.0 * PI).sqrt() * deviation)
}

fn check_both(mean: f64, deviation: f64, normal: &[f64], uniform: &[f64]) -> Result<(), InputError> {
    check::at_least(1, normal.len())?;
    check::at_least(1, uniform.len())?;
    check::finite_number("mean", mean)?;
    check::finite_number("deviation", deviation)?;
    check::finite("normal", normal)?;
    check::finite("uniform", uniform)?;
    check::positive("deviation", deviation)
}
