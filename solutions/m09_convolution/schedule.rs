//! How far to step, and when.

use std::f64::consts::PI;

use kit::{InputError, check};

/// The learning rate of one step on a cosine: nearly the peak for long, and nearly 0 at the end.
///
/// ```text
/// η(t) = ½·peak·(1 + cos(π·t/T))
/// ```
///
/// * `step`: t, how many steps have been taken, below T.
/// * `steps`: T, how many there will be.
/// * `peak`: the first rate, a finite number above 0.
/// * Returns η(t), above 0 for every step.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"peak"` and `wanted` `"a finite number above 0"`, or `"step"` and
/// `"below steps"`, in this order.
///
/// ```
/// # use katas::m09_convolution::schedule::cosine_rate;
/// assert_eq!(cosine_rate(0, 10, 0.1), Ok(0.1));
/// assert!((cosine_rate(5, 10, 0.1).unwrap() - 0.05).abs() < 1e-15);
/// ```
///
/// Source: Loshchilov and Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, ICLR 2017, §3.
pub fn cosine_rate(step: usize, steps: usize, peak: f64) -> Result<f64, InputError> {
    check::in_range("peak", peak, peak.is_finite() && peak > 0.0, "a finite number above 0")?;
    check::in_range("step", step as f64, step < steps, "below steps")?;
    // (1 + cos 2a)/2 = cos² a = sin²(π/2 − a). Near the end 1 + cos cancels, down to 0 where there are 10⁹ steps.
    Ok(peak * (PI / 2.0 * ((steps - step) as f64 / steps as f64)).sin().powi(2))
}
