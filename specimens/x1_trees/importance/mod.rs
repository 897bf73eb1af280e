//! Specimens of `importance`.

mod importance_figure;
mod permutation_importance;
mod tree_figure;

pub use crate::reference::x1_trees::importance::Predictor;
pub use importance_figure::importance_figure;
pub use permutation_importance::permutation_importance;
pub use tree_figure::tree_figure;
