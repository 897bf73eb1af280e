//! Milestone 1: vectors and matrices by hand, then with ndarray and nalgebra.

pub mod vectors;
pub mod matrices;
pub mod ndarray_ops;
pub mod transforms;
pub mod eigen;
pub mod laws;
