//! Specimens of `serve`.

mod app;
mod serve;
mod single;

pub use crate::reference::boss::serve::Limits;
pub use app::app;
pub use serve::serve;
