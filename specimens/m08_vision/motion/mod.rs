//! Specimens of `motion`.

mod optical_flow;

pub use optical_flow::optical_flow;
