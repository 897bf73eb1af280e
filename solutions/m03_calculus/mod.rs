//! Milestone 3: numerical differentiation by finite differences, and gradient descent.

pub mod derivative;
pub mod descent;
pub mod optimizers;
pub mod pictures;
pub mod laws;
