//! Specimens of `opencv_faces`.

mod annotate;
mod detect_faces;

pub use crate::reference::m08_vision::opencv_faces::Annotation;
pub use annotate::annotate;
pub use detect_faces::detect_faces;
