//! Another grading of the same class: what it changed, and why. The grades of the last complete run are kept next to the
//! results, so that a run which was interrupted and resumed is still compared with them.

mod compare;
mod history;

pub use history::{KEPT_IN, note};
