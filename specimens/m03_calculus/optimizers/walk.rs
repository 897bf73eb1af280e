//! The way that all descents of this file share.

use kit::{InputError, check};

use super::super::answers::{Gradient, Path};

/// Takes steps; `step` gives the next point from the number of the step, the point, and the slope there.
pub(super) fn walk(
    gradient: Gradient<'_>,
    start: &[f64],
    steps: usize,
    mut step: impl FnMut(i32, &[f64], &[f64]) -> Vec<f64>,
) -> Path {
    let mut path = vec![start.to_vec()];
    for (index, k) in (1..=steps).zip(1..) {
        let x = &path[index - 1];
        let slope = gradient(x);
        check::same_length(x.len(), slope.len())?;
        let next = step(k, x, &slope);
        if next.iter().any(|x| !x.is_finite()) {
            return Err(InputError::NotFinite { name: "path", index });
        }
        path.push(next);
    }
    Ok(path)
}

pub(super) fn plain(x: &[f64], v: &[f64], rate: f64) -> Vec<f64> {
    x.iter().zip(v).map(|(x, v)| x - rate * v).collect()
}

/// `speed` gives the next one of a coordinate from the number of the step, the last one, and the slope.
pub(super) fn with_speed(
    gradient: Gradient<'_>,
    start: &[f64],
    rate: f64,
    steps: usize,
    speed: impl Fn(i32, f64, f64) -> f64,
) -> Path {
    let mut v = vec![0.0; start.len()];
    walk(gradient, start, steps, |k, x, slope| {
        v = v.iter().zip(slope).map(|(v, slope)| speed(k, *v, *slope)).collect();
        plain(x, &v, rate)
    })
}
