//! Specimens of milestone 1.

pub mod vectors;
