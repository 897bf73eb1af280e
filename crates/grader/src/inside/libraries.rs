//! What katas and laws link when they share a process: built by cargo before any text of a learner's is there.

use std::fs;
use std::path::{Path, PathBuf};

use engine::judging::build::cargo;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;
use serde_json::Value;

use crate::assignment::artifacts;
use crate::cage::fresh;

/// Libraries of the laws alone: a kata that named them would not compile.
const OF_THE_LAWS: [&str; 4] = ["approx", "insta", "judge", "proptest"];

/// The libraries in a folder of their own: where cargo keeps them, solutions lie too.
#[derive(Debug, Clone)]
pub(super) struct Libraries {
    /// The folder.
    pub(super) folder: PathBuf,
    /// Those that are named by katas or laws, and their files.
    named: Vec<(String, String)>,
    /// Where libraries of the system lie.
    system: Vec<String>,
    /// The features with which katas and laws are compiled; the libraries may have been built with more.
    pub(super) features: Vec<String>,
}

impl Libraries {
    /// Builds them with these features of the package `katas`, in this profile.
    pub(super) fn build(
        workspace: &Workspace,
        folder: &Path,
        features: &[String],
        profile: &str,
    ) -> Result<Self, Problem> {
        let mut all: Vec<String> = features.iter().map(|it| format!("katas/{it}")).collect();
        // The reference compiles, whatever lies in the tree of the katas.
        all.push("katas/solutions".to_owned());
        let mut command = cargo();
        command.current_dir(workspace.root()).args(["build", "-p", "katas", "-p", "judge", "--lib"]);
        command.args(["--no-default-features", "--features", &all.join(",")]);
        command.args(["--message-format", "json-render-diagnostics", "--profile", profile]);
        command.env("CARGO_TARGET_DIR", workspace.target());
        let messages = artifacts(&mut command)?;
        fresh(folder).doing("make the folder", folder)?;
        let direct = direct(workspace)?;
        let (mut named, mut system) = (Vec::new(), Vec::new());
        for message in &messages {
            let strings = |key: &str| {
                let list = message[key].as_array().cloned().unwrap_or_default();
                list.into_iter().filter_map(|it| it.as_str().map(ToOwned::to_owned)).collect::<Vec<_>>()
            };
            system.extend(strings("linked_paths").into_iter().filter(|it| it.contains("/usr/lib")));
            let name = message["target"]["name"].as_str().unwrap_or_default().replace('-', "_");
            let id = message["package_id"].as_str().unwrap_or_default();
            let is_library = |file: &&String| file.ends_with(".rlib") || file.ends_with(".so");
            for file in strings("filenames").iter().filter(is_library).filter(|_| name != "katas") {
                let base = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
                keep(Path::new(file), &folder.join(&base))?;
                let is_direct = |(known, version): &(String, Option<String>)| {
                    *known == name && version.as_ref().is_none_or(|version| id.ends_with(version))
                };
                if direct.iter().any(is_direct) {
                    named.push((name.clone(), base));
                }
            }
        }
        Ok(Self { folder: folder.to_owned(), named, system, features: features.to_vec() })
    }

    /// The arguments with which rustc finds them below `/deps`.
    pub(super) fn arguments(&self, for_laws: bool) -> Vec<String> {
        let known = |(name, _): &&(String, String)| for_laws || !OF_THE_LAWS.contains(&name.as_str());
        let externs =
            self.named.iter().filter(known).map(|(name, file)| format!("--extern={name}=/deps/{file}"));
        let features = self.features.iter().map(|it| format!("--cfg=feature=\"{it}\""));
        let system = self.system.iter().map(|it| format!("-L{it}"));
        externs.chain(features).chain(system).chain(["-Ldependency=/deps".to_owned()]).collect()
    }
}

/// Hundreds of megabytes are linked, not copied, where the file system can.
fn keep(from: &Path, to: &Path) -> Result<(), Problem> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)).doing("copy", to)
}

/// The libraries that the package `katas` names, from the lock file: names, and versions where there are several.
pub(crate) fn direct(workspace: &Workspace) -> Result<Vec<(String, Option<String>)>, Problem> {
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

/// Whether a message of cargo's is about something that was built.
pub(crate) fn is_about_a_build(message: &Value) -> bool {
    message["reason"] == "compiler-artifact" || message["reason"] == "build-script-executed"
}
