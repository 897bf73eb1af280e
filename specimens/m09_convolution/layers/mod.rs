//! Specimens of `layers`.

mod convolve;
mod max_pool;

pub use convolve::convolve;
pub use max_pool::max_pool;
