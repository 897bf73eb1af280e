use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use engine::catalog::Kata;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use super::build;
use super::ipc::{OutlinedFile, dispatch};
use crate::intake::{GivenFile, milestone};
use crate::judge::libraries::Libraries;
use crate::sandbox::Rustc;

/// The judge of one milestone: its laws, and what a worker of it links. Each is built by itself, as at home, so that another
/// choice of milestones builds nothing anew.
pub(super) struct MilestoneJudge {
    /// The id of the milestone.
    pub(super) id: String,
    pub(super) workspace: Workspace,
    /// Where all that is made lies.
    pub(super) folder: PathBuf,
    /// The files of katas, and how each kata is called over IPC.
    pub(super) files: Vec<OutlinedFile>,
    pub(super) given: BTreeMap<String, GivenFile>,
    /// What a worker links.
    pub(super) libraries: Libraries,
    pub(super) rustc: Rustc,
    /// Whether workers are given tensors, images or files.
    pub(super) is_large: bool,
    /// The test program with all laws,
    pub(super) laws: PathBuf,
    /// and what distinguishes it from those of other editions of the repository.
    pub(super) edition: String,
}

impl MilestoneJudge {
    /// Builds the laws of these files, which are those of one milestone, and what a worker links.
    pub(super) fn prepare(
        workspace: &Workspace,
        folder: &Path,
        katas: &[&Kata],
        files: Vec<OutlinedFile>,
        features: &[String],
        rustc: &Rustc,
    ) -> Result<Self, Problem> {
        let given = files.iter().map(|file| Ok((file.id.clone(), GivenFile::read(workspace, &file.id)?)));
        let given: BTreeMap<_, _> = given.collect::<Result<_, Problem>>()?;
        let id = files.first().map(|file| milestone(&file.id).to_owned()).unwrap_or_default();
        let folder = folder.join(&id);
        std::fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        let laws = build::laws(workspace, &folder, &files, features)?;
        let edition = build::check(&laws, katas, &files)?;
        let libraries = build::libraries(workspace, &folder, features)?;
        let (workspace, rustc) = (workspace.clone(), rustc.clone());
        // The other milestones hold numbers only.
        let is_large = features.iter().any(|it| ["m07", "m09", "opencv"].contains(&it.as_str()));
        Ok(Self { id, workspace, folder, files, given, libraries, rustc, is_large, laws, edition })
    }

    /// Whether a kata is given a function by its laws and says yes or no, such as one that judges candidates.
    pub(super) fn judges_candidates(&self, kata: &Kata) -> bool {
        self.files.iter().any(|file| file.id == kata.file_id() && file.judges_candidates(&kata.item))
    }

    /// What the root of a worker declares as `chosen`: the files below `/src/katas`.
    pub(super) fn root(&self) -> String {
        dispatch::root(&self.files, "#[path = \"katas/mod.rs\"]\nmod chosen;")
    }
}
