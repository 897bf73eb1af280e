//! Specimens of `pooling`.

mod max_pool2d;

pub use max_pool2d::max_pool2d;
