//! Milestone 6: the artificial neuron, how it learns, and what it cannot learn alone.
//!
//! A layer is a [`kit::Dense`]: k×n weights, one output per row, and k biases. Samples are a [`kit::Matrix`], one per
//! row. The gradient of the loss with respect to a layer is a `Dense` too, with each partial derivative in the place
//! of its parameter.

pub mod neuron;
pub mod training;
pub mod rosenblatt;
pub mod boundary;
pub mod explain;
pub mod two_layers;
pub mod laws;
