//! What is graded: the laws, built once with proxies in place of the katas, and all that a worker is compiled from.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use cargo_kata::catalogue::{Catalogue, Kata};
use cargo_kata::judging::{Next, build::cargo, run_program};
use cargo_kata::outline::outline;
use cargo_kata::problem::{Doing, Problem};
use cargo_kata::state::Hash;
use cargo_kata::workspace::Workspace;
use serde_json::Value;

use crate::cage::{COMPILER, Cage};
use crate::crossing::{self, Outlined, dispatch, proxy};
use crate::inside::{self, Inside};
use crate::scan::Policy;
use crate::sheet::Sheet;

/// Built once and run for every submission: see the root's Cargo.toml.
pub(crate) const PROFILE: &str = "graded";

/// An assignment, ready to judge submissions.
pub struct Assignment {
    /// The repository.
    pub workspace: Workspace,
    /// Where everything that is made lies.
    pub folder: PathBuf,
    /// The test program with all laws,
    pub laws: PathBuf,
    /// and what distinguishes it from those of other editions of the repository.
    pub edition: String,
    /// The files that may be handed in.
    pub files: Vec<Outlined>,
    /// The katas, in order.
    pub katas: Vec<Kata>,
    /// What each file is before anybody wrote in it.
    pub stubs: BTreeMap<String, String>,
    /// What a worker links: names and files below `deps/`.
    pub externs: Vec<(String, String)>,
    /// The cargo features of the milestones.
    pub features: BTreeSet<String>,
    /// Where untrusted programs run.
    pub cage: Cage,
    /// rustc and its libraries.
    pub sysroot: PathBuf,
    /// What the laws draw from.
    pub seed: u64,
    /// What can be earned.
    pub sheet: Arc<Sheet>,
    /// What is looked for before anything is judged.
    pub policy: Policy,
    /// How long a submission may take.
    pub patience: Patience,
    /// Judges the katas that do not cross; or why they are not judged.
    pub inside: Result<Inside, String>,
}

/// How long a submission may take. Shorter ones are for those who try out what never ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Seconds of processor time that rustc may take.
    pub compiler: u64,
    /// Seconds that a call may take, where its law allows more; that is 10 mostly.
    pub call: Option<u64>,
}

impl Default for Patience {
    fn default() -> Self {
        Self { compiler: COMPILER.cpu, call: None }
    }
}

impl Assignment {
    /// Builds the laws of these milestones, named by their cargo features (`m01`).
    ///
    /// # Errors
    ///
    /// [`Problem`] if something is missing: nothing can be graded then.
    pub fn prepare(
        workspace: Workspace,
        milestones: &[String],
        seed: u64,
        say: &mut dyn FnMut(&str),
    ) -> Result<Self, Problem> {
        let cage = Cage::find()?;
        let catalogue = Catalogue::read(&workspace)?;
        let known: Vec<_> = catalogue.milestones.iter().map(|it| it.feature.clone()).collect();
        let wanted = if milestones.is_empty() { known } else { milestones.to_vec() };
        let files = crossing::outlines(&workspace, &catalogue, &wanted)?;
        let chosen = |kata: &&Kata| {
            let milestone = catalogue.milestones.iter().find(|it| it.id == kata.milestone_id());
            milestone.is_some_and(|it| wanted.contains(&it.feature))
        };
        let katas: Vec<Kata> = catalogue.katas().filter(chosen).cloned().collect();
        // Laws that compare with the system's OpenCV are skipped here.
        let features =
            katas.iter().flat_map(|kata| kata.features.clone()).filter(|it| it != "opencv").collect();
        let sheet = Arc::new(Sheet::of(&workspace, &katas));
        let folder = workspace.target().join("grader");
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        let sysroot = said(Command::new("rustc").args(["--print", "sysroot"]))?;
        let mut assignment = Self {
            laws: PathBuf::new(),
            edition: String::new(),
            externs: Vec::new(),
            stubs: BTreeMap::new(),
            sysroot: PathBuf::from(sysroot.trim()),
            workspace,
            folder,
            files,
            katas,
            features,
            cage,
            seed,
            sheet,
            policy: Policy::default(),
            patience: Patience::default(),
            inside: Err(String::new()),
        };
        for file in &assignment.files {
            let path = assignment.workspace.path(format!("solutions/{}.rs", file.id));
            let text = fs::read_to_string(&path).doing("read", &path)?;
            assignment.stubs.insert(file.id.clone(), outline(&text));
        }
        say("building the laws");
        assignment.build_laws()?;
        say("building what the katas link");
        assignment.build_libraries()?;
        assignment.prepare_inside(catalogue, say);
        Ok(assignment)
    }

    fn features(&self, also: &[&str]) -> String {
        let ours = self.features.iter().map(|it| format!("katas/{it}"));
        ours.chain(also.iter().map(|it| (*it).to_owned())).collect::<Vec<_>>().join(",")
    }

    fn build_laws(&mut self) -> Result<(), Problem> {
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
        Err(Problem::Runner {
            what: format!("the test program lacks laws: {}", missing.join(", ")),
            remedy: "Is the repository as it was published? `git status` shows what differs.".to_owned(),
        })
    }

    /// The libraries that a worker links lie in a folder of their own: where cargo keeps them, solutions lie too.
    fn build_libraries(&mut self) -> Result<(), Problem> {
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

    /// What the root of a worker declares as `chosen`: the files below `/src/katas`.
    #[must_use]
    pub fn root(&self) -> String {
        dispatch::root(&self.files, "#[path = \"katas/mod.rs\"]\nmod chosen;")
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
    Problem::Runner { what: stderr.trim_end().to_owned(), remedy: remedy.to_owned() }
}

/// Written anew it would be compiled anew.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Problem> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).doing("write", path)
}

/// An argument of a program.
#[must_use]
pub fn argument(text: impl Into<OsString>) -> OsString {
    text.into()
}
