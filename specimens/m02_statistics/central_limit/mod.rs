//! Specimens of `central_limit`.

#[expect(clippy::module_inception, reason = "the subject is named after its first kata")]
mod central_limit;
mod central_limit_figure;

pub use central_limit::central_limit;
pub use central_limit_figure::central_limit_figure;
