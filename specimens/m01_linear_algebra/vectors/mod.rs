//! Specimens of `vectors`.

mod dot;

pub use crate::reference::m01_linear_algebra::vectors::{add, cosine_similarity, norm, scale};
pub use dot::dot;
