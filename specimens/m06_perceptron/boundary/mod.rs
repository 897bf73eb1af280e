//! Specimens of `boundary`.

mod decision_figure;
mod decision_line;

pub use decision_figure::decision_figure;
pub use decision_line::decision_line;
