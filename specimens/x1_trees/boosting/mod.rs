//! Specimens of `boosting`.

mod boosted_predict;
mod gradient_boosting_fit;
mod logistic_boosting_fit;

pub use crate::reference::x1_trees::boosting::Boosted;
pub use boosted_predict::boosted_predict;
pub use gradient_boosting_fit::gradient_boosting_fit;
pub use logistic_boosting_fit::logistic_boosting_fit;
