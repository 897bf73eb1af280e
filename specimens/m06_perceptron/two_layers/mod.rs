//! Specimens of `two_layers`.

mod two_layer_backward;

pub use two_layer_backward::two_layer_backward;
