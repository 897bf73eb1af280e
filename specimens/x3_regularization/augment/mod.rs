//! Specimens of `augment`.

#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod augment;
mod shift_image;

pub use crate::reference::x3_regularization::augment::Augmentation;
pub use augment::augment;
pub use shift_image::shift_image;
