//! Specimens of `silhouette`.

mod adjusted_rand_index;
#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod silhouette;

pub use adjusted_rand_index::adjusted_rand_index;
pub use silhouette::silhouette;
