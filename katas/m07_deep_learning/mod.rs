//! Milestone 7: a multilayer perceptron with candle, from automatic differentiation of a scalar to the saved network.
//!
//! Samples are the rows of a [`candle_core::Tensor`], labels are classes counted from 0. To these katas a network (a model)
//! is a function from n×d samples to n×k *logits*, one sample per row.

pub mod autograd;
pub mod batches;
pub mod mlp;
pub mod loss;
pub mod training;
pub mod fitting;
pub mod curves;
pub mod checkpoint;
pub mod laws;
