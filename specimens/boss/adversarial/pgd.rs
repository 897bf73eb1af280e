use kit::{Dense, InputError, check};

use super::input_gradient::dual_numbers;
use super::{loss, sign};
use crate::reference::boss::adversarial as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{Way, along, change_is_kept, least_probable, projected_at_the_end, strongest, walk};

type Attacked = Result<Vec<f64>, InputError>;

type Pgd = fn(&[Dense], &[f64], usize, f64, f64, usize) -> Attacked;

/// The kata, answered by a specimen.
pub fn pgd(network: &[Dense], x: &[f64], label: usize, epsilon: f64, step: f64, steps: usize) -> Attacked {
    answering::<Pgd>(
        module_path!(),
        reference::pgd,
        &[
            wheat(
                "whole_way_first",
                "collects all iterates, then looks for the largest loss",
                |network, x, label, epsilon, step, steps| {
                    Ok(strongest(network, label, walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?))
                },
            ),
            wheat(
                "limits_of_each_pixel",
                "one interval per pixel: both limits at once",
                |network, x, label, epsilon, step, steps| {
                    let to = |at: f64, slope: f64, x: f64, epsilon: f64, step: f64| {
                        (at + step * sign(slope)).max((x - epsilon).max(0.0)).min((x + epsilon).min(1.0))
                    };
                    Ok(strongest(
                        network,
                        label,
                        walk(network, x, label, epsilon, step, steps, &Way { to, ..Way::RIGHT })?,
                    ))
                },
            ),
            wheat("change_is_kept", "keeps the perturbation instead of the point", change_is_kept),
            chaff(
                "last_point",
                "The last iterate has the largest loss.",
                |network, x, label, epsilon, step, steps| {
                    Ok(walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?.pop().unwrap_or_default())
                },
            ),
            chaff(
                "weakest_point",
                "The iterate with the smallest loss is returned.",
                |network, x, label, epsilon, step, steps| {
                    let points = walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?;
                    let weakest = points
                        .into_iter()
                        .min_by(|a, b| loss(network, a, label).total_cmp(&loss(network, b, label)));
                    Ok(weakest.unwrap_or_default())
                },
            ),
            chaff(
                "start_forgotten",
                "The start x does not count as an iterate.",
                |network, x, label, epsilon, step, steps| {
                    let points = walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?;
                    let from = usize::from(points.len() > 1);
                    Ok(strongest(network, label, points[from..].to_vec()))
                },
            ),
            chaff(
                "range_only",
                "Only the range from 0 to 1 limits the pixels.",
                |network, x, label, epsilon, step, steps| {
                    along(network, x, label, epsilon, step, steps, |at, slope, _, _, step| {
                        (at + step * sign(slope)).clamp(0.0, 1.0)
                    })
                },
            ),
            chaff(
                "ball_only",
                "Only the ε-ball limits the pixels.",
                |network, x, label, epsilon, step, steps| {
                    along(network, x, label, epsilon, step, steps, |at, slope, x, epsilon, step| {
                        (at + step * sign(slope)).clamp(x - epsilon, x + epsilon)
                    })
                },
            ),
            chaff(
                "ball_around_the_last_point",
                "The ε-ball is around the last iterate, not around x.",
                |network, x, label, epsilon, step, steps| {
                    along(network, x, label, epsilon, step, steps, |at, slope, _, epsilon, step| {
                        (at + step * sign(slope)).clamp(at - epsilon, at + epsilon).clamp(0.0, 1.0)
                    })
                },
            ),
            chaff(
                "always_from_the_start",
                "Each step starts at x.",
                |network, x, label, epsilon, step, steps| {
                    along(network, x, label, epsilon, step, steps, |_, slope, x, epsilon, step| {
                        (x + step * sign(slope)).clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)
                    })
                },
            ),
            chaff(
                "first_gradient_for_all",
                "The gradient is computed once, at x.",
                |network, x, label, epsilon, step, steps| {
                    let way = Way { fresh_gradient: false, ..Way::RIGHT };
                    Ok(strongest(network, label, walk(network, x, label, epsilon, step, steps, &way)?))
                },
            ),
            chaff(
                "projected_at_the_end",
                "Only the result is projected, not each iterate.",
                projected_at_the_end,
            ),
            chaff(
                "downhill",
                "Projected gradient descent minimizes the loss.",
                |network, x, label, epsilon, step, steps| {
                    let to = |at: f64, slope: f64, x: f64, epsilon: f64, step: f64| {
                        (at - step * sign(slope)).clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)
                    };
                    Ok(walk(network, x, label, epsilon, step, steps, &Way { to, ..Way::RIGHT })?
                        .pop()
                        .unwrap_or_default())
                },
            ),
            chaff(
                "gradient_for_signs",
                "The step is α·∂L/∂x, without the sign.",
                |network, x, label, epsilon, step, steps| {
                    along(network, x, label, epsilon, step, steps, |at, slope, x, epsilon, step| {
                        (at + step * slope).clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)
                    })
                },
            ),
            chaff(
                "one_step_less",
                "x counts as the first step.",
                |network, x, label, epsilon, step, steps| {
                    reference::pgd(network, x, label, epsilon, step, steps)?;
                    reference::pgd(network, x, label, epsilon, step, steps.max(1) - 1)
                },
            ),
            chaff(
                "one_large_step",
                "Many steps equal one step of ε.",
                |network, x, label, epsilon, step, steps| {
                    reference::pgd(network, x, label, epsilon, step, steps)?;
                    if steps == 0 { Ok(x.to_vec()) } else { reference::fgsm(network, x, label, epsilon) }
                },
            ),
            chaff(
                "eight_steps_at_most",
                "More than eight steps change nothing.",
                |network, x, label, epsilon, step, steps| {
                    reference::pgd(network, x, label, epsilon, step, steps.min(8))
                },
            ),
            chaff(
                "until_fooled",
                "The attack may stop at the first misclassified iterate.",
                |network, x, label, epsilon, step, steps| {
                    let points = walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?;
                    let fooled = points.iter().position(|point| super::says(network, point) != label);
                    let kept = fooled.map_or(points.len(), |first| first + 1);
                    Ok(strongest(network, label, points[..kept].to_vec()))
                },
            ),
            chaff("step_of_zero", "A step size of 0 is valid.", |network, x, label, epsilon, step, steps| {
                let answer = reference::pgd(network, x, label, epsilon, step, steps);
                if step == 0.0 { Ok(x.to_vec()) } else { answer }
            }),
            chaff(
                "nan_comes_back",
                "A NaN in the input gives a NaN result.",
                |network, x, label, epsilon, step, steps| match reference::pgd(
                    network, x, label, epsilon, step, steps,
                ) {
                    Err(InputError::NotFinite { .. }) => Ok(x.to_vec()),
                    answer => answer,
                },
            ),
            chaff(
                "hundred_steps_at_most",
                "More than a hundred steps change nothing.",
                |network, x, label, epsilon, step, steps| {
                    reference::pgd(network, x, label, epsilon, step, steps.min(100))
                },
            ),
            chaff(
                "ends_where_it_falls",
                "The attack may stop where the loss first falls.",
                |network, x, label, epsilon, step, steps| {
                    let points = walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?;
                    let end = points
                        .windows(2)
                        .position(|w| loss(network, &w[1], label) < loss(network, &w[0], label))
                        .map_or(points.len(), |i| i + 1);
                    Ok(strongest(network, label, points[..end].to_vec()))
                },
            ),
            chaff(
                "step_of_epsilon_at_most",
                "A step size above ε is reduced to ε.",
                |network, x, label, epsilon, step, steps| {
                    reference::pgd(network, x, label, epsilon, step, steps)?;
                    if epsilon == 0.0 {
                        return Ok(x.to_vec());
                    }
                    reference::pgd(network, x, label, epsilon, step.min(epsilon), steps)
                },
            ),
            wheat(
                "until_it_stays",
                "stops where a step changes nothing",
                |network, x, label, epsilon, step, steps| {
                    let points = walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?;
                    let end = points.windows(2).position(|w| w[1] == w[0]).map_or(points.len(), |i| i + 1);
                    Ok(strongest(network, label, points[..end].to_vec()))
                },
            ),
            wheat(
                "least_probable",
                "recursive; compares the probability of the label",
                |network, x, label, epsilon, step, steps| {
                    dual_numbers(network, x, label)?;
                    for (name, got, wanted) in x
                        .iter()
                        .filter(|x| **x < 0.0 || **x > 1.0)
                        .map(|x| ("x", *x, "0 to 1"))
                        .chain([("epsilon", epsilon, "a number ≥ 0"), ("step", step, "a number > 0")])
                    {
                        check::finite_number(name, got)?;
                        if name == "x" || got < 0.0 || name == "step" && got == 0.0 {
                            return Err(InputError::OutOfRange { name, got, wanted });
                        }
                    }
                    let limits: Vec<[f64; 2]> =
                        x.iter().map(|x| [(x - epsilon).max(0.0), (x + epsilon).min(1.0)]).collect();
                    Ok(least_probable(network, x.to_vec(), label, &limits, step, steps)?.1)
                },
            ),
            chaff(
                "loss_of_30_at_most",
                "A probability is at least 10⁻¹³ in the loss.",
                |network, x, label, epsilon, step, steps| {
                    let points = walk(network, x, label, epsilon, step, steps, &Way::RIGHT)?;
                    let floored = |point: &Vec<f64>| loss(network, point, label).min(30.0);
                    let most = points.iter().map(floored).fold(f64::NEG_INFINITY, f64::max);
                    Ok(points.into_iter().find(|point| floored(point) == most).unwrap_or_default())
                },
            ),
            chaff(
                "no_steps_unchecked",
                "Without a step the step size does not matter.",
                |network, x, label, epsilon, step, steps| {
                    reference::pgd(network, x, label, epsilon, if steps == 0 { 1.0 } else { step }, steps)
                },
            ),
        ],
    )(network, x, label, epsilon, step, steps)
}
