//! Specimens of `metrics`.

mod accuracy;
mod log_loss;
mod roc_auc;
pub mod tuned;

pub use accuracy::accuracy;
pub use log_loss::log_loss;
pub use roc_auc::roc_auc;
