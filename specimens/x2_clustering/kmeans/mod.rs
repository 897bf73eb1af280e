//! Specimens of `kmeans`.

mod inertia;
#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod kmeans;
mod kmeans_plus_plus;
mod lloyd_step;

pub use crate::reference::x2_clustering::kmeans::Clustering;
pub use inertia::inertia;
pub use kmeans::kmeans;
pub use kmeans_plus_plus::kmeans_plus_plus;
pub use lloyd_step::lloyd_step;
