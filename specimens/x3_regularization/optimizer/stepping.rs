//! Steps of AdamW with another last line.

use kit::InputError;

use crate::reference::x3_regularization::optimizer as reference;
use crate::reference::x3_regularization::optimizer::{AdamW, AdamWState};

pub type Stepped = Result<(Vec<f64>, AdamWState), InputError>;

/// m̂/(√v̂ + ε).
pub fn adam(m: f64, v: f64, options: &AdamW, t: f64) -> f64 {
    let [in_m, in_v] = options.betas.map(|beta| 1.0 - beta.powf(t));
    m / in_m / ((v / in_v).sqrt() + options.epsilon)
}

/// The new parameter from the old one, the new moments, the options and t.
pub fn planned(
    theta: &[f64],
    g: &[f64],
    state: &AdamWState,
    options: &AdamW,
    of: fn(f64, [f64; 2], &AdamW, f64) -> f64,
) -> Stepped {
    let (_, new) = reference::adamw_step(theta, g, state, options)?;
    let one = |i: usize| of(theta[i], [new.first[i], new.second[i]], options, new.step as f64);
    Ok(((0..theta.len()).map(one).collect(), new))
}
