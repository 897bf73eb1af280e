use kit::InputError;

use super::walk::{Gradient, Path, walk};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m03_calculus::optimizers as reference;

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
                "corrects the rate and ε instead of both means, as the paper suggests",
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
                "asks for the gradient once for each mean",
                |gradient, start, rate, steps| {
                    let twice = |x: &[f64]| {
                        let _ = gradient(x);
                        gradient(x)
                    };
                    reference::adam(&twice, start, rate, steps)
                },
            ),
            wheat(
                "means_moved_on",
                "moves both weighted means towards each slope by its share of the weights",
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
                "the means are right from the first step on",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |_, m, v| m / (v.sqrt() + 1e-8))
                },
            ),
            chaff(
                "only_m_corrected",
                "the mean of the squares needs no correction",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        m / (1.0 - 0.9_f64.powi(k)) / (v.sqrt() + 1e-8)
                    })
                },
            ),
            chaff(
                "steps_from_0",
                "the first step corrects by 1 − β², the number of the next one",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        corrected(k + 1, m, v, [0.9, 0.999])
                    })
                },
            ),
            chaff(
                "first_correction_kept",
                "the correction is 1 − β in every step",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |_, m, v| {
                        corrected(1, m, v, [0.9, 0.999])
                    })
                },
            ),
            chaff(
                "seven_slopes_kept",
                "what is older than seven steps no longer counts",
                |gradient, start, rate, steps| {
                    usable(start, rate)?;
                    let mut slopes: Vec<Vec<f64>> = Vec::new();
                    walk(gradient, start, steps, |_, x, slope| {
                        slopes.push(slope.to_vec());
                        let last = &slopes[slopes.len().saturating_sub(7)..];
                        let step = |i: usize| {
                            let mean = |beta: f64, of: fn(f64) -> f64| {
                                let sum = last.iter().fold([0.0, 0.0], |[sum, weights], slope| {
                                    [beta * sum + of(slope[i]), beta * weights + 1.0]
                                });
                                sum[0] / sum[1]
                            };
                            rate * mean(0.9, |g| g) / (mean(0.999, |g| g * g).sqrt() + 1e-8)
                        };
                        (0..x.len()).map(|i| x[i] - step(i)).collect()
                    })
                },
            ),
            chaff("epsilon_below_the_root", "ε belongs below the root", |gradient, start, rate, steps| {
                moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                    m / (1.0 - 0.9_f64.powi(k)) / (v / (1.0 - 0.999_f64.powi(k)) + 1e-8).sqrt()
                })
            }),
            chaff(
                "no_epsilon",
                "ε is for safety only and changes nothing",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        let v = v / (1.0 - 0.999_f64.powi(k));
                        if v == 0.0 { 0.0 } else { m / (1.0 - 0.9_f64.powi(k)) / v.sqrt() }
                    })
                },
            ),
            chaff(
                "no_root",
                "the mean slope is divided by the mean square",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.9, 0.999], |k, m, v| {
                        m / (1.0 - 0.9_f64.powi(k)) / (v / (1.0 - 0.999_f64.powi(k)) + 1e-8)
                    })
                },
            ),
            chaff("betas_exchanged", "β₁ belongs to the squares", |gradient, start, rate, steps| {
                moments(gradient, start, rate, steps, [0.999, 0.9], |k, m, v| {
                    corrected(k, m, v, [0.999, 0.9])
                })
            }),
            chaff(
                "no_momentum",
                "the slope itself is enough above the root (RMSProp)",
                |gradient, start, rate, steps| {
                    moments(gradient, start, rate, steps, [0.0, 0.999], |k, m, v| {
                        corrected(k, m, v, [0.0, 0.999])
                    })
                },
            ),
            chaff("shared_size", "one size serves all coordinates", |gradient, start, rate, steps| {
                usable(start, rate)?;
                let (mut m, mut v) = (vec![0.0; start.len()], 0.0);
                walk(gradient, start, steps, |k, x, slope| {
                    m = m.iter().zip(slope).map(|(m, g)| 0.9 * m + 0.1 * g).collect();
                    v = 0.999 * v + 0.001 * slope.iter().map(|g| g * g).sum::<f64>();
                    x.iter().zip(&m).map(|(x, m)| x - rate * corrected(k, *m, v, [0.9, 0.999])).collect()
                })
            }),
            chaff("climbs", "the gradient points downhill", |gradient, start, rate, steps| {
                reference::adam(&|x| gradient(x).iter().map(|slope| -slope).collect(), start, rate, steps)
            }),
            chaff("plain_descent", "in the end it is gradient descent", |gradient, start, rate, steps| {
                reference::momentum(gradient, start, rate, 0.0, steps)
            }),
            chaff("start_missing", "the path begins with the first step", |gradient, start, rate, steps| {
                reference::adam(gradient, start, rate, steps + 1).map(|path| path[1..].to_vec())
            }),
            chaff("truncates", "`zip` compares the lengths by itself", |gradient, start, rate, steps| {
                let n = start.len();
                let cut = |x: &[f64]| gradient(x).into_iter().chain(std::iter::repeat(0.0)).take(n).collect();
                reference::adam(&cut, start, rate, steps)
            }),
            chaff(
                "any_rate",
                "a learning rate that is not positive does no harm",
                |gradient, start, rate, steps| {
                    if rate <= 0.0 && rate.is_finite() {
                        Ok(vec![start.to_vec()])
                    } else {
                        reference::adam(gradient, start, rate, steps)
                    }
                },
            ),
            chaff("first_length_only", "the first gradient tells how long all are", |g, x0, rate, n| {
                let (first, width) = (std::cell::Cell::new(true), x0.len());
                let fitted = |x: &[f64]| {
                    let slope = g(x).into_iter();
                    if first.replace(false) {
                        slope.collect::<Vec<f64>>()
                    } else {
                        slope.chain(std::iter::repeat(0.0)).take(width).collect()
                    }
                };
                reference::adam(&fitted, x0, rate, n)
            }),
            chaff("a_thousand_steps", "a thousand steps are enough for everything", |g, x0, rate, n| {
                reference::adam(g, x0, rate, n.min(1000))
            }),
            chaff("last_named", "any coordinate that is not finite will do", |g, x0, rate, n| {
                match x0.iter().rposition(|x| !x.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "start", index }),
                    None => reference::adam(g, x0, rate, n),
                }
            }),
            chaff("no_tiny_rate", "a rate below 10⁻¹² is none", |g, x0, rate, n| {
                if rate > 0.0 && rate < 1e-12 && !x0.is_empty() && x0.iter().all(|x| x.is_finite()) {
                    let wanted = "a number > 0";
                    return Err(InputError::OutOfRange { name: "learning_rate", got: rate, wanted });
                }
                reference::adam(g, x0, rate, n)
            }),
            chaff(
                "correction_ends",
                "after fifty steps the means are right by themselves",
                |g, x0, rate, n| {
                    moments(g, x0, rate, n, [0.9, 0.999], |k, m, v| {
                        if k > 50 { m / (v.sqrt() + 1e-8) } else { corrected(k, m, v, [0.9, 0.999]) }
                    })
                },
            ),
            chaff(
                "largest_mean_square",
                "the mean of the squares may only grow (AMSGrad)",
                |g, x0, rate, n| {
                    usable(x0, rate)?;
                    let mut means = vec![[0.0_f64; 3]; x0.len()];
                    let mut k = 0;
                    walk(g, x0, n, |_, x, slope| {
                        k += 1;
                        for (mean, g) in means.iter_mut().zip(slope) {
                            mean[0] = 0.9 * mean[0] + 0.1 * g;
                            mean[1] = 0.999 * mean[1] + 0.001 * g * g;
                            mean[2] = mean[2].max(mean[1] / (1.0 - 0.999_f64.powi(k)));
                        }
                        let step =
                            |[m, _, v]: &[f64; 3]| rate * m / (1.0 - 0.9_f64.powi(k)) / (v.sqrt() + 1e-8);
                        x.iter().zip(&means).map(|(x, mean)| x - step(mean)).collect()
                    })
                },
            ),
        ],
    )(gradient, start, learning_rate, steps)
}

/// Keeps both means; `step` gives the length of a step in units of η from k, m and v.
fn moments(
    gradient: Gradient<'_>,
    start: &[f64],
    rate: f64,
    steps: usize,
    beta: [f64; 2],
    mut step: impl FnMut(i32, f64, f64) -> f64,
) -> Path {
    usable(start, rate)?;
    let mut means = vec![[0.0; 2]; start.len()];
    walk(gradient, start, steps, |k, x, slope| {
        let mut next = x.to_vec();
        for (i, [m, v]) in means.iter_mut().enumerate() {
            *m = beta[0] * *m + (1.0 - beta[0]) * slope[i];
            *v = beta[1] * *v + (1.0 - beta[1]) * slope[i].powi(2);
            next[i] -= rate * step(k, *m, *v);
        }
        next
    })
}

fn corrected(k: i32, m: f64, v: f64, beta: [f64; 2]) -> f64 {
    m / (1.0 - beta[0].powi(k)) / ((v / (1.0 - beta[1].powi(k))).sqrt() + 1e-8)
}

fn usable(start: &[f64], rate: f64) -> Result<(), InputError> {
    reference::adam(&|_| vec![], start, rate, 0).map(|_| ())
}
