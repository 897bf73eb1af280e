//! Specimens of the third extra milestone.

pub mod augment;
pub mod batch_norm;
pub mod dropout;
pub mod figures;
pub mod laws;
pub mod layer_norm;
pub mod optimizer;
pub mod stopping;

mod making;
mod normalizing;
