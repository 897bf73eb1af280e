use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use super::cargo::{artifacts, cargo, direct_dependencies};
use crate::sandbox::recreate;

/// What a learner's code links, in a folder of its own: where cargo keeps it, solutions lie too.
#[derive(Debug, Clone)]
pub(super) struct Libraries {
    /// The folder.
    pub(super) folder: PathBuf,
    /// Those that are named by katas or laws, and their files.
    named: Vec<(String, String)>,
    /// Where libraries of the system lie.
    system: Vec<String>,
    /// The features with which katas and laws are compiled; the libraries may have been built with more.
    features: Vec<String>,
    /// Every file in the folder, and its length.
    files: Vec<(String, u64)>,
    /// When the last of them was put there.
    complete: SystemTime,
}

impl Libraries {
    /// Builds these packages' libraries with these features of the package `katas`, in this profile.
    pub(super) fn build(
        workspace: &Workspace,
        folder: &Path,
        packages: &[&str],
        features: &[String],
        profile: &str,
    ) -> Result<Self, Problem> {
        let mut all: Vec<String> = features.iter().map(|it| format!("katas/{it}")).collect();
        // The reference compiles, whatever lies in the tree of the katas.
        all.push("katas/solutions".to_owned());
        let mut command = cargo(workspace, profile, &["build", "--lib"]);
        command.args(packages.iter().flat_map(|it| ["-p", it])).args(["--features", &all.join(",")]);
        let messages = artifacts(&mut command)?;
        recreate(folder).doing("make the folder", folder)?;
        let direct = direct_dependencies(workspace)?;
        let (mut named, mut system, mut files) = (Vec::new(), Vec::new(), Vec::new());
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
                let length = keep(Path::new(file), &folder.join(&base))?;
                files.push((base.clone(), length));
                let is_direct = |(known, version): &(String, Option<String>)| {
                    *known == name && version.as_ref().is_none_or(|version| id.ends_with(version))
                };
                if direct.iter().any(is_direct) {
                    named.push((name.clone(), base));
                }
            }
        }
        let complete = changed(folder).doing("read", folder)?;
        Ok(Self { folder: folder.to_owned(), named, system, features: features.to_vec(), files, complete })
    }

    /// The same libraries, for the milestones of these features only.
    pub(super) fn only(mut self, is_wanted: impl Fn(&String) -> bool) -> Self {
        self.features.retain(is_wanted);
        self
    }

    /// The features with which katas and laws are compiled.
    pub(super) fn features(&self) -> &[String] {
        &self.features
    }

    /// The arguments with which rustc finds them below `/deps`, without those of these names.
    pub(super) fn arguments(&self, without: &[&str]) -> Vec<String> {
        let known = |(name, _): &&(String, String)| !without.contains(&name.as_str());
        let externs =
            self.named.iter().filter(known).map(|(name, file)| format!("--extern={name}=/deps/{file}"));
        let features = self.features.iter().map(|it| format!("--cfg=feature=\"{it}\""));
        let system = self.system.iter().map(|it| format!("-L{it}"));
        externs.chain(features).chain(system).collect()
    }

    /// Their names, in which cargo puts versions, features and flags, and their lengths.
    pub(super) fn look(&self) -> String {
        // Cargo names them in the order in which it happens to look at them.
        let (mut files, mut arguments) = (self.files.clone(), self.arguments(&[]));
        files.sort();
        arguments.sort();
        format!("{files:?} {arguments:?}")
    }

    /// Whether they still lie there as they were built. A learner's file that does not compile without them is not at
    /// fault.
    ///
    /// # Errors
    ///
    /// [`Problem::Grading`] if one is missing or of another length, or was taken away and put back.
    pub(super) fn check(&self) -> Result<(), Problem> {
        let length = |base: &str| fs::metadata(self.folder.join(base)).map(|it| it.len()).ok();
        let are_there = self.files.iter().all(|(base, expected)| length(base) == Some(*expected));
        if are_there && changed(&self.folder).is_ok_and(|it| it == self.complete) {
            return Ok(());
        }
        Err(Problem::Grading {
            what: format!("the libraries are no longer as they were built: {}", self.folder.display()),
            remedy: "No point is given or taken. Was the target folder cleaned? Grade it again.".to_owned(),
        })
    }
}

/// When an entry of a folder was last added or taken away.
fn changed(folder: &Path) -> io::Result<SystemTime> {
    fs::metadata(folder)?.modified()
}

/// Hundreds of megabytes are linked, not copied, where the file system can.
fn keep(from: &Path, to: &Path) -> Result<u64, Problem> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)).doing("copy", to)?;
    fs::metadata(to).map(|it| it.len()).doing("read", to)
}
