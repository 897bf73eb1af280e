//! Specimens of `neighbours`.

mod knn_predict;
pub mod tuned;

pub use knn_predict::knn_predict;
