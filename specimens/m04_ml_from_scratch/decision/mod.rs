//! Specimens of `decision`.

mod predict;
mod predict_proba;

pub use predict::predict;
pub use predict_proba::predict_proba;
