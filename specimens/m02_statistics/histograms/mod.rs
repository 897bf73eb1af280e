//! Specimens of `histograms`.

mod histogram;

pub use crate::reference::m02_statistics::histograms::Histogram;
pub use histogram::histogram;
