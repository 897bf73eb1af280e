//! Specimens of `fitting`.

mod fit;

pub use crate::reference::m07_deep_learning::fitting::{Epoch, Samples, Settings};
pub use fit::fit;
