//! Specimens of `folds`.

mod group_k_fold;
mod k_fold;
mod stratified_k_fold;

pub use group_k_fold::group_k_fold;
pub use k_fold::k_fold;
pub use stratified_k_fold::stratified_k_fold;
