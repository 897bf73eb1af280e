//! Specimens of `backward`.

mod conv2d_backward;

pub use conv2d_backward::conv2d_backward;
