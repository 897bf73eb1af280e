//! `cargo kata`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_kata::run(std::env::args_os())
}
