//! Specimens of `moments`.

mod mean;
mod merge;
mod standard_deviation;
mod variance;
mod welford;

pub use crate::reference::m02_statistics::moments::Moments;
pub use mean::mean;
pub use merge::merge;
pub use standard_deviation::standard_deviation;
pub use variance::variance;
pub use welford::welford;
