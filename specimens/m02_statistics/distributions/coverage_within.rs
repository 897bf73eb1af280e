use kit::InputError;

use crate::reference::m02_statistics::distributions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CoverageWithin = fn(&[f64], f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn coverage_within(x: &[f64], mean: f64, deviation: f64, k: f64) -> Result<f64, InputError> {
    answering::<CoverageWithin>(
        module_path!(),
        reference::coverage_within,
        &[
            wheat(
                "between_two_ends",
                "counts the numbers from μ − kσ to μ + kσ",
                |x, mean, deviation, k| {
                    reference::coverage_within(x, mean, deviation, k)?;
                    let ends = mean - k * deviation..=mean + k * deviation;
                    Ok(x.iter().filter(|x| ends.contains(x)).count() as f64 / x.len() as f64)
                },
            ),
            wheat("standardized", "compares |z| with k", |x, mean, deviation, k| {
                reference::coverage_within(x, mean, deviation, k)?;
                let far = x.iter().filter(|&x| ((x - mean) / deviation).abs() > k).count();
                Ok((x.len() - far) as f64 / x.len() as f64)
            }),
            wheat("adds_fractions", "adds 1/n for each number within", |x, mean, deviation, k| {
                reference::coverage_within(x, mean, deviation, k)?;
                let near = x.iter().filter(|&x| (x - mean).abs() <= k * deviation);
                Ok(near.map(|_| 1.0 / x.len() as f64).sum())
            }),
            chaff(
                "edge_excluded",
                "A number at a distance of exactly kσ is outside.",
                |x, mean, deviation, k| {
                    reference::coverage_within(x, mean, deviation, k)?;
                    let near = x.iter().filter(|&x| (x - mean).abs() < k * deviation).count();
                    Ok(near as f64 / x.len() as f64)
                },
            ),
            chaff("one_side", "Every number below the mean is within.", |x, mean, deviation, k| {
                reference::coverage_within(x, mean, deviation, k)?;
                let near = x.iter().filter(|&x| x - mean <= k * deviation).count();
                Ok(near as f64 / x.len() as f64)
            }),
            chaff("outside", "Coverage is the fraction outside of the interval.", |x, mean, deviation, k| {
                Ok(1.0 - reference::coverage_within(x, mean, deviation, k)?)
            }),
            chaff(
                "variance_for_deviation",
                "The half-width is k times the variance.",
                |x, mean, deviation, k| {
                    reference::coverage_within(x, mean, deviation, k)?;
                    reference::coverage_within(x, mean, deviation * deviation, k)
                },
            ),
            chaff(
                "half_width",
                "The k standard deviations are divided between both sides.",
                |x, mean, deviation, k| {
                    reference::coverage_within(x, mean, deviation, k)?;
                    reference::coverage_within(x, mean, deviation, k / 2.0)
                },
            ),
            chaff("mean_of_the_sample", "The mean is estimated from the sample.", |x, mean, deviation, k| {
                reference::coverage_within(x, mean, deviation, k)?;
                let own = x.iter().sum::<f64>() / x.len() as f64;
                reference::coverage_within(x, own, deviation, k)
            }),
            chaff(
                "rule_of_thumb",
                "The coverage is always 68, 95 and 99.7 percent.",
                |x, mean, deviation, k| {
                    reference::coverage_within(x, mean, deviation, k)?;
                    Ok([0.0, 0.682_689, 0.954_500, 0.997_300][(k.round() as usize).min(3)])
                },
            ),
            chaff("count", "The coverage is the number of values within.", |x, mean, deviation, k| {
                Ok(reference::coverage_within(x, mean, deviation, k)? * x.len() as f64)
            }),
            chaff("empty_is_zero", "The coverage of an empty sample is 0.", |x, mean, deviation, k| {
                if x.is_empty() { Ok(0.0) } else { reference::coverage_within(x, mean, deviation, k) }
            }),
            chaff("negative_k_is_zero", "The coverage for a negative k is 0.", |x, mean, deviation, k| {
                if k < 0.0 && k.is_finite() && deviation > 0.0 {
                    return Ok(0.0);
                }
                reference::coverage_within(x, mean, deviation, k)
            }),
            chaff("nan_is_outside", "A NaN counts as outside.", |x, mean, deviation, k| {
                match reference::coverage_within(x, mean, deviation, k) {
                    Err(InputError::NotFinite { .. }) => Ok(0.0),
                    answer => answer,
                }
            }),
            chaff(
                "some_room",
                "A tolerance of 10⁻⁹ at the edge is needed for rounding.",
                |x, mean, deviation, k| {
                    reference::coverage_within(x, mean, deviation, k)?;
                    let within = x.iter().filter(|&x| (x - mean).abs() <= k * deviation + 1e-9).count();
                    Ok(within as f64 / x.len() as f64)
                },
            ),
        ],
    )(x, mean, deviation, k)
}
