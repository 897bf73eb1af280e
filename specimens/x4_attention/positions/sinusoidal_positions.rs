use std::f64::consts::PI;

use kit::{InputError, Matrix};

use super::super::altered::{each, single};
use crate::reference::x4_attention::positions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Positions = Result<Matrix, InputError>;
type SinusoidalPositions = fn(usize, usize) -> Positions;

/// The kata, answered by a specimen.
pub fn sinusoidal_positions(length: usize, width: usize) -> Result<Matrix, InputError> {
    answering::<SinusoidalPositions>(
        module_path!(),
        reference::sinusoidal_positions,
        &[
            wheat("by_logarithm", "takes the power as exp(−(2i/d)·ln 10000)", |length, width| {
                paired(length, width, |t, i, d| t * (-(2.0 * i / d) * 10000_f64.ln()).exp())
            }),
            wheat("divided", "divides the position by 10000^(2i/d)", |length, width| {
                paired(length, width, |t, i, d| t / 10000_f64.powf(2.0 * i / d))
            }),
            wheat(
                "factor_by_factor",
                "multiplies the frequency by the same ratio for each pair",
                |length, width| {
                    paired(length, width, |t, i, d| {
                        let ratio = 10000_f64.powf(-2.0 / d);
                        t * (0..i as usize).fold(1.0, |frequency, _| frequency * ratio)
                    })
                },
            ),
            wheat("cosine_as_sine", "takes the cosine as a sine that is a quarter ahead", |length, width| {
                let p = reference::sinusoidal_positions(length, width)?;
                Ok(Matrix::from_fn(length, width, |t, j| {
                    let angle = t as f64 * 10000_f64.powf(-((j - j % 2) as f64) / width as f64);
                    if j % 2 == 0 { p[(t, j)] } else { (angle + PI / 2.0).sin() }
                }))
            }),
            chaff("from_position_1", "Positions are numbered from 1.", |length, width| {
                paired(length, width, |t, i, d| (t + 1.0) * 10000_f64.powf(-2.0 * i / d))
            }),
            chaff("not_doubled", "The exponent is −i/d.", |length, width| {
                paired(length, width, |t, i, d| t * 10000_f64.powf(-i / d))
            }),
            chaff("column_by_column", "Each column has its own frequency.", |length, width| {
                reference::sinusoidal_positions(length, width)?;
                Ok(Matrix::from_fn(length, width, |t, j| {
                    let angle = t as f64 * 10000_f64.powf(-(j as f64) / width as f64);
                    if j % 2 == 0 { angle.sin() } else { angle.cos() }
                }))
            }),
            chaff(
                "halves",
                "The first half of the columns are sines, the second half cosines.",
                |length, width| {
                    let p = reference::sinusoidal_positions(length, width)?;
                    let half = width / 2;
                    Ok(Matrix::from_fn(length, width, |t, j| {
                        p[(t, if j < half { 2 * j } else { 2 * (j - half) + 1 })]
                    }))
                },
            ),
            chaff("exchanged", "Even columns are cosines.", |length, width| {
                let p = reference::sinusoidal_positions(length, width)?;
                Ok(Matrix::from_fn(length, width, |t, j| p[(t, j ^ 1)]))
            }),
            chaff("base_1000", "The base is 1000.", |length, width| {
                paired(length, width, |t, i, d| t * 1000_f64.powf(-2.0 * i / d))
            }),
            chaff("growing", "The frequency grows with the column.", |length, width| {
                paired(length, width, |t, i, d| t * 10000_f64.powf(2.0 * i / d))
            }),
            chaff("to_the_last", "The last wavelength is 10000·2π.", |length, width| {
                paired(length, width, |t, i, d| t * 10000_f64.powf(-i / (d / 2.0 - 1.0).max(1.0)))
            }),
            chaff("whole_turns", "The angle counts turns.", |length, width| {
                paired(length, width, |t, i, d| 2.0 * PI * t * 10000_f64.powf(-2.0 * i / d))
            }),
            chaff("by_the_length", "Positions are a share of the length.", |length, width| {
                reference::sinusoidal_positions(length, width)?;
                Ok(Matrix::from_fn(length, width, |t, j| {
                    let i = (j - j % 2) as f64;
                    let angle = t as f64 / length as f64 * 10000_f64.powf(-i / width as f64);
                    if j % 2 == 0 { angle.sin() } else { angle.cos() }
                }))
            }),
            chaff("one_frequency", "All pairs have the same frequency.", |length, width| {
                paired(length, width, |t, _, _| t)
            }),
            chaff("odd_widths", "A width may be odd.", |length, width| {
                if width % 2 == 0 {
                    return reference::sinusoidal_positions(length, width);
                }
                let p = reference::sinusoidal_positions(length, width + 1)?;
                Ok(Matrix::from_fn(length, width, |t, j| p[(t, j)]))
            }),
            chaff("no_width", "Without features the answer is empty.", |length, width| {
                if width == 0 {
                    Ok(Matrix::zeros(length, 0))
                } else {
                    reference::sinusoidal_positions(length, width)
                }
            }),
            chaff("no_positions", "There is a position at least.", |length, width| {
                if length == 0 {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                }
                reference::sinusoidal_positions(length, width)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |length, width| {
                Ok(each(&reference::sinusoidal_positions(length, width)?, single))
            }),
            chaff("single_angle", "An angle in single precision is accurate enough.", |length, width| {
                paired(length, width, |t, i, d| f64::from((t * 10000_f64.powf(-2.0 * i / d)) as f32))
            }),
            chaff("sixty_positions", "Texts have sixty tokens at most.", |length, width| {
                let p = reference::sinusoidal_positions(length, width)?;
                Ok(Matrix::from_fn(length, width, |t, j| p[(t.min(60), j)]))
            }),
            chaff("transposed", "A position is a column.", |length, width| {
                let p = reference::sinusoidal_positions(length, width)?;
                Ok(Matrix::from_fn(width, length, |j, t| p[(t, j)]))
            }),
        ],
    )(length, width)
}

/// Sine and cosine of an angle, from the position, the number of the pair, and d.
fn paired(length: usize, width: usize, angle: fn(f64, f64, f64) -> f64) -> Positions {
    reference::sinusoidal_positions(length, width)?;
    Ok(Matrix::from_fn(length, width, |t, j| {
        let angle = angle(t as f64, (j / 2) as f64, width as f64);
        if j % 2 == 0 { angle.sin() } else { angle.cos() }
    }))
}
