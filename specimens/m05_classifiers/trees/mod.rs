//! Specimens of `trees`.

mod decision_tree;
mod random_forest;

pub use decision_tree::decision_tree;
pub use random_forest::random_forest;
