//! Specimens of `mixture`.

mod em_step;
mod gaussian_mixture;

pub use crate::reference::x2_clustering::mixture::{EmStep, Mixture};
pub use em_step::em_step;
pub use gaussian_mixture::gaussian_mixture;
