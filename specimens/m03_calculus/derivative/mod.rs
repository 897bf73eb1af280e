//! Specimens of `derivative`.

mod central_difference;
mod forward_difference;
mod gradient;
mod jacobian;
mod richardson;
mod second_derivative;

pub use central_difference::central_difference;
pub use forward_difference::forward_difference;
pub use gradient::gradient;
pub use jacobian::jacobian;
pub use richardson::richardson;
pub use second_derivative::second_derivative;
