//! Boss milestone: principal component analysis, adversarial attacks on networks, and model serving over HTTP.

pub mod pca;
pub mod projection;
pub mod adversarial;
pub mod robustness;
pub mod requests;
pub mod serve;
pub mod laws;
