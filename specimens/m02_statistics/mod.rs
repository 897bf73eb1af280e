//! Specimens of milestone 2.

pub mod central_limit;
pub mod comparison;
pub mod distributions;
pub mod histograms;
pub mod laws;
pub mod moments;
pub mod order_statistics;
pub mod simulation;
