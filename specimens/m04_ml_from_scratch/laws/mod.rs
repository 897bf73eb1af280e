//! Specimens of `laws`.

mod accepts_least_squares;

pub use accepts_least_squares::accepts_least_squares;
