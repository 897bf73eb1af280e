//! Extra milestone 3: what keeps a network from overfitting, and what keeps its activations in range, from scratch.
//!
//! A batch is a [`kit::Matrix`]: one sample per row, one feature per column. A backward pass takes the upstream gradient ∂L/∂y,
//! of the shape of y, and returns the gradients with respect to what the forward pass took.
//!
//! Builds on milestones 1, 2, 4 and 6, and needs no library.

pub mod dropout;
pub mod batch_norm;
pub mod layer_norm;
pub mod optimizer;
pub mod stopping;
pub mod augment;
pub mod figures;
pub mod laws;
