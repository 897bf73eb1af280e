//! Specimens of the second extra milestone.

pub mod dbscan;
pub mod density;
pub mod figures;
pub mod kmeans;
pub mod laws;
pub mod mixture;
pub mod silhouette;

mod fitting;
mod placing;
