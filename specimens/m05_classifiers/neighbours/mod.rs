//! Specimens of `neighbours`.

mod knn_predict;

pub use knn_predict::knn_predict;
