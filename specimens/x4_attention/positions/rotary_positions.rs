use kit::{InputError, Matrix, check};

use super::super::altered::{clipped, each, last, nan_as_zero, single, sized};
use crate::reference::x4_attention::positions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Rotated = Result<Matrix, InputError>;
type RotaryPositions = fn(&Matrix, usize) -> Rotated;

/// The kata, answered by a specimen.
pub fn rotary_positions(x: &Matrix, first: usize) -> Result<Matrix, InputError> {
    answering::<RotaryPositions>(
        module_path!(),
        reference::rotary_positions,
        &[
            wheat("complex", "multiplies complex numbers", |x, first| {
                turned(x, first, |[a, b], t, i, d| {
                    let angle = t / 10000_f64.powf(2.0 * i / d);
                    let (im, re) = angle.sin_cos();
                    [a * re - b * im, a * im + b * re]
                })
            }),
            wheat("polar", "adds the angle to that of the point", |x, first| {
                turned(x, first, |[a, b], t, i, d| {
                    let (radius, angle) = (a.hypot(b), b.atan2(a) + t * 10000_f64.powf(-2.0 * i / d));
                    [radius * angle.cos(), radius * angle.sin()]
                })
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |x, first| {
                sized("x", x.as_slice())?;
                reference::rotary_positions(x, first)
            }),
            chaff("other_way", "The rotation is clockwise.", |x, first| {
                turned(x, first, |pair, t, i, d| rotated(pair, -t * frequency(i, d)))
            }),
            chaff("halves", "Feature i is paired with feature i + d/2.", |x, first| {
                reference::rotary_positions(x, first)?;
                let half = x.cols() / 2;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |r, j| {
                    let i = j % half;
                    let angle = (first + r) as f64 * frequency(i as f64, x.cols() as f64);
                    rotated([x[(r, i)], x[(r, i + half)]], angle)[j / half]
                }))
            }),
            chaff("first_ignored", "The first row stands at position 0.", |x, first| {
                reference::rotary_positions(x, first)?;
                reference::rotary_positions(x, 0)
            }),
            chaff("from_position_1", "Positions are numbered from 1.", |x, first| {
                turned(x, first, |pair, t, i, d| rotated(pair, (t + 1.0) * frequency(i, d)))
            }),
            chaff("one_position", "All rows stand at the first position.", |x, first| {
                reference::rotary_positions(x, first)?;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |r, j| {
                    let i = (j / 2) as f64;
                    let pair = [x[(r, j - j % 2)], x[(r, j - j % 2 + 1)]];
                    rotated(pair, first as f64 * frequency(i, x.cols() as f64))[j % 2]
                }))
            }),
            chaff("in_place", "The second number is computed from the first one that is new.", |x, first| {
                turned(x, first, |[a, b], t, i, d| {
                    let (sin, cos) = (t * frequency(i, d)).sin_cos();
                    let a = a * cos - b * sin;
                    [a, a * sin + b * cos]
                })
            }),
            chaff("one_frequency", "All pairs are rotated by the same angle.", |x, first| {
                turned(x, first, |pair, t, _, _| rotated(pair, t))
            }),
            chaff("not_doubled", "The exponent is −i/d.", |x, first| {
                turned(x, first, |pair, t, i, d| rotated(pair, t * 10000_f64.powf(-i / d)))
            }),
            chaff("added", "Positions are added.", |x, first| {
                turned(x, first, |[a, b], t, i, d| {
                    let (sin, cos) = (t * frequency(i, d)).sin_cos();
                    [a + sin, b + cos]
                })
            }),
            chaff("multiplied", "Features are multiplied by cosine and sine.", |x, first| {
                turned(x, first, |[a, b], t, i, d| {
                    let (sin, cos) = (t * frequency(i, d)).sin_cos();
                    [a * cos, b * sin]
                })
            }),
            chaff("one_turn", "Angles are a share of the length.", |x, first| {
                reference::rotary_positions(x, first)?;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |r, j| {
                    let pair = [x[(r, j - j % 2)], x[(r, j - j % 2 + 1)]];
                    let t = (first + r) as f64 / x.rows() as f64;
                    rotated(pair, t * frequency((j / 2) as f64, x.cols() as f64))[j % 2]
                }))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, first| {
                Ok(each(&reference::rotary_positions(x, first)?, single))
            }),
            chaff("single_angle", "An angle in single precision is accurate enough.", |x, first| {
                turned(x, first, |pair, t, i, d| rotated(pair, f64::from((t * frequency(i, d)) as f32)))
            }),
            chaff("a_thousand_positions", "Texts have a thousand tokens at most.", |x, first| {
                turned(x, first, |pair, t, i, d| rotated(pair, t.min(1000.0) * frequency(i, d)))
            }),
            chaff("odd_width", "The last of an odd number of features stays.", |x, first| {
                let d = x.cols();
                if d % 2 == 0 || d == 1 {
                    return reference::rotary_positions(x, first);
                }
                let pairs = Matrix::from_fn(x.rows(), d - 1, |r, j| x[(r, j)]);
                let y = reference::rotary_positions(&pairs, first)?;
                Ok(Matrix::from_fn(x.rows(), d, |r, j| if j + 1 < d { y[(r, j)] } else { x[(r, j)] }))
            }),
            chaff("no_features", "Without features nothing is rotated.", |x, first| {
                if x.cols() == 0 { Ok(x.clone()) } else { reference::rotary_positions(x, first) }
            }),
            chaff("no_rows", "There is a row at least.", |x, first| {
                check::at_least(1, x.rows())?;
                reference::rotary_positions(x, first)
            }),
            chaff("any_position", "A position may be as large as it likes.", |x, first| {
                reference::rotary_positions(x, first.min(1_000_000_000))
            }),
            chaff("limit_excluded", "Positions are below 10⁹.", |x, first| {
                check::in_range("first", first as f64, first < 1_000_000_000, "below 10⁹")?;
                reference::rotary_positions(x, first)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, first| {
                reference::rotary_positions(&each(x, nan_as_zero), first)
            }),
            chaff("any_size", "A rotation takes numbers of any size.", |x, first| {
                check::finite("x", x.as_slice())?;
                reference::rotary_positions(&each(x, clipped), first)
            }),
            chaff("last_reported", "The last wrong number is reported.", |x, first| {
                reference::rotary_positions(x, first).map_err(|error| last(error, "x", x.as_slice()))
            }),
        ],
    )(x, first)
}

fn frequency(i: f64, d: f64) -> f64 {
    10000_f64.powf(-2.0 * i / d)
}

fn rotated([a, b]: [f64; 2], angle: f64) -> [f64; 2] {
    [a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()]
}

/// Each pair of features changed, from the position, the number of the pair, and d.
fn turned(x: &Matrix, first: usize, pair: fn([f64; 2], f64, f64, f64) -> [f64; 2]) -> Rotated {
    reference::rotary_positions(x, first)?;
    Ok(Matrix::from_fn(x.rows(), x.cols(), |r, j| {
        let both = [x[(r, j - j % 2)], x[(r, j - j % 2 + 1)]];
        pair(both, (first + r) as f64, (j / 2) as f64, x.cols() as f64)[j % 2]
    }))
}
