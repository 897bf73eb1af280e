//! Specimens of `laws`.

mod accepts_preparation;

pub use accepts_preparation::accepts_preparation;
