//! Katas that cannot be asked in a process of their own, judged in one with their laws.
//!
//! Here the laws do not stand apart from what they judge, so they are believed only as far as these carry, all together:
//! the scan closes the roads out of safe Rust ([`crate::scan::roads_out`]), the compiler refuses `unsafe`, a module beside
//! each file holds the types in place (`pins`), the process has a cage without `/proc`, and a verdict counts only behind
//! a token that was told before anything of the katas ran, when its law came to its end and tried as many inputs as it
//! tries on the reference. A result says of such a kata that its assurance is `in-process`.

mod judge;
mod laws;
mod libraries;
mod pins;
mod prepare;
mod room;
mod run;
mod sources;
mod specimens;
mod told;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use engine::catalogue::{Catalogue, Kata};
use engine::workspace::Workspace;
use protocol::KataVerdict;

use crate::cage::Cage;
use crate::result::Found;
use libraries::Libraries;

pub(crate) use libraries::{direct, is_about_a_build};
pub use prepare::Plan;

/// The judge of such katas, ready for submissions.
pub struct Inside {
    workspace: Workspace,
    catalogue: Catalogue,
    cage: Cage,
    sysroot: PathBuf,
    folder: PathBuf,
    libraries: Libraries,
    /// The katas that are judged here, in order.
    katas: Vec<Kata>,
    /// Katas that ought to be and are not, and why.
    left_out: BTreeMap<String, String>,
    /// All files of their milestones: what each was before anybody wrote in it, and its reference.
    files: BTreeMap<String, Given>,
    /// How many inputs each law draws from the reference.
    drawn: BTreeMap<String, u64>,
    /// Whether the scan closes the roads out of a file.
    scans: bool,
    /// What distinguishes these laws from those of other editions of the repository.
    edition: String,
}

/// A file as the repository has it.
#[derive(Debug, Clone)]
struct Given {
    stub: String,
    solution: String,
    /// The module that stands beside it.
    pins: String,
}

/// What was found of a submission.
#[derive(Debug, Default)]
pub struct Judged {
    /// Each kata that was written, by its id.
    pub found: BTreeMap<String, Found>,
    /// The files that do not compile beside their laws, and what rustc says.
    pub refused: BTreeMap<String, String>,
}

/// What a submission is judged with.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The slot in whose name it runs,
    pub slot: usize,
    /// and its folder.
    pub folder: &'a Path,
    /// What the laws draw from.
    pub seed: u64,
}

impl Inside {
    /// Why a kata that does not cross is not judged here either; `Some(None)` if it is judged.
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

    /// What the files of these katas were before anybody wrote in them.
    pub fn stubs(&self) -> impl Iterator<Item = (String, String)> {
        let ours: BTreeSet<&str> = self.katas.iter().map(Kata::file_id).collect();
        let files = self.files.iter().filter(move |(id, _)| ours.contains(id.as_str()));
        files.map(|(id, given)| (id.clone(), given.stub.clone()))
    }

    fn catalogue_order(&self) -> impl Iterator<Item = &str> {
        self.catalogue.files().map(|file| file.id.as_str())
    }
}

/// `m07_deep_learning`
fn milestone(id: &str) -> &str {
    id.split('/').next().unwrap_or_default()
}

/// A kata's verdict, or why the grader could not come to one.
type Verdict = Result<KataVerdict, String>;
