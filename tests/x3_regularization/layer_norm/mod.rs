#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod layer_norm;
mod layer_norm_backward;
