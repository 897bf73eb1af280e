use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use engine::problem::{Doing, Problem};

use super::bubblewrap::Sandbox;
use super::diagnostics::{Compilation, Diagnostics};
use super::folder::recreate;
use super::launch::SupervisorTask;
use super::limits::{COMPILER, ResourceLimits};
use super::mounts::Mounts;
use super::process::GuardedProcess;

/// One compilation may take this long.
const TIMEOUT: Duration = Duration::from_secs(90);
/// Where the linker and its parts lie.
const LINKER: [&str; 4] = ["/usr/bin", "/bin", "/usr/libexec", "/etc/alternatives"];

/// rustc in the sandbox: the only place where its command line, its limits and its output are handled.
#[derive(Debug, Clone)]
pub struct Rustc {
    sandbox: Sandbox,
    sysroot: PathBuf,
    limits: ResourceLimits,
}

/// A crate to be compiled: its root is `root.rs` in the folder `source`.
#[derive(Debug, Clone)]
pub struct CrateSource<'a> {
    /// The crate's name.
    pub name: &'a str,
    /// Where its source lies.
    pub source: &'a Path,
    /// A folder for what is made, which is made anew.
    pub out: &'a Path,
    /// The file that is made there.
    pub output: &'a str,
    /// `bin` or `rlib`.
    pub kind: &'a str,
    /// Further folders, and where they appear.
    pub mounts: Vec<(&'a Path, &'a str)>,
    /// Further arguments.
    pub arguments: Vec<String>,
}

impl CrateSource<'_> {
    /// Writes the source: these files, and nothing else stays there.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if that fails.
    pub fn write(&self, files: &BTreeMap<String, String>) -> Result<(), Problem> {
        recreate(self.source).doing("make the folder", self.source)?;
        for (below, text) in files {
            let path = self.source.join(below);
            let folder = path.parent().unwrap_or(self.source).to_owned();
            fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text)).doing("write", &path)?;
        }
        Ok(())
    }
}

impl Rustc {
    /// The compiler of this sysroot in that sandbox.
    #[must_use]
    pub fn new(sandbox: Sandbox, sysroot: PathBuf) -> Self {
        Self { sandbox, sysroot, limits: COMPILER }
    }

    /// The same compiler with another limit of processor time, in seconds.
    #[must_use]
    pub fn with_cpu(&self, cpu: u64) -> Self {
        Self { limits: ResourceLimits { cpu, ..self.limits }, ..self.clone() }
    }

    /// The sandbox in which it runs.
    #[must_use]
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Compiles a crate in the name of this slot; `Ok(Err)` if rustc does not accept it, whyever.
    ///
    /// # Errors
    ///
    /// [`Problem`] if rustc cannot be started.
    pub fn compile(&self, crate_source: &CrateSource<'_>, slot: usize) -> Compilation<PathBuf> {
        let out = crate_source.out;
        recreate(out).and_then(|()| self.sandbox.give(out, slot)).doing("make the folder", out)?;
        let mut read_only = vec![(crate_source.source, "/src"), (self.sysroot.as_path(), "/rust")];
        read_only.extend(crate_source.mounts.iter().copied());
        let linker = LINKER.map(Path::new);
        read_only.extend(linker.iter().filter(|it| it.exists()).filter_map(|it| Some((*it, it.to_str()?))));
        let mounts = Mounts { read_only, out: Some(out), ..Mounts::default() };
        let arguments: Vec<OsString> = arguments(crate_source).into_iter().map(OsString::from).collect();
        let rustc = Path::new("/rust/bin/rustc");
        let mut command =
            self.sandbox.command(&mounts, self.limits, SupervisorTask::Run, slot, rustc, &arguments);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let process = GuardedProcess::spawn(command).doing("start", out)?;
        let (success, said) = process.succeeds_within(TIMEOUT).doing("compile in", out)?;
        let made = out.join(crate_source.output);
        let is_file = fs::symlink_metadata(&made).is_ok_and(|it| it.is_file());
        Ok(if success && is_file { Ok(made) } else { Err(Diagnostics::new(said)) })
    }
}

fn arguments(crate_source: &CrateSource<'_>) -> Vec<String> {
    let mut arguments: Vec<String> = ["/src/root.rs", "--edition", "2024", "--error-format", "json"]
        .into_iter()
        // As the learner's own build: an overflow panics there, so it panics here.
        .chain(["-Cdebug-assertions=on", "-Coverflow-checks=on", "-Ccodegen-units=4"])
        .chain(["--sysroot=/rust", "--remap-path-prefix", "/src/=", "-Ldependency=/deps"])
        .map(ToOwned::to_owned)
        .collect();
    arguments.push(format!("--crate-name={}", crate_source.name));
    arguments.push(format!("--crate-type={}", crate_source.kind));
    arguments.extend(["-o".to_owned(), format!("/out/{}", crate_source.output)]);
    arguments.extend(crate_source.arguments.iter().cloned());
    arguments
}
