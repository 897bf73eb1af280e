//! Milestone 2: chance simulated, measured and understood.

pub mod comparison;
pub mod distributions;
pub mod histograms;
pub mod laws;
pub mod limit_theorems;
pub mod moments;
pub mod order_statistics;
pub mod simulation;
