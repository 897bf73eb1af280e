//! What cargo builds for the grader, before any text of a learner's is there.

use std::fs;
use std::process::Command;

use engine::hash::Hash;
use engine::judging::{Next, build, run_program};
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;
use serde_json::Value;

/// Built once and run for every submission: see the root's Cargo.toml.
pub(super) const PROFILE: &str = "graded";

/// Cargo in this repository, in that profile, with no features but the ones that the arguments name.
pub(super) fn cargo(workspace: &Workspace, profile: &str, arguments: &[&str]) -> Command {
    let mut command = build::cargo();
    command.current_dir(workspace.root()).args(arguments);
    command.args(["--no-default-features", "--message-format", "json-render-diagnostics"]);
    command.args(["--profile", profile]).env("CARGO_TARGET_DIR", workspace.target());
    // Laws whose files came with an older time are compiled all the same.
    let mut texts = Hash::of(workspace.root().as_os_str().as_encoded_bytes());
    ["katas/lib.rs", "tests", "crates/judge/src", "crates/kit/src"]
        .iter()
        .for_each(|tree| texts.add_tree(&workspace.path(tree)));
    command.env("KATAS_TEXT", texts.to_string());
    command
}

/// Cargo's messages about what it built.
pub(super) fn artifacts(command: &mut Command) -> Result<Vec<Value>, Problem> {
    let mut found = Vec::new();
    let is_about_a_build = |message: &Value| {
        message["reason"] == "compiler-artifact" || message["reason"] == "build-script-executed"
    };
    let finished = run_program(command, |line| {
        let message = line.and_then(|line| serde_json::from_str::<Value>(line).ok());
        found.extend(message.filter(is_about_a_build));
        Next::On
    })?;
    if finished.status.success() { Ok(found) } else { Err(failed(&finished.stderr)) }
}

/// What a program of ours prints.
pub(super) fn output(command: &mut Command) -> Result<String, Problem> {
    let mut text = String::new();
    let finished = run_program(command, |line| {
        text.extend(line.map(|line| format!("{line}\n")));
        Next::On
    })?;
    if finished.status.success() { Ok(text) } else { Err(failed(&finished.stderr)) }
}

fn failed(stderr: &str) -> Problem {
    let remedy = "Nothing can be graded before this is mended; `cargo kata verify` checks the repository.";
    Problem::Repository { what: stderr.trim_end().to_owned(), remedy: remedy.to_owned() }
}

/// The libraries that the package `katas` names, from the lock file: names, and versions where there are several. Read by
/// hand: ten lines against a parser of TOML.
pub(super) fn direct_dependencies(workspace: &Workspace) -> Result<Vec<(String, Option<String>)>, Problem> {
    let path = workspace.path("Cargo.lock");
    let lock = fs::read_to_string(&path).doing("read", &path)?;
    let ours = lock.split("[[package]]").find(|it| it.contains("\nname = \"katas\"\n")).unwrap_or_default();
    let listed = ours.split_once("dependencies = [").map_or("", |(_, rest)| rest);
    let entries = listed.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let one = |entry: &str| match entry.split_once(' ') {
        Some((name, version)) => (name.replace('-', "_"), Some(version.to_owned())),
        None => (entry.replace('-', "_"), None),
    };
    Ok(entries.map(one).collect())
}
