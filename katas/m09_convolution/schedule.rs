//! Learning-rate schedules.

use std::f64::consts::PI;

use kit::{InputError, check};

/// Cosine annealing: the learning rate of one training step; it falls from its maximum toward 0 along half a cosine.
///
/// ```formula
/// η(t) = ½·η_max·(1 + cos(π·t/T))
/// ```
///
/// * `step`: t, the number of steps already taken, below T.
/// * `steps`: T, the total number of steps.
/// * `max_learning_rate`: η_max, the learning rate of the first step, a finite number above 0.
/// * Returns η(t): finite for every finite η_max, and above 0 for every step, even the last of 10⁹, as long as it is not
///   below the smallest number of the type.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"max_learning_rate"` and `wanted` `"a finite number above 0"`, or
/// `"step"` and `"below steps"`.
///
/// ```
/// # use katas::m09_convolution::schedule::cosine_rate;
/// assert_eq!(cosine_rate(0, 10, 0.1), Ok(0.1));
/// assert!((cosine_rate(5, 10, 0.1).unwrap() - 0.05).abs() < 1e-15);
/// ```
///
/// In Python: `torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)`.
///
/// Source: Loshchilov and Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, ICLR 2017, §3.
pub fn cosine_rate(step: usize, steps: usize, max_learning_rate: f64) -> Result<f64, InputError> {
    todo!()
}
