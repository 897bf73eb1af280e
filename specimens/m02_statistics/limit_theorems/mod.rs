//! Specimens of `limit_theorems`.

mod central_limit;
mod central_limit_figure;

pub use central_limit::central_limit;
pub use central_limit_figure::central_limit_figure;
