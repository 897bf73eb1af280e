//! Specimens of milestone 1.

pub mod matrices;
pub mod vectors;
