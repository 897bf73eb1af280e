//! Specimens of `opencv_filters`.

mod blur;
mod edges;

pub use blur::blur;
pub use edges::edges;
