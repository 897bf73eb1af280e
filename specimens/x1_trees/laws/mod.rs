//! Specimens of `laws`.

mod accepts_best_split;

pub use accepts_best_split::accepts_best_split;
