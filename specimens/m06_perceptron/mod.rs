//! Specimens of milestone 6.

pub mod boundary;
pub mod explain;
pub mod laws;
pub mod neuron;
pub mod rosenblatt;
pub mod training;
pub mod two_layers;
