use kit::{InputError, check};

use super::super::making::{all, clipped, last, nan_as_zero, single, sized};
use super::stepping::{Stepped, adam, planned};
use crate::reference::x3_regularization::optimizer as reference;
use crate::reference::x3_regularization::optimizer::{AdamW, AdamWState};
use crate::specimens::specimen::{answering, chaff, wheat};

type AdamwStep = fn(&[f64], &[f64], &AdamWState, &AdamW) -> Stepped;

/// The kata, answered by a specimen.
pub fn adamw_step(
    parameters: &[f64],
    gradient: &[f64],
    state: &AdamWState,
    options: &AdamW,
) -> Result<(Vec<f64>, AdamWState), InputError> {
    answering::<AdamwStep>(
        module_path!(),
        reference::adamw_step,
        &[
            wheat(
                "as_pytorch",
                "decays first, and corrects step size and root",
                |theta, g, state, options| {
                    planned(theta, g, state, options, |theta, [m, v], o, t| {
                        let [in_m, in_v] = o.betas.map(|beta| 1.0 - beta.powf(t));
                        let decayed = theta * (1.0 - o.learning_rate * o.weight_decay);
                        decayed - o.learning_rate / in_m * (m / (v.sqrt() / in_v.sqrt() + o.epsilon))
                    })
                },
            ),
            wheat("by_expm1", "takes 1 − βᵗ from the exponential", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    let [in_m, in_v] = o.betas.map(|beta| -(t * beta.ln()).exp_m1());
                    let step = m / in_m / ((v / in_v).sqrt() + o.epsilon);
                    theta - o.learning_rate * (step + o.weight_decay * theta)
                })
            }),
            wheat(
                "moving_differences",
                "moves the moments by their difference",
                |theta, g, state, options| {
                    let (_, new) = reference::adamw_step(theta, g, state, options)?;
                    let mut moved = new.clone();
                    for (i, g) in g.iter().enumerate() {
                        moved.first[i] = state.first[i] * options.betas[0] + g * (1.0 - options.betas[0]);
                        moved.second[i] =
                            g * g * (1.0 - options.betas[1]) + state.second[i] * options.betas[1];
                    }
                    Ok((reference::adamw_step(theta, g, state, options)?.0, moved))
                },
            ),
            wheat(
                "interpolated",
                "moves the first moment by 1 − β₁ of its difference to the gradient",
                |theta, g, state, options| {
                    let (_, mut new) = reference::adamw_step(theta, g, state, options)?;
                    let moved = |(m, g): (&f64, &f64)| m + (1.0 - options.betas[0]) * (g - m);
                    new.first = state.first.iter().zip(g).map(moved).collect();
                    let one = |i: usize| {
                        let step = adam(new.first[i], new.second[i], options, new.step as f64);
                        theta[i] - options.learning_rate * (step + options.weight_decay * theta[i])
                    };
                    Ok(((0..theta.len()).map(one).collect(), new))
                },
            ),
            chaff(
                "l2_penalty",
                "Weight decay is an L2 penalty: λ·θ is added to the gradient.",
                |theta, g, state, options| {
                    reference::adamw_step(theta, g, state, options)?;
                    let penalized: Vec<f64> = g
                        .iter()
                        .zip(theta)
                        .map(|(g, theta)| clipped(g + options.weight_decay * theta))
                        .collect();
                    reference::adamw_step(
                        theta,
                        &penalized,
                        state,
                        &AdamW { weight_decay: 0.0, ..options.clone() },
                    )
                },
            ),
            chaff(
                "decay_without_rate",
                "The decay is λ·θ, without the learning rate.",
                |theta, g, state, options| {
                    planned(theta, g, state, options, |theta, [m, v], o, t| {
                        theta - o.weight_decay * theta - o.learning_rate * adam(m, v, o, t)
                    })
                },
            ),
            chaff("no_decay", "AdamW is Adam.", |theta, g, state, options| {
                reference::adamw_step(theta, g, state, options)?;
                reference::adamw_step(theta, g, state, &AdamW { weight_decay: 0.0, ..options.clone() })
            }),
            chaff("decay_added", "The decay is added to the parameter.", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    theta + o.learning_rate * (o.weight_decay * theta) - o.learning_rate * adam(m, v, o, t)
                })
            }),
            chaff(
                "decay_after_step",
                "The decay takes a share of the new parameter.",
                |theta, g, state, options| {
                    planned(theta, g, state, options, |theta, [m, v], o, t| {
                        let new = theta - o.learning_rate * adam(m, v, o, t);
                        new - o.learning_rate * (o.weight_decay * new)
                    })
                },
            ),
            chaff(
                "decay_of_the_sign",
                "The decay is λ times the sign of the parameter (L1).",
                |theta, g, state, options| {
                    planned(theta, g, state, options, |theta, [m, v], o, t| {
                        let sign = if theta == 0.0 { 0.0 } else { theta.signum() };
                        theta - o.learning_rate * (o.weight_decay * sign) - o.learning_rate * adam(m, v, o, t)
                    })
                },
            ),
            chaff("not_corrected", "The moments need no bias correction.", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, _| {
                    theta
                        - o.learning_rate * (o.weight_decay * theta)
                        - o.learning_rate * (m / (v.sqrt() + o.epsilon))
                })
            }),
            chaff(
                "corrected_a_step_late",
                "t is the number of steps before this one.",
                |theta, g, state, options| {
                    planned(theta, g, state, options, |theta, [m, v], o, t| {
                        theta
                            - o.learning_rate * (o.weight_decay * theta)
                            - o.learning_rate * adam(m, v, o, (t - 1.0).max(1.0))
                    })
                },
            ),
            chaff("correction_kept", "The state holds the corrected moments.", |theta, g, state, options| {
                let (theta, mut new) = reference::adamw_step(theta, g, state, options)?;
                let [in_m, in_v] = options.betas.map(|beta| 1.0 - beta.powf(new.step as f64));
                new.first = all(&new.first, |m| m / in_m);
                new.second = all(&new.second, |v| v / in_v);
                Ok((theta, new))
            }),
            chaff("epsilon_inside", "ε is added to the variance.", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    let [in_m, in_v] = o.betas.map(|beta| 1.0 - beta.powf(t));
                    theta
                        - o.learning_rate * (o.weight_decay * theta)
                        - o.learning_rate * (m / in_m / (v / in_v + o.epsilon).sqrt())
                })
            }),
            chaff("no_epsilon", "The second moment is never 0.", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    let [in_m, in_v] = o.betas.map(|beta| 1.0 - beta.powf(t));
                    theta
                        - o.learning_rate * (o.weight_decay * theta)
                        - o.learning_rate * (m / in_m / (v / in_v).sqrt())
                })
            }),
            chaff("no_root", "The step is divided by the second moment.", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    let [in_m, in_v] = o.betas.map(|beta| 1.0 - beta.powf(t));
                    theta
                        - o.learning_rate * (o.weight_decay * theta)
                        - o.learning_rate * (m / in_m / (v / in_v + o.epsilon))
                })
            }),
            chaff(
                "old_moments",
                "The step is that of the moments before this gradient.",
                |theta, g, state, options| {
                    let (_, new) = reference::adamw_step(theta, g, state, options)?;
                    let old = |i: usize| {
                        let step = adam(state.first[i], state.second[i], options, new.step as f64);
                        theta[i] - options.learning_rate * (options.weight_decay * theta[i] + step)
                    };
                    Ok(((0..theta.len()).map(old).collect(), new))
                },
            ),
            chaff("betas_exchanged", "β₂ belongs to the first moment.", |theta, g, state, options| {
                reference::adamw_step(theta, g, state, options)?;
                let [first, second] = options.betas;
                reference::adamw_step(theta, g, state, &AdamW { betas: [second, first], ..options.clone() })
            }),
            chaff("moments_summed", "A moment adds up gradients.", |theta, g, state, options| {
                let (new_theta, mut new) = reference::adamw_step(theta, g, state, options)?;
                for (i, g) in g.iter().enumerate() {
                    new.first[i] = options.betas[0] * state.first[i] + g;
                }
                Ok((new_theta, new))
            }),
            chaff(
                "absolute_gradient",
                "The second moment is that of the absolute gradient.",
                |theta, g, state, options| {
                    let (new_theta, mut new) = reference::adamw_step(theta, g, state, options)?;
                    for (i, g) in g.iter().enumerate() {
                        let [_, beta] = options.betas;
                        new.second[i] = beta * state.second[i] + (1.0 - beta) * g.abs();
                    }
                    Ok((new_theta, new))
                },
            ),
            chaff(
                "one_second_moment",
                "One step size is enough for all parameters.",
                |theta, g, state, options| {
                    let (_, new) = reference::adamw_step(theta, g, state, options)?;
                    let largest = new.second.iter().copied().fold(0.0, f64::max);
                    let of = |i: usize| {
                        let step = adam(new.first[i], largest, options, new.step as f64);
                        theta[i] - options.learning_rate * (options.weight_decay * theta[i] + step)
                    };
                    Ok(((0..theta.len()).map(of).collect(), new))
                },
            ),
            chaff("step_not_counted", "The caller counts the steps.", |theta, g, state, options| {
                let (theta, new) = reference::adamw_step(theta, g, state, options)?;
                Ok((theta, AdamWState { step: state.step, ..new }))
            }),
            chaff("uphill", "The step is added.", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    theta - o.learning_rate * (o.weight_decay * theta) + o.learning_rate * adam(m, v, o, t)
                })
            }),
            chaff(
                "last_parameter_left_out",
                "Parameters are numbered up to n − 2.",
                |theta, g, state, options| {
                    let (mut new_theta, new) = reference::adamw_step(theta, g, state, options)?;
                    new_theta[theta.len() - 1] = theta[theta.len() - 1];
                    Ok((new_theta, new))
                },
            ),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough.",
                |theta, g, state, options| {
                    reference::adamw_step(theta, g, state, options)?;
                    reference::adamw_step(&all(theta, single), &all(g, single), state, options)
                },
            ),
            chaff("nan_as_0", "A missing gradient (NaN) counts as 0.", |theta, g, state, options| {
                reference::adamw_step(theta, &all(g, nan_as_zero), state, options)
            }),
            chaff("any_size", "The square of a gradient is finite.", |theta, g, state, options| {
                check::finite("gradient", g)?;
                reference::adamw_step(theta, &all(g, clipped), state, options)
            }),
            chaff("no_learning", "With a learning rate of 0 nothing changes.", |theta, g, state, options| {
                if options.learning_rate == 0.0 {
                    return Ok((theta.to_vec(), state.clone()));
                }
                reference::adamw_step(theta, g, state, options)
            }),
            chaff("beta_of_1", "With β = 1 the moments never change.", |theta, g, state, options| {
                let betas = options.betas.map(|beta| if beta == 1.0 { 0.5 } else { beta });
                reference::adamw_step(theta, g, state, &AdamW { betas, ..options.clone() })
            }),
            chaff("empty", "Without parameters there is nothing to do.", |theta, g, state, options| {
                if theta.is_empty() && g.is_empty() {
                    return Ok((Vec::new(), AdamWState { step: state.step + 1, ..state.clone() }));
                }
                reference::adamw_step(theta, g, state, options)
            }),
            wheat("powers", "takes βᵗ as a product", |theta, g, state, options| {
                planned(theta, g, state, options, |theta, [m, v], o, t| {
                    let [in_m, in_v] = o.betas.map(|beta| 1.0 - beta.powi(t as i32));
                    theta
                        - o.learning_rate
                            * (m / in_m / ((v / in_v).sqrt() + o.epsilon) + o.weight_decay * theta)
                })
            }),
            wheat(
                "ranges_first",
                "asks for the size first: what is infinite is too large",
                |theta, g, state, options| {
                    for (name, values) in [
                        ("parameters", theta),
                        ("gradient", g),
                        ("first", &state.first),
                        ("second", &state.second),
                    ] {
                        sized(name, values)?;
                    }
                    reference::adamw_step(theta, g, state, options)
                },
            ),
            chaff(
                "last_number",
                "Any number that is not finite or too large may be named.",
                |theta, g, state, options| {
                    reference::adamw_step(theta, g, state, options)
                        .map_err(|error| last(error, "gradient", g, |v| v.abs() <= 1e60))
                },
            ),
            chaff("last_negative", "Any negative second moment may be named.", |theta, g, state, options| {
                reference::adamw_step(theta, g, state, options)
                    .map_err(|error| last(error, "second", &state.second, |v| (0.0..=1e60).contains(&v)))
            }),
            chaff("last_beta", "Any β that is out of range may be named.", |theta, g, state, options| {
                reference::adamw_step(theta, g, state, options).map_err(|error| match error {
                    InputError::OutOfRange { name: "betas", got, wanted } => {
                        let bad = options.betas.iter().rfind(|b| !(0.0..1.0).contains(*b)).copied();
                        InputError::OutOfRange { name: "betas", got: bad.unwrap_or(got), wanted }
                    }
                    other => other,
                })
            }),
            chaff(
                "moments_of_0",
                "Moments that are all 0 are those before the first step.",
                |theta, g, state, options| {
                    let is_start = state.first.iter().chain(&state.second).all(|m| *m == 0.0);
                    let step = if is_start && state.step < 1_000_000_000 { 0 } else { state.step };
                    let (theta, new) =
                        reference::adamw_step(theta, g, &AdamWState { step, ..state.clone() }, options)?;
                    Ok((theta, AdamWState { step: state.step + 1, ..new }))
                },
            ),
            chaff("tiny_rate", "A learning rate below 10⁻⁵⁰ is none.", |theta, g, state, options| {
                let rate = options.learning_rate;
                let rate = if rate > 0.0 && rate < 1e-50 { 0.0 } else { rate };
                reference::adamw_step(theta, g, state, &AdamW { learning_rate: rate, ..options.clone() })
            }),
            chaff(
                "after_200_steps",
                "After 200 steps the moments need no correction.",
                |theta, g, state, options| {
                    planned(theta, g, state, options, |theta, [m, v], o, t| {
                        let s = if t > 200.0 && t < 900.0 {
                            m / (v.sqrt() + o.epsilon)
                        } else {
                            adam(m, v, o, t)
                        };
                        theta - o.learning_rate * (s + o.weight_decay * theta)
                    })
                },
            ),
            chaff(
                "hardly_negative",
                "What is below 0 by as little as rounding counts as 0.",
                |theta, g, state, options| {
                    let second = all(&state.second, |v| if v < 0.0 && v > -1e-12 { 0.0 } else { v });
                    reference::adamw_step(theta, g, &AdamWState { second, ..state.clone() }, options)
                },
            ),
        ],
    )(parameters, gradient, state, options)
}
