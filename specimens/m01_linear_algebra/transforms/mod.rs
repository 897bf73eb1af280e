//! Specimens of `transforms`.

pub use crate::reference::m01_linear_algebra::transforms::{
    apply, compose, projection_onto, rotation, scaling, transform_figure,
};
