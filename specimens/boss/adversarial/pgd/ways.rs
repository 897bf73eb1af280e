//! Other ways to compute it, right and wrong, for the specimens of `pgd`.

use kit::{Dense, InputError};

use super::super::input_gradient::dual_numbers;
use super::super::{loss, sign, softmax};
use super::Attacked;
use crate::reference::boss::adversarial as reference;

/// How a walk goes.
pub(super) struct Way {
    /// The next place of a pixel: from where it is, its slope, where it was at first, ε and α.
    pub(super) to: fn(f64, f64, f64, f64, f64) -> f64,
    /// Whether the gradient is that at the current iterate, or always that at the start.
    pub(super) fresh_gradient: bool,
}

impl Way {
    pub(super) const RIGHT: Self = Self {
        to: |at, slope, x, epsilon, step| {
            (at + step * sign(slope)).clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)
        },
        fresh_gradient: true,
    };
}

/// All points, from x on; the reference says what is rejected.
pub(super) fn walk(
    network: &[Dense],
    x: &[f64],
    label: usize,
    epsilon: f64,
    step: f64,
    steps: usize,
    way: &Way,
) -> Result<Vec<Vec<f64>>, InputError> {
    reference::pgd(network, x, label, epsilon, step, steps)?;
    let mut points = vec![x.to_vec()];
    for t in 0..steps {
        let from = if way.fresh_gradient { &points[t] } else { x };
        let gradient = reference::input_gradient(network, from, label)?;
        let next = |i: usize| (way.to)(points[t][i], gradient[i], x[i], epsilon, step);
        points.push((0..x.len()).map(next).collect());
    }
    Ok(points)
}

/// The strongest point of a walk whose pixels go another way.
pub(super) fn along(
    network: &[Dense],
    x: &[f64],
    label: usize,
    epsilon: f64,
    step: f64,
    steps: usize,
    to: fn(f64, f64, f64, f64, f64) -> f64,
) -> Attacked {
    Ok(strongest(network, label, walk(network, x, label, epsilon, step, steps, &Way { to, ..Way::RIGHT })?))
}

/// The point with the largest loss, the first of several.
pub(super) fn strongest(network: &[Dense], label: usize, points: Vec<Vec<f64>>) -> Vec<f64> {
    let stronger = |best: Vec<f64>, next: Vec<f64>| {
        if loss(network, &next, label) > loss(network, &best, label) { next } else { best }
    };
    points.into_iter().reduce(stronger).unwrap_or_default()
}

pub(super) fn least_probable(
    network: &[Dense],
    at: Vec<f64>,
    label: usize,
    limits: &[[f64; 2]],
    step: f64,
    steps: usize,
) -> Result<(f64, Vec<f64>), InputError> {
    let p = softmax(&super::super::logits(network, &at))[label];
    if steps == 0 {
        return Ok((p, at));
    }
    let gradient = dual_numbers(network, &at, label)?;
    let pixels = at.iter().zip(&gradient).zip(limits);
    let next = pixels.map(|((at, slope), [low, high])| (at + step * sign(*slope)).max(*low).min(*high));
    let rest = least_probable(network, next.collect(), label, limits, step, steps - 1)?;
    Ok(if rest.0 <= p { rest } else { (p, at) })
}

pub(super) fn projected_at_the_end(
    network: &[Dense],
    x: &[f64],
    label: usize,
    epsilon: f64,
    step: f64,
    steps: usize,
) -> Attacked {
    let to = |at: f64, slope: f64, _: f64, _: f64, step: f64| at + step * sign(slope);
    let points = walk(network, x, label, epsilon, step, steps, &Way { to, ..Way::RIGHT })?;
    let limited = |point: Vec<f64>| -> Vec<f64> {
        point.iter().zip(x).map(|(at, x)| at.clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)).collect()
    };
    Ok(strongest(network, label, points.into_iter().map(limited).collect()))
}

pub(super) fn change_is_kept(
    network: &[Dense],
    x: &[f64],
    label: usize,
    epsilon: f64,
    step: f64,
    steps: usize,
) -> Attacked {
    let to = |at: f64, slope: f64, x: f64, epsilon: f64, step: f64| {
        let change = (at - x + step * sign(slope)).clamp(-epsilon, epsilon);
        (x + change).clamp(0.0, 1.0)
    };
    Ok(strongest(network, label, walk(network, x, label, epsilon, step, steps, &Way { to, ..Way::RIGHT })?))
}
