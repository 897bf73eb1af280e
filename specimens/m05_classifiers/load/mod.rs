//! Specimens of `load`.

mod load_digits;
mod parse_iris;
mod tables;

pub use load_digits::load_digits;
pub use parse_iris::parse_iris;
