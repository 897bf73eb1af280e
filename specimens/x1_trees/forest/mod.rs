//! Specimens of `forest`.

mod bootstrap_sample;
mod fit_forest;
mod out_of_bag_score;
mod predict_forest;

pub use crate::reference::x1_trees::forest::BaggedTree;
pub use bootstrap_sample::bootstrap_sample;
pub use fit_forest::fit_forest;
pub use out_of_bag_score::out_of_bag_score;
pub use predict_forest::predict_forest;
