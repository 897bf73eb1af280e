//! Specimens of `laws`.

mod accepts_dot_product;

pub use accepts_dot_product::accepts_dot_product;
