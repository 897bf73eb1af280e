//! Gradients that answer otherwise than they were written, and rejections that say otherwise: what the chaffs of several
//! descents have in common.

use std::cell::Cell;
use std::iter::repeat;

use kit::InputError;

pub(super) type Gradient<'a> = &'a dyn Fn(&[f64]) -> Vec<f64>;
pub(super) type Path = Result<Vec<Vec<f64>>, InputError>;

pub(super) fn asked_twice(gradient: Gradient<'_>) -> impl Fn(&[f64]) -> Vec<f64> {
    move |x| {
        let _ = gradient(x);
        gradient(x)
    }
}

pub(super) fn turned_round(gradient: Gradient<'_>) -> impl Fn(&[f64]) -> Vec<f64> {
    move |x| gradient(x).iter().map(|slope| -slope).collect()
}

/// Made as long as it has to be.
pub(super) fn fitted(gradient: Gradient<'_>, width: usize) -> impl Fn(&[f64]) -> Vec<f64> {
    move |x| gradient(x).into_iter().chain(repeat(0.0)).take(width).collect()
}

/// Only the first gradient keeps its length.
pub(super) fn fitted_after_the_first(gradient: Gradient<'_>, width: usize) -> impl Fn(&[f64]) -> Vec<f64> {
    let first = Cell::new(true);
    move |x| if first.replace(false) { gradient(x) } else { fitted(gradient, width)(x) }
}

/// Steps counted from 0 instead of 1.
pub(super) fn counted_from_0(rejection: InputError) -> InputError {
    match rejection {
        InputError::NotFinite { name: "path", index } => {
            InputError::NotFinite { name: "path", index: index - 1 }
        }
        other => other,
    }
}

/// The last coordinate that is not finite is reported, not the first.
pub(super) fn last_named(start: &[f64]) -> Result<(), InputError> {
    match start.iter().rposition(|x| !x.is_finite()) {
        Some(index) => Err(InputError::NotFinite { name: "start", index }),
        None => Ok(()),
    }
}

/// A learning rate below 10⁻¹² is rejected as if it were 0.
pub(super) fn no_tiny_rate(start: &[f64], rate: f64) -> Result<(), InputError> {
    let tiny = rate > 0.0 && rate < 1e-12 && !start.is_empty() && start.iter().all(|x| x.is_finite());
    let wanted = "a number > 0";
    if tiny { Err(InputError::OutOfRange { name: "learning_rate", got: rate, wanted }) } else { Ok(()) }
}
