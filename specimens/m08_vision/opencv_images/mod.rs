//! Specimens of `opencv_images`.

mod load_image;
mod to_gray;

pub use load_image::load_image;
pub use to_gray::to_gray;
