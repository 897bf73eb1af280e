use kit::InputError;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m02_statistics::moments as reference;

type StandardDeviation = fn(&[f64], usize) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn standard_deviation(x: &[f64], ddof: usize) -> Result<f64, InputError> {
    answering::<StandardDeviation>(
        module_path!(),
        reference::standard_deviation,
        &[
            wheat("hypot", "lengthens a vector by one distance at a time", |x, ddof| {
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
            wheat(
                "over_the_largest_distance",
                "measures all distances in units of the largest one",
                |x, ddof| {
                    reference::standard_deviation(x, ddof)?;
                    let n = x.len() as f64;
                    let mean = x[0] + x.iter().map(|y| y - x[0]).sum::<f64>() / n;
                    let unit = x.iter().fold(0.0_f64, |unit, x| unit.max((x - mean).abs()));
                    if unit == 0.0 {
                        return Ok(0.0);
                    }
                    let squares: f64 = x.iter().map(|x| ((x - mean) / unit).powi(2)).sum();
                    Ok(unit * (squares / (n - ddof as f64)).sqrt())
                },
            ),
            chaff("not_rooted", "the standard deviation is the variance", |x, ddof| {
                reference::variance(x, ddof)
            }),
            chaff("always_over_n", "the divisor is n, whatever ddof says", |x, ddof| {
                let share = (x.len().saturating_sub(ddof)) as f64 / x.len() as f64;
                Ok(reference::standard_deviation(x, ddof)? * share.sqrt())
            }),
            chaff("always_over_n_minus_one", "a deviation is always divided by n − 1", |x, ddof| {
                let deviation = reference::standard_deviation(x, ddof)?;
                if x.len() == 1 { Ok(deviation) } else { reference::standard_deviation(x, 1) }
            }),
            chaff("rooted_too_early", "the root is taken before dividing", |x, ddof| {
                let freedom = x.len().saturating_sub(ddof) as f64;
                Ok(reference::standard_deviation(x, ddof)? / freedom.sqrt())
            }),
            chaff("mean_distance", "roots of squares are sizes, so average the sizes", |x, ddof| {
                reference::variance(x, ddof)?;
                let mean = reference::mean(x)?;
                Ok(x.iter().map(|x| (x - mean).abs()).sum::<f64>() / (x.len() - ddof) as f64)
            }),
            chaff("root_mean_square", "a deviation is measured from 0", |x, ddof| {
                reference::variance(x, ddof)?;
                Ok((x.iter().map(|x| x * x).sum::<f64>() / (x.len() - ddof) as f64).sqrt())
            }),
            chaff("cancels", "E[x²] − E[x]² is the variance in floating point too", |x, ddof| {
                reference::variance(x, ddof)?;
                let (n, mean) = (x.len() as f64, reference::mean(x)?);
                let squares = x.iter().map(|x| x * x).sum::<f64>() / n;
                Ok(((squares - mean * mean).max(0.0) * n / (n - ddof as f64)).sqrt())
            }),
            chaff("negative", "either sign of the root is right", |x, ddof| {
                Ok(-reference::standard_deviation(x, ddof)?)
            }),
            chaff("standard_error", "the deviation of the mean is the deviation of the sample", |x, ddof| {
                Ok(reference::standard_deviation(x, ddof)? / (x.len() as f64).sqrt())
            }),
            chaff("too_few_is_zero", "too few numbers do not deviate", |x, ddof| {
                if x.len() <= ddof { Ok(0.0) } else { reference::standard_deviation(x, ddof) }
            }),
            chaff("nan_skipped", "a NaN is a missing value and can be left out", |x, ddof| {
                let known: Vec<f64> = x.iter().copied().filter(|x| !x.is_nan()).collect();
                reference::standard_deviation(&known, ddof)
            }),
            chaff("a_hundred_are_enough", "after a hundred numbers the rest changes nothing", |x, ddof| {
                reference::standard_deviation(x, ddof)?;
                reference::standard_deviation(&x[..x.len().min(100 + ddof)], ddof)
            }),
            chaff("small_is_none", "a deviation below 10⁻⁹ is rounding", |x, ddof| {
                let deviation = reference::standard_deviation(x, ddof)?;
                Ok(if deviation < 1e-9 { 0.0 } else { deviation })
            }),
        ],
    )(x, ddof)
}
