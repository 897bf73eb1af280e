//! Specimens of `curves`.

mod curves_figure;
mod history;

pub use crate::reference::m07_deep_learning::curves::History;
pub use curves_figure::curves_figure;
pub use history::history;
