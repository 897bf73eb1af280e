use kit::InputError;

use super::super::answers::{
    Gradient, Path, asked_twice, counted_from_0, fitted, fitted_after_the_first, last_named, no_tiny_rate,
    turned_round,
};
use super::walk::{plain, walk, with_last_speed, with_speed};
use crate::reference::m03_calculus::optimizers as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Momentum = fn(Gradient<'_>, &[f64], f64, f64, usize) -> Path;

/// The kata, answered by a specimen.
pub fn momentum(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    beta: f64,
    steps: usize,
) -> Result<Vec<Vec<f64>>, InputError> {
    answering::<Momentum>(
        module_path!(),
        reference::momentum,
        &[
            wheat(
                "all_gradients_kept",
                "sums all gradients so far with their weights",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    let mut gradients: Vec<Vec<f64>> = Vec::new();
                    walk(gradient, start, steps, |_, x, slope| {
                        gradients.push(slope.to_vec());
                        let v = |i: usize| gradients.iter().fold(0.0, |v, slope| beta * v + slope[i]);
                        (0..x.len()).map(|i| x[i] - rate * v(i)).collect()
                    })
                },
            ),
            wheat(
                "heavy_ball",
                "keeps the last step instead of the velocity (Polyak)",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    let mut last = vec![0.0; start.len()];
                    walk(gradient, start, steps, |_, x, slope| {
                        last =
                            last.iter().zip(slope).map(|(last, slope)| beta * last - rate * slope).collect();
                        x.iter().zip(&last).map(|(x, step)| x + step).collect()
                    })
                },
            ),
            wheat("fused", "uses a fused multiply-add", |gradient, start, rate, beta, steps| {
                usable(start, rate, beta)?;
                let mut v = vec![0.0_f64; start.len()];
                walk(gradient, start, steps, |_, x, slope| {
                    v.iter_mut().zip(slope).for_each(|(v, slope)| *v = v.mul_add(beta, *slope));
                    x.iter().zip(&v).map(|(x, v)| (-rate).mul_add(*v, *x)).collect()
                })
            }),
            wheat(
                "asks_twice",
                "evaluates the gradient again where it needs it",
                |gradient, start, rate, beta, steps| {
                    reference::momentum(&asked_twice(gradient), start, rate, beta, steps)
                },
            ),
            wheat(
                "from_the_start",
                "sums from the initial point the contribution of each gradient, times 1 + β + β² + …",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    let (mut gradients, mut carried): (Vec<Vec<f64>>, Vec<f64>) = (Vec::new(), Vec::new());
                    walk(gradient, start, steps, |_, _, slope| {
                        gradients.push(slope.to_vec());
                        carried.push(1.0 + beta * carried.last().unwrap_or(&0.0));
                        let way = |i: usize| {
                            gradients.iter().zip(carried.iter().rev()).map(|(g, c)| c * g[i]).sum::<f64>()
                        };
                        start.iter().enumerate().map(|(i, x)| x - rate * way(i)).collect()
                    })
                },
            ),
            chaff(
                "forgotten",
                "The velocity starts at 0 in each step.",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    walk(gradient, start, steps, |_, x, slope| plain(x, slope, rate))
                },
            ),
            chaff(
                "averaged",
                "The gradient has the weight 1 − β.",
                |gradient, start, rate, beta, steps| {
                    reference::momentum(gradient, start, rate * (1.0 - beta), beta, steps).or_else(
                        |rejection| match rejection {
                            InputError::OutOfRange { name: "learning_rate", .. } => {
                                reference::momentum(gradient, start, rate, beta, steps)
                            }
                            other => Err(other),
                        },
                    )
                },
            ),
            chaff(
                "nesterov",
                "The gradient is evaluated at the look-ahead point (Nesterov).",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    let mut v = vec![0.0; start.len()];
                    walk(gradient, start, steps, |_, x, slope| {
                        let ahead: Vec<f64> = x.iter().zip(&v).map(|(x, v)| x - rate * beta * v).collect();
                        let slope =
                            if v.iter().all(|v| *v == 0.0) { slope.to_vec() } else { gradient(&ahead) };
                        v = v.iter().zip(&slope).map(|(v, slope)| beta * v + slope).collect();
                        plain(x, &v, rate)
                    })
                },
            ),
            chaff(
                "old_velocity",
                "The step uses the velocity before its update.",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    let mut v = vec![0.0; start.len()];
                    walk(gradient, start, steps, |_, x, slope| {
                        let next = plain(x, &v, rate);
                        v = v.iter().zip(slope).map(|(v, slope)| beta * v + slope).collect();
                        next
                    })
                },
            ),
            chaff(
                "no_friction",
                "The velocity is kept completely, β = 1.",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    with_speed(gradient, start, rate, steps, |_, v, slope| v + slope)
                },
            ),
            chaff("warm_up", "β increases after twelve steps.", |gradient, start, rate, beta, steps| {
                usable(start, rate, beta)?;
                with_speed(gradient, start, rate, steps, |k, v, slope| {
                    let beta = if k > 12 { beta.max(0.9) } else { beta };
                    beta * v + slope
                })
            }),
            chaff(
                "rate_in_velocity_too",
                "Both the gradient and the velocity are multiplied by η.",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    with_speed(gradient, start, rate, steps, |_, v, slope| beta * v + rate * slope)
                },
            ),
            chaff("climbs", "The gradient points downhill.", |gradient, start, rate, beta, steps| {
                reference::momentum(&turned_round(gradient), start, rate, beta, steps)
            }),
            chaff(
                "one_velocity_for_all",
                "All coordinates share one velocity.",
                |gradient, start, rate, beta, steps| {
                    usable(start, rate, beta)?;
                    let mut v = 0.0;
                    walk(gradient, start, steps, |_, x, slope| {
                        v = beta * v + slope.iter().sum::<f64>() / slope.len() as f64;
                        x.iter().map(|x| x - rate * v).collect()
                    })
                },
            ),
            chaff(
                "start_missing",
                "The path begins after the first step.",
                |gradient, start, rate, beta, steps| {
                    reference::momentum(gradient, start, rate, beta, steps + 1).map(|path| path[1..].to_vec())
                },
            ),
            chaff(
                "stops_when_level",
                "The path ends where the gradient is 0.",
                |gradient, start, rate, beta, steps| {
                    let path = reference::momentum(gradient, start, rate, beta, steps)?;
                    let end = path.iter().position(|x| gradient(x).iter().all(|slope| *slope == 0.0));
                    Ok(path[..end.map_or(path.len(), |k| k + 1)].to_vec())
                },
            ),
            chaff("beta_1_allowed", "β = 1 is valid.", |gradient, start, rate, beta, steps| {
                usable(start, rate, if beta >= 1.0 && beta.is_finite() { 0.5 } else { beta })?;
                with_speed(gradient, start, rate, steps, |_, v, slope| beta * v + slope)
            }),
            chaff(
                "truncates",
                "`zip` rejects unequal lengths by itself.",
                |gradient, start, rate, beta, steps| {
                    reference::momentum(&fitted(gradient, start.len()), start, rate, beta, steps)
                },
            ),
            chaff(
                "steps_counted_from_0",
                "The first step has the number 0.",
                |gradient, start, rate, beta, steps| {
                    reference::momentum(gradient, start, rate, beta, steps).map_err(counted_from_0)
                },
            ),
            chaff(
                "first_length_only",
                "Checking the length of the first gradient is enough.",
                |g, x0, rate, beta, n| {
                    reference::momentum(&fitted_after_the_first(g, x0.len()), x0, rate, beta, n)
                },
            ),
            chaff("a_thousand_steps", "A thousand steps are always enough.", |g, x0, rate, beta, n| {
                reference::momentum(g, x0, rate, beta, n.min(1000))
            }),
            chaff(
                "last_named",
                "The index may be that of any coordinate that is not finite.",
                |g, x0, rate, beta, n| {
                    last_named(x0)?;
                    reference::momentum(g, x0, rate, beta, n)
                },
            ),
            chaff("no_tiny_rate", "A learning rate below 10⁻¹² is 0.", |g, x0, rate, beta, n| {
                no_tiny_rate(x0, rate)?;
                reference::momentum(g, x0, rate, beta, n)
            }),
            chaff("beta_up_to_95", "β is at most 0.95.", |g, x0, rate, beta, n| {
                reference::momentum(g, x0, rate, if beta < 1.0 { beta.min(0.95) } else { beta }, n)
            }),
            chaff("restart_at_300", "Every 300 steps the velocity starts anew.", |g, x0, rate, beta, n| {
                usable(x0, rate, beta)?;
                let speed = |k: i32, v, slope| if k % 300 == 0 { slope } else { beta * v + slope };
                with_speed(g, x0, rate, n, speed)
            }),
            chaff("velocity_kept", "A run starts with the last velocity.", |g, x0, rate, beta, n| {
                usable(x0, rate, beta)?;
                with_last_speed(g, x0, rate, beta, n)
            }),
        ],
    )(gradient, start, learning_rate, beta, steps)
}

fn usable(start: &[f64], rate: f64, beta: f64) -> Result<(), InputError> {
    reference::momentum(&|_| vec![], start, rate, beta, 0).map(|_| ())
}
