//! Milestone 1: vectors and matrices by hand, then with ndarray and nalgebra.

pub mod vectors;
#[cfg(feature = "m01")]
pub mod matrices;
#[cfg(feature = "m01")]
pub mod ndarray_ops;
#[cfg(feature = "m01")]
pub mod transforms;
#[cfg(feature = "m01")]
pub mod eigen;
pub mod laws;
