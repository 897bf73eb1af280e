//! Specimens of `training`.

mod train;

pub use crate::reference::m09_convolution::training::{Epoch, Samples, Settings};
pub use train::train;
