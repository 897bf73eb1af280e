//! Specimens of milestone 1.

pub mod eigen;
pub mod laws;
pub mod matrices;
pub mod ndarray_ops;
pub mod transforms;
pub mod vectors;
