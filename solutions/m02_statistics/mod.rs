//! Milestone 2: probability and statistics: simulation, moments, distributions, and hypothesis tests.

pub mod simulation;
pub mod moments;
pub mod order_statistics;
pub mod distributions;
pub mod histograms;
pub mod comparison;
pub mod limit_theorems;
pub mod laws;
