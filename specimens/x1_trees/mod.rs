//! Specimens of the first extra milestone.

pub mod boosting;
pub mod forest;
pub mod importance;
pub mod impurity;
pub mod laws;
pub mod regression;
pub mod tree;

mod growing;
mod regressing;
mod searching;
