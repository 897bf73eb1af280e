//! Specimens of the boss.

pub mod pca;
pub mod projection;
pub mod requests;
pub mod serve;
