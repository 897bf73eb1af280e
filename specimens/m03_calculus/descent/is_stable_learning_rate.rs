use kit::InputError;

use crate::reference::m03_calculus::descent as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Stable = fn(f64, &[f64]) -> Result<bool, InputError>;

/// The kata, answered by a specimen.
pub fn is_stable_learning_rate(learning_rate: f64, curvatures: &[f64]) -> Result<bool, InputError> {
    answering::<Stable>(
        module_path!(),
        reference::is_stable_learning_rate,
        &[
            wheat("factors", "checks whether every |1 − ηL| is below 1", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| (1.0 - rate * l).abs() < 1.0))
            }),
            wheat("largest", "compares η with 2/L for the largest curvature", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate < 2.0 / curvatures.iter().copied().fold(0.0, f64::max))
            }),
            wheat("none_unstable", "looks for a curvature of at least 2/η", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(!curvatures.iter().any(|l| *l >= 2.0 / rate))
            }),
            chaff("one_over_l", "The learning rate is stable below 1/L.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate * l < 1.0))
            }),
            chaff("border_included", "The learning rate 2/L is stable.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate * l <= 2.0))
            }),
            chaff("smallest", "The smallest curvature decides.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures.iter().copied().fold(f64::INFINITY, f64::min) < 2.0)
            }),
            chaff("mean", "The mean curvature decides.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures.iter().sum::<f64>() / (curvatures.len() as f64) < 2.0)
            }),
            chaff("sum", "The sum of the curvatures decides.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures.iter().sum::<f64>() < 2.0)
            }),
            chaff("first", "The first curvature decides.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(rate * curvatures[0] < 2.0)
            }),
            chaff("unstable", "`true` means unstable.", |rate, curvatures| {
                reference::is_stable_learning_rate(rate, curvatures).map(|stable| !stable)
            }),
            chaff("inverse", "The learning rate is stable below L/2.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate < l / 2.0))
            }),
            chaff(
                "last_reported",
                "The error may contain any curvature that is out of range.",
                |rate, curvatures| match reference::is_stable_learning_rate(rate, curvatures) {
                    Err(InputError::OutOfRange { name: "curvatures", wanted, .. }) => {
                        let last = curvatures.iter().rev().find(|l| **l <= 0.0);
                        Err(InputError::OutOfRange { name: "curvatures", got: *last.unwrap_or(&0.0), wanted })
                    }
                    answer => answer,
                },
            ),
            chaff(
                "empty_is_stable",
                "Without curvatures every learning rate is stable.",
                |rate, curvatures| {
                    if curvatures.is_empty() {
                        Ok(true)
                    } else {
                        reference::is_stable_learning_rate(rate, curvatures)
                    }
                },
            ),
            chaff("nan_is_unstable", "A NaN needs no check: the comparison is false.", |rate, curvatures| {
                if rate.is_nan() || curvatures.iter().any(|l| l.is_nan()) {
                    Ok(false)
                } else {
                    reference::is_stable_learning_rate(rate, curvatures)
                }
            }),
            chaff(
                "negative_is_unstable",
                "A negative number needs no check: it is not stable.",
                |rate, curvatures| match reference::is_stable_learning_rate(rate, curvatures) {
                    Err(InputError::OutOfRange { .. }) => Ok(false),
                    other => other,
                },
            ),
            chaff("flat_is_fine", "A curvature of 0 is valid.", |rate, curvatures| {
                let steep: Vec<f64> = curvatures.iter().copied().filter(|l| *l != 0.0).collect();
                if steep.is_empty() && !curvatures.is_empty() {
                    Ok(true)
                } else {
                    reference::is_stable_learning_rate(rate, &steep)
                }
            }),
            chaff("leeway", "A safety margin below 2/L is needed.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().all(|l| rate * l < 2.0 - 1e-10))
            }),
            chaff("five_axes", "There are at most five curvatures.", |rate, curvatures| {
                usable(rate, curvatures)?;
                Ok(curvatures.iter().take(5).all(|l| rate * l < 2.0))
            }),
            chaff("tiny_is_0", "A curvature below 10⁻¹² is 0.", |rate, curvatures| {
                usable(rate, curvatures)?;
                match curvatures.iter().find(|l| **l < 1e-12) {
                    Some(&got) => {
                        Err(InputError::OutOfRange { name: "curvatures", got, wanted: "numbers > 0" })
                    }
                    None => reference::is_stable_learning_rate(rate, curvatures),
                }
            }),
            chaff(
                "last_not_finite",
                "The index may be that of any curvature that is not finite.",
                |rate, curvatures| {
                    reference::is_stable_learning_rate(rate, curvatures).map_err(
                        |rejection| match rejection {
                            InputError::NotFinite { name: "curvatures", index } => {
                                let last = curvatures.iter().rposition(|l| !l.is_finite());
                                InputError::NotFinite { name: "curvatures", index: last.unwrap_or(index) }
                            }
                            other => other,
                        },
                    )
                },
            ),
            chaff(
                "slow_is_unstable",
                "A step that removes less than 10⁻¹² of the distance does not converge.",
                |rate, curvatures| {
                    let stable = reference::is_stable_learning_rate(rate, curvatures)?;
                    Ok(stable && curvatures.iter().all(|l| rate * l > 1e-12))
                },
            ),
        ],
    )(learning_rate, curvatures)
}

fn usable(rate: f64, curvatures: &[f64]) -> Result<(), InputError> {
    reference::is_stable_learning_rate(rate, curvatures).map(|_| ())
}
