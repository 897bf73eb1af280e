//! Specimens of `batch_norm`.

#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod batch_norm;
mod batch_norm_backward;
mod batch_norm_evaluate;

pub use crate::reference::x3_regularization::batch_norm::RunningStatistics;
pub use batch_norm::batch_norm;
pub use batch_norm_backward::batch_norm_backward;
pub use batch_norm_evaluate::batch_norm_evaluate;
