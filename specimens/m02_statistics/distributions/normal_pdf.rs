use std::f64::consts::PI;

use kit::InputError;

use crate::reference::m02_statistics::distributions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type NormalPdf = fn(f64, f64, f64) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn normal_pdf(x: f64, mean: f64, deviation: f64) -> Result<f64, InputError> {
    answering::<NormalPdf>(
        module_path!(),
        reference::normal_pdf,
        &[
            wheat("standardized", "scales the standard normal density", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                let z = (x - mean) / deviation;
                Ok((z.powi(2) * -0.5).exp() * (0.5 / PI).sqrt() / deviation)
            }),
            wheat("by_logarithm", "adds up logarithms and takes exp once", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                let z = (x - mean) / deviation;
                Ok((-0.5 * z * z - 0.5 * (2.0 * PI).ln()).exp() / deviation)
            }),
            wheat("divided_by_exp", "divides by exp(z²/2)", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                let z = (x - mean) / deviation;
                Ok(1.0 / ((2.0 * PI).sqrt() * (z * z / 2.0).exp()) / deviation)
            }),
            wheat("all_in_the_exponent", "moves the factor into the exponent", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                let z = (x - mean) / deviation;
                Ok((-0.5 * z * z - 0.5 * (2.0 * PI).ln() - deviation.ln()).exp())
            }),
            wheat("squared", "squares the square root of the density", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                let z = (x - mean) / deviation;
                Ok((z * z / -4.0).exp().powi(2) / deviation / (2.0 * PI).sqrt())
            }),
            chaff("variance_for_deviation", "The parameter is the variance.", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                reference::normal_pdf(x, mean, deviation.sqrt())
            }),
            chaff(
                "no_scale_in_front",
                "The factor in front is 1/√2π for every σ.",
                |x, mean, deviation| Ok(reference::normal_pdf(x, mean, deviation)? * deviation),
            ),
            chaff("no_half", "The exponent is −z².", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                let z = (x - mean) / deviation;
                Ok((-z * z).exp() / (deviation * (2.0 * PI).sqrt()))
            }),
            chaff("two_pi_not_rooted", "The factor in front is 1/(2π·σ).", |x, mean, deviation| {
                Ok(reference::normal_pdf(x, mean, deviation)? / (2.0 * PI).sqrt())
            }),
            chaff("sigma_below_the_root", "The factor in front is 1/√(2π·σ).", |x, mean, deviation| {
                Ok(reference::normal_pdf(x, mean, deviation)? * deviation.sqrt())
            }),
            chaff("sigma_not_squared", "The exponent is −(x − μ)²/(2σ).", |x, mean, deviation| {
                reference::normal_pdf(x, mean, deviation)?;
                Ok((-(x - mean).powi(2) / (2.0 * deviation)).exp() / (deviation * (2.0 * PI).sqrt()))
            }),
            chaff(
                "distance_not_squared",
                "The exponent is linear in the distance from the mean.",
                |x, mean, deviation| {
                    reference::normal_pdf(x, mean, deviation)?;
                    Ok((-((x - mean) / deviation).abs() / 2.0).exp() / (deviation * (2.0 * PI).sqrt()))
                },
            ),
            chaff("mean_added", "The deviation from the mean is x + μ.", |x, mean, deviation| {
                reference::normal_pdf(x, -mean, deviation)
                    .or_else(|_| reference::normal_pdf(x, mean, deviation))
            }),
            chaff(
                "squares_first",
                "The textbook's (x − μ)²/(2σ²) neither overflows nor underflows.",
                |x, mean, deviation| {
                    reference::normal_pdf(x, mean, deviation)?;
                    let exponent = -(x - mean).powi(2) / (2.0 * deviation.powi(2));
                    Ok(exponent.exp() / (2.0 * PI * deviation.powi(2)).sqrt())
                },
            ),
            chaff(
                "negative_deviation_allowed",
                "σ is squared, so its sign does not matter.",
                |x, mean, deviation| {
                    if deviation == 0.0 {
                        return reference::normal_pdf(x, mean, deviation);
                    }
                    reference::normal_pdf(x, mean, deviation.abs())
                },
            ),
            chaff("spike_allowed", "A standard deviation of 0 is valid.", |x, mean, deviation| {
                if deviation == 0.0 && x.is_finite() && mean.is_finite() {
                    return Ok(if x == mean { f64::INFINITY } else { 0.0 });
                }
                reference::normal_pdf(x, mean, deviation)
            }),
            chaff("infinite_x_allowed", "The density at an infinite x is 0.", |x, mean, deviation| {
                if x.is_infinite() { Ok(0.0) } else { reference::normal_pdf(x, mean, deviation) }
            }),
            chaff(
                "none_beyond_10",
                "The density beyond ten standard deviations is 0.",
                |x, mean, deviation| {
                    let density = reference::normal_pdf(x, mean, deviation)?;
                    Ok(if ((x - mean) / deviation).abs() > 10.0 { 0.0 } else { density })
                },
            ),
            chaff(
                "nothing_beyond_37",
                "Beyond 37 standard deviations the density is 0.",
                |x, mean, deviation| {
                    let density = reference::normal_pdf(x, mean, deviation)?;
                    Ok(if ((x - mean) / deviation).abs() > 37.0 { 0.0 } else { density })
                },
            ),
        ],
    )(x, mean, deviation)
}
