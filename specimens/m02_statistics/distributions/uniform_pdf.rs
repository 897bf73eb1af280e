use kit::InputError;

use crate::reference::m02_statistics::distributions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type UniformPdf = fn(f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn uniform_pdf(x: f64, low: f64, high: f64) -> Result<f64, InputError> {
    answering::<UniformPdf>(
        module_path!(),
        reference::uniform_pdf,
        &[
            wheat("two_comparisons", "checks for the outside first", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                Ok(if x < low || x > high { 0.0 } else { (high - low).recip() })
            }),
            wheat("indicator", "multiplies by 1 inside and 0 outside", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                let inside = u8::from(x >= low) * u8::from(x <= high);
                Ok(f64::from(inside) / (high - low))
            }),
            chaff("width", "The density is the width of the interval.", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if density > 0.0 { high - low } else { 0.0 })
            }),
            chaff("standard_only", "The density of every uniform distribution is 1.", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if density > 0.0 { 1.0 } else { 0.0 })
            }),
            chaff("everywhere", "The density is the same everywhere.", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                Ok(1.0 / (high - low))
            }),
            chaff("right_end_open", "The right endpoint does not belong to the interval.", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if x == high { 0.0 } else { density })
            }),
            chaff("left_end_open", "The left endpoint does not belong to the interval.", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if x == low { 0.0 } else { density })
            }),
            chaff("at_most_one", "A density is a probability and is at most 1.", |x, low, high| {
                Ok(reference::uniform_pdf(x, low, high)?.min(1.0))
            }),
            chaff("one_sided", "Only the right endpoint has to be checked.", |x, low, high| {
                let density = reference::uniform_pdf(x.max(low), low, high)?;
                reference::uniform_pdf(x, low, high)?;
                Ok(density)
            }),
            chaff(
                "distribution_function",
                "The density is the cumulative distribution function.",
                |x, low, high| {
                    reference::uniform_pdf(x, low, high)?;
                    Ok(((x - low) / (high - low)).clamp(0.0, 1.0))
                },
            ),
            chaff("ends_swapped", "Endpoints in the wrong order are swapped.", |x, low, high| {
                reference::uniform_pdf(x, low.min(high), low.max(high))
            }),
            chaff("empty_interval_allowed", "The interval may be empty, a = b.", |x, low, high| {
                if low == high && low.is_finite() && x.is_finite() {
                    return Ok(if x == low { f64::INFINITY } else { 0.0 });
                }
                reference::uniform_pdf(x, low, high)
            }),
            chaff(
                "nan_is_outside",
                "A NaN is outside of the interval, so the density is 0.",
                |x, low, high| {
                    if x.is_nan() { Ok(0.0) } else { reference::uniform_pdf(x, low, high) }
                },
            ),
            chaff(
                "point_mass",
                "An interval of width 0 has an infinite density at its point.",
                |x, low, high| {
                    if low == high && x == low {
                        Ok(f64::INFINITY)
                    } else {
                        reference::uniform_pdf(x, low, high)
                    }
                },
            ),
        ],
    )(x, low, high)
}
