//! Compiling in the cage: first what a learner wrote, as a library; then the laws around it, as a program.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use engine::problem::{Doing, Problem};

use super::libraries::Libraries;
use crate::cage::{COMPILER, Cage, Task, View, fresh};
use crate::compile::{NO_ROOM, shortened, wait};

/// Where a submission is compiled: the slot's own folder.
pub(super) struct Room<'a> {
    pub(super) cage: &'a Cage,
    pub(super) sysroot: &'a Path,
    pub(super) libraries: &'a Libraries,
    pub(super) folder: &'a Path,
    pub(super) slot: usize,
}

/// What is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The katas, by whoever handed them in.
    Katas,
    /// The laws, which are ours.
    Laws,
}

impl Room<'_> {
    /// Where the sources of a part lie: its root is `root.rs`.
    pub(super) fn source(&self, part: Part) -> PathBuf {
        self.folder.join(if part == Part::Katas { "katas-src" } else { "laws-src" })
    }

    /// Writes files below the sources of a part, and nothing else stays there.
    pub(super) fn lay_out(&self, part: Part, files: &BTreeMap<String, String>) -> Result<(), Problem> {
        let source = self.source(part);
        fresh(&source).doing("make the folder", &source)?;
        for (below, text) in files {
            let path = source.join(below);
            let folder = path.parent().unwrap_or(&source).to_owned();
            fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text)).doing("write", &path)?;
        }
        Ok(())
    }

    /// Compiles a part; `Ok(Err)` with what rustc says, in JSON.
    pub(super) fn compile(&self, part: Part, also: &[&str]) -> Result<Result<PathBuf, String>, Problem> {
        let (name, out) = match part {
            Part::Katas => ("libkatas.rlib", self.folder.join("katas-out")),
            Part::Laws => ("laws", self.folder.join("laws-out")),
        };
        fresh(&out).and_then(|()| self.cage.give(&out, self.slot)).doing("make the folder", &out)?;
        let (source, katas) = (self.source(part), self.folder.join("katas-out"));
        let mut shown = vec![
            (source.as_path(), "/src"),
            (self.libraries.folder.as_path(), "/deps"),
            (self.sysroot, "/rust"),
        ];
        if part == Part::Laws {
            shown.push((&katas, "/katas"));
        }
        // Where the linker and its parts lie.
        let linker = ["/usr/bin", "/bin", "/usr/libexec", "/etc/alternatives"].map(Path::new);
        shown.extend(linker.iter().filter(|it| it.exists()).filter_map(|it| Some((*it, it.to_str()?))));
        let view = View { shown, out: Some(&out), ..View::default() };
        let arguments: Vec<OsString> =
            self.arguments(part, name, also).into_iter().map(OsString::from).collect();
        let rustc = Path::new("/rust/bin/rustc");
        let mut command = self.cage.command(&view, COMPILER, Task::Run, self.slot, rustc, &arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().doing("start", &out)?;
        let (success, said) = wait(child).doing("compile in", &out)?;
        if said.contains(NO_ROOM) {
            let remedy = "No point is given or taken. Make room, and grade it again.".to_owned();
            return Err(Problem::Grading { what: shortened(&said), remedy });
        }
        let made = out.join(name);
        let is_file = fs::symlink_metadata(&made).is_ok_and(|it| it.is_file());
        Ok(if success && is_file { Ok(made) } else { Err(said) })
    }

    fn arguments(&self, part: Part, name: &str, also: &[&str]) -> Vec<String> {
        let mut arguments: Vec<String> = ["/src/root.rs", "--edition", "2024", "--error-format", "json"]
            .into_iter()
            // As the learner's own build: an overflow panics there, so it panics here.
            .chain(["-Cdebug-assertions=on", "-Coverflow-checks=on", "-Ccodegen-units=4", "--sysroot=/rust"])
            .chain(["--remap-path-prefix", "/src/=", "-Awarnings", "-o"])
            .map(ToOwned::to_owned)
            .collect();
        arguments.push(format!("/out/{name}"));
        match part {
            // Without a cap on lints: what is denied here stays denied. That nobody allows it again, the scan looks
            // after.
            Part::Katas => arguments
                .extend(["--crate-name=katas", "--crate-type=rlib", "-Dunsafe_code"].map(ToOwned::to_owned)),
            Part::Laws => arguments.extend(
                ["--crate-name=laws", "--crate-type=bin", "--extern=katas=/katas/libkatas.rlib"]
                    .map(ToOwned::to_owned),
            ),
        }
        arguments.extend(self.libraries.arguments(part == Part::Laws));
        arguments.extend(also.iter().map(|it| (*it).to_owned()));
        arguments
    }
}
