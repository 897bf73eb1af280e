//! Specimens of `training`.

mod evaluate;
mod train;

pub use crate::reference::m09_convolution::training::{Epoch, Evaluation, Mistake, Model, Samples, Settings};
pub use evaluate::evaluate;
pub use train::train;
