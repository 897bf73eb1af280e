//! Specimens of the boss.

pub mod pca;
