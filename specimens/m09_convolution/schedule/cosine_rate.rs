use std::f64::consts::PI;

use kit::InputError;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m09_convolution::schedule as reference;

type CosineRate = fn(usize, usize, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn cosine_rate(step: usize, steps: usize, peak: f64) -> Result<f64, InputError> {
    answering::<CosineRate>(
        module_path!(),
        reference::cosine_rate,
        &[
            wheat("squared_cosine", "the square of the cosine of half the angle", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (PI / 2.0 * (t as f64 / all as f64)).cos().powi(2))
            }),
            wheat("as_written", "the formula as it stands", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (1.0 + (PI * t as f64 / all as f64).cos()) / 2.0)
            }),
            chaff("not_halved", "from the peak to minus the peak", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (PI * t as f64 / all as f64).cos())
            }),
            chaff("whole_turn", "a full turn of the circle", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (1.0 + (2.0 * PI * t as f64 / all as f64).cos()) / 2.0)
            }),
            chaff("last_step_is_zero", "the last step has the rate 0", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (1.0 + (PI * t as f64 / (all - 1).max(1) as f64).cos()) / 2.0)
            }),
            chaff("straight", "a straight line is a cosine, nearly", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (1.0 - t as f64 / all as f64))
            }),
            chaff("degrees", "half a turn is 180", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (1.0 + (180.0 * t as f64 / all as f64).cos()) / 2.0)
            }),
            chaff("zero_afterwards", "behind the last step the rate is 0", |t, all, peak| {
                if t >= all && peak.is_finite() && peak > 0.0 {
                    Ok(0.0)
                } else {
                    reference::cosine_rate(t, all, peak)
                }
            }),
            chaff("least_rate", "a rate below 10⁻⁸ learns nothing", |t, all, peak| {
                Ok(reference::cosine_rate(t, all, peak)?.max(1e-8))
            }),
            wheat("rest_of_the_way", "the square of the sine of what is left", |t, all, peak| {
                reference::cosine_rate(t, all, peak)?;
                Ok(peak * (1.0 - (PI / 2.0 * (t as f64 / all as f64)).sin().powi(2)))
            }),
            wheat(
                "turned_step_by_step",
                "a pointer turned by the same small angle again and again",
                |t, all, peak| {
                    if peak.is_nan() || peak.is_infinite() || peak <= 0.0 {
                        let wanted = "a finite number above 0";
                        return Err(InputError::OutOfRange { name: "peak", got: peak, wanted });
                    }
                    if t >= all {
                        return Err(InputError::OutOfRange {
                            name: "step",
                            got: t as f64,
                            wanted: "below steps",
                        });
                    }
                    let (sine, cosine) = (PI / all as f64).sin_cos();
                    let turn = |(x, y): (f64, f64), _| (x * cosine - y * sine, x * sine + y * cosine);
                    let (x, _) = (0..t).fold((1.0, 0.0), turn);
                    Ok(peak * (0.5 + 0.5 * x))
                },
            ),
        ],
    )(step, steps, peak)
}
