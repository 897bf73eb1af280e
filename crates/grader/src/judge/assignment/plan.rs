use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use engine::catalog::{Catalog, Kata};
use engine::problem::Problem;
use engine::workspace::Workspace;
use protocol::Assurance;

use crate::judge::isolated::ipc::{OutlinedFile, outlines};
use crate::judge::sheet::Sheet;

/// Which katas are graded. Nothing is built yet.
pub struct Plan {
    pub(super) workspace: Workspace,
    pub(super) catalog: Catalog,
    /// The files of the milestones, and how each kata is called over IPC.
    pub(super) files: Vec<OutlinedFile>,
    /// The katas, in order.
    pub(super) katas: Vec<Kata>,
    /// The cargo features of the milestones.
    pub(super) features: BTreeSet<String>,
    /// What can be earned.
    pub(super) sheet: Arc<Sheet>,
    /// Whether katas that share a process with their laws are left ungraded.
    pub(super) is_channel_only: bool,
}

impl Plan {
    /// All katas of these milestones, named by their cargo features or folders (`m01`, `m01_linear_algebra`); of every
    /// milestone, where none is named.
    ///
    /// # Errors
    ///
    /// [`Problem`] if the repository cannot be read, or if it has no milestone of a name.
    pub fn new(workspace: Workspace, milestones: &[String]) -> Result<Self, Problem> {
        let catalog = Catalog::read(&workspace)?;
        let known: Vec<_> = catalog.milestones.iter().map(|it| it.feature.clone()).collect();
        let feature = |name: &String| {
            let named = catalog.milestones.iter().find(|it| it.feature == *name || it.id == *name);
            named.map(|it| it.feature.clone()).ok_or_else(|| Problem::Usage {
                what: format!("there is no milestone `{name}`"),
                remedy: format!("There are {}.", known.join(", ")),
            })
        };
        let wanted = milestones.iter().map(feature).collect::<Result<Vec<_>, _>>()?;
        let wanted = if wanted.is_empty() { known.clone() } else { wanted };
        let chosen = |kata: &&Kata| {
            let milestone = catalog.milestones.iter().find(|it| it.id == kata.milestone_id());
            milestone.is_some_and(|it| wanted.contains(&it.feature))
        };
        let katas: Vec<Kata> = catalog.katas().filter(chosen).cloned().collect();
        // What calls a library that is not here is not built.
        let met = katas.iter().filter(|kata| kata.unmet().is_none());
        let features: BTreeSet<String> = met.flat_map(|kata| kata.features.clone()).collect();
        let all: Vec<String> = wanted.iter().chain(&features).cloned().collect();
        let files = outlines(&workspace, &catalog, &all)?;
        let sheet = Arc::new(Sheet::of(&katas));
        Ok(Self { workspace, catalog, files, katas, features, sheet, is_channel_only: false })
    }

    /// The same milestones, built in the same way, of which only these katas are graded.
    #[must_use]
    pub fn only(self, is_graded: impl Fn(&Kata) -> bool) -> Self {
        let katas: Vec<Kata> = self.katas.iter().filter(|kata| is_graded(kata)).cloned().collect();
        Self { sheet: Arc::new(Sheet::of(&katas)), katas, ..self }
    }

    /// Each kata in order, with the assurance of its verdict; `None` where it is not graded.
    pub fn assurances(&self) -> Vec<(&str, Option<Assurance>)> {
        let is_called = |kata: &Kata| {
            let file = self.files.iter().find(|file| file.id == kata.file_id());
            file.is_some_and(|file| file.obstacle(&kata.item).is_none())
        };
        let assurance = |kata: &Kata| match is_called(kata) {
            true => Some(Assurance::Channel),
            false if self.is_channel_only || kata.unmet().is_some() => None,
            false => Some(Assurance::InProcess),
        };
        self.katas.iter().map(|kata| (kata.id.as_str(), assurance(kata))).collect()
    }

    /// Whether a kata of this id is in it.
    #[must_use]
    pub fn has(&self, kata: &str) -> bool {
        self.katas.iter().any(|it| it.id == kata)
    }

    /// The same katas, of which those that cannot be judged with this assurance are not graded.
    #[must_use]
    pub fn requiring(self, assurance: Assurance) -> Self {
        Self { is_channel_only: assurance == Assurance::Channel, ..self }
    }

    /// Where everything that is made lies.
    pub(super) fn folder(&self) -> PathBuf {
        self.workspace.target().join("grader")
    }
}
