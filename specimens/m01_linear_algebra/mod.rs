//! Specimens of milestone 1.

#[cfg(feature = "m01")]
pub mod eigen;
pub mod laws;
#[cfg(feature = "m01")]
pub mod matrices;
#[cfg(feature = "m01")]
pub mod ndarray_ops;
#[cfg(feature = "m01")]
pub mod transforms;
pub mod vectors;
