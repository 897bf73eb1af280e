//! Specimens of `patches`.

mod im2col;

pub use im2col::im2col;
