#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod augment;
mod shift_image;
mod variants;
