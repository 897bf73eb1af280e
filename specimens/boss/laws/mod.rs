//! Specimens of `laws`.

mod accepts_attack;

pub use accepts_attack::accepts_attack;
