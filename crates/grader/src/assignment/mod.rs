//! What is graded: the laws, built once with proxies in place of the katas, and all that a worker is compiled from.

mod build;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use engine::catalogue::{Catalogue, Kata};
use engine::outline::outline;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use crate::cage::{COMPILER, Cage};
use crate::crossing::{self, Outlined, dispatch};
use crate::inside::Inside;
use crate::scan::Policy;
use crate::sheet::Sheet;
pub(crate) use build::{artifacts, said};

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
        let sheet = Arc::new(Sheet::of(&katas));
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

    /// What the root of a worker declares as `chosen`: the files below `/src/katas`.
    #[must_use]
    pub fn root(&self) -> String {
        dispatch::root(&self.files, "#[path = \"katas/mod.rs\"]\nmod chosen;")
    }
}

/// An argument of a program.
#[must_use]
pub fn argument(text: impl Into<OsString>) -> OsString {
    text.into()
}
