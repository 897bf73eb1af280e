//! Specimens of milestone 9.

pub mod backward;
pub mod cnn;
pub mod conv;
pub mod evaluation;
pub mod explain;
pub mod features;
pub mod laws;
pub mod layers;
pub mod patches;
pub mod pooling;
pub mod schedule;
pub mod training;
