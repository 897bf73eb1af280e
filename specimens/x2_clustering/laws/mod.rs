//! Specimens of `laws`.

mod accepts_lloyd_step;

pub use accepts_lloyd_step::accepts_lloyd_step;
