//! Milestone 9: convolution from scratch, and a convolutional network with candle.
//!
//! A single image is an array of channels × rows × columns, a batch of them a [`candle_core::Tensor`] with the number of
//! images in front. What neural networks call convolution is what mathematics calls cross-correlation: the kernel is not flipped.

pub mod conv;
pub mod patches;
pub mod pooling;
pub mod backward;
pub mod layers;
pub mod cnn;
pub mod schedule;
pub mod evaluation;
pub mod training;
pub mod features;
pub mod explain;
pub mod laws;
