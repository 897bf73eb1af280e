//! What is printed, and how: for a terminal of some width, or for a pipe.

mod markdown;
mod pager;
mod progress;
mod style;
mod terminal;
mod verdict;
mod wrap;

pub(crate) use engine::output::{failure, print};
pub use markdown::markdown;
pub use pager::page;
pub use progress::Progress;
pub use style::Style;
pub(crate) use terminal::{RawKeys, forget_cargos_lines};
pub use verdict::{laws, laws_of, not_written, rejected, verdict, waiting};
pub(crate) use wrap::{columns, wrap};
