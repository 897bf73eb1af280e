//! Specimens of milestone 1.

pub mod ndarray_ops;
pub mod transforms;
pub mod vectors;
