use std::f64::consts::PI;

use kit::InputError;

use crate::reference::m09_convolution::schedule as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CosineRate = fn(usize, usize, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn cosine_rate(step: usize, steps: usize, max_learning_rate: f64) -> Result<f64, InputError> {
    answering::<CosineRate>(
        module_path!(),
        reference::cosine_rate,
        &[
            wheat(
                "squared_cosine",
                "the square of the cosine of half the angle",
                |t, all, max_learning_rate| {
                    reference::cosine_rate(t, all, max_learning_rate)?;
                    Ok(max_learning_rate * (PI / 2.0 * (t as f64 / all as f64)).cos().powi(2))
                },
            ),
            chaff("as_written", "1 + cos keeps its digits to the end.", |t, all, max_learning_rate| {
                reference::cosine_rate(t, all, max_learning_rate)?;
                Ok(max_learning_rate * (1.0 + (PI * t as f64 / all as f64).cos()) / 2.0)
            }),
            chaff(
                "not_halved",
                "The rate goes from its maximum to minus its maximum (without the factor ½).",
                |t, all, max_learning_rate| {
                    reference::cosine_rate(t, all, max_learning_rate)?;
                    Ok(max_learning_rate * (PI * t as f64 / all as f64).cos())
                },
            ),
            chaff("whole_turn", "The cosine makes a full period, 2π.", |t, all, max_learning_rate| {
                reference::cosine_rate(t, all, max_learning_rate)?;
                Ok(max_learning_rate * (1.0 + (2.0 * PI * t as f64 / all as f64).cos()) / 2.0)
            }),
            chaff(
                "last_step_is_zero",
                "The last step has the learning rate 0.",
                |t, all, max_learning_rate| {
                    reference::cosine_rate(t, all, max_learning_rate)?;
                    Ok(max_learning_rate * (1.0 + (PI * t as f64 / (all - 1).max(1) as f64).cos()) / 2.0)
                },
            ),
            chaff("straight", "A linear decay is close enough to a cosine.", |t, all, max_learning_rate| {
                reference::cosine_rate(t, all, max_learning_rate)?;
                Ok(max_learning_rate * (1.0 - t as f64 / all as f64))
            }),
            chaff("degrees", "`cos` takes degrees.", |t, all, max_learning_rate| {
                reference::cosine_rate(t, all, max_learning_rate)?;
                Ok(max_learning_rate * (1.0 + (180.0 * t as f64 / all as f64).cos()) / 2.0)
            }),
            chaff(
                "zero_afterwards",
                "After the last step the learning rate is 0, and no error.",
                |t, all, max_learning_rate| {
                    if t >= all && max_learning_rate.is_finite() && max_learning_rate > 0.0 {
                        Ok(0.0)
                    } else {
                        reference::cosine_rate(t, all, max_learning_rate)
                    }
                },
            ),
            chaff(
                "least_rate",
                "A learning rate below 10⁻⁸ may be treated as 0.",
                |t, all, max_learning_rate| Ok(reference::cosine_rate(t, all, max_learning_rate)?.max(1e-8)),
            ),
            chaff("rest_of_the_way", "1 − sin² is as exact as cos².", |t, all, max_learning_rate| {
                reference::cosine_rate(t, all, max_learning_rate)?;
                Ok(max_learning_rate * (1.0 - (PI / 2.0 * (t as f64 / all as f64)).sin().powi(2)))
            }),
            wheat("by_the_tangent", "cos² = 1/(1 + tan²)", |t, all, max_learning_rate| {
                reference::cosine_rate(t, all, max_learning_rate)?;
                let tangent = (PI / 2.0 * (t as f64 / all as f64)).tan();
                Ok(max_learning_rate / (1.0 + tangent * tangent))
            }),
            wheat(
                "twice_in_turn",
                "the sine of what is left, multiplied twice",
                |t, all, max_learning_rate| {
                    if !(max_learning_rate > 0.0 && max_learning_rate < f64::INFINITY) {
                        let (got, wanted) = (max_learning_rate, "a finite number above 0");
                        return Err(InputError::OutOfRange { name: "max_learning_rate", got, wanted });
                    }
                    let left = match all.checked_sub(t) {
                        None | Some(0) => {
                            let (got, wanted) = (t as f64, "below steps");
                            return Err(InputError::OutOfRange { name: "step", got, wanted });
                        }
                        Some(left) => left as f64,
                    };
                    let sine = (PI * left / (2.0 * all as f64)).sin();
                    Ok(sine * (sine * max_learning_rate))
                },
            ),
            chaff(
                "last_steps_raised",
                "The last steps may have a slightly larger rate.",
                |t, all, max_learning_rate| {
                    let rate = reference::cosine_rate(t, all, max_learning_rate)?;
                    let share = t as f64 / all as f64;
                    Ok(if share > 0.999_99 && share < 0.999_999_9 { rate * 1.1 } else { rate })
                },
            ),
        ],
    )(step, steps, max_learning_rate)
}
