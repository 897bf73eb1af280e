//! Specimens of `matrices`.

pub use crate::reference::m01_linear_algebra::matrices::{identity, matmul, matvec, transpose};
