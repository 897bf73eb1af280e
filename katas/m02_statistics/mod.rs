//! Milestone 2: chance simulated, measured and understood.

pub mod simulation;
pub mod moments;
pub mod order_statistics;
pub mod distributions;
pub mod histograms;
pub mod comparison;
pub mod limit_theorems;
pub mod laws;
