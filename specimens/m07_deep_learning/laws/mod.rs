//! Specimens of `laws`.

mod accepts_batching;

pub use accepts_batching::accepts_batching;
