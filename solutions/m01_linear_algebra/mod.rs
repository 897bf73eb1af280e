//! Milestone 1: vectors and matrices by hand, then with ndarray and nalgebra.

pub mod eigen;
pub mod laws;
pub mod vectors;
