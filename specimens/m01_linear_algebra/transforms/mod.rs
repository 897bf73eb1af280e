//! Specimens of `transforms`.

mod apply;
mod compose;
mod projection_onto;
mod rotation;
mod scaling;
mod transform_figure;

pub use apply::apply;
pub use compose::compose;
pub use projection_onto::projection_onto;
pub use rotation::rotation;
pub use scaling::scaling;
pub use transform_figure::transform_figure;
