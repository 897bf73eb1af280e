//! Specimens of `ndarray_ops`.

mod add_nd;
mod dot_nd;
mod matmul_nd;
mod pairwise_distances;
mod standardize_columns;

pub use add_nd::add_nd;
pub use dot_nd::dot_nd;
pub use matmul_nd::matmul_nd;
pub use pairwise_distances::pairwise_distances;
pub use standardize_columns::standardize_columns;
