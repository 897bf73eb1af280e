//! What is built once per assignment.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::catalog::Kata;
use engine::hash::Hash;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use super::ipc::{self, OutlinedFile};
use crate::judge::cargo::{PROFILE, artifacts, cargo, output};
use crate::judge::libraries::Libraries;

/// Builds the test program with all laws, and a proxy in place of each kata.
pub(super) fn laws(
    workspace: &Workspace,
    folder: &Path,
    files: &[OutlinedFile],
    features: &[String],
) -> Result<PathBuf, Problem> {
    let proxies = folder.join("proxy.rs");
    write_if_changed(&proxies, &ipc::tree(files))?;
    let mut all: Vec<String> = features.iter().map(|it| format!("katas/{it}")).collect();
    all.push("katas/proxy".to_owned());
    let mut command = cargo(workspace, PROFILE, &["test", "--no-run", "-p", "katas", "--test", "suite"]);
    command.args(["--features", &all.join(",")]).env("KATAS_PROXY", &proxies);
    let artifacts = artifacts(&mut command)?;
    let suite = artifacts.iter().filter(|it| it["target"]["name"] == "suite");
    let program = suite.filter_map(|it| it["executable"].as_str()).next_back();
    program.map(PathBuf::from).ok_or_else(|| Problem::Repository {
        what: "cargo built no test program `suite`".to_owned(),
        remedy: "Is the repository as it was published? `git status` shows what differs.".to_owned(),
    })
}

/// Whether the program has all laws; what distinguishes it from those of other editions of the repository.
pub(super) fn check(laws: &Path, katas: &[&Kata], files: &[OutlinedFile]) -> Result<String, Problem> {
    let program = fs::read(laws).doing("read", laws)?;
    let listed = output(Command::new(laws).args(["--list", "--format", "terse"]))?;
    let listed: BTreeSet<_> = listed.lines().filter_map(|line| line.strip_suffix(": test")).collect();
    let expected: BTreeSet<_> = katas
        .iter()
        .filter(|kata| files.iter().any(|file| file.id == kata.file_id()))
        .flat_map(|kata| &kata.laws)
        .filter(|it| it.needs.is_empty())
        .map(|it| it.test.as_str())
        .collect();
    let missing: Vec<_> = expected.difference(&listed).copied().collect();
    if missing.is_empty() {
        return Ok(Hash::of(&program).to_string());
    }
    Err(Problem::Repository {
        what: format!("the test program lacks laws: {}", missing.join(", ")),
        remedy: "Is the repository as it was published? `git status` shows what differs.".to_owned(),
    })
}

/// Builds what a worker links.
pub(super) fn libraries(
    workspace: &Workspace,
    folder: &Path,
    features: &[String],
) -> Result<Libraries, Problem> {
    let with_wire: Vec<String> = features.iter().cloned().chain(["worker".to_owned()]).collect();
    let libraries = Libraries::build(workspace, &folder.join("deps"), &["katas"], &with_wire, PROFILE)?;
    Ok(libraries.only(|feature| features.contains(feature)))
}

/// Written anew it would be compiled anew.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Problem> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).doing("write", path)
}
