//! Special boss mode: principal components, data seen along them, and networks under attack.

pub mod pca;
pub mod projection;
pub mod adversarial;
pub mod robustness;
pub mod laws;
