//! Specimens of `hough`.

mod hough_lines;
mod hough_votes;

pub use crate::reference::m08_vision::hough::PolarLine;
pub use hough_lines::hough_lines;
pub use hough_votes::hough_votes;
