//! Specimens of `layer_norm`.

#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod layer_norm;
mod layer_norm_backward;

pub use layer_norm::layer_norm;
pub use layer_norm_backward::layer_norm_backward;
