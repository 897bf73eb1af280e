//! The programs, as they are called from a shell, with the reference's katas.
#![cfg(feature = "solutions")]

mod called;
mod command_lines;
mod pipes;
#[cfg(feature = "serve")]
mod served;
#[cfg(feature = "pipeline")]
mod tables;
#[cfg(feature = "vision")]
mod seen;
