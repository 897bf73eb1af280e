//! Specimens of `serve`.

mod app;
mod extracted;
#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod serve;
mod single;

pub use crate::reference::boss::serve::Limits;
pub use app::app;
pub use serve::serve;
