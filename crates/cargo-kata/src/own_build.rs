//! Two clones may share one target folder; then cargo may take this program, built from the other clone, for its own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// Set while the right program runs, so that it does not look for itself once more.
const MARK: &str = "KATAS_OWN_BUILD";

/// Runs the program of the clone in which cargo was called, where this one was built from another; `None` where all is
/// well.
pub(crate) fn run_instead() -> Option<ExitCode> {
    // `cargo run` says which package it believes to run.
    let asked = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    let built = Path::new(env!("CARGO_MANIFEST_DIR"));
    if asked == built || env::var_os(MARK).is_some() || !asked.ends_with("crates/cargo-kata") {
        return None;
    }
    let root = asked.ancestors().nth(2)?;
    let program = env::current_exe().ok()?;
    // A clone that was moved brings its own folder along, and its program is its own.
    if program.starts_with(fs::canonicalize(root).ok()?) {
        return None;
    }
    let target = program.ancestors().nth(2)?;
    let name = format!("katas-{}", engine::hash::Hash::of(root.as_os_str().as_encoded_bytes()));
    let mut command = engine::judging::build::cargo();
    command
        .args(["run", "--quiet", "--package", "cargo-kata", "--manifest-path"])
        .arg(root.join("Cargo.toml"));
    command.arg("--target-dir").arg(target.join(name)).env(MARK, "1");
    let status = command.arg("--").args(env::args_os().skip(1)).status().ok()?;
    Some(u8::try_from(status.code().unwrap_or(130)).map_or(ExitCode::FAILURE, ExitCode::from))
}
