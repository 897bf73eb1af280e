//! The way that all descents of this file share, and two descents that go it otherwise.

use kit::{InputError, check};

use super::super::answers::{Gradient, Path};
use crate::reference::m03_calculus::descent as reference;

/// The rejection of a path that begins behind this many steps.
pub(super) fn later(rejection: InputError, steps: usize) -> InputError {
    match rejection {
        InputError::NotFinite { name, index } => InputError::NotFinite { name, index: index + steps },
        other => other,
    }
}

pub(super) fn usable(start: &[f64], rate: f64, tolerance: f64) -> Result<(), InputError> {
    reference::gradient_descent(&|_| vec![], start, rate, 0, tolerance).map(|_| ())
}

pub(super) fn walk(
    gradient: Gradient<'_>,
    start: &[f64],
    steps: usize,
    tolerance: f64,
    step: impl Fn(f64, f64) -> f64,
) -> Path {
    let mut path = vec![start.to_vec()];
    while path.len() <= steps {
        let x = &path[path.len() - 1];
        let slope = gradient(x);
        check::same_length(x.len(), slope.len())?;
        if !slope.iter().any(|slope| slope.is_nan() || slope.abs() > tolerance) {
            return Ok(path);
        }
        let next: Vec<f64> = (0..x.len()).map(|i| step(x[i], slope[i])).collect();
        if next.iter().any(|x| !x.is_finite()) {
            return Err(InputError::NotFinite { name: "path", index: path.len() });
        }
        path.push(next);
    }
    Ok(path)
}

/// Adds up all gradients so far and goes the learning rate times that from the start.
pub(super) fn from_the_start(
    gradient: Gradient<'_>,
    start: &[f64],
    rate: f64,
    steps: usize,
    tol: f64,
) -> Path {
    usable(start, rate, tol)?;
    let mut sum = vec![0.0; start.len()];
    let (mut path, mut x) = (vec![start.to_vec()], start.to_vec());
    while path.len() <= steps {
        let slope = gradient(&x);
        check::same_length(x.len(), slope.len())?;
        if slope.iter().all(|slope| slope.abs() <= tol) {
            break;
        }
        sum.iter_mut().zip(&slope).for_each(|(sum, slope)| *sum += slope);
        x = start.iter().zip(&sum).map(|(x, sum)| x - rate * sum).collect();
        if x.iter().any(|x| !x.is_finite()) {
            return Err(InputError::NotFinite { name: "path", index: path.len() });
        }
        path.push(x.clone());
    }
    Ok(path)
}

/// Stops where the length of the gradient is within the tolerance, instead of each entry.
pub(super) fn within_its_length(g: Gradient<'_>, start: &[f64], rate: f64, steps: usize, tol: f64) -> Path {
    usable(start, rate, tol)?;
    let mut path = vec![start.to_vec()];
    while path.len() <= steps {
        let x = &path[path.len() - 1];
        let slope = g(x);
        let length = slope.iter().map(|g| g * g).sum::<f64>().sqrt();
        if length <= tol {
            break;
        }
        let once = reference::gradient_descent(&|_| slope.clone(), x, rate, 1, 0.0);
        let next = once.map_err(|rejection| later(rejection, path.len() - 1))?.remove(1);
        path.push(next);
    }
    Ok(path)
}
