//! Specimens of `splitting`.

mod split;

pub use split::split;
