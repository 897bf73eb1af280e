//! Specimens of `color`.

mod to_gray;

pub use to_gray::to_gray;
