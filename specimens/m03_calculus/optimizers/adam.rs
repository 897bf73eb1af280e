use kit::InputError;

use super::super::answers::{
    Gradient, Path, asked_twice, fitted, fitted_after_the_first, last_named, no_tiny_rate, turned_round,
};
use super::moments::{corrected, moments, of_the_largest_mean, of_the_last_seven, until_nan, usable};
use super::walk::walk;
use crate::reference::m03_calculus::optimizers as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Adam = fn(Gradient<'_>, &[f64], f64, usize) -> Path;

/// The kata, answered by a specimen.
pub fn adam(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    steps: usize,
) -> Result<Vec<Vec<f64>>, InputError> {
    answering::<Adam>(
        module_path!(),
        reference::adam,
        &[
            wheat(
                "powers_kept",
                "keeps β₁ᵏ and β₂ᵏ as running products",
                |gradient, start, rate, steps| {
                    let mut powers = [1.0, 1.0];
                    let mut last = 0;
                    moments(gradient, start, rate, steps, [0.9, 0.999], move |k, m, v| {
                        if k != last {
                            powers = [powers[0] * 0.9, powers[1] * 0.999];
                            last = k;
                        }
                        m / (1.0 - powers[0]) / ((v / (1.0 - powers[1])).sqrt() + 1e-8)
                    })
                },
            ),
            wheat(
                "rate_corrected",
                "corrects the learning rate and ε instead of both moments, as the paper suggests",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        let in_v = (1.0 - 0.999_f64.powi(k)).sqrt();
                        in_v / (1.0 - 0.9_f64.powi(k)) * m / (v.sqrt() + 1e-8 * in_v)
                    })
                },
            ),
            wheat(
                "weights_added_up",
                "divides sums by the sums of their weights",
                |gradient, start, rate, steps| {
                    usable(start, rate)?;
                    let mut sums = vec![[0.0; 4]; start.len()];
                    walk(gradient, start, steps, |_, x, slope| {
                        for (sums, g) in sums.iter_mut().zip(slope) {
                            let [m, in_m, v, in_v] = *sums;
                            *sums = [0.9 * m + g, 0.9 * in_m + 1.0, 0.999 * v + g * g, 0.999 * in_v + 1.0];
                        }
                        let step =
                            |[m, in_m, v, in_v]: &[f64; 4]| rate * (m / in_m) / ((v / in_v).sqrt() + 1e-8);
                        x.iter().zip(&sums).map(|(x, sums)| x - step(sums)).collect()
                    })
                },
            ),
            wheat(
                "asks_twice",
                "evaluates the gradient once for each moment",
                |gradient, start, rate, steps| reference::adam(&asked_twice(gradient), start, rate, steps),
            ),
            wheat(
                "means_moved_on",
                "moves both moving averages toward each gradient by its share of the weights",
                |gradient, start, rate, steps| {
                    usable(start, rate)?;
                    let (mut m, mut v) = (vec![0.0; start.len()], vec![0.0; start.len()]);
                    let mut weights = [0.0, 0.0];
                    walk(gradient, start, steps, |_, x, slope| {
                        weights = [0.9 * weights[0] + 1.0, 0.999 * weights[1] + 1.0];
                        let step = |i: usize| {
                            m[i] += (slope[i] - m[i]) / weights[0];
                            v[i] += (slope[i] * slope[i] - v[i]) / weights[1];
                            x[i] - rate * m[i] / (v[i].sqrt() + 1e-8)
                        };
                        (0..x.len()).map(step).collect()
                    })
                },
            ),
            chaff(
                "no_bias_correction",
                "The moving averages need no bias correction.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |_, m, v| m / (v.sqrt() + 1e-8))
                },
            ),
            chaff(
                "only_m_corrected",
                "The second moment needs no bias correction.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        m / (1.0 - 0.9_f64.powi(k)) / (v.sqrt() + 1e-8)
                    })
                },
            ),
            chaff(
                "steps_from_0",
                "The bias correction of the first step uses the number of the next step.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        corrected(k + 1, m, v, [0.9, 0.999])
                    })
                },
            ),
            chaff(
                "first_correction_kept",
                "The bias correction is 1 − β in every step.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |_, m, v| {
                        corrected(1, m, v, [0.9, 0.999])
                    })
                },
            ),
            chaff(
                "seven_gradients_kept",
                "The moving averages cover the last seven gradients only.",
                of_the_last_seven,
            ),
            chaff(
                "epsilon_below_the_root",
                "ε is added below the square root.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        m / (1.0 - 0.9_f64.powi(k)) / (v / (1.0 - 0.999_f64.powi(k)) + 1e-8).sqrt()
                    })
                },
            ),
            chaff("no_epsilon", "ε has no effect and can be omitted.", |gradient, start, rate, steps| {
                moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                    let v = v / (1.0 - 0.999_f64.powi(k));
                    if v == 0.0 { 0.0 } else { m / (1.0 - 0.9_f64.powi(k)) / v.sqrt() }
                })
            }),
            chaff(
                "no_root",
                "The first moment is divided by the second moment, without a square root.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        m / (1.0 - 0.9_f64.powi(k)) / (v / (1.0 - 0.999_f64.powi(k)) + 1e-8)
                    })
                },
            ),
            chaff("betas_exchanged", "β₁ belongs to the squares.", |gradient, start, rate, steps| {
                moments(gradient, start, rate, steps, [0.999, 0.9], |k, m, v| {
                    corrected(k, m, v, [0.999, 0.9])
                })
            }),
            chaff(
                "no_momentum",
                "The numerator is the current gradient, as in RMSProp.",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.0, 0.999], |k, m, v| {
                        corrected(k, m, v, [0.0, 0.999])
                    })
                },
            ),
            chaff(
                "shared_size",
                "All coordinates share one second moment.",
                |gradient, start, rate, steps| {
                    usable(start, rate)?;
                    let (mut m, mut v) = (vec![0.0; start.len()], 0.0);
                    walk(gradient, start, steps, |k, x, slope| {
                        m = m.iter().zip(slope).map(|(m, g)| 0.9 * m + 0.1 * g).collect();
                        v = 0.999 * v + 0.001 * slope.iter().map(|g| g * g).sum::<f64>();
                        x.iter().zip(&m).map(|(x, m)| x - rate * corrected(k, *m, v, [0.9, 0.999])).collect()
                    })
                },
            ),
            chaff("climbs", "The gradient points downhill.", |gradient, start, rate, steps| {
                reference::adam(&turned_round(gradient), start, rate, steps)
            }),
            chaff("plain_descent", "Adam is plain gradient descent.", |gradient, start, rate, steps| {
                reference::momentum(gradient, start, rate, 0.0, steps)
            }),
            chaff(
                "start_missing",
                "The path begins after the first step.",
                |gradient, start, rate, steps| {
                    reference::adam(gradient, start, rate, steps + 1).map(|path| path[1..].to_vec())
                },
            ),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |gradient, start, rate, steps| {
                reference::adam(&fitted(gradient, start.len()), start, rate, steps)
            }),
            chaff(
                "any_rate",
                "A learning rate that is not positive is valid.",
                |gradient, start, rate, steps| {
                    if rate <= 0.0 && rate.is_finite() {
                        Ok(vec![start.to_vec()])
                    } else {
                        reference::adam(gradient, start, rate, steps)
                    }
                },
            ),
            chaff(
                "first_length_only",
                "Checking the length of the first gradient is enough.",
                |g, x0, rate, n| reference::adam(&fitted_after_the_first(g, x0.len()), x0, rate, n),
            ),
            chaff("a_thousand_steps", "A thousand steps are always enough.", |g, x0, rate, n| {
                reference::adam(g, x0, rate, n.min(1000))
            }),
            chaff(
                "last_named",
                "The index may be that of any coordinate that is not finite.",
                |g, x0, rate, n| {
                    last_named(x0)?;
                    reference::adam(g, x0, rate, n)
                },
            ),
            chaff("no_tiny_rate", "A learning rate below 10⁻¹² is 0.", |g, x0, rate, n| {
                no_tiny_rate(x0, rate)?;
                reference::adam(g, x0, rate, n)
            }),
            chaff("correction_ends", "After fifty steps no bias correction is needed.", |g, x0, rate, n| {
                moments(g, x0, rate, n, [0.9, 0.999], |k, m, v| {
                    if k > 50 { m / (v.sqrt() + 1e-8) } else { corrected(k, m, v, [0.9, 0.999]) }
                })
            }),
            chaff("largest_mean_square", "The second moment never decreases (AMSGrad).", of_the_largest_mean),
            chaff("until_nan", "A point is not finite if a coordinate is NaN.", until_nan),
            chaff(
                "rate_in_single",
                "A learning rate needs single precision only.",
                |gradient, start, rate, steps| {
                    let single = f64::from(rate as f32);
                    reference::adam(
                        gradient,
                        start,
                        if single > 0.0 && single.is_finite() { single } else { rate },
                        steps,
                    )
                },
            ),
        ],
    )(gradient, start, learning_rate, steps)
}
