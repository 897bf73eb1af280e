#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod batch_norm;
mod batch_norm_backward;
mod batch_norm_evaluate;
mod statistics;
