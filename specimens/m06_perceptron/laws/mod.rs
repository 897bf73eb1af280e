//! Specimens of `laws`.

mod accepts_backward;

pub use accepts_backward::accepts_backward;
