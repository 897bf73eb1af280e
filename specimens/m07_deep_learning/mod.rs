//! Specimens of milestone 7.

pub mod autograd;
pub mod batches;
pub mod checkpoint;
pub mod curves;
pub mod fitting;
pub mod laws;
pub mod loss;
pub mod mlp;
pub mod training;
