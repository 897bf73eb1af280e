//! Specimens of `validation`.

mod cross_validate;
mod rounds;
mod standardize_by;

pub use cross_validate::cross_validate;
pub use standardize_by::standardize_by;
