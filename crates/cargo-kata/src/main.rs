//! `cargo kata`: shows a learner which law a kata breaks, and an author what is missing.
//!
//! The work is done by the library `engine`; here the command line is parsed and answered.

mod commands;
mod own_build;
mod proof;
mod show;

use std::process::ExitCode;

fn main() -> ExitCode {
    own_build::run_instead().unwrap_or_else(|| commands::run(std::env::args_os()))
}
