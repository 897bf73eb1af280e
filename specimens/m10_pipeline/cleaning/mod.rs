//! Specimens of `cleaning`.

mod clean;

pub use clean::clean;
