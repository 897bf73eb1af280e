//! Specimens of milestone 2.

pub mod simulation;
