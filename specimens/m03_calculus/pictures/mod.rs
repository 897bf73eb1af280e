//! Specimens of `pictures`.

mod contour_figure;
mod descent_figure;

pub use contour_figure::contour_figure;
pub use descent_figure::descent_figure;
