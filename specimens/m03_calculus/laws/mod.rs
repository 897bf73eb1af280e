//! Specimens of `laws`.

mod accepts_gradient;

pub use accepts_gradient::accepts_gradient;
