use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use engine::catalog::{Catalog, Kata};
use engine::problem::Problem;
use engine::workspace::Workspace;
use protocol::KataVerdict;

use super::ask::WorkerRun;
use super::ipc::OutlinedFile;
use super::milestone::MilestoneJudge;
use crate::intake::milestone;
use crate::sandbox::Rustc;

/// The judge of such katas, ready for submissions.
pub struct Isolated {
    pub(super) milestones: Vec<MilestoneJudge>,
    /// The files of all milestones; those that need a library of the system are not among them.
    files: Vec<OutlinedFile>,
    edition: String,
}

/// What this judge is made of.
pub struct IsolatedParts<'a> {
    /// The repository.
    pub workspace: &'a Workspace,
    /// Where all that is made lies.
    pub folder: PathBuf,
    /// All katas of the repository.
    pub catalog: &'a Catalog,
    /// The files of the milestones, and how each kata is called over IPC.
    pub files: Vec<OutlinedFile>,
    /// Where and how workers are compiled.
    pub rustc: Rustc,
}

/// What was compiled of a submission.
#[derive(Debug, Default)]
pub struct CompiledWorkers {
    /// The programs, by the ids of their milestones.
    pub workers: BTreeMap<String, PathBuf>,
    /// The files that do not compile, and what rustc says about each.
    pub broken: BTreeMap<String, String>,
}

impl Isolated {
    /// Builds the laws, and what a worker links.
    ///
    /// # Errors
    ///
    /// [`Problem`] if something is missing: nothing can be graded then.
    pub fn prepare(parts: IsolatedParts<'_>, say: &mut dyn FnMut(&str)) -> Result<Self, Problem> {
        let IsolatedParts { workspace, folder, catalog, files, rustc } = parts;
        let mut milestones = Vec::new();
        for known in &catalog.milestones {
            let is_its = |file: &&OutlinedFile| milestone(&file.id) == known.id;
            let its: Vec<OutlinedFile> = files.iter().filter(is_its).cloned().collect();
            if its.is_empty() {
                continue;
            }
            say(&format!("building the laws of {}", known.feature));
            let katas: Vec<&Kata> = catalog.katas().filter(|it| it.milestone_id() == known.id).collect();
            // What calls a library that is not here is not built.
            let met = katas.iter().filter(|kata| kata.unmet().is_none());
            let features: BTreeSet<&String> = met.flat_map(|kata| &kata.features).collect();
            let features: Vec<String> = features.into_iter().cloned().collect();
            milestones.push(MilestoneJudge::prepare(workspace, &folder, &katas, its, &features, &rustc)?);
        }
        let edition = milestones.iter().map(|it| it.edition.as_str()).collect();
        Ok(Self { milestones, files, edition })
    }

    /// What distinguishes these laws from those of other editions of the repository.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The same of one milestone; empty where nothing of it is called over IPC.
    #[must_use]
    pub fn edition_of(&self, milestone: &str) -> String {
        let judge = self.milestones.iter().find(|it| it.id == milestone);
        judge.map(|it| format!("{} {}", it.edition, it.libraries.look())).unwrap_or_default()
    }

    /// What each file is before a learner wrote in it.
    pub fn stubs(&self) -> impl Iterator<Item = (String, String)> {
        let given = self.milestones.iter().flat_map(|it| &it.given);
        given.map(|(id, given)| (id.clone(), given.stub.clone()))
    }

    /// Why a kata cannot be judged in a process of its own, if it cannot.
    #[must_use]
    pub fn obstacle(&self, kata: &Kata) -> Option<String> {
        match self.files.iter().find(|file| file.id == kata.file_id()) {
            Some(file) => file.obstacle(&kata.item).map(|it| it.to_string()),
            None => Some("it needs a library of the system".to_owned()),
        }
    }

    /// Compiles a worker for each of the `wanted` milestones from these files and modules (by id), within so many seconds of
    /// processor time; stubs stand in for files that are missing. `folder` is the slot's own.
    ///
    /// # Errors
    ///
    /// [`Problem`] if not even the stubs compile: that is no fault of the submission.
    pub fn compile(
        &self,
        wanted: &BTreeSet<&str>,
        submitted: &BTreeMap<String, String>,
        folder: &Path,
        slot: usize,
        cpu: u64,
    ) -> Result<CompiledWorkers, Problem> {
        let mut compiled = CompiledWorkers::default();
        for judge in self.milestones.iter().filter(|it| wanted.contains(it.id.as_str())) {
            let (worker, broken) = judge.compile(submitted, folder, slot, cpu)?;
            compiled.workers.insert(judge.id.clone(), worker);
            compiled.broken.extend(broken);
        }
        Ok(compiled)
    }

    /// Judges these katas, one verdict each, in their order.
    ///
    /// # Errors
    ///
    /// [`Problem`] if a program cannot be started; for a single kata, if it could not be judged: there is no verdict then.
    pub fn judge(
        &self,
        katas: &[&Kata],
        run: WorkerRun<'_>,
    ) -> Result<Vec<Result<KataVerdict, Problem>>, Problem> {
        let began = Instant::now();
        let mut verdicts = BTreeMap::new();
        for judge in &self.milestones {
            let its: Vec<&Kata> =
                katas.iter().filter(|kata| kata.milestone_id() == judge.id).copied().collect();
            if its.is_empty() {
                continue;
            }
            let found = judge.judge(&its, run, began)?;
            verdicts.extend(its.iter().map(|kata| kata.id.as_str()).zip(found));
        }
        let verdict =
            |kata: &&Kata| verdicts.remove(kata.id.as_str()).unwrap_or_else(|| Err(not_built(kata)));
        Ok(katas.iter().map(verdict).collect())
    }
}

fn not_built(kata: &Kata) -> Problem {
    Problem::Grading {
        what: format!("{} could not be judged: the laws of its milestone are not built", kata.id),
        remedy: "No point is given or taken for it; grade it again.".to_owned(),
    }
}
