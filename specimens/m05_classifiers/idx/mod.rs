//! Specimens of `idx`.

mod load_mnist;
mod parse_idx;

pub use load_mnist::load_mnist;
pub use parse_idx::parse_idx;
