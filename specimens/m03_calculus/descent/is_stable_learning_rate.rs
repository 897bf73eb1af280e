use kit::InputError;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m03_calculus::descent as reference;

type Stable = fn(f64, &[f64]) -> Result<bool, InputError>;

/// The kata, answered by a specimen.
pub fn is_stable_learning_rate(learning_rate: f64, curvatures: &[f64]) -> Result<bool, InputError> {
    answering::<Stable>(
        module_path!(),
        reference::is_stable_learning_rate,
        &[
            wheat("factors", "asks whether every |1 − ηL| is below 1", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| (1.0 - rate * l).abs() < 1.0))
            }),
            wheat("largest", "compares η with 2 over the largest curvature", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate < 2.0 / curvatures.iter().copied().fold(0.0, f64::max))
            }),
            wheat("none_unstable", "looks for a curvature from 2/η on", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(!curvatures.iter().any(|l| *l >= 2.0 / rate))
            }),
            chaff("one_over_l", "the border lies at 1/L, beyond it the path swings", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate * l < 1.0))
            }),
            chaff("border_included", "just at 2/L it is stable still", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate * l <= 2.0))
            }),
            chaff("smallest", "the flattest axis decides", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures.iter().copied().fold(f64::INFINITY, f64::min) < 2.0)
            }),
            chaff("mean", "the mean curvature decides", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures.iter().sum::<f64>() / (curvatures.len() as f64) < 2.0)
            }),
            chaff("sum", "all curvatures together decide", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures.iter().sum::<f64>() < 2.0)
            }),
            chaff("first", "the first axis speaks for all", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures[0] < 2.0)
            }),
            chaff("unstable", "true means that it is unstable", |rate, curvatures| {
                reference::is_stable_learning_rate(rate, curvatures).map(|stable| !stable)
            }),
            chaff("inverse", "the border is L/2", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate < l / 2.0))
            }),
            chaff(
                "last_reported",
                "any curvature that is wrong will do as an example",
                |rate, curvatures| match reference::is_stable_learning_rate(rate, curvatures) {
                    Err(InputError::OutOfRange { name: "curvatures", wanted, .. }) => {
                        let last = curvatures.iter().rev().find(|l| **l <= 0.0);
                        Err(InputError::OutOfRange { name: "curvatures", got: *last.unwrap_or(&0.0), wanted })
                    }
                    answer => answer,
                },
            ),
            chaff("empty_is_stable", "where there is no axis nothing can go wrong", |rate, curvatures| {
                if curvatures.is_empty() {
                    Ok(true)
                } else {
                    reference::is_stable_learning_rate(rate, curvatures)
                }
            }),
            chaff(
                "nan_is_unstable",
                "a comparison with NaN is false, and that is an answer",
                |rate, curvatures| {
                    if rate.is_nan() || curvatures.iter().any(|l| l.is_nan()) {
                        Ok(false)
                    } else {
                        reference::is_stable_learning_rate(rate, curvatures)
                    }
                },
            ),
            chaff("negative_is_unstable", "what is out of range is not stable", |rate, curvatures| {
                match reference::is_stable_learning_rate(rate, curvatures) {
                    Err(InputError::OutOfRange { .. }) => Ok(false),
                    other => other,
                }
            }),
            chaff(
                "flat_is_fine",
                "along a level axis nothing moves, so nothing diverges",
                |rate, curvatures| {
                    let steep: Vec<f64> = curvatures.iter().copied().filter(|l| *l != 0.0).collect();
                    if steep.is_empty() && !curvatures.is_empty() {
                        Ok(true)
                    } else {
                        reference::is_stable_learning_rate(rate, &steep)
                    }
                },
            ),
            chaff("leeway", "a little room to the border is safer", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate * l < 2.0 - 1e-10))
            }),
            chaff("five_axes", "nobody has more than five axes", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().take(5).all(|l| rate * l < 2.0))
            }),
            chaff("tiny_is_0", "a curvature below 10⁻¹² is none", |rate, curvatures| {
                usable(rate, curvatures)?;
                match curvatures.iter().find(|l| **l < 1e-12) {
                    Some(&got) => {
                        Err(InputError::OutOfRange { name: "curvatures", got, wanted: "numbers > 0" })
                    }
                    None => reference::is_stable_learning_rate(rate, curvatures),
                }
            }),
            chaff("last_not_finite", "any curvature that is not finite will do", |rate, curvatures| {
                reference::is_stable_learning_rate(rate, curvatures).map_err(|rejection| match rejection {
                    InputError::NotFinite { name: "curvatures", index } => {
                        let last = curvatures.iter().rposition(|l| !l.is_finite());
                        InputError::NotFinite { name: "curvatures", index: last.unwrap_or(index) }
                    }
                    other => other,
                })
            }),
        ],
    )(learning_rate, curvatures)
}

fn usable(rate: f64, curvatures: &[f64]) -> Result<(), InputError> {
    reference::is_stable_learning_rate(rate, curvatures).map(|_| ())
}
