//! Specimens of `laws`.

mod accepts_layer_norm_backward;

pub use accepts_layer_norm_backward::accepts_layer_norm_backward;
