use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use engine::catalog::{Catalog, Kata};
use engine::workspace::Workspace;

use crate::intake::GivenFile;
use crate::judge::libraries::Libraries;
use crate::judge::outcome::KataOutcome;
use crate::sandbox::Rustc;

/// The judge of such katas, ready for submissions.
pub struct InProcess {
    pub(super) workspace: Workspace,
    pub(super) catalog: Catalog,
    pub(super) rustc: Rustc,
    pub(super) folder: PathBuf,
    pub(super) libraries: Libraries,
    /// The katas that are judged here, in order.
    pub(super) katas: Vec<Kata>,
    /// Katas that ought to be and are not, and why.
    pub(super) left_out: BTreeMap<String, String>,
    /// All files of their milestones, each with the module that stands next to it.
    pub(super) files: BTreeMap<String, PinnedFile>,
    /// How many inputs each law draws from the reference.
    pub(super) drawn: BTreeMap<String, u64>,
    /// The laws that the counter-check breaks, with the reference.
    pub(super) countered: BTreeSet<String>,
    /// Whether the scan closes the roads out of a file.
    pub(super) scans: bool,
    /// What distinguishes these laws from those of other editions of the repository.
    pub(super) edition: String,
}

/// A file as the repository has it, and the module that stands next to it.
#[derive(Debug, Clone)]
pub(super) struct PinnedFile {
    pub(super) given: GivenFile,
    pub(super) pins: String,
}

/// What was found of a submission.
#[derive(Debug, Default)]
pub struct InProcessVerdicts {
    /// Each kata that was written, by its id.
    pub outcomes: BTreeMap<String, KataOutcome>,
    /// The files that do not compile with their laws, and what rustc says.
    pub broken: BTreeMap<String, String>,
}

/// Where a submission is judged, and on what.
#[derive(Debug, Clone, Copy)]
pub struct InProcessRun<'a> {
    /// The slot in whose name it runs,
    pub slot: usize,
    /// and its folder.
    pub folder: &'a Path,
    /// What the laws draw from.
    pub seed: u64,
}

impl InProcess {
    /// Why a kata that cannot be called over IPC is not judged here either; `Some(None)` if it is judged.
    #[must_use]
    pub fn stays_out(&self, kata: &str) -> Option<Option<&str>> {
        let out = self.left_out.get(kata).map(|why| Some(why.as_str()));
        out.or_else(|| self.katas.iter().any(|it| it.id == kata).then_some(None))
    }

    /// What distinguishes these laws from those of other editions of the repository.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// What the files of these katas are before a learner wrote in them.
    pub fn stubs(&self) -> impl Iterator<Item = (String, String)> {
        let ours: BTreeSet<&str> = self.katas.iter().map(Kata::file_id).collect();
        let files = self.files.iter().filter(move |(id, _)| ours.contains(id.as_str()));
        files.map(|(id, file)| (id.clone(), file.given.stub.clone()))
    }

    /// Without the scan, to try out what the other walls hold. Nothing that grades a learner calls this.
    #[must_use]
    pub fn without_scan(mut self) -> Self {
        self.scans = false;
        self
    }

    /// Without the counter-check, to try out what it closes. Nothing that grades a learner calls this.
    #[must_use]
    pub fn without_counter_check(mut self) -> Self {
        self.countered.clear();
        self
    }

    pub(super) fn catalog_order(&self) -> impl Iterator<Item = &str> {
        self.catalog.files().map(|file| file.id.as_str())
    }

    /// Whether somebody wrote in this file.
    pub(super) fn is_own(&self, id: &str, text: &str) -> bool {
        self.files.get(id).is_some_and(|file| file.given.stub != text)
    }
}
