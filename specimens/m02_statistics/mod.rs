//! Specimens of milestone 2.

pub mod moments;
pub mod order_statistics;
pub mod simulation;
