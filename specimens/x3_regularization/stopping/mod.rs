//! Specimens of `stopping`.

mod early_stopping;
mod label_smoothing;
mod smoothed_cross_entropy;

pub use crate::reference::x3_regularization::stopping::EarlyStopping;
pub use early_stopping::early_stopping;
pub use label_smoothing::label_smoothing;
pub use smoothed_cross_entropy::smoothed_cross_entropy;
