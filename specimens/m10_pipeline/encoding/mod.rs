//! Specimens of `encoding`.

mod encode;

pub use encode::encode;
