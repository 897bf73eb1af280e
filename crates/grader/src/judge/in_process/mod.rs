//! Katas that cannot be judged in a process of their own, judged in one with their laws.
//!
//! Here the laws do not stand apart from what they judge, so they are believed only as far as these carry, all together:
//! the scan closes the roads out of safe Rust ([`crate::scan::roads_out`]), the compiler rejects `unsafe`, a module next to
//! each file holds the types in place (`pins`), the process has a sandbox without `/proc`, and a verdict counts only behind
//! a token that was passed in before anything of the katas ran, when its law came to its end and tried as many inputs as it
//! tries on the reference. A result says of such a kata that its assurance is `in-process`.

mod compile;
mod judge;
mod laws;
mod pins;
mod prepare;
mod report;
mod run;
mod specimens;
mod spoiled;
mod state;
mod verdict;

pub use prepare::InProcessPlan;
pub use state::{InProcess, InProcessRun, InProcessVerdicts};
