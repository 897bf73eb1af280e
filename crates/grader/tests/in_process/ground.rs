use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

use engine::catalog::{Catalog, Kata};
use engine::workspace::Workspace;
use grader::judge::KataOutcome;
use grader::judge::in_process::{InProcess, InProcessPlan, InProcessRun};
use grader::sandbox::{Rustc, Sandbox};

/// A file that the judge is tried out with.
pub const FILE: &str = "m07_deep_learning/loss";

/// The judge of some katas.
pub struct Ground {
    pub workspace: Workspace,
    pub in_process: InProcess,
    pub katas: Vec<Kata>,
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

/// What these tests run as.
const SLOT: usize = 20;
/// They share a folder, where the reference needs to be tried out once only.
static ALONE: Mutex<()> = Mutex::new(());

impl Ground {
    /// A judge of the katas that are asked for.
    pub fn new() -> Self {
        let word = |name: &str| env::var(name).ok();
        Self::of(word("KATAS_IN_PROCESS").as_deref().unwrap_or(FILE), word("KATAS_FEATURES").as_deref())
    }

    /// A judge of the katas whose ids begin so, which need these features.
    pub fn of(wanted: &str, features: Option<&str>) -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let workspace = Workspace::find().expect("it is there");
        let catalog = Catalog::read(&workspace).expect("it is there");
        let of_rust = catalog.katas().filter(|kata| !kata.calls_a_library());
        let usual: BTreeSet<String> = of_rust.flat_map(|kata| kata.features.clone()).collect();
        let usual = usual.into_iter().collect::<Vec<_>>().join(",");
        let features = features.unwrap_or(&usual);
        let katas: Vec<_> = catalog.katas().filter(|it| it.id.starts_with(wanted)).cloned().collect();
        let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().expect("it is there");
        let folder = workspace.target().join("grader-in-process");
        let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().into();
        let rustc = Rustc::new(Sandbox::find().expect("it is there"), sysroot);
        let plan = InProcessPlan {
            katas: katas.clone(),
            features: features.split(',').map(ToOwned::to_owned).collect(),
            // With what `cargo kata verify` has built already: all milestones, in this profile.
            profile: "dev",
            folder: folder.clone(),
            rustc,
        };
        let in_process = InProcess::prepare(&workspace, catalog, plan, &mut |_| {}).expect("it is there");
        Self { workspace, in_process, katas, folder, _alone: alone }
    }

    /// In the slot of these tests.
    pub fn run<'a>(&self, folder: &'a std::path::Path) -> InProcessRun<'a> {
        InProcessRun { slot: SLOT, folder, seed: 1 }
    }

    /// Where it compiles.
    pub fn folder(&self) -> PathBuf {
        self.folder.join("submission")
    }

    /// The reference of a file.
    pub fn solution(&self, id: &str) -> String {
        fs::read_to_string(self.workspace.path(format!("solutions/{id}.rs"))).expect("it is there")
    }

    /// What comes of these files.
    pub fn judge(&self, files: BTreeMap<String, String>) -> BTreeMap<String, KataOutcome> {
        let folder = self.folder();
        let verdicts = self.in_process.judge(&files, &BTreeMap::new(), self.run(&folder));
        verdicts.expect("it is there").outcomes
    }
}

/// An outcome in the words of a result.
pub fn state(outcome: Option<&KataOutcome>) -> &'static str {
    outcome.map_or("not written", |outcome| outcome.state().words())
}
