//! Milestone 3: derivatives by differences, and the way downhill along them.

pub mod derivative;
pub mod descent;
pub mod optimizers;
pub mod pictures;
pub mod laws;
