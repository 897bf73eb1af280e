use kit::{InputError, check};

use crate::reference::m03_calculus::derivative as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Gradient = fn(&dyn Fn(&[f64]) -> f64, &[f64]) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn gradient(f: &dyn Fn(&[f64]) -> f64, x: &[f64]) -> Result<Vec<f64>, InputError> {
    answering::<Gradient>(
        module_path!(),
        reference::gradient,
        &[
            wheat("forward", "forward differences with a step of √ε", |f, x| {
                let here = f(x);
                each(x, |i, s| (at(f, x, i, 1.5e-8 * s) - here) / (x[i] + 1.5e-8 * s - x[i]))
            }),
            wheat(
                "forward_1e_8",
                "forward differences with a step of 10⁻⁸, the step not corrected for rounding",
                |f, x| {
                    let here = f(x);
                    each(x, |i, s| (at(f, x, i, 1e-8 * s) - here) / (1e-8 * s))
                },
            ),
            wheat("coarse", "central differences with a step of 10⁻³", |f, x| {
                each(x, |i, s| (at(f, x, i, 1e-3 * s) - at(f, x, i, -1e-3 * s)) / (2e-3 * s))
            }),
            wheat("fine", "central differences with a step of 10⁻⁷", |f, x| {
                each(x, |i, s| (at(f, x, i, 1e-7 * s) - at(f, x, i, -1e-7 * s)) / (2e-7 * s))
            }),
            wheat("one_plus_x", "central differences with a step of 10⁻⁵·(1 + |xᵢ|)", |f, x| {
                each(x, |i, _| {
                    let h = 1e-5 * (1.0 + x[i].abs());
                    (at(f, x, i, h) - at(f, x, i, -h)) / (2.0 * h)
                })
            }),
            wheat("power_of_two", "steps that are powers of two, the point changed and restored", |f, x| {
                let mut point = x.to_vec();
                each(x, |i, s| {
                    let h = 2.0_f64.powi(s.log2().ceil() as i32 - 17);
                    let mut ask = |to: f64| {
                        let old = std::mem::replace(&mut point[i], to);
                        let value = f(&point);
                        point[i] = old;
                        value
                    };
                    (ask(x[i] + h) - ask(x[i] - h)) / (2.0 * h)
                })
            }),
            wheat("extrapolated", "Richardson extrapolation with a step of 10⁻²", |f, x| {
                each(x, |i, s| {
                    let central = |h: f64| (at(f, x, i, h) - at(f, x, i, -h)) / (2.0 * h);
                    (4.0 * central(5e-3 * s) - central(1e-2 * s)) / 3.0
                })
            }),
            wheat("five_points", "five-point formula", |f, x| {
                each(x, |i, s| {
                    let weights = [(-2.0, 1.0), (-1.0, -8.0), (1.0, 8.0), (2.0, -1.0)];
                    let one =
                        |(place, weight): (f64, f64)| weight / (0.012 * s) * at(f, x, i, 1e-3 * place * s);
                    weights.map(one).iter().sum()
                })
            }),
            chaff("over_h", "The difference is divided by h.", |f, x| {
                each(x, |i, s| (at(f, x, i, 1e-5 * s) - at(f, x, i, -1e-5 * s)) / (1e-5 * s))
            }),
            chaff("backward_sign", "The order of the two values does not matter.", |f, x| {
                each(x, |i, s| (at(f, x, i, -1e-5 * s) - at(f, x, i, 1e-5 * s)) / (2e-5 * s))
            }),
            chaff("cancels", "A smaller step size is always more accurate, so 10⁻¹² is best.", |f, x| {
                each(x, |i, s| (at(f, x, i, 1e-12 * s) - at(f, x, i, -1e-12 * s)) / (2e-12 * s))
            }),
            chaff("too_large", "A step size of 0.1 is small enough.", |f, x| {
                each(x, |i, s| (at(f, x, i, 0.1 * s) - at(f, x, i, -0.1 * s)) / (0.2 * s))
            }),
            chaff(
                "forward_too_large",
                "A step size that is good for central differences is good for forward ones.",
                |f, x| {
                    let here = f(x);
                    each(x, |i, s| (at(f, x, i, 1e-5 * s) - here) / (1e-5 * s))
                },
            ),
            chaff("not_scaled", "A step size of 10⁻⁵ is small for every x.", |f, x| {
                each(x, |i, _| (at(f, x, i, 1e-5) - at(f, x, i, -1e-5)) / 2e-5)
            }),
            chaff(
                "shared_step",
                "One step size, suitable for the largest coordinate, suits all axes.",
                |f, x| {
                    let s = x.iter().fold(1.0, |s: f64, x| s.max(x.abs()));
                    each(x, |i, _| (at(f, x, i, 6e-6 * s) - at(f, x, i, -6e-6 * s)) / (1.2e-5 * s))
                },
            ),
            chaff(
                "relative_only",
                "A step size proportional to |xᵢ| suits every xᵢ, also 0 and 10⁻¹².",
                |f, x| {
                    each(x, |i, _| {
                        let h = 6e-6 * x[i].abs();
                        (at(f, x, i, h) - at(f, x, i, -h)) / (2.0 * h)
                    })
                },
            ),
            chaff("all_at_once", "All coordinates may be varied together.", |f, x| {
                each(x, |_, _| {
                    let moved = |by: f64| f(&x.iter().map(|x| x + by).collect::<Vec<_>>());
                    (moved(1e-5) - moved(-1e-5)) / 2e-5
                })
            }),
            chaff("not_restored", "A coordinate that was varied need not be restored.", |f, x| {
                let mut point = x.to_vec();
                each(x, |i, s| {
                    let before = f(&point);
                    point[i] += 1.5e-8 * s;
                    (f(&point) - before) / (1.5e-8 * s)
                })
            }),
            chaff("first_axis_only", "f varies along the first axis only.", |f, x| {
                let partials = reference::gradient(f, x)?;
                Ok((0..partials.len()).map(|i| if i == 0 { partials[0] } else { 0.0 }).collect())
            }),
            chaff("empty_rejected", "A point has at least one coordinate.", |f, x| {
                check::at_least(1, x.len())?;
                reference::gradient(f, x)
            }),
            chaff("axis_not_named", "The index of the axis in the error does not matter.", |f, x| {
                reference::gradient(f, x).map_err(|rejection| match rejection {
                    InputError::NotFinite { name: "f", .. } => InputError::NotFinite { name: "f", index: 0 },
                    other => other,
                })
            }),
            chaff("nan_returned", "A partial derivative that is NaN may be returned.", |f, x| {
                let partial = |i: usize| (at(f, x, i, 1e-5) - at(f, x, i, -1e-5)) / 2e-5;
                reference::gradient(f, x).or_else(|_| Ok((0..x.len()).map(partial).collect()))
            }),
            chaff("four_axes", "A point has at most four coordinates.", |f, x| {
                let mut partials = reference::gradient(f, x)?;
                partials.iter_mut().skip(4).for_each(|partial| *partial = 0.0);
                Ok(partials)
            }),
            chaff(
                "last_axis_named",
                "The error may name any axis with a quotient that is not finite.",
                |f, x| {
                    let fails = |i: &usize| ![1e-5, -1e-5].iter().all(|by| at(f, x, *i, *by).is_finite());
                    reference::gradient(f, x).map_err(|rejection| match rejection {
                        InputError::NotFinite { name: "f", index } => InputError::NotFinite {
                            name: "f",
                            index: (0..x.len()).rev().find(fails).unwrap_or(index),
                        },
                        other => other,
                    })
                },
            ),
            chaff(
                "last_of_x_named",
                "The index may be that of any coordinate that is not finite.",
                |f, x| match x.iter().rposition(|x| !x.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "x", index }),
                    None => reference::gradient(f, x),
                },
            ),
            chaff("infinite_slope", "A NaN is an error, an infinite slope is an answer.", |f, x| {
                check::finite("x", x)?;
                let h = |i: usize| 1e-5 * x[i].abs().max(1.0);
                let slope = |i: usize| (at(f, x, i, h(i)) - at(f, x, i, -h(i))) / (2.0 * h(i));
                let partials: Vec<f64> = (0..x.len()).map(slope).collect();
                match partials.iter().position(|slope| slope.is_nan()) {
                    Some(index) => Err(InputError::NotFinite { name: "f", index }),
                    None if partials.iter().all(|slope| slope.is_finite()) => reference::gradient(f, x),
                    None => Ok(partials),
                }
            }),
        ],
    )(f, x)
}

/// f with xᵢ moved by `by`.
fn at(f: &dyn Fn(&[f64]) -> f64, x: &[f64], i: usize, by: f64) -> f64 {
    let moved = |(j, x): (usize, &f64)| if i == j { x + by } else { *x };
    f(&x.iter().enumerate().map(moved).collect::<Vec<_>>())
}

/// The partial along each axis, given the axis and the size max(1, |xᵢ|).
fn each(x: &[f64], mut partial: impl FnMut(usize, f64) -> f64) -> Result<Vec<f64>, InputError> {
    check::finite("x", x)?;
    let mut one = |i: usize| {
        let partial = partial(i, x[i].abs().max(1.0));
        if partial.is_finite() { Ok(partial) } else { Err(InputError::NotFinite { name: "f", index: i }) }
    };
    (0..x.len()).map(&mut one).collect()
}
