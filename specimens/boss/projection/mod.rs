//! Specimens of `projection`.

mod pca_figure;
mod project;
mod reconstruct;

pub use pca_figure::pca_figure;
pub use project::project;
pub use reconstruct::reconstruct;
