//! Specimens of `derivative`.

mod central_difference;
mod forward_difference;
mod gradient;
mod jacobian;
mod richardson;
mod second_derivative;

use kit::{InputError, check};

pub use central_difference::central_difference;
pub use forward_difference::forward_difference;
pub use gradient::gradient;
pub use jacobian::jacobian;
pub use richardson::richardson;
pub use second_derivative::second_derivative;

fn finite_derivative(value: f64) -> Result<f64, InputError> {
    check::finite_number("f", value)?;
    Ok(value)
}
