//! Running laws through cargo-nextest: each in a process of its own, ended when it takes too long.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

use super::build::{Laws, Profile, cargo};
use super::child::{self, Next};
use super::records::{Ended, Records};
use crate::Progress;
use crate::catalog::Law;
use crate::hash::Hash;
use crate::problem::{Doing, Problem};
use crate::state::write_whole;

/// The program `cargo-nextest`, where it is installed. `KATAS_NEXTEST` may name another; left empty it names none.
#[must_use]
pub fn installed() -> Option<PathBuf> {
    if let Some(named) = env::var_os("KATAS_NEXTEST") {
        return Some(PathBuf::from(named)).filter(|program| program.is_file());
    }
    let name = format!("cargo-nextest{}", env::consts::EXE_SUFFIX);
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> =
        home.map(|home| home.join("bin")).into_iter().chain(env::split_paths(&path)).collect();
    folders.into_iter().map(|folder| folder.join(&name)).find(|program| program.is_file())
}

/// Runs these laws and returns how each ended.
///
/// # Errors
///
/// [`Problem::TestRunner`] if nextest does not answer as it should.
pub fn run(
    nextest: &Path,
    laws: &Laws,
    wanted: &[&Law],
    records: &Records,
    progress: &mut dyn Progress,
) -> Result<BTreeMap<String, Ended>, Problem> {
    let metadata = Metadata::of(nextest, laws, progress)?;
    let mut command = Command::new(nextest);
    records.prepare(&mut command, &laws.variant.root);
    command.args([
        "nextest",
        "run",
        "--no-fail-fast",
        "--no-tests",
        "pass",
        "--message-format",
        "libtest-json-plus",
    ]);
    let runs_needy = wanted.iter().any(|law| !law.needs.is_empty());
    if runs_needy {
        command.args(["--run-ignored", "all"]);
    }
    if laws.variant.profile == Profile::ManyInputs || runs_needy {
        // It is optimized for the sake of many inputs, or whole data sets are at work.
        command.args(["--profile", "slow"]);
    }
    command.arg("--binaries-metadata").arg(&metadata.binaries).arg("--cargo-metadata").arg(&metadata.cargo);
    command.args(["-E", &filter(wanted)]).env("NEXTEST_EXPERIMENTAL_LIBTEST_JSON", "1");
    command.env("CARGO_TARGET_DIR", &laws.variant.target);
    let mut ended = BTreeMap::new();
    let (mut began, mut total, mut next) = (false, 0, Next::On);
    let finished = child::run(&mut command, |line| {
        // After an endless call everything still at work is ended: how those end says nothing about them.
        if next == Next::On
            && let Some(event) = line.and_then(|line| serde_json::from_str::<Value>(line).ok())
        {
            began = true;
            total += event["test_count"].as_u64().unwrap_or_default();
            if let Some((test, end)) = test_end(&event) {
                // Its other laws would be held up in the same way.
                if records.of(&test).is_some_and(|law| law.is_runaway()) {
                    next = Next::Stop;
                }
                ended.insert(test, end);
                progress.say(&format!("judging: {} of {total} laws", ended.len()));
            }
        }
        progress.tick();
        next
    })?;
    if began {
        return Ok(ended);
    }
    metadata.forget();
    Err(Problem::TestRunner {
        what: format!("cargo-nextest did not run the laws\n{}", finished.stderr.trim_end()),
        remedy: "Is it recent? `cargo install cargo-nextest --locked` brings the newest.".to_owned(),
    })
}

fn filter(wanted: &[&Law]) -> String {
    wanted.iter().map(|law| format!("test(={})", law.test)).collect::<Vec<_>>().join(" | ")
}

fn test_end(event: &Value) -> Option<(String, Ended)> {
    if event["type"] != "test" {
        return None;
    }
    let (_, test) = event["name"].as_str()?.split_once('$')?;
    let said = event["stdout"].as_str().unwrap_or_default().to_owned();
    let ended = match event["event"].as_str()? {
        "ok" => Ended::Passed,
        "failed" if event["reason"] == "time limit exceeded" => Ended::TimedOut,
        "failed" | "timeout" => Ended::Failed(said),
        _ => return None,
    };
    Some((test.to_owned(), ended))
}

/// What nextest would ask cargo each time; kept below the target folder, so that an edit is judged in less time.
struct Metadata {
    binaries: PathBuf,
    cargo: PathBuf,
}

impl Metadata {
    fn of(nextest: &Path, laws: &Laws, progress: &mut dyn Progress) -> Result<Self, Problem> {
        let variant = &laws.variant;
        let folder = variant.target.join("kata").join("nextest");
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        // What they say hangs on the folder and on the manifest, which has a time but needs none.
        let mut of = Hash::of(variant.root.as_os_str().as_encoded_bytes());
        of.add_tree(&variant.root.join("Cargo.toml"));
        let name = laws.program.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{name}.{of}");
        let metadata = Self {
            binaries: folder.join(format!("{name}.binaries.json")),
            cargo: folder.join(format!("{name}.cargo.json")),
        };
        if metadata.cargo.is_file() && metadata.binaries.is_file() {
            return Ok(metadata);
        }
        let mut command = cargo();
        command.current_dir(&variant.root).args(["metadata", "--no-deps", "--format-version", "1"]);
        let cargo = said(&mut command, progress)?;
        let mut command = Command::new(nextest);
        command.current_dir(&variant.root).env("CARGO_TARGET_DIR", &variant.target);
        command.args(["nextest", "list", "--list-type", "binaries-only", "--message-format", "json"]);
        variant.choose(&mut command);
        let binaries = said(&mut command, progress)?;
        let mut parsed: Value = serde_json::from_str(&binaries).unwrap_or_default();
        // Cargo may keep several builds of one test; ours is the one that was just made.
        parsed["rust-binaries"][format!("katas::{}", variant.program())]["binary-path"] = json!(laws.program);
        write_whole(&metadata.cargo, cargo.as_bytes()).doing("write", &metadata.cargo)?;
        write_whole(&metadata.binaries, parsed.to_string().as_bytes()).doing("write", &metadata.binaries)?;
        Ok(metadata)
    }

    fn forget(&self) {
        for file in [&self.binaries, &self.cargo] {
            let _gone_already = fs::remove_file(file);
        }
    }
}

fn said(command: &mut Command, progress: &mut dyn Progress) -> Result<String, Problem> {
    let mut text = String::new();
    let finished = child::run(command, |line| {
        if let Some(line) = line {
            text += line;
            text.push('\n');
        }
        progress.tick();
        Next::On
    })?;
    if finished.status.success() {
        return Ok(text);
    }
    Err(Problem::cargo(&finished.stderr, "`cargo kata setup` checks what is missing."))
}
