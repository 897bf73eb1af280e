//! Specimens of the boss.

pub mod adversarial;
pub mod laws;
pub mod pca;
pub mod projection;
pub mod requests;
pub mod robustness;
pub mod serve;
