mod plane;

mod apply;
mod compose;
mod projection_onto;
mod rotation;
mod scaling;
mod transform_figure;
