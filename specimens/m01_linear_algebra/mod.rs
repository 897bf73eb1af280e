//! Specimens of milestone 1.

pub mod eigen;
pub mod laws;
pub mod vectors;
