//! Special boss mode: principal components, data seen along them, and a model that answers over HTTP.

pub mod pca;
pub mod projection;
pub mod requests;
pub mod serve;
