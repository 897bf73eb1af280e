//! Specimens of `laws`.

mod accepts_dot_product;

pub use crate::reference::m01_linear_algebra::laws::DotProduct;
pub use accepts_dot_product::accepts_dot_product;
