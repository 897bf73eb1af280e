//! What is built once an assignment.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::hash::Hash;
use engine::judging::{Next, build::cargo, run_program};
use engine::problem::{Doing, Problem};
use serde_json::Value;

use super::{Assignment, PROFILE};
use crate::crossing::proxy;
use crate::inside;

impl Assignment {
    fn features(&self, also: &[&str]) -> String {
        let ours = self.features.iter().map(|it| format!("katas/{it}"));
        ours.chain(also.iter().map(|it| (*it).to_owned())).collect::<Vec<_>>().join(",")
    }

    pub(super) fn build_laws(&mut self) -> Result<(), Problem> {
        let proxy = self.folder.join("proxy.rs");
        write_if_changed(&proxy, &proxy::tree(&self.files))?;
        let mut command = self.cargo(&["test", "--no-run", "-p", "katas", "--test", "suite"]);
        command.args(["--features", &self.features(&["katas/proxy"])]).env("KATAS_PROXY", &proxy);
        for artifact in artifacts(&mut command)? {
            if let (Some("suite"), Some(program)) =
                (artifact["target"]["name"].as_str(), artifact["executable"].as_str())
            {
                self.laws = PathBuf::from(program);
            }
        }
        let program = fs::read(&self.laws).doing("read", &self.laws)?;
        self.edition = Hash::of(&program).to_string();
        let listed = said(Command::new(&self.laws).args(["--list", "--format", "terse"]))?;
        let listed: BTreeSet<_> = listed.lines().filter_map(|line| line.strip_suffix(": test")).collect();
        let expected: BTreeSet<_> = self
            .katas
            .iter()
            .filter(|kata| self.files.iter().any(|file| file.id == kata.file_id()))
            .flat_map(|kata| &kata.laws)
            .filter(|it| it.needs.is_empty())
            .map(|it| it.test.as_str())
            .collect();
        if expected.is_subset(&listed) {
            return Ok(());
        }
        let missing: Vec<_> = expected.difference(&listed).copied().collect();
        Err(Problem::Repository {
            what: format!("the test program lacks laws: {}", missing.join(", ")),
            remedy: "Is the repository as it was published? `git status` shows what differs.".to_owned(),
        })
    }

    /// The libraries that a worker links lie in a folder of their own: where cargo keeps them, solutions lie too.
    pub(super) fn build_libraries(&mut self) -> Result<(), Problem> {
        let mut command = self.cargo(&["build", "-p", "katas", "--lib"]);
        command.args(["--features", &self.features(&["katas/solutions", "katas/worker"])]);
        let deps = self.folder.join("deps");
        crate::cage::fresh(&deps).doing("make the folder", &deps)?;
        let direct = inside::direct(&self.workspace)?;
        for artifact in artifacts(&mut command)? {
            let name = artifact["target"]["name"].as_str().unwrap_or_default().replace('-', "_");
            let id = artifact["package_id"].as_str().unwrap_or_default();
            let files = artifact["filenames"].as_array().cloned().unwrap_or_default();
            let is_library = |file: &&str| [".rlib", ".so"].iter().any(|end| file.ends_with(end));
            for file in files.iter().filter_map(Value::as_str).filter(is_library) {
                let base = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
                if name == "katas" {
                    continue;
                }
                let to = deps.join(&base);
                fs::copy(file, &to).doing("copy", &to)?;
                let is_direct = |(known, version): &(String, Option<String>)| {
                    *known == name && version.as_ref().is_none_or(|version| id.ends_with(version))
                };
                if name == "wire" || direct.iter().any(is_direct) {
                    self.externs.push((name.clone(), base));
                }
            }
        }
        Ok(())
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command.current_dir(self.workspace.root()).args(arguments);
        command.args(["--no-default-features", "--message-format", "json-render-diagnostics"]);
        command.args(["--profile", PROFILE]);
        command.env("CARGO_TARGET_DIR", self.workspace.target());
        command
    }
}

/// The artifacts of a build.
pub(crate) fn artifacts(command: &mut Command) -> Result<Vec<Value>, Problem> {
    let mut found = Vec::new();
    let finished = run_program(command, |line| {
        if let Some(message) = line.and_then(|line| serde_json::from_str::<Value>(line).ok())
            && inside::is_about_a_build(&message)
        {
            found.push(message);
        }
        Next::On
    })?;
    if finished.status.success() { Ok(found) } else { Err(failed(&finished.stderr)) }
}

pub(crate) fn said(command: &mut Command) -> Result<String, Problem> {
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

/// Written anew it would be compiled anew.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Problem> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).doing("write", path)
}
