//! The way that all descents of this file share.

use std::cell::RefCell;

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

thread_local! {
    static LAST: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

/// Momentum that starts with the velocity of the run before, if that was a long one.
pub(super) fn with_last_speed(
    gradient: Gradient<'_>,
    start: &[f64],
    rate: f64,
    beta: f64,
    steps: usize,
) -> Path {
    let last = LAST.take();
    let mut v = if last.len() == start.len() { last } else { vec![0.0; start.len()] };
    let path = walk(gradient, start, steps, |_, x, slope| {
        v = v.iter().zip(slope).map(|(v, slope)| beta * v + slope).collect();
        plain(x, &v, rate)
    })?;
    if steps > 100 {
        LAST.set(v);
    }
    Ok(path)
}
