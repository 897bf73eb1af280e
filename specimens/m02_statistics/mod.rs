//! Specimens of milestone 2.

pub mod comparison;
pub mod distributions;
pub mod histograms;
pub mod laws;
pub mod limit_theorems;
pub mod moments;
pub mod order_statistics;
pub mod simulation;
