//! Specimens of `figures`.

mod cluster_figure;
mod elbow_figure;

pub use cluster_figure::cluster_figure;
pub use elbow_figure::elbow_figure;
