use kit::InputError;

use crate::reference::m03_calculus::descent as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Search = fn(&dyn Fn(&[f64]) -> f64, &[f64], &[f64], f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn line_search(f: &dyn Fn(&[f64]) -> f64, x: &[f64], slope: &[f64], c: f64) -> Result<f64, InputError> {
    answering::<Search>(
        module_path!(),
        reference::line_search,
        &[
            wheat(
                "fall_compared",
                "compares the decrease with the predicted one, for powers of ½",
                |f, x, slope, c| {
                    usable(f, x, slope, c)?;
                    let mut squares: Vec<f64> = slope.iter().map(|g| g * g).collect();
                    squares.sort_by(f64::total_cmp);
                    let promised = c * squares.iter().sum::<f64>();
                    first(|t| f(x) - at(f, x, slope, t) >= t * promised)
                },
            ),
            wheat(
                "from_the_other_side",
                "puts everything on one side of the inequality",
                |f, x, slope, c| {
                    usable(f, x, slope, c)?;
                    let promised: f64 = slope.iter().rev().map(|g| g.powi(2)).sum();
                    first(|t| at(f, x, slope, t) - f(x) + c * (t * promised) <= 0.0)
                },
            ),
            wheat("points_halved", "halves the step vector", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let (mut step, promised) = (slope.to_vec(), slope.iter().map(|g| g * g).sum::<f64>());
                let here = f(x);
                first(|t| {
                    let there = f(&x.iter().zip(&step).map(|(x, s)| x - s).collect::<Vec<_>>());
                    step.iter_mut().for_each(|s| *s *= 0.5);
                    there.is_finite() && there <= here - c * promised * t
                })
            }),
            wheat("length_squared", "squares the norm of the gradient", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let length = slope.iter().fold(0.0_f64, |length, g| length.hypot(*g));
                first(|t| at(f, x, slope, t) <= f(x) - c * t * length * length)
            }),
            chaff("any_fall", "Any decrease of f is sufficient.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                first(|t| at(f, x, slope, t) <= f(x))
            }),
            chaff("t_forgotten", "The required decrease does not depend on t.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().map(|g| g * g).sum();
                first(|t| at(f, x, slope, t) <= f(x) - c * promised)
            }),
            chaff(
                "length_for_square",
                "The predicted decrease is t·‖g‖, not t·‖g‖².",
                |f, x, slope, c| {
                    usable(f, x, slope, c)?;
                    let promised = slope.iter().map(|g| g * g).sum::<f64>().sqrt();
                    first(|t| at(f, x, slope, t) <= f(x) - c * t * promised)
                },
            ),
            chaff("c_forgotten", "The whole predicted decrease is required.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().map(|g| g * g).sum();
                first(|t| at(f, x, slope, t) <= f(x) - t * promised)
            }),
            chaff("uphill", "The step goes along the gradient.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().map(|g| g * g).sum();
                first(|t| at(f, x, slope, -t) <= f(x) - c * t * promised)
            }),
            chaff("by_tenths", "t is multiplied by 0.9.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().map(|g| g * g).sum();
                let steps = (0..200).map(|k| 0.9_f64.powi(k));
                let enough = |t: &f64| at(f, x, slope, *t) <= f(x) - c * t * promised;
                let residual = 0.5_f64.powi(60);
                steps.into_iter().find(enough).ok_or(InputError::NotConverged { steps: 60, residual })
            }),
            chaff("begins_with_half", "The first trial step is ½.", |f, x, slope, c| {
                Ok(reference::line_search(f, x, slope, c)?.min(0.5))
            }),
            chaff("full_step", "The full step is always accepted.", |f, x, slope, c| {
                usable(f, x, slope, c).map(|()| 1.0)
            }),
            chaff(
                "one_halving_too_many",
                "One more halving after the accepted step is safer.",
                |f, x, slope, c| {
                    let t = reference::line_search(f, x, slope, c)?;
                    Ok(if t < 1.0 { t / 2.0 } else { t })
                },
            ),
            chaff("first_entry_only", "Only the first entry of the gradient counts.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                first(|t| at(f, x, slope, t) <= f(x) - c * t * slope[0] * slope[0])
            }),
            chaff("minus_infinity_is_low", "−∞ is a decrease.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().map(|g| g * g).sum();
                first(|t| {
                    let there: Vec<f64> = x.iter().zip(slope).map(|(x, g)| x - t * g).collect();
                    f(&there) <= f(x) - c * t * promised
                })
            }),
            chaff("wall_rejected", "A trial value that is not finite is an error.", |f, x, slope, c| {
                let t = reference::line_search(f, x, slope, c)?;
                if (0..60)
                    .map(|k| 0.5_f64.powi(k))
                    .take_while(|s| *s > t)
                    .any(|s| !at(f, x, slope, s).is_finite())
                {
                    return Err(InputError::NotFinite { name: "f", index: 0 });
                }
                Ok(t)
            }),
            chaff("strictly_less", "The inequality is strict.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().map(|g| g * g).sum();
                first(|t| at(f, x, slope, t) < f(x) - c * t * promised)
            }),
            chaff(
                "smallest_step_returned",
                "After 60 halvings the last step is returned.",
                |f, x, slope, c| {
                    reference::line_search(f, x, slope, c).or_else(|rejection| match rejection {
                        InputError::NotConverged { residual, .. } => Ok(residual),
                        other => Err(other),
                    })
                },
            ),
            chaff("any_share", "c may be any number.", |f, x, slope, c| {
                if c.is_finite() && !(c > 0.0 && c < 1.0) {
                    Ok(1.0)
                } else {
                    reference::line_search(f, x, slope, c)
                }
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |f, x, slope, c| {
                let n = x.len().min(slope.len());
                reference::line_search(f, &x[..n], &slope[..n], c)
            }),
            chaff("empty_is_level", "An empty gradient is 0, so the step is 1.", |f, x, slope, c| {
                if x.is_empty() && slope.is_empty() {
                    Ok(1.0)
                } else {
                    reference::line_search(f, x, slope, c)
                }
            }),
            chaff("nearly_level", "A gradient below 10⁻¹² is 0.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                if slope.iter().all(|g| g.abs() < 1e-12) {
                    return Ok(1.0);
                }
                reference::line_search(f, x, slope, c)
            }),
            chaff("three_entries", "There are at most three coordinates.", |f, x, slope, c| {
                usable(f, x, slope, c)?;
                let promised: f64 = slope.iter().take(3).map(|g| g * g).sum();
                first(|t| at(f, x, slope, t) <= f(x) - c * t * promised)
            }),
            chaff(
                "last_named",
                "The index may be that of any entry that is not finite.",
                |f, x, slope, c| {
                    reference::line_search(f, x, slope, c).map_err(|rejection| match rejection {
                        InputError::NotFinite { name, index } => {
                            let values = if name == "x" { x } else { slope };
                            let last = values.iter().rposition(|value| !value.is_finite());
                            InputError::NotFinite { name, index: last.unwrap_or(index) }
                        }
                        other => other,
                    })
                },
            ),
        ],
    )(f, x, slope, c)
}

fn usable(f: &dyn Fn(&[f64]) -> f64, x: &[f64], slope: &[f64], c: f64) -> Result<(), InputError> {
    // On level ground the reference returns at once, and has looked at the arguments before.
    let level: Vec<f64> = slope.iter().map(|g| 0.0 * g).collect();
    reference::line_search(f, x, &level, c).map(|_| ())
}

fn at(f: &dyn Fn(&[f64]) -> f64, x: &[f64], slope: &[f64], t: f64) -> f64 {
    let there = f(&x.iter().zip(slope).map(|(x, g)| x - t * g).collect::<Vec<_>>());
    // No comparison with NaN holds: where f is not finite it has not fallen.
    if there.is_finite() { there } else { f64::NAN }
}

fn first(mut enough: impl FnMut(f64) -> bool) -> Result<f64, InputError> {
    let found = (0..=60).map(|k| 0.5_f64.powi(k)).find(|t| enough(*t));
    found.ok_or(InputError::NotConverged { steps: 60, residual: 0.5_f64.powi(60) })
}
