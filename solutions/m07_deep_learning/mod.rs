//! Milestone 7: a multilayer perceptron with candle, from the differentiating scalar to the saved network.
//!
//! Samples are the rows of a [`candle_core::Tensor`], labels are classes counted from 0. A network is known to these
//! katas by what it does: a function from n×d samples to n×k *logits*, one row a sample.

pub mod autograd;
pub mod batches;
pub mod mlp;
pub mod loss;
pub mod training;
pub mod fitting;
pub mod curves;
pub mod checkpoint;
pub mod laws;
