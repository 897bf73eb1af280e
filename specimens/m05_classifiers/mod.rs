//! Specimens of milestone 5.

pub mod bayes;
pub mod comparison;
pub mod confusion;
pub mod folds;
pub mod idx;
pub mod laws;
pub mod library;
pub mod load;
pub mod neighbours;
pub mod trees;
pub mod validation;

mod relabeled;
