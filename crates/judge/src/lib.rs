//! What a law is and how it is judged.
//!
//! A law says what every right answer has in common. It draws inputs, asks the kata, and where the answer breaks the
//! law it says so in four lines: *with* which input, what was *got*, what the law *wants*, and where to *look*.
//!
//! ```
//! use judge::{any, close, for_all};
//!
//! # fn double(x: f64) -> f64 { x + x }
//! // In a test named `double_is_linear`:
//! for_all("x, y", (any::eighth(), any::eighth())).holds(|&(x, y)| {
//!     close("double(x + y)", double(x + y), double(x) + double(y), 0.0, "2(x + y) = 2x + 2y")
//! });
//! ```

pub mod any;
mod attempt;
pub mod bounds;
mod broken;
mod call;
mod chance;
mod check;
mod drawn;
pub mod elsewhere;
mod entries;
pub mod gradient;
mod inputs;
pub mod inside;
mod law;
mod limits;
mod neighbors;
mod record;
mod repeats;
mod starved;
mod supervise;
mod trace;
mod snapshot;

pub use broken::{Broken, Kind, Verdict};
pub use chance::{drawn_with, follows, mean_near, normal_tails};
pub use check::{Answer, close, ensure, equal, rejected, rejected_for, rounding};
pub use entries::close_entries;
pub use inputs::{Inputs, Shown};
pub use law::{ForAll, example, for_all, page};
pub use snapshot::{figure_reads_as, figure_shows, reads_as};
