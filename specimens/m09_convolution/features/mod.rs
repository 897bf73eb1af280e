//! Specimens of `features`.

mod feature_figure;
mod feature_maps;

pub use feature_figure::feature_figure;
pub use feature_maps::feature_maps;
