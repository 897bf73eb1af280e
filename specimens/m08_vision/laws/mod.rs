//! Specimens of `laws`.

mod accepts_blur;

pub use accepts_blur::accepts_blur;
