//! The way that all descents of this file share.

use kit::{InputError, check};

pub(super) type Gradient<'a> = &'a dyn Fn(&[f64]) -> Vec<f64>;
pub(super) type Path = Result<Vec<Vec<f64>>, InputError>;

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
