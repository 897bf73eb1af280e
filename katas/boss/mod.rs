//! Special boss mode: principal components, data seen along them, networks under attack, and a model that answers over HTTP.

pub mod pca;
pub mod projection;
pub mod adversarial;
pub mod robustness;
pub mod requests;
pub mod serve;
pub mod laws;
