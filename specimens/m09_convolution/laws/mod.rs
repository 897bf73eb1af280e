//! Specimens of `laws`.

mod accepts_convolution;

pub use accepts_convolution::accepts_convolution;
