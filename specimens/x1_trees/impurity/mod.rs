//! Specimens of `impurity`.

mod best_split;
mod entropy;
mod gini;

pub use best_split::best_split;
pub use entropy::entropy;
pub use gini::gini;
