//! What a submission is found to be. Katas that can be called over IPC are judged in two processes ([`isolated`]), the
//! others in one with their laws ([`in_process`]). An [`Assignment`] holds both, and [`grade()`] asks them.

mod assignment;
mod cargo;
mod earlier;
mod faults;
mod grade;
mod graded;
mod hashed;
mod helpers;
pub mod in_process;
pub mod isolated;
mod libraries;
mod outcome;
mod sheet;

pub use assignment::{Assignment, GradingConditions, InProcessState, Plan, Prepared, Timeouts};
pub use grade::{grade, grade_again, read, stamp};
pub use graded::Graded;
pub use outcome::KataOutcome;
pub use sheet::Sheet;
