//! Specimens of milestone 3.

mod answers;
pub mod derivative;
pub mod descent;
pub mod laws;
pub mod optimizers;
pub mod pictures;
