//! Specimens of milestone 8.

pub mod blur;
pub mod colour;
pub mod corners;
pub mod edges;
pub mod hough;
pub mod laws;
pub mod motion;
#[cfg(feature = "opencv")]
pub mod opencv_faces;
#[cfg(feature = "opencv")]
pub mod opencv_filters;
#[cfg(feature = "opencv")]
pub mod opencv_images;
#[cfg(feature = "opencv")]
pub mod opencv_sheet;
pub mod shapes;
