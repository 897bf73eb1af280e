//! Special boss mode: the directions in which data vary.

pub mod pca;
