use kit::{Dense, InputError, check};

use super::input_gradient::dual_numbers;
use super::{says, sign};
use crate::reference::boss::adversarial as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Attacked = Result<Vec<f64>, InputError>;
type Fgsm = fn(&[Dense], &[f64], usize, f64) -> Attacked;

/// The kata, answered by a specimen.
pub fn fgsm(network: &[Dense], x: &[f64], label: usize, epsilon: f64) -> Attacked {
    answering::<Fgsm>(
        module_path!(),
        reference::fgsm,
        &[
            wheat("room", "moves each pixel by the room that is left", |network, x, label, epsilon| {
                by(network, x, label, epsilon, |x, slope, epsilon| {
                    if slope > 0.0 {
                        x + epsilon.min(1.0 - x)
                    } else if slope < 0.0 {
                        x - epsilon.min(x)
                    } else {
                        x
                    }
                })
            }),
            wheat(
                "one_step_of_pgd",
                "a single step of ε, which is never too far",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| {
                        (x + sign(slope) * epsilon).clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)
                    })
                },
            ),
            wheat(
                "tiny_gradient_is_zero",
                "a partial derivative below 10⁻⁸ counts as 0",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| {
                        if slope.abs() < 1e-8 { x } else { (x + epsilon.copysign(slope)).clamp(0.0, 1.0) }
                    })
                },
            ),
            chaff(
                "toward_the_label",
                "The step is x − ε·sign, as in gradient descent.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| {
                        (x - epsilon * sign(slope)).clamp(0.0, 1.0)
                    })
                },
            ),
            chaff("out_of_range", "Pixels may leave the range from 0 to 1.", |network, x, label, epsilon| {
                by(network, x, label, epsilon, |x, slope, epsilon| x + epsilon * sign(slope))
            }),
            chaff(
                "below_black",
                "Only pixels above 1 are clipped, not those below 0.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| (x + epsilon * sign(slope)).min(1.0))
                },
            ),
            chaff(
                "whole_step_or_none",
                "A pixel whose whole step would leave the range stays unchanged.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| {
                        let to = x + epsilon * sign(slope);
                        if (0.0..=1.0).contains(&to) { to } else { x }
                    })
                },
            ),
            chaff(
                "the_gradient_itself",
                "The step is ε·∂L/∂x, without the sign.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| (x + epsilon * slope).clamp(0.0, 1.0))
                },
            ),
            chaff("unit_length", "The step has Euclidean length ε.", |network, x, label, epsilon| {
                let attacked = reference::fgsm(network, x, label, epsilon)?;
                let gradient = reference::input_gradient(network, x, label)?;
                let length = gradient.iter().map(|slope| slope * slope).sum::<f64>().sqrt();
                if length == 0.0 {
                    return Ok(attacked);
                }
                let to = |(x, slope): (&f64, &f64)| (x + epsilon * slope / length).clamp(0.0, 1.0);
                Ok(x.iter().zip(&gradient).map(to).collect())
            }),
            chaff("sign_of_zero_is_one", "sign(0) is 1.", |network, x, label, epsilon| {
                by(network, x, label, epsilon, |x, slope, epsilon| {
                    (x + epsilon * slope.signum()).clamp(0.0, 1.0)
                })
            }),
            chaff(
                "to_the_end",
                "Every pixel goes to 0 or 1, whatever ε is.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, _| {
                        if slope == 0.0 {
                            x
                        } else if slope > 0.0 {
                            1.0
                        } else {
                            0.0
                        }
                    })
                },
            ),
            chaff(
                "black_and_white_only",
                "The adversarial example has only the values 0 and 1.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| {
                        let to = (x + epsilon * sign(slope)).clamp(0.0, 1.0);
                        if epsilon == 0.0 || to == 0.0 || to == 1.0 { to } else { x }
                    })
                },
            ),
            chaff(
                "perturbation",
                "The result is the perturbation, not the perturbed image.",
                |network, x, label, epsilon| {
                    by(network, x, label, epsilon, |x, slope, epsilon| {
                        ((x + epsilon * sign(slope)).clamp(0.0, 1.0) - x).abs()
                    })
                },
            ),
            chaff(
                "against_the_prediction",
                "The loss is that of the predicted class, not of the label.",
                |network, x, label, epsilon| {
                    reference::fgsm(network, x, label, epsilon)?;
                    reference::fgsm(network, x, says(network, x), epsilon)
                },
            ),
            chaff(
                "correct_ones_only",
                "Misclassified samples need not be attacked.",
                |network, x, label, epsilon| {
                    let attacked = reference::fgsm(network, x, label, epsilon)?;
                    if says(network, x) == label { Ok(attacked) } else { Ok(x.to_vec()) }
                },
            ),
            chaff("in_steps_of_a_byte", "ε is measured in units of 1/255.", |network, x, label, epsilon| {
                reference::fgsm(network, x, label, epsilon)?;
                reference::fgsm(network, x, label, epsilon / 255.0)
            }),
            chaff("epsilon_at_most_one", "An ε above 1 is invalid.", |network, x, label, epsilon| {
                let attacked = reference::fgsm(network, x, label, epsilon)?;
                if epsilon > 1.0 {
                    return Err(InputError::OutOfRange {
                        name: "epsilon",
                        got: epsilon,
                        wanted: "a number ≥ 0",
                    });
                }
                Ok(attacked)
            }),
            chaff(
                "pixels_cut_first",
                "Pixels outside the range are clipped first.",
                |network, x, label, epsilon| {
                    let finite = x.iter().all(|x| x.is_finite());
                    let cut: Vec<f64> =
                        x.iter().map(|x| if finite { x.clamp(0.0, 1.0) } else { *x }).collect();
                    reference::fgsm(network, &cut, label, epsilon)
                },
            ),
            chaff(
                "epsilon_without_sign",
                "A negative ε counts as positive.",
                |network, x, label, epsilon| reference::fgsm(network, x, label, epsilon.abs()),
            ),
            chaff("nan_epsilon_is_none", "An ε that is NaN counts as 0.", |network, x, label, epsilon| {
                let known = if epsilon.is_nan() { 0.0 } else { epsilon.min(1e300) };
                reference::fgsm(network, x, label, known)
            }),
            chaff("nan_comes_back", "A NaN pixel gives a NaN result.", |network, x, label, epsilon| {
                match reference::fgsm(network, x, label, epsilon) {
                    Err(InputError::NotFinite { .. }) => Ok(x.to_vec()),
                    answer => answer,
                }
            }),
            chaff(
                "differences",
                "The loss, and so its central difference, is finite however confident the network is.",
                |network, x, label, epsilon| {
                    reference::fgsm(network, x, label, epsilon)?;
                    let moved = |i: usize, h: f64| {
                        let mut x = x.to_vec();
                        x[i] += h;
                        super::loss(network, &x, label)
                    };
                    let to =
                        |i: usize| (x[i] + epsilon * sign(moved(i, 1e-5) - moved(i, -1e-5))).clamp(0.0, 1.0);
                    Ok((0..x.len()).map(to).collect())
                },
            ),
            wheat(
                "ends_of_the_interval",
                "each pixel to the end of its interval, gradients by dual numbers",
                |network, x, label, epsilon| {
                    let gradient = dual_numbers(network, x, label)?;
                    for &got in x {
                        check::in_range("x", got, (0.0..=1.0).contains(&got), "0 to 1")?;
                    }
                    if epsilon.is_nan() || epsilon.is_infinite() {
                        return Err(InputError::NotFinite { name: "epsilon", index: 0 });
                    }
                    if epsilon < 0.0 {
                        let wanted = "a number ≥ 0";
                        return Err(InputError::OutOfRange { name: "epsilon", got: epsilon, wanted });
                    }
                    let end = |(x, slope): (&f64, f64)| match slope.partial_cmp(&0.0) {
                        Some(std::cmp::Ordering::Less) => f64::max(0.0, x - epsilon),
                        Some(std::cmp::Ordering::Greater) => f64::min(1.0, x + epsilon),
                        _ => *x,
                    };
                    Ok(x.iter().zip(gradient).map(end).collect())
                },
            ),
            chaff("little_is_nothing", "An ε below 10⁻¹² is 0.", |network, x, label, epsilon| {
                let little = (0.0..1e-12).contains(&epsilon);
                reference::fgsm(network, x, label, if little { 0.0 } else { epsilon })
            }),
        ],
    )(network, x, label, epsilon)
}

/// Each pixel by itself, its slope and ε; the reference says what is rejected.
fn by(network: &[Dense], x: &[f64], label: usize, epsilon: f64, to: fn(f64, f64, f64) -> f64) -> Attacked {
    reference::fgsm(network, x, label, epsilon)?;
    let gradient = reference::input_gradient(network, x, label)?;
    Ok(x.iter().zip(gradient).map(|(x, slope)| to(*x, slope, epsilon)).collect())
}
