use kit::InputError;

use crate::reference::m02_statistics::moments as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type StandardDeviation = fn(&[f64], usize) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn standard_deviation(x: &[f64], ddof: usize) -> Result<f64, InputError> {
    answering::<StandardDeviation>(
        module_path!(),
        reference::standard_deviation,
        &[
            wheat("hypot", "applies `hypot` to one deviation after the other", |x, ddof| {
                let mean = reference::mean(x).or_else(|_| reference::variance(x, ddof))?;
                reference::variance(x, ddof)?;
                let length = x.iter().fold(0.0_f64, |length, x| length.hypot(x - mean));
                Ok(length / ((x.len() - ddof) as f64).sqrt())
            }),
            wheat("from_pairs", "compares each number with each other one", |x, ddof| {
                reference::variance(x, ddof)?;
                let pairs =
                    x.iter().enumerate().flat_map(|(i, a)| x[..i].iter().map(move |b| (a - b).powi(2)));
                Ok((pairs.sum::<f64>() / x.len() as f64 / (x.len() - ddof) as f64).sqrt())
            }),
            wheat("over_the_largest_distance", "scales all deviations by the largest one", |x, ddof| {
                reference::standard_deviation(x, ddof)?;
                let n = x.len() as f64;
                let mean = x[0] + x.iter().map(|y| y - x[0]).sum::<f64>() / n;
                let unit = x.iter().fold(0.0_f64, |unit, x| unit.max((x - mean).abs()));
                if unit == 0.0 {
                    return Ok(0.0);
                }
                let squares: f64 = x.iter().map(|x| ((x - mean) / unit).powi(2)).sum();
                Ok(unit * (squares / (n - ddof as f64)).sqrt())
            }),
            chaff("not_rooted", "The standard deviation is the variance.", |x, ddof| {
                reference::variance(x, ddof)
            }),
            chaff("always_over_n", "The divisor is n for every ddof.", |x, ddof| {
                let share = (x.len().saturating_sub(ddof)) as f64 / x.len() as f64;
                Ok(reference::standard_deviation(x, ddof)? * share.sqrt())
            }),
            chaff("always_over_n_minus_one", "The divisor is always n − 1.", |x, ddof| {
                let deviation = reference::standard_deviation(x, ddof)?;
                if x.len() == 1 { Ok(deviation) } else { reference::standard_deviation(x, 1) }
            }),
            chaff("rooted_too_early", "The square root is taken before the division.", |x, ddof| {
                let freedom = x.len().saturating_sub(ddof) as f64;
                Ok(reference::standard_deviation(x, ddof)? / freedom.sqrt())
            }),
            chaff("mean_distance", "The standard deviation is the mean absolute deviation.", |x, ddof| {
                reference::variance(x, ddof)?;
                let mean = reference::mean(x)?;
                Ok(x.iter().map(|x| (x - mean).abs()).sum::<f64>() / (x.len() - ddof) as f64)
            }),
            chaff("root_mean_square", "The standard deviation is the root mean square.", |x, ddof| {
                reference::variance(x, ddof)?;
                Ok((x.iter().map(|x| x * x).sum::<f64>() / (x.len() - ddof) as f64).sqrt())
            }),
            chaff(
                "cancels",
                "E[x²] − E[x]² is as accurate as the variance in floating point.",
                |x, ddof| {
                    reference::variance(x, ddof)?;
                    let (n, mean) = (x.len() as f64, reference::mean(x)?);
                    let squares = x.iter().map(|x| x * x).sum::<f64>() / n;
                    Ok(((squares - mean * mean).max(0.0) * n / (n - ddof as f64)).sqrt())
                },
            ),
            chaff("negative", "Either sign of the square root is right.", |x, ddof| {
                Ok(-reference::standard_deviation(x, ddof)?)
            }),
            chaff(
                "standard_error",
                "The standard deviation is the standard error of the mean.",
                |x, ddof| Ok(reference::standard_deviation(x, ddof)? / (x.len() as f64).sqrt()),
            ),
            chaff("too_few_is_zero", "The standard deviation of too few numbers is 0.", |x, ddof| {
                if x.len() <= ddof { Ok(0.0) } else { reference::standard_deviation(x, ddof) }
            }),
            chaff("nan_skipped", "A NaN is a missing value and can be skipped.", |x, ddof| {
                let known: Vec<f64> = x.iter().copied().filter(|x| !x.is_nan()).collect();
                reference::standard_deviation(&known, ddof)
            }),
            chaff("a_hundred_are_enough", "The numbers after the hundredth are negligible.", |x, ddof| {
                reference::standard_deviation(x, ddof)?;
                reference::standard_deviation(&x[..x.len().min(100 + ddof)], ddof)
            }),
            chaff("small_is_none", "A standard deviation below 10⁻⁹ is a rounding error.", |x, ddof| {
                let deviation = reference::standard_deviation(x, ddof)?;
                Ok(if deviation < 1e-9 { 0.0 } else { deviation })
            }),
        ],
    )(x, ddof)
}
