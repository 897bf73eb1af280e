//! Specimens of the boss.

pub mod pca;
pub mod projection;
