//! Specimens of `tree`.

mod fit_tree;
mod predict_tree;

pub use fit_tree::fit_tree;
pub use predict_tree::predict_tree;
