//! Arrays of `ndarray` and small matrices of `nalgebra`.

#[cfg(feature = "nalgebra")]
mod matrices;
#[cfg(feature = "ndarray")]
mod arrays;

#[cfg(feature = "ndarray")]
pub use arrays::{Strided, write_back_into_view};
