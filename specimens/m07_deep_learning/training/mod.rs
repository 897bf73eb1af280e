//! Specimens of `training`.

mod evaluate;
mod train_epoch;

pub use crate::reference::m07_deep_learning::training::{Model, Score};
pub use evaluate::evaluate;
pub use train_epoch::train_epoch;
