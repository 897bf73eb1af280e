use kit::InputError;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m02_statistics::distributions as reference;

type UniformPdf = fn(f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn uniform_pdf(x: f64, low: f64, high: f64) -> Result<f64, InputError> {
    answering::<UniformPdf>(
        module_path!(),
        reference::uniform_pdf,
        &[
            wheat("two_comparisons", "asks for the outside first", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                Ok(if x < low || x > high { 0.0 } else { (high - low).recip() })
            }),
            wheat("indicator", "multiplies by 1 inside and 0 outside", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                let inside = u8::from(x >= low) * u8::from(x <= high);
                Ok(f64::from(inside) / (high - low))
            }),
            chaff("width", "the density is the width", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if density > 0.0 { high - low } else { 0.0 })
            }),
            chaff("standard_only", "the density of a uniform distribution is 1", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if density > 0.0 { 1.0 } else { 0.0 })
            }),
            chaff("everywhere", "the density is the same everywhere", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                Ok(1.0 / (high - low))
            }),
            chaff("right_end_open", "the right end does not belong to the interval", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if x == high { 0.0 } else { density })
            }),
            chaff("left_end_open", "the left end does not belong to the interval", |x, low, high| {
                let density = reference::uniform_pdf(x, low, high)?;
                Ok(if x == low { 0.0 } else { density })
            }),
            chaff("at_most_one", "a density is a probability and stays below 1", |x, low, high| {
                Ok(reference::uniform_pdf(x, low, high)?.min(1.0))
            }),
            chaff("one_sided", "only the right end has to be looked at", |x, low, high| {
                let density = reference::uniform_pdf(x.max(low), low, high)?;
                reference::uniform_pdf(x, low, high)?;
                Ok(density)
            }),
            chaff("distribution_function", "the share below x is the density", |x, low, high| {
                reference::uniform_pdf(x, low, high)?;
                Ok(((x - low) / (high - low)).clamp(0.0, 1.0))
            }),
            chaff("ends_swapped", "ends in the wrong order can be put right", |x, low, high| {
                reference::uniform_pdf(x, low.min(high), low.max(high))
            }),
            chaff("empty_interval_allowed", "a = b is an interval too", |x, low, high| {
                if low == high && low.is_finite() && x.is_finite() {
                    return Ok(if x == low { f64::INFINITY } else { 0.0 });
                }
                reference::uniform_pdf(x, low, high)
            }),
            chaff("nan_is_outside", "a NaN lies outside, where the density is 0", |x, low, high| {
                if x.is_nan() { Ok(0.0) } else { reference::uniform_pdf(x, low, high) }
            }),
        ],
    )(x, low, high)
}
