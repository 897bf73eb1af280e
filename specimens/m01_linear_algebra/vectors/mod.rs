//! Specimens of `vectors`.

mod add;
mod cosine_similarity;
mod dot;
mod norm;
mod scale;

use kit::InputError;

pub use add::add;
pub use cosine_similarity::cosine_similarity;
pub use dot::dot;
pub use norm::norm;
pub use scale::scale;

fn same_length(x: &[f64], y: &[f64]) -> Result<(), InputError> {
    let (left, right) = (x.len(), y.len());
    if left == right { Ok(()) } else { Err(InputError::LengthMismatch { left, right }) }
}
