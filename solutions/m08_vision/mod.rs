//! Milestone 8: computer vision, first pixel by pixel, then with OpenCV.
//!
//! A gray image is an array of `u8`, 0 black to 255 white; its first row is the top one. A color image has a third axis
//! with three channels in OpenCV's order: blue, green, red. Filters compute with `f64`. A pixel of an array is
//! `(row, column)`; a point of a drawing is `[x, y]`, x to the right and y *down* from the middle of the first pixel.

pub mod colour;
pub mod blur;
pub mod edges;
pub mod hough;
pub mod corners;
pub mod motion;
pub mod shapes;
#[cfg(feature = "opencv")]
pub mod opencv_images;
#[cfg(feature = "opencv")]
pub mod opencv_filters;
#[cfg(feature = "opencv")]
pub mod opencv_faces;
#[cfg(feature = "opencv")]
pub mod opencv_sheet;
pub mod laws;
