//! Special boss mode: principal components, and data seen along them.

pub mod pca;
pub mod projection;
