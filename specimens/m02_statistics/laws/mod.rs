//! Specimens of `laws`.

mod accepts_die;

pub use accepts_die::accepts_die;
