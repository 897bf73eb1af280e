//! Adam's two weighted means, kept by all of its specimens in one way, and two that keep others.

use kit::{InputError, check};

use super::super::answers::{Gradient, Path};
use super::walk::walk;
use crate::reference::m03_calculus::optimizers as reference;

/// Keeps both means; `step` gives the length of a step in units of η from k, m and v.
pub(super) fn moments(
    gradient: Gradient<'_>,
    start: &[f64],
    rate: f64,
    steps: usize,
    beta: [f64; 2],
    mut step: impl FnMut(i32, f64, f64) -> f64,
) -> Path {
    usable(start, rate)?;
    let mut means = vec![[0.0; 2]; start.len()];
    walk(gradient, start, steps, |k, x, slope| {
        let mut next = x.to_vec();
        for (i, [m, v]) in means.iter_mut().enumerate() {
            *m = beta[0] * *m + (1.0 - beta[0]) * slope[i];
            *v = beta[1] * *v + (1.0 - beta[1]) * slope[i].powi(2);
            next[i] -= rate * step(k, *m, *v);
        }
        next
    })
}

pub(super) fn corrected(k: i32, m: f64, v: f64, beta: [f64; 2]) -> f64 {
    m / (1.0 - beta[0].powi(k)) / ((v / (1.0 - beta[1].powi(k))).sqrt() + 1e-8)
}

pub(super) fn usable(start: &[f64], rate: f64) -> Result<(), InputError> {
    reference::adam(&|_| vec![], start, rate, 0).map(|_| ())
}

/// Reports points with a NaN, and lets those with an infinite coordinate pass.
pub(super) fn until_nan(gradient: Gradient<'_>, start: &[f64], rate: f64, steps: usize) -> Path {
    usable(start, rate)?;
    let (mut path, mut means) = (vec![start.to_vec()], vec![[0.0; 2]; start.len()]);
    for (index, k) in (1..=steps).zip(1..) {
        let mut x = path[index - 1].clone();
        let slope = gradient(&x);
        check::same_length(x.len(), slope.len())?;
        for (i, [m, v]) in means.iter_mut().enumerate() {
            (*m, *v) = (0.9 * *m + 0.1 * slope[i], 0.999 * *v + 0.001 * slope[i].powi(2));
            x[i] -= rate * corrected(k, *m, *v, [0.9, 0.999]);
        }
        if x.iter().any(|x| x.is_nan()) {
            return Err(InputError::NotFinite { name: "path", index });
        }
        path.push(x);
    }
    Ok(path)
}

pub(super) fn of_the_last_seven(gradient: Gradient<'_>, start: &[f64], rate: f64, steps: usize) -> Path {
    usable(start, rate)?;
    let mut gradients: Vec<Vec<f64>> = Vec::new();
    walk(gradient, start, steps, |_, x, slope| {
        gradients.push(slope.to_vec());
        let last = &gradients[gradients.len().saturating_sub(7)..];
        let step = |i: usize| {
            let mean = |beta: f64, of: fn(f64) -> f64| {
                let sum = last.iter().fold([0.0, 0.0], |[sum, weights], slope| {
                    [beta * sum + of(slope[i]), beta * weights + 1.0]
                });
                sum[0] / sum[1]
            };
            rate * mean(0.9, |g| g) / (mean(0.999, |g| g * g).sqrt() + 1e-8)
        };
        (0..x.len()).map(|i| x[i] - step(i)).collect()
    })
}

pub(super) fn of_the_largest_mean(gradient: Gradient<'_>, start: &[f64], rate: f64, steps: usize) -> Path {
    usable(start, rate)?;
    let mut means = vec![[0.0_f64; 3]; start.len()];
    walk(gradient, start, steps, |k, x, slope| {
        for (mean, g) in means.iter_mut().zip(slope) {
            mean[0] = 0.9 * mean[0] + 0.1 * g;
            mean[1] = 0.999 * mean[1] + 0.001 * g * g;
            mean[2] = mean[2].max(mean[1] / (1.0 - 0.999_f64.powi(k)));
        }
        let step = |[m, _, v]: &[f64; 3]| rate * m / (1.0 - 0.9_f64.powi(k)) / (v.sqrt() + 1e-8);
        x.iter().zip(&means).map(|(x, mean)| x - step(mean)).collect()
    })
}
